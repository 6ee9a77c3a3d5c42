"""Mails: encrypted, with name and password, and refusals told apart."""

from pathlib import Path

import pytest

from handlers.outbound.mail import Mail, MailRefused
from tests.support.mail_server import mail_server

WORDS = "₱692.25 po, salamat! 💛"


@pytest.mark.parametrize("implicit", [True, False], ids=["smtps", "starttls"])
async def test_a_mail_arrives_over_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, implicit: bool) -> None:
    async with mail_server(tmp_path, implicit=implicit) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        mail = Mail(server.url)
        await mail.send("nena@example.com", subject="Kumusta\npo", text=WORDS, key="merchant-7")
        (taken,) = server.mails
    assert taken["To"] == "nena@example.com"
    assert taken["From"] == "shop@example.com"
    assert taken["Subject"] == "Kumusta po"
    assert taken["Message-ID"] == "<merchant-7@example.com>"
    assert taken.get_content().strip() == WORDS


async def test_a_certificate_that_nobody_knows_is_not_trusted(tmp_path: Path) -> None:
    async with mail_server(tmp_path) as server:
        with pytest.raises(MailRefused) as refused:
            await Mail(server.url).send("nena@example.com", subject="x", text="x", key="k")
    assert not refused.value.for_good
    assert server.mails == []


@pytest.mark.parametrize(
    ("answer", "for_good"), [("451 come again", False), ("554 no such mail", True)], ids=["later", "never"]
)
async def test_a_refusal_says_whether_to_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, for_good: bool
) -> None:
    async with mail_server(tmp_path) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        server.refuses.append(answer)
        with pytest.raises(MailRefused) as refused:
            await Mail(server.url).send("nena@example.com", subject="x", text="x", key="k")
    assert refused.value.for_good is for_good
    assert "nena" not in refused.value.reason


async def test_a_wrong_password_and_a_server_that_is_away_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with mail_server(tmp_path) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        with pytest.raises(MailRefused, match="name and password"):
            await Mail(server.url.replace("ss%2F", "xx")).send("a@example.com", subject="x", text="x", key="k")
    with pytest.raises(MailRefused, match="could not be reached"):
        await Mail(server.url).send("a@example.com", subject="x", text="x", key="k")


@pytest.mark.parametrize("url", ["", "mail.example", "http://mail.example", "smtp://mail.example"])
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"SMTP_URL|MAIL_FROM"):
        Mail(url)

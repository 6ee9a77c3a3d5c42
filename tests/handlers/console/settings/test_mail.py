"""The mail server: typed once, sealed, never shown again."""

import html

import pytest

from repository.settings import connections
from repository.settings.secrets import Sealer
from tests.conversations.conftest import Shop
from tests.handlers.console.settings.test_rules import form_in
from tests.handlers.console.test_console import Visitor, nena, version_of

__all__ = ["nena"]
MAIL = "/settings/mail"
SECRET = "smtps://nena:sampaguita@mail.example:465"
SEALER = Sealer("a secret for tests")


async def in_force(shop: Shop) -> str:
    """The server that the next mail goes through."""
    async with shop.database.connection() as conn:
        return (await connections.load(conn, sealer=SEALER, given={})).smtp_url


async def types(nena: Visitor, secret: str, sender: str = "shop@example.com") -> None:
    await nena.opens(MAIL)
    await nena.sends(MAIL, version=version_of(nena.page), smtp_url=secret, mail_from=sender)


async def test_a_server_is_in_force_and_shown_only_by_its_end(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await types(nena, SECRET)
    assert await in_force(shop) == SECRET
    for path in (MAIL, f"{MAIL}/history", "/settings"):
        page = await nena.opens(path)
        assert nena.status == 200
        assert "sampaguita" not in page
        assert "mail.example:465" not in page.replace("smtps://name:password@mail.example:465", "")
    assert "it ends with …:465" in await nena.opens(MAIL)
    await types(nena, "", "other@example.com")
    assert await in_force(shop) == SECRET, "a save that types none keeps it"


async def test_no_row_holds_it_in_clear(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await types(nena, SECRET)
    await types(nena, SECRET.replace("sampaguita", "ilang-ilang"))
    for table in ("shop_settings", "reply_versions", "console_audit", "console_sessions"):
        async with shop.database.connection() as conn:
            rows = repr((await conn.run(f"SELECT * FROM {table}")).rows)
        assert rows != "()"
        assert "sampaguita" not in rows
        assert "ilang-ilang" not in rows, table


async def test_an_earlier_server_comes_back_and_a_forgotten_one_is_gone(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await types(nena, SECRET)
    async with shop.database.connection() as conn:
        first = int(str(await conn.value("SELECT MAX(id) FROM reply_versions WHERE kind = 'settings_mail'")))
    await types(nena, SECRET.replace("465", "2465"))
    assert await in_force(shop) != SECRET
    await nena.opens(MAIL)
    await nena.sends(f"{MAIL}/versions/{first}/restore", version=version_of(nena.page))
    assert await in_force(shop) == SECRET
    await nena.opens(MAIL)
    await nena.sends(f"{MAIL}/forget", version=version_of(nena.page))
    assert "is forgotten" in nena.page
    assert await in_force(shop) == ""


async def test_one_of_another_secret_key_is_to_be_typed_again(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await types(nena, SECRET)
    sealed = Sealer("another secret key").seal(SECRET)
    await shop.run("UPDATE shop_settings SET value = JSON_QUOTE(%(sealed)s) WHERE name = 'smtp_url'", sealed=sealed)
    assert "Please type it again" in await nena.opens(MAIL)
    assert form_in(nena.page)["mail_from"] == "shop@example.com"


@pytest.mark.parametrize(
    "secret", ["mail.example", "http://mail.example:80", "smtps://mail.example", "smtps://a b:465"]
)
async def test_what_is_no_server_is_refused_and_not_sent_back(nena: Visitor, shop: Shop, secret: str) -> None:
    await nena.logs_in()
    await types(nena, secret)
    assert nena.status == 422
    assert f'value="{html.escape(secret)}"' not in nena.page
    assert await in_force(shop) == ""

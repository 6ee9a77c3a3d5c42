"""Only Facebook can sign a body, and no header can upset the check."""

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from bot.messenger.signature import sign, verify
from tests.bot.messenger.bodies import OWN
from tests.support.workers.rows import rows

SECRET = "3f1c0a9be2"
BODY = OWN["text"]


def test_a_signed_body_verifies() -> None:
    expected = hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest()
    assert sign(SECRET, BODY) == f"sha256={expected}"
    assert verify(SECRET, BODY, f"sha256={expected}")


def test_the_signature_of_metas_manual() -> None:
    # RFC 4231, test case 2: the published HMAC-SHA256 of this key and text.
    digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert verify("Jefe", b"what do ya want for nothing?", "sha256=" + digest)


def test_the_same_json_written_differently_does_not_verify() -> None:
    assert rb"\u003C" in BODY
    assert not verify(SECRET, BODY.replace(rb"\u003C", b"<"), sign(SECRET, BODY))


@rows(
    "header",
    [
        None,
        "",
        "sha256=",
        "sha256",
        "sha1=" + hmac.new(SECRET.encode(), BODY, hashlib.sha1).hexdigest(),
        sign(SECRET, BODY).removeprefix("sha256="),
        sign(SECRET, BODY).upper(),
        sign(SECRET, BODY).replace("sha256=", "SHA256="),
        sign(SECRET, BODY) + " ",
        sign(SECRET, BODY)[:-1],
        sign("another secret", BODY),
        sign(SECRET, BODY + b" "),
        "md5=d41d8cd98f00b204e9800998ecf8427e",
        "sha256=" + "é" * 64,
        "sha256=\udcff",
    ],
)
def test_any_other_header_is_refused(header: str | None) -> None:
    assert not verify(SECRET, BODY, header)


def test_an_empty_secret_verifies_nothing() -> None:
    assert not verify("", BODY, sign("", BODY))


@given(body=st.binary(max_size=200), header=st.text(max_size=80))
def test_no_header_raises(body: bytes, header: str) -> None:
    assert not verify(SECRET, body, header)
    assert not verify(SECRET, body, "sha256=" + header)

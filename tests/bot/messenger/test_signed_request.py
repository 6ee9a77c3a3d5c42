"""The signed request of Meta's deletion callback: ours to obey only where the app's secret made it."""

import base64
import hashlib
import hmac
import json

import pytest

from bot.messenger.signed_request import user_in


def signed(secret: str, said: object) -> str:
    """A signed request as Meta makes it."""
    payload = base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=")
    signature = base64.urlsafe_b64encode(hmac.digest(secret.encode(), payload, hashlib.sha256)).rstrip(b"=")
    return (signature + b"." + payload).decode()


GOOD = {"user_id": "218471", "algorithm": "HMAC-SHA256", "issued_at": 1291836800}


def test_it_says_who_is_to_be_deleted() -> None:
    assert user_in("secret", signed("secret", GOOD)) == "218471"


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "a.b",
        "é.é",
        signed("another", GOOD),
        signed("secret", {**GOOD, "algorithm": "none"}),
        signed("secret", {"algorithm": "HMAC-SHA256"}),
        signed("secret", [GOOD]),
        signed("secret", GOOD) + "A",
        "A" * 20_000,
    ],
)
def test_anything_else_is_nobody(text: str) -> None:
    assert user_in("secret", text) is None


def test_without_a_secret_nothing_is_believed() -> None:
    assert user_in("", signed("", GOOD)) is None

"""How long we may write to a shopper after what they did."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.messenger.decode import decode_body
from bot.messenger.window import closes_at
from tests.bot.messenger.bodies import OWN

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "open_for"),
    [
        ("text", timedelta(hours=24)),
        ("postback", timedelta(hours=24)),
        ("quick_reply", timedelta(hours=24)),
        ("sticker", timedelta(hours=24)),
        ("reaction", timedelta(hours=24)),
        ("referral", timedelta(hours=24)),
        ("get_started_from_link", timedelta(hours=24)),
        ("text_from_shop_page", timedelta(hours=24)),
        ("text_from_ad", timedelta(days=7)),
        ("delivery", None),
        ("read", None),
        ("echo", None),
        ("optin_marketing", None),
    ],
)
def test_the_window_that_an_event_opens(body: str, open_for: timedelta | None) -> None:
    (event,) = decode_body(OWN[body], NOW)
    assert closes_at(event) == (event.sent_at + open_for if open_for else None)

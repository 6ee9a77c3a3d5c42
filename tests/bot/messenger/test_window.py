"""How long we may write to a shopper after what they did."""

from datetime import UTC, datetime, timedelta

from bot.messenger.decode import decode_body
from bot.messenger.window import Closed, Free, HumanAgent, Utility, closes_at, how_to_send
from tests.bot.messenger.bodies import OWN
from tests.support.workers.rows import rows

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@rows(
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


HOUR = timedelta(hours=1)


@rows(
    ("closed_for", "typed", "has_template", "how"),
    [
        (-24 * HOUR, False, False, Free),
        (-24 * HOUR, True, True, Free),
        (timedelta(minutes=-6), False, False, Free),
        (timedelta(minutes=-4), False, False, Closed),  # Meta's clock decides: nothing is begun in the last minutes
        (timedelta(minutes=-4), False, True, Utility),
        (timedelta(minutes=-4), True, False, HumanAgent),
        (HOUR, False, False, Closed),
        (HOUR, False, True, Utility),
        (HOUR, True, False, HumanAgent),
        (HOUR, True, True, HumanAgent),  # a template says something else than what a person typed
        (6 * 24 * HOUR - timedelta(minutes=6), True, False, HumanAgent),
        (6 * 24 * HOUR - timedelta(minutes=4), True, False, Closed),
        (30 * 24 * HOUR, False, True, Utility),
        (30 * 24 * HOUR, True, True, Closed),
        (30 * 24 * HOUR, False, False, Closed),
    ],
)
def test_how_something_may_be_sent(closed_for: timedelta, typed: bool, has_template: bool, how: type) -> None:
    assert isinstance(how_to_send(NOW - closed_for, NOW, typed, has_template), how)


def test_nobody_who_never_wrote_is_written_to_by_hand() -> None:
    assert isinstance(how_to_send(None, NOW, True, True), Closed)
    assert isinstance(how_to_send(None, NOW, False, True), Utility)


def test_a_person_may_write_for_seven_days_after_the_last_word_also_where_an_ad_opened_the_window() -> None:
    clicked = NOW - timedelta(days=7, hours=1)
    assert isinstance(how_to_send(clicked + timedelta(days=7), NOW, True, False, wrote_at=clicked), Closed)
    assert isinstance(how_to_send(clicked + timedelta(days=7), NOW, True, False, wrote_at=NOW - 30 * HOUR), HumanAgent)


def test_a_closed_window_says_what_may_be_done_and_until_when() -> None:
    closed = how_to_send(NOW - HOUR, NOW, False, False)
    assert isinstance(closed, Closed)
    assert "Until 1 Dec, 10:55 AM a person may write to them by hand." in closed.next_step
    late = how_to_send(NOW - 6 * 24 * HOUR, NOW, False, False)
    assert isinstance(late, Closed)
    assert "by hand" not in late.next_step

"""Nothing unasked at night, and a cart is reminded of while that may still be said."""

from datetime import datetime, timedelta, timezone

import pytest

from handlers.jobs.wishlist.nights import morning, reminded
from repository.rules import Rules

MANILA = timezone(timedelta(hours=8))
RULES = Rules()


def at(hour: int, minute: int = 0, *, day: int = 25) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=MANILA)


def is_due(heard: datetime, now: datetime, rules: Rules = RULES) -> bool:
    return any(span.after < heard <= span.until for span in reminded(now, rules))


@pytest.mark.parametrize(
    ("now", "wakes"),
    [
        (at(12), None),
        (at(8), None),
        (at(20, 59), None),
        (at(21), at(8, day=26)),
        (at(23, 59), at(8, day=26)),
        (at(0), at(8)),
        (at(7, 59), at(8)),
    ],
)
def test_the_night_ends_in_the_morning(now: datetime, wakes: datetime | None) -> None:
    assert morning(now, RULES) == wakes


def test_a_night_may_lie_within_a_day_and_need_not_be_at_all() -> None:
    siesta = Rules(night_from=13, night_until=15)
    assert morning(at(13, 30), siesta) == at(15)
    assert morning(at(15), siesta) is None
    assert all(morning(at(hour), Rules(night_from=5, night_until=5)) is None for hour in range(24))


def test_a_cart_is_due_after_the_hours_of_the_rule_and_before_the_window_ends() -> None:
    assert not is_due(at(18, day=24), at(13, 59))
    assert is_due(at(18, day=24), at(14))
    assert is_due(at(18, day=24), at(17, 59))
    assert not is_due(at(18, day=24), at(18, 1))
    assert not is_due(at(18, day=24), at(15), Rules(cart_reminder=False))


def test_never_at_night() -> None:
    for hour in (21, 23, 0, 3, 7):
        assert reminded(at(hour, 30), RULES) == []


def test_whoever_would_be_due_at_night_is_reminded_in_the_morning_while_their_window_is_open() -> None:
    heard = at(10, day=24)  # due at six in the morning, until ten
    assert not is_due(heard, at(6))
    assert not is_due(heard, at(20, 45, day=24))
    assert is_due(heard, at(8, 1))


def test_else_in_the_evening_before() -> None:
    heard = at(3)  # due at eleven at night, until three
    assert not is_due(heard, at(12))
    assert not is_due(heard, at(20, 29))
    assert is_due(heard, at(20, 31))
    assert not is_due(heard, at(21, 1))


@pytest.mark.parametrize("minutes", range(0, 24 * 60, 30))
def test_everybody_has_their_time_unless_they_wrote_just_before_the_night(minutes: int) -> None:
    heard = at(0, day=20) + timedelta(minutes=minutes)
    times = [heard + timedelta(minutes=step) for step in range(0, 24 * 60, 10)]
    due = [now for now in times if is_due(heard, now)]
    assert due
    assert all(now - heard >= timedelta(hours=2) for now in due)
    assert all(morning(now, RULES) is None for now in due)

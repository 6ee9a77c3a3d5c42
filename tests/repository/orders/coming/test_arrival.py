"""When something arrives: days that nobody delivers on are left out."""

from datetime import date

import pytest

from repository.orders.coming.arrival import arrival, days_in
from repository.rules import Rules

RULES = Rules()


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2-3 days", (2, 3)), ("3 to 5 working days", (3, 5)), ("1 day", (1, 1)), ("5–7 araw", (5, 7)),
        ("1-2 weeks", (7, 14)), ("24-48 hours", (1, 2)), ("same day", (0, 0)), ("7-5 days", (5, 7)),
        ("soon", None), ("", None), ("999 days", None),
    ],
)  # fmt: skip
def test_an_estimate_is_read(said: str, days: tuple[int, int] | None) -> None:
    assert days_in(said) == days


def test_sundays_and_the_countrys_holidays_are_left_out() -> None:
    # Friday 27 November 2026; Monday the 30th is Bonifacio Day.
    found = arrival("2-3 days", today=date(2026, 11, 27), rules=RULES)
    assert found is not None
    assert (found.first, found.last) == (date(2026, 12, 1), date(2026, 12, 2))
    assert found.skipped == ("Bonifacio Day",)


def test_the_year_turns_over_its_holidays() -> None:
    found = arrival("1-2 days", today=date(2026, 12, 29), rules=RULES)  # Rizal Day, New Year's Eve, New Year
    assert found is not None
    assert (found.first, found.last) == (date(2027, 1, 2), date(2027, 1, 4))
    assert len(found.skipped) == 3


def test_a_merchant_names_the_days_of_the_town() -> None:
    rules = Rules(rest_days=("5", "6"), local_holidays="2026-12-09, and 2026-12-10")
    found = arrival("1 day", today=date(2026, 12, 7), rules=rules)  # Tuesday the 8th is a holiday of the country
    assert found is not None
    assert found.last == date(2026, 12, 11)
    always = arrival("1 day", today=date(2026, 12, 4), rules=Rules(rest_days=tuple("0123456")))
    assert always is not None
    assert always.last == date(2026, 12, 5), "where every day is one of rest nothing would ever arrive"


def test_ordered_and_there_on_the_same_day() -> None:
    found = arrival("same day", today=date(2026, 12, 7), rules=RULES)
    assert found is not None
    assert (found.first, found.last, found.skipped) == (date(2026, 12, 7), date(2026, 12, 7), ())
    assert arrival("soon", today=date(2026, 12, 7), rules=RULES) is None

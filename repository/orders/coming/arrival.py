"""When something arrives that is ordered now: the zone's days, counted without the days on which nobody delivers."""

import math
import re
from datetime import date, timedelta
from functools import lru_cache

import holidays
import msgspec

from repository.rules import Rules

DAYS_MOST = 120
"""Days that an estimate can say at most: what is more is no number of days."""
_NUMBERS = re.compile(r"(\d{1,3})(?:\s*(?:-|–|to|hanggang|~|/)\s*(\d{1,3}))?\s*([a-z]*)", re.IGNORECASE)
_WEEKS = ("week", "wk", "linggo")
_HOURS = ("hour", "hr", "oras")
_SAME_DAY = ("same day", "sameday", "today")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Arrival(msgspec.Struct, frozen=True):
    """Between which days a parcel arrives.

    Attributes:
        first: The first day on which it may.
        last: The day by which it should.
        skipped: The holidays before that on which nobody delivers, by name, in order.
    """

    first: date
    last: date
    skipped: tuple[str, ...]


def days_in(said: str) -> tuple[int, int] | None:
    """The least and the most days that a zone's estimate says: "2-3 days", "1 week", "24-48 hours"; None for no number.

    Args:
        said: `shipping_zones.estimated_days`, as the merchant wrote it.
    """
    found = _NUMBERS.search(said)
    if found is None:
        return (0, 0) if any(word in said.lower() for word in _SAME_DAY) else None
    least, most, unit = int(found[1]), int(found[2] or found[1]), found[3].lower()
    if unit.startswith(_WEEKS):
        least, most = least * 7, most * 7
    elif unit.startswith(_HOURS):
        least, most = math.ceil(least / 24), math.ceil(most / 24)
    return (min(least, most), max(least, most)) if max(least, most) <= DAYS_MOST else None


def arrival(said: str, *, today: date, rules: Rules) -> Arrival | None:
    """Between which days something arrives that is ordered today; None where the estimate says no number of days.

    The country's holidays are those of the library `holidays`; the merchant names the town's own (contract, new facts
    of November 2026, 33).

    Args:
        said: The zone's estimate, such as "2-3 days".
        today: The present day.
        rules: The shop's rules: on which weekdays nobody delivers, and on which other days.
    """
    days = days_in(said)
    if days is None:
        return None
    own = set(_DATE.findall(rules.local_holidays))
    skipped: list[str] = []
    day, reached, counted = today, {0: today}, 0
    while counted < days[1]:
        day += timedelta(days=1)
        if str(day.weekday()) in rules.rest_days and len(set(rules.rest_days)) < 7:
            continue
        if day.isoformat() in own:
            continue
        if name := _holidays(day.year).get(day):
            skipped.append(name)
            continue
        counted += 1
        reached[counted] = day
    return Arrival(reached[days[0]], reached[days[1]], tuple(dict.fromkeys(skipped)))


@lru_cache(maxsize=8)
def _holidays(year: int) -> dict[date, str]:
    """The days of a year on which the country does not work, by what they are called."""
    return dict(holidays.country_holidays("PH", years=year).items())

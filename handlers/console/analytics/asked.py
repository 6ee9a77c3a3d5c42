"""Which days an address asks for."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

import msgspec

from repository.analytics.asking import DAYS_MOST, PERIODS, Period

USUAL = 30
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Asked(msgspec.Struct, frozen=True):
    """The days that an address asks for.

    Attributes:
        period: The days.
        switch: Which switch of `PERIODS` is on; 0 for days of one's own.
        wrong: Why other days are shown than were asked for; empty where they are not.
    """

    period: Period
    switch: int
    wrong: str = ""

    @property
    def address(self) -> str:
        """What stands behind the "?" of an address that asks for the same days."""
        if self.switch:
            return urlencode({"days": self.switch})
        return urlencode({"since": self.period.first.isoformat(), "until": self.period.last.isoformat()})

    @property
    def compared(self) -> str:
        """What they are compared with, such as "the 30 days before"."""
        return "the day before" if self.period.days == 1 else f"the {self.period.days} days before"


def asked_in(query: Mapping[str, str], today: date) -> Asked:
    """The days that an address asks for, the last thirty where it asks for none.

    Args:
        query: What stands behind the "?".
        today: In the shop.
    """
    since, until = query.get("since", ""), query.get("until", "")
    if since or until:
        return _own(since, until, today)
    switch = next((days for days in PERIODS if query.get("days") == str(days)), USUAL)
    return Asked(_last(switch, today), switch)


def _own(since: str, until: str, today: date) -> Asked:
    first, last = _day(since), _day(until)
    if first is None or last is None:
        return _usual(today, "A day is written like 2026-11-28: both ends are needed.")
    if first > last:
        return _usual(today, "The first day comes after the last one.")
    if first > today:
        return _usual(today, "Those days have not come yet.")
    if last > today:
        last = today
    if (last - first).days >= DAYS_MOST:
        return _usual(today, f"At most {DAYS_MOST} days can be looked at together.")
    if first.year < today.year - 10:
        return _usual(today, "That is too long ago.")
    return Asked(Period(first, last), 0)


def _usual(today: date, wrong: str) -> Asked:
    return Asked(_last(USUAL, today), USUAL, f"{wrong} The last {USUAL} days are shown.")


def _last(days: int, today: date) -> Period:
    return Period(today - timedelta(days=days - 1), today)


def _day(typed: str) -> date | None:
    if not _DAY.fullmatch(typed):
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None

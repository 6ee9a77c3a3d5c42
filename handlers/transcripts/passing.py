"""How time passes in a transcript: `+2h`, `23:59`, `midnight`, `month's end`, `2026-12-24 18:00`."""

import re
from datetime import UTC, datetime, timedelta

LONGEST = timedelta(days=366)
FORMS = "such as +2h, +1d 30m, 23:59, midnight, month's end or 2026-12-24 18:00"
_ANY_DAY = datetime(2026, 1, 1, 12, tzinfo=UTC)  # whether a text says a time does not hang on the day
_PARTS = re.compile(r"\+\s*(\d{1,4}\s*[smhdw](?:\s*\d{1,4}\s*[smhdw])*)")
_PART = re.compile(r"(\d+)\s*([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def moment(text: str, now: datetime) -> datetime:
    """The moment to which time passes.

    Args:
        text: What stands behind `@`.
        now: The time now, in the shop's offset.

    Raises:
        ValueError: It says no time, or one that lies in the past, or more than a year ahead.
    """
    then = _moment(text.strip().lower().replace("’", "'"), now)
    if not now <= then <= now + LONGEST:
        raise ValueError("time only moves on, by at most a year")
    return then


def _moment(text: str, now: datetime) -> datetime:
    if parts := _PARTS.fullmatch(text):
        return now + sum(
            (timedelta(**{_UNITS[unit]: int(count)}) for count, unit in _PART.findall(parts[1])), timedelta()
        )
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if hour := _HOUR.fullmatch(text):
        then = day + timedelta(hours=int(hour[1]), minutes=int(hour[2]))
        return then if then > now else then + timedelta(days=1)
    if text == "midnight":
        return day + timedelta(days=1)
    if text in ("month's end", "month end"):
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return at(text, now)


def check(text: str) -> None:
    """Make sure that a text says how time passes.

    Args:
        text: What stands behind `@`.

    Raises:
        ValueError: It does not.
    """
    _moment(text.strip().lower().replace("’", "'"), _ANY_DAY)


def at(text: str, now: datetime = _ANY_DAY) -> datetime:
    """A moment written out, such as `2026-12-24 18:00`, in the shop's offset.

    Args:
        text: The moment; without an hour the day's beginning.
        now: Any time in the shop's offset.

    Raises:
        ValueError: It is none.
    """
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=now.tzinfo)
    except ValueError:
        raise ValueError(f"this says no time: write it {FORMS}") from None


def passed(gap: timedelta) -> str:
    """How a transcript says that so much time passed, to the minute.

    Args:
        gap: How much, a minute at least.
    """
    minutes = int(gap.total_seconds()) // 60
    parts = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "m"))
    return "+" + " ".join(f"{count}{unit}" for count, unit in parts if count)

"""When nothing is said unasked, at night; and whose cart is reminded of, between the nights and Messenger's window."""

from datetime import datetime, timedelta

from bot.messenger.window import MARGIN, STANDARD
from repository.notices.reminding import Silent
from repository.rules import Rules

EVENING = timedelta(minutes=30)
"""Before the night: the last time for what could not be said tomorrow any more."""
SOON = timedelta(hours=2)
"""For how long whoever left a cart is left in peace, however early their last chance is."""


def morning(now: datetime, rules: Rules) -> datetime | None:
    """When the night is over; None by day.

    Args:
        now: The present, in the shop's zone.
        rules: When it is night.
    """
    if not _is_night(now, rules):
        return None
    until = now.replace(hour=rules.night_until, minute=0, second=0, microsecond=0)
    return until if until > now else until + timedelta(days=1)


def reminded(now: datetime, rules: Rules) -> list[Silent]:
    """Since when shoppers are silent whose carts are reminded of now; none at night.

    Whoever would be due at night, with a window that closes before the morning, is reminded before the night begins.

    Args:
        now: The present, in the shop's zone.
        rules: After how many hours, and when it is night.
    """
    if not rules.cart_reminder or morning(now, rules):
        return []
    pause = timedelta(hours=rules.cart_reminder_hours)
    spans = [Silent(after=now - STANDARD, until=now - pause)]
    wakes = morning(now + EVENING, rules)
    if wakes:
        night = now.replace(hour=rules.night_from, minute=0, second=0, microsecond=0)
        night += timedelta(days=night < now)
        due_at_night = night - pause - timedelta.resolution
        spans.append(Silent(after=due_at_night, until=min(wakes - STANDARD + MARGIN, now - SOON)))
    return [span for span in spans if span.after < span.until]


def _is_night(now: datetime, rules: Rules) -> bool:
    begins, ends = rules.night_from, rules.night_until
    if begins <= ends:
        return begins <= now.hour < ends
    return now.hour >= begins or now.hour < ends

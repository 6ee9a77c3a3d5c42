"""An appointment that was booked in Messenger: said back, and a person told where one has to decide."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.messenger.parts import Booking
from dialogs.engine.run import Turn, ask
from replies.parts import clock_time, day
from replies.sent import BookingSeen, Status
from repository.aftersales import calling

_STATUS: Mapping[str, Status] = {
    "requested": "requested",
    "confirmed": "confirmed",
    "declined": "declined",
    "cancelled": "cancelled",
}
_LATEST = 4_102_444_800  # 2100, in seconds


async def booking_seen(booking: Booking, turn: Turn, *, alone: bool) -> BookingSeen:
    """What is said of a booking; a person is called where it waits for an answer.

    Args:
        booking: The booking.
        turn: The facts.
        alone: Whether nothing more is said after it.
    """
    if booking.status == "requested":
        await ask(calling.call, shopper_id=turn.shopper_id, why="asked", leaves=False)
    starts = None
    if 0 < booking.starts < _LATEST:
        starts = datetime.fromtimestamp(booking.starts, tz=UTC).astimezone(_zone(booking.timezone, turn))
    return BookingSeen(
        status=_STATUS.get(booking.status, ""), day=day(starts) if starts else "", clock=clock_time(starts), alone=alone
    )


def _zone(name: str, turn: Turn) -> tzinfo | None:
    """The zone that a booking names, else the shop's."""
    try:
        return ZoneInfo(name) if name else turn.now.tzinfo
    except (ValueError, OSError, KeyError):  # no zone's name, or none that this machine knows
        return turn.now.tzinfo

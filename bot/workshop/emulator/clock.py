"""The emulator's time, which a test or a tester may move on."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.base import clock


class VirtualClock:
    """The world's time, moved on by as much as was asked.

    Args:
        now: Where the time comes from; must return aware datetimes.
    """

    def __init__(self, now: Callable[[], datetime] = clock.now) -> None:
        self._now = now
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The time as the emulated Facebook sees it, aware."""
        return self._now() + self._ahead

    def now_ms(self) -> int:
        """Milliseconds since 1970, as webhooks carry them."""
        return int(self.now().timestamp() * 1000)

    def advance(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0, days: float = 0) -> datetime:
        """Move the time on, so that a 24-hour window can close within a test.

        Returns:
            The new time.
        """
        step = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        if step < timedelta():
            raise ValueError("time only moves on")
        self._ahead += step
        return self.now()

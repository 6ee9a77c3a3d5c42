"""A page that cannot send for now: every message waits, until the time is over or a person has put it right."""

import asyncio

from bot import clock


class Pause:
    """Holds whatever waits for it. There is none at first."""

    def __init__(self) -> None:
        self._until = 0.0
        self._ended = asyncio.Event()

    @property
    def left(self) -> float:
        """Seconds that are left of it, 0 where there is none."""
        return max(0.0, self._until - clock.monotonic())

    def begin(self, seconds: float) -> None:
        """Hold everything.

        Args:
            seconds: For how long, unless it is ended before.
        """
        self._until = clock.monotonic() + seconds
        self._ended.clear()

    def end(self) -> None:
        """Hold nothing any more."""
        self._until = 0.0
        self._ended.set()

    async def wait(self) -> None:
        """Wait until it is over."""
        while left := self.left:
            try:
                async with asyncio.timeout(left):
                    await self._ended.wait()
            except TimeoutError:
                continue

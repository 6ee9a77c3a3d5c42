"""A page that cannot send for now: every message waits, until the time is over or a person has put it right."""

import asyncio

from bot.base import clock


class Pause:
    """Holds whatever waits for it. There is none at first.

    When its time is over one alone goes on, to find out whether the page can send again; the others wait for what it
    finds. A page whose limit is reached is so not asked by every shopper's lane at once.
    """

    def __init__(self) -> None:
        self._until = 0.0
        self._over = asyncio.Event()
        self._over.set()
        self._changed = asyncio.Event()
        self._is_tried = False

    @property
    def left(self) -> float:
        """Seconds that are left of it, 0 where there is none."""
        return 0.0 if self._over.is_set() else max(0.0, self._until - clock.monotonic())

    @property
    def is_on(self) -> bool:
        """Whether anything has to wait."""
        return not self._over.is_set()

    def begin(self, seconds: float) -> None:
        """Hold everything, also whoever went on to find out.

        Args:
            seconds: For how long, unless it is ended before.
        """
        self._until = clock.monotonic() + seconds
        self._is_tried = False
        self._over.clear()
        self._change()

    def end(self) -> None:
        """Hold nothing any more."""
        self._is_tried = False
        self._over.set()
        self._change()

    def pass_on(self) -> None:
        """Whoever went on to find out has found out nothing, where nothing was ended or begun: let the next one."""
        if self._is_tried:
            self._is_tried = False
            self._change()

    async def wait(self) -> bool:
        """Wait until it is over.

        Returns:
            Whether the caller is the one that finds out if it is: `end` it, or `begin` it anew.
        """
        while not self._over.is_set():
            left = self.left
            if left <= 0 and not self._is_tried:
                self._is_tried = True
                return True
            try:
                async with asyncio.timeout(left or None):
                    await self._changed.wait()
            except TimeoutError:
                continue
        return False

    def _change(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

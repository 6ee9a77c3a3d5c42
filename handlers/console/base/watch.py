"""What many open pages are told at once: the database is asked once for all of them, and only while anybody looks."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from bot.base import logs
from repository.database.errors import DatabaseError

Now = TypeVar("Now")
_log = logs.get("console")


class Watch(Generic[Now]):
    """Looks while anybody watches, and tells everybody what has changed.

    Args:
        look: Asks the database.
        every: Seconds between two looks.
        what: What is watched, for the log.
    """

    def __init__(self, look: Callable[[], Awaitable[Now]], *, every: float, what: str) -> None:
        self._look = look
        self._every = every
        self._what = what
        self._now: Now | None = None
        self._changed = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None
        self._viewers = 0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Somebody watches until the block is left."""
        self._viewers += 1
        if self._looking is None:
            self._looking = asyncio.create_task(self._keep_looking())
        try:
            yield
        finally:
            self._viewers -= 1
            if not self._viewers:
                self.close()

    @property
    def now(self) -> Now | None:
        """What was seen last; None before the first look."""
        return self._now

    async def changes(self) -> AsyncIterator[Now]:
        """What is so now, and whatever it becomes."""
        told: Now | None = None
        while True:
            now, changed = self._now, self._changed
            if now is not None and now != told:
                told = now
                yield now
            else:
                await changed.wait()

    def close(self) -> None:
        """Look no more until somebody watches again."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking, self._now = None, None

    async def _keep_looking(self) -> None:
        is_away = False
        while True:
            try:
                now = await self._look()
            except DatabaseError as error:
                if not is_away:
                    _log.warning(f"{self._what} cannot be watched", error=type(error).__name__)
                is_away = True
            else:
                is_away = False
                if now != self._now:
                    self._now = now
                    self._changed.set()
                    self._changed = asyncio.Event()
            await asyncio.sleep(self._every)

"""What happens in the queue of proofs, told to every page that is open: the database is asked once for all of them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager

from aiohttp import web

from bot.base import logs
from handlers.console.base.events import Event, stream
from handlers.console.base.visit import SHOP, Visit
from repository.database.errors import DatabaseError
from repository.verification import queue
from repository.verification.queue import Now

_log = logs.get("console")
_EVERY = 2.0  # seconds between two looks, while somebody watches


class Feed:
    """Looks while anybody watches, and tells everybody what has changed.

    Args:
        look: Asks the database.
        every: Seconds between two looks.
    """

    def __init__(self, look: Callable[[], Awaitable[Now]], *, every: float = _EVERY) -> None:
        self._look = look
        self._every = every
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

    async def events(self) -> AsyncIterator[Event]:
        """What is so now, and whatever changes."""
        told: Now | None = None
        while True:
            now, changed = self._now, self._changed
            if now is not None and now != told:
                told = now
                yield Event("proofs", now)
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
                    _log.warning("the queue of proofs cannot be watched", error=type(error).__name__)
                is_away = True
            else:
                is_away = False
                if now != self._now:
                    self._now = now
                    self._changed.set()
                    self._changed = asyncio.Event()
            await asyncio.sleep(self._every)


FEED = web.AppKey("proofs_feed", Feed)


def set_up_feed(app: web.Application) -> None:
    """Let pages of the console watch the queue of proofs; it ends when the server stops.

    Args:
        app: The console.
    """

    async def look() -> Now:
        async with app[SHOP].database.connection() as conn:
            return await queue.now(conn)

    async def close(_: web.Application) -> None:
        app[FEED].close()

    app[FEED] = Feed(look)
    app.on_shutdown.append(close)


async def events(visit: Visit) -> web.StreamResponse:
    """The stream of what happens in the queue."""
    feed = visit.request.app[FEED]
    with feed.watched():
        return await stream(visit, feed.events())

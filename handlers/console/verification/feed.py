"""What happens in the queue of proofs, told to every page that is open: the database is asked once for all of them."""

from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web

from handlers.console.base.events import Event, stream
from handlers.console.base.visit import SHOP, Visit
from handlers.console.base.watch import Watch
from repository.verification import queue
from repository.verification.queue import Now

_EVERY = 2.0  # seconds between two looks, while somebody watches


class Feed(Watch[Now]):
    """Looks while anybody watches, and tells everybody what has changed.

    Args:
        look: Asks the database.
        every: Seconds between two looks.
    """

    def __init__(self, look: Callable[[], Awaitable[Now]], *, every: float = _EVERY) -> None:
        super().__init__(look, every=every, what="the queue of proofs")

    async def events(self) -> AsyncIterator[Event]:
        """What is so now, and whatever changes."""
        async for now in self.changes():
            yield Event("proofs", now)


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

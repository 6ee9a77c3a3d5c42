"""Who waits for a person, told to every browser that wants to hear of it, without a name."""

from collections.abc import AsyncIterator

from aiohttp import web

from handlers.console.base.events import Event, stream
from handlers.console.base.visit import SHOP, Visit
from handlers.console.base.watch import Watch
from repository.talks import listing
from repository.talks.listing import Calls

_EVERY = 2.0  # seconds between two looks, while somebody listens
WATCH: web.AppKey[Watch[Calls]] = web.AppKey("calls")


def set_up_calls(app: web.Application) -> None:
    """Let browsers hear of shoppers who wait for a person; it ends when the server stops.

    Args:
        app: The console.
    """

    async def look() -> Calls:
        async with app[SHOP].database.connection() as conn:
            return await listing.calls(conn)

    async def close(_: web.Application) -> None:
        app[WATCH].close()

    app[WATCH] = Watch(look, every=_EVERY, what="who waits for a person")
    app.on_shutdown.append(close)


async def events(visit: Visit) -> web.StreamResponse:
    """The stream of who waits."""
    watch = visit.request.app[WATCH]

    async def happens() -> AsyncIterator[Event]:
        async for now in watch.changes():
            yield Event("calls", now)

    with watch.watched():
        return await stream(visit, happens())

"""The day, told to every page that shows it: the database is asked once for all of them."""

from collections.abc import AsyncIterator, Mapping
from hashlib import blake2b

import msgspec
from aiohttp import web

from handlers.console.base.events import Event, stream
from handlers.console.base.visit import SHOP, Visit
from handlers.console.base.watch import Watch
from handlers.console.day.lines import lines
from handlers.turns.in_force import Shop
from repository.day import figures, waiting
from repository.day.figures import Day
from repository.day.waiting import Pile
from repository.work import jobs

_EVERY = 3.0  # seconds between two looks, while somebody has the page open


class Now(msgspec.Struct, frozen=True):
    """How the shop stands.

    Attributes:
        piles: What waits, by its kind.
        day: How today goes.
    """

    piles: Mapping[str, Pile]
    day: Day


class Told(msgspec.Struct, frozen=True):
    """The day as a page shows it, as HTML."""

    html: str


WATCH: web.AppKey[Watch[Now]] = web.AppKey("day")


def set_up_day(app: web.Application) -> None:
    """Let pages of the console watch the day; it ends when the server stops.

    Args:
        app: The console.
    """

    async def close(_: web.Application) -> None:
        app[WATCH].close()

    app[WATCH] = Watch(lambda: look(app[SHOP]), every=_EVERY, what="the day")
    app.on_shutdown.append(close)


async def look(shop: Shop) -> Now:
    """How the shop stands now.

    Args:
        shop: The shop.
    """
    async with shop.database.connection() as conn:
        rules = await shop.rules(conn, (await jobs.due(conn)).rules_version)
        return Now(await waiting.piles(conn, rules=rules), await figures.day(conn))


def part(visit: Visit, now: Now) -> str:
    """What changes on the page, for whoever looks, as HTML.

    Args:
        visit: Theirs.
        now: How the shop stands.
    """
    return visit.look.part("_day.html", lines=lines(now.piles, visit.may), day=now.day, may=visit.may)


def version_of(html: str) -> str:
    """A short text that changes whenever what a page shows does.

    Args:
        html: What it shows.
    """
    return blake2b(html.encode(), digest_size=12).hexdigest()


async def events(visit: Visit) -> web.StreamResponse:
    """The stream of the day."""
    seen = visit.request.headers.get("Last-Event-ID") or visit.request.query.get("seen", "")
    watch = visit.request.app[WATCH]
    with watch.watched():
        return await stream(visit, _happens(visit, watch, seen))


async def _happens(visit: Visit, watch: Watch[Now], seen: str) -> AsyncIterator[Event]:
    async for now in watch.changes():
        html = part(visit, now)
        version = version_of(html)
        if version != seen:
            seen = version
            yield Event("day", Told(html), id=version)

"""What happens in a chat and in the list beside it, told to the page that shows them.

Each event is how things stand, not what has changed, and its id names exactly that: a page that comes again is told
nothing where it shows that already, and everything where it does not. So nothing is missed, and nothing shown twice.
What is said is told at once, all else within a second.
"""

from collections.abc import AsyncIterator

import msgspec
from aiohttp import web

from bot.base import clock, logs
from handlers.console.base.events import Event, stream
from handlers.console.base.visit import Visit
from handlers.console.inbox import chat as chats
from handlers.console.inbox import stirring
from handlers.console.inbox.listing import VIEWS, Pane, pane
from repository.database.errors import DatabaseError
from repository.talks import opening, thread

_log = logs.get("console")
EVERY = 1.0  # seconds between two looks at all the rest, while a page is open


class Told(msgspec.Struct, frozen=True):
    """How a chat and the list beside it stand.

    Attributes:
        thread: What was said, as HTML.
        talks: The list, as HTML.
        banner: Who speaks, as HTML.
        window: How long may be written, as HTML.
        closed: Why nothing may be written; empty where it may.
        typed: The greatest `outbox.id` that a person typed.
    """

    thread: str
    talks: str
    banner: str
    window: str
    closed: str
    typed: int


async def events(visit: Visit) -> web.StreamResponse:
    """The stream of a chat."""
    async with visit.shop.database.connection() as conn:
        standing = await opening.standing(conn, shopper_id=min(visit.number("id"), 2**31 - 1))
    seen = visit.request.headers.get("Last-Event-ID") or visit.request.query.get("seen", "")
    with visit.request.app[stirring.WATCH].watched():
        return await stream(visit, _happens(visit, standing.psid, seen))


async def _happens(visit: Visit, psid: str, seen: str) -> AsyncIterator[Event]:
    watch = visit.request.app[stirring.WATCH]
    is_away = False
    while True:
        told: Event | None = None
        said = stirring.stands(watch, psid)
        try:
            async with visit.shop.database.connection() as conn:
                shown = await pane(conn, visit)
                version = chats.version_of(await thread.pulse(conn, psid=psid), shown)
                if version != seen:
                    chat = await chats.opened(conn, visit)
                    await opening.look(conn, psid=psid, at=clock.now())
                    told = Event("inbox", _told(visit, chat, shown), id=version)
            is_away = False
        except DatabaseError as error:
            if not is_away:
                _log.warning("a chat cannot be watched", error=type(error).__name__)
            is_away = True
        if told is not None:
            seen = told.id
            yield told
        await stirring.until_stirred(watch, psid, said, within=EVERY)


def _told(visit: Visit, chat: chats.Chat, shown: Pane) -> Told:
    look, closed = visit.look, chat.closed
    facts = {"chat": chat, "pane": shown, "views": VIEWS, "may": visit.may}
    return Told(
        thread=look.part("_thread.html", **facts),
        talks=look.part("_talks.html", **facts),
        banner=look.part("_banner.html", **facts),
        window=look.part("_window.html", **facts),
        closed=f"{closed.reason} {closed.next_step}" if closed else "",
        typed=chat.thread.typed,
    )

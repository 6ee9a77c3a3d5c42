"""Server-sent events: a page that is told what happens, without asking again and again."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
from aiohttp import web
from aiohttp_sse import EventSourceResponse, sse_response

from bot.base import logs
from handlers.console.base.look import HEADERS
from handlers.console.base.visit import Visit

_log = logs.get("console")
_OPEN_FOR = 300.0  # seconds; then the browser comes again by itself, and whether it may is looked at anew
_OPEN = web.AppKey("event_streams", set[asyncio.Task[None]])


class Event(msgspec.Struct, frozen=True):
    """Something that happened.

    Attributes:
        name: What the script listens for, such as "order".
        facts: What it gets, as JSON.
        id: What the browser says when it comes again, so that it is told what it has missed; empty says nothing.
    """

    name: str
    facts: msgspec.Struct
    id: str = ""


def set_up_events(app: web.Application) -> None:
    """Let pages of an application stream events; every stream ends when the server stops.

    Args:
        app: The console.
    """
    app[_OPEN] = set()
    app.on_shutdown.append(_close)


async def stream(visit: Visit, events: AsyncIterator[Event]) -> web.StreamResponse:
    """Answer with events as they come, until the browser goes, the server stops, or five minutes are over.

    Args:
        visit: Of a GET that `EventSource` makes.
        events: What to tell; it is closed at the end.
    """
    async with sse_response(visit.request, headers=HEADERS) as response:
        telling = asyncio.create_task(_tell(response, events))
        streams = visit.request.app[_OPEN]
        streams.add(telling)
        try:
            await asyncio.wait((telling,), timeout=_OPEN_FOR)
        finally:
            streams.discard(telling)
            telling.cancel()
            (failure,) = await asyncio.gather(telling, return_exceptions=True)
            if isinstance(failure, Exception) and not isinstance(failure, ConnectionError):
                _log.error("a stream of events failed", error=type(failure).__name__, exc_info=failure)
    return response


async def _tell(response: EventSourceResponse, events: AsyncIterator[Event]) -> None:
    async for event in events:
        await response.send(msgspec.json.encode(event.facts).decode(), event=event.name, id=event.id or None)


async def _close(app: web.Application) -> None:
    for telling in app[_OPEN]:
        telling.cancel()

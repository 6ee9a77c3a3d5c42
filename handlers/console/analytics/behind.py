"""The rows behind a number: who it was, when, and the way to the chat."""

from urllib.parse import urlencode

import msgspec
from aiohttp import web

from bot.base import clock
from handlers.console.analytics import naming
from handlers.console.analytics.asked import asked_in
from handlers.console.base.visit import Visit
from repository.analytics import behind
from repository.analytics.behind import KINDS, OF_CHATS, Behind, Kind
from repository.analytics.gathering.chats import BEGAN
from repository.database.errors import NotFound

AT_ONCE = 50
_TITLES: dict[Kind, str] = {
    "step": "Shoppers who stopped here",
    "stopped": "Checkouts that were left here",
    "source": "Visits from here",
    "unanswered": "Messages without an answer",
    "answered": "Messages that were answered",
    "people": "Messages that were a person's",
    "failed": "Messages that were not sent",
}


class Row(msgspec.Struct, frozen=True):
    """A row as the page shows it.

    Attributes:
        one: What is known of it.
        what: What it was, in words.
    """

    one: Behind
    what: str


async def show(visit: Visit) -> web.Response:
    """A page of the rows."""
    kind = next((one for one in KINDS if one == visit.request.match_info["kind"]), None)
    if kind is None:
        raise NotFound(visit.request.match_info["kind"])
    query = visit.request.query
    asked = asked_in(query, clock.now().astimezone(visit.shop.database.offset).date())
    of = query.get("of")
    of = of[:190] if of is not None else None
    async with visit.shop.database.connection() as conn:
        rows = await behind.page(
            conn, kind=kind, of=of, period=asked.period, limit=AT_ONCE + 1, before=query.get("before", "")[:60]
        )
    more = ""
    if len(rows) > AT_ONCE:
        known = {} if of is None else {"of": of}
        more = urlencode({**known, **_days(asked.address), "before": rows[AT_ONCE - 1].key})
    return await visit.page(
        "behind.html",
        title=_TITLES[kind],
        about=_about(kind, of),
        asked=asked,
        kind=kind,
        is_of_chats=kind in OF_CHATS,
        rows=[Row(one, _what(kind, one)) for one in rows[:AT_ONCE]],
        more=more,
    )


def _days(address: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in address.split("&"))


def _about(kind: Kind, of: str | None) -> str:
    """Of which step, question, source or reason the rows are."""
    if of is None:
        return ""
    match kind:
        case "step":
            return naming.STEPS[int(of)] if of.isdigit() and len(of) == 1 and int(of) < len(naming.STEPS) else ""
        case "stopped":
            return naming.STOPS.get(of, "Before the first question")
        case "source":
            return naming.source(of)
        case "failed":
            return naming.failure(of)
    return ""


def _what(kind: Kind, one: Behind) -> str:
    if kind == "failed":
        return naming.failure(one.words)
    if kind in OF_CHATS:
        return one.words
    if one.step == BEGAN and one.stopped_at:
        return f"{naming.STEPS[one.step]}: {naming.STOPS.get(one.stopped_at, one.stopped_at).lower()}"
    orders = f", {one.orders} order{'s' if one.orders > 1 else ''}" if one.orders else ""
    return f"{naming.STEPS[one.step]}{orders}"

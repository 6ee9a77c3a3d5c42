"""A broadcast in its form: whom it reaches and how it looks beside it; sent, stopped, and what became of it."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from aiohttp import web

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.listing import Badge
from handlers.console.base.nouns.preview import Sentence, Tried, as_sent
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.settings.rows import RowEditor, Shown, list_of
from replies.broadcasts import Broadcast
from replies.render import render
from repository.broadcasts import figures, people, sending
from repository.broadcasts.edits import BROADCASTS, TITLE_MOST, WORDS_MOST, BroadcastBody
from repository.broadcasts.people import Reach
from repository.catalogue import products
from repository.database.connection import Connection
from repository.settings.row import MustStay

HOME = "/broadcasts"
TIERS: Mapping[str, str] = {"": "Everybody", "silver": "Silver and up", "gold": "Gold and up", "platinum": "Platinum"}
_BADGES = {
    "draft": Badge("draft"), "sending": Badge("sending", "good"), "stopped": Badge("stopped", "bad"),
    "done": Badge("sent", "quiet"),
}  # fmt: skip
_WORDS = "Their first name is said before it. Everybody gets a button to hear no more."
_BOUGHT = "Number (SKU) or name of a product, or a category. Empty is anything, or nothing yet."
_LEAST = "0 is any, and shoppers who have never ordered too."
_PACE = "Answers to shoppers go before these."
_NOT_NOW = {
    "broadcast": "It was sent before, or somebody has just changed it. Please look first.",
    "nobody": "Nobody whom it is for is inside Messenger’s window now. It was not sent.",
}


class BroadcastForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a broadcast."""

    title: Annotated[str, Field(label="Name", help="For you alone.", needed="Please give it a name.", most=TITLE_MOST)]
    words: Annotated[
        str,
        Field(label="What shoppers read", help=_WORDS, needed="Please write it.", rows=5, most=WORDS_MOST),
    ]
    product: Annotated[str, Field(label="Show a product", help="Its number (SKU) or name; empty for none.", most=255)]
    from_tier: Annotated[str, Field(label="Tier", choices=TIERS)]
    bought: Annotated[str, Field(label="Who bought", help=_BOUGHT, most=255)]
    away_least: Annotated[int, Field(label="Last order at least", unit="days ago", help=_LEAST, most=3650)]
    away_most: Annotated[int, Field(label="and at most", unit="days ago", help="0 is any.", most=3650)]
    per_minute: Annotated[int, Field(label="As fast as", unit="shoppers a minute", help=_PACE, least=1, most=6000)]


_FORM = Form(BroadcastForm)


class BroadcastEditor(RowEditor[BroadcastBody]):
    """The pages of a broadcast."""

    saved = "Saved. Nobody has got it yet: look at it, then send it."
    last = "It was sent already, so it stays as it is. Make a new one for other words."

    def blank(self, visit: Visit) -> BroadcastBody:  # noqa: ARG002  (what nouns may ask)
        return BroadcastBody()

    def title(self, body: BroadcastBody) -> str:
        return body.title

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        """What a shopper reads, and how many it reaches now."""
        body = BroadcastBody(**msgspec.structs.asdict(_FORM.typed(filled)))
        subject = visit.number("id") if "id" in visit.request.match_info else 0
        async with visit.shop.database.connection() as conn:
            is_over = bool(subject) and (await figures.figures(conn, broadcast_id=subject)).status != "draft"
            reach = await people.reach(conn, body=body)
            cards = await products.by_skus(conn, skus=[body.product]) if body.product else ()
        said = Broadcast(words=body.words or "…", first_name="Ana", product=cards[0] if cards else None)
        return Tried(
            messages=as_sent(render([said], await visit.words(), "en")),
            sentences=() if is_over else tuple(Sentence(one) for one in told(reach, body)),
        )

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:
        if "id" not in visit.request.match_info:
            return {"figures": None, "reach": None}
        one = await self.rows.opened(conn, visit.number("id"))
        found = await figures.figures(conn, broadcast_id=one.id)
        reach = await people.reach(conn, body=one.body) if found.status == "draft" else None
        return {"figures": found, "reach": reach}

    async def send(self, visit: Visit) -> web.Response:
        """Begin to send what was seen."""
        one = await self.there(visit)

        async def work(conn: Connection) -> int:
            return await sending.begin(conn, broadcast_id=one.id, version=visit.version(), by=visit.by)

        try:
            chosen = await visit.write(work)
        except MustStay as kept:
            raise Declined(_NOT_NOW[kept.called], self.path(one.id, one.body)) from None
        many = "1 shopper" if chosen == 1 else f"{chosen:,} shoppers"
        return visit.to(self.path(one.id, one.body), Notice(f"On its way to {many}."))

    async def stop(self, visit: Visit) -> web.Response:
        """Send it to nobody else."""
        one = await self.there(visit)
        stopped = await visit.write(lambda conn: sending.stop(conn, broadcast_id=one.id, by=visit.by))
        said = Notice("Stopped. Nobody else gets it.") if stopped else Notice("It was over already.", is_bad=True)
        return visit.to(self.path(one.id, one.body), said)


def told(reach: Reach, body: BroadcastBody) -> list[str]:
    """Whom a broadcast reaches now, in sentences.

    Args:
        reach: Whom.
        body: The broadcast.
    """
    many = {0: "Nobody gets it now", 1: "1 shopper gets it"}.get(reach.inside, f"{reach.inside:,} shoppers get it")
    said = [f"{many}: those who wrote to the page within Messenger’s window."]
    if reach.inside and body.per_minute:
        minutes = -(-reach.inside // body.per_minute)
        said.append(f"At that pace it takes {'a minute' if minutes == 1 else f'{minutes:,} minutes'} at most.")
    if reach.outside:
        said.append(
            f"{reach.outside:,} more fit and wrote this month, but too long ago: Messenger lets nobody write to them."
        )
    if reach.stopped:
        said.append(f"{reach.stopped:,} fit, and want no promos: they never get one.")
    return said


BROADCAST = BroadcastEditor(
    BROADCASTS,
    _FORM,
    template="broadcast.html",
    home=HOME,
    called="broadcast",
    edits="broadcasts.send",
    views="broadcasts.view",
    deletes="broadcasts.send",
)


def _tell(visit: Visit, body: BroadcastBody) -> Shown:  # noqa: ARG001  (as lists tell)
    tags = tuple(filter(None, (body.from_tier and TIERS[body.from_tier], body.bought and f"bought {body.bought}")))
    return Shown(body.title, body.words, tags)


async def _badges(conn: Connection) -> Mapping[int, Badge]:
    return {one: _BADGES[status] for one, status in (await figures.statuses(conn)).items()}


LIST = list_of(BROADCAST, _tell, template="broadcasts.html", many="broadcasts", switches=False, badges=_badges)

"""Putting an order together for a shopper, who confirms it in the chat."""

from decimal import Decimal

import msgspec
from aiohttp import web

from handlers.console.base.nouns.preview import Tried, as_sent
from handlers.console.base.visit import Notice, Visit, whole
from handlers.console.orders import wordings
from handlers.console.orders.changes import picking
from handlers.console.orders.changes.picking import Picked
from handlers.console.orders.changes.refusals import REFUSALS, refusal
from replies.changed import DraftOffered
from replies.render import render
from repository.aftersales.changing import Item
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.desk import drafts
from repository.desk.drafts import FoundShopper
from repository.desk.editing import listed

PATH = "/orders/drafts/new"


class _Shown(msgspec.Struct, frozen=True):
    html: str
    refusal: str


async def show(visit: Visit) -> web.Response:
    """The page on which a draft is made; `shopper` in its address says for whom."""
    return await _page(visit, whole(visit.request.query.get("shopper", "")), (), "", "")


async def preview(visit: Visit) -> web.Response:
    """What the shopper would read."""
    tried = await _tried(visit, await _chosen(visit, whole(visit.field("shopper"))), picking.items_in(visit.form))
    return visit.json(_Shown(visit.look.part("_bubbles.html", tried=tried), ""))


async def send(visit: Visit) -> web.Response:
    """Send the draft, or look for more to put into it."""
    shopper_id, items, words = whole(visit.field("shopper")), picking.items_in(visit.form), visit.field("words")
    if visit.form.get("do") != "send":
        return await _page(visit, shopper_id, items, words, "")
    if not shopper_id:
        return await _page(visit, shopper_id, items, words, "Please say whom it is for.", status=422)

    async def work(conn: Connection) -> None:
        rules = await visit.rules(conn)
        await drafts.offer(conn, shopper_id=shopper_id, items=items, words=words, by=visit.by, rules=rules)

    try:
        await visit.write(work)
    except NotFound:
        return await _page(visit, 0, items, words, "That shopper is not known. Please pick another.", status=422)
    except REFUSALS as refused:
        told = refusal(refused, visit.shop.settings.shop_currency)
        if not items:
            told = "There is nothing in it yet: look for a product and say how many."
        return await _page(visit, shopper_id, items, words, told, status=422)
    visit.shop.queue_fed.set()
    return visit.to("/orders", Notice("The draft is on its way. Nothing is ordered until the shopper confirms it."))


async def withdraw(visit: Visit) -> web.Response:
    """Take back a draft that its shopper has not tapped."""

    async def work(conn: Connection) -> None:
        await drafts.withdraw(conn, draft_id=visit.number("draft"), by=visit.by)

    try:
        await visit.write(work)
    except NotFound:
        return visit.to(PATH, Notice("Too late: that draft is gone or was tapped.", is_bad=True))
    return visit.to(PATH, Notice("The draft is taken back. Its button in the chat says so."))


async def _chosen(visit: Visit, shopper_id: int) -> FoundShopper | None:
    if not 0 < shopper_id < 2**31:
        return None
    async with visit.shop.database.connection() as conn:
        try:
            return await drafts.shopper(conn, shopper_id=shopper_id)
        except NotFound:
            return None


async def _tried(visit: Visit, chosen: FoundShopper | None, items: tuple[Item, ...]) -> Tried:
    """The draft as its shopper would read it."""
    async with visit.shop.database.connection() as conn:
        lines = (await picking.picked(conn, items=items, find="")).lines
    if not lines:
        return Tried(messages=())
    reply = DraftOffered(
        draft_id=0,
        lines=listed((one.offer.name, one.offer.variant, one.quantity) for one in lines),
        total=sum((one.offer.price * one.quantity for one in lines), Decimal(0)),
        words=visit.field("words"),
    )
    language = chosen.language if chosen else "en"
    return Tried(messages=as_sent(render([reply], await visit.words(), language)))


async def _page(
    visit: Visit, shopper_id: int, items: tuple[Item, ...], words: str, told: str, *, status: int = 200
) -> web.Response:
    find = " ".join(visit.form.get("find", "").split())[:100]
    chosen = await _chosen(visit, shopper_id)
    async with visit.shop.database.connection() as conn:
        known = await drafts.shoppers(conn)
        waiting = await drafts.offered(conn, rules=await visit.rules(conn))
        shown: Picked = await picking.picked(conn, items=items, find=find)
    if chosen and all(one.id != chosen.id for one in known):
        known = (chosen, *known)
    return await visit.page(
        "draft.html",
        status=status,
        chosen=chosen,
        shoppers=known,
        picked=shown,
        waiting=waiting,
        typed=words,
        most=drafts.WORDS_MOST,
        refusal=told,
        tried=await _tried(visit, chosen, items),
        words=wordings,
    )

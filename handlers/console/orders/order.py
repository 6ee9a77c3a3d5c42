"""The page of one order: what it is, who ordered it, what was said and done, and what comes next."""

from urllib.parse import urlencode

from aiohttp import web

from handlers.console.base.nouns.preview import Tried
from handlers.console.base.visit import Notice, Visit
from handlers.console.orders import telling, wordings
from handlers.console.orders.asked import list_in, wanted_in
from handlers.console.orders.changes import doing
from repository.aftersales import quiet
from repository.database.connection import Connection
from repository.database.errors import NotFound, UnknownOrder
from repository.desk.lists import listing, needs
from repository.desk.lists.listing import Place
from repository.desk.order import happened, notes, opening, talk
from repository.desk.order.opened import Opened
from repository.orders.coming.following import tracking_page


async def show(visit: Visit) -> web.Response:
    """The page of an order."""
    order_id = visit.number("id")
    query = visit.request.query
    async with visit.shop.database.connection() as conn:
        opened = await open_order(conn, order_id)
        events = await happened.happened(conn, order_id=order_id)
        spoken = await talk.talk(conn, psid=opened.shopper.psid)
        before, after = await _neighbours(conn, visit, order_id, query.get("list", ""), query.get("at", ""))
    order = opened.order
    possible = [step for step in doing.offered(opened) if visit.may(step.right)]
    first = doing.primary(opened)
    proof = next((one for one in opened.proofs if one.status == "waiting"), None)
    return await visit.page(
        "order.html",
        opened=opened,
        order=order,
        first=first
        if first and visit.may(first.right) and not (proof and first in (doing.PAID, doing.CONFIRM))
        else None,
        waiting_proof=proof,
        steps=possible,
        events=[telling.told(event, visit.shop.settings.shop_currency) for event in events],
        talk=[(one, Tried(messages=(dict(one.message),)) if one.message else None) for one in spoken],
        failure=telling.failure,
        words=wordings,
        name=wordings.called(opened.shopper.name, opened.shopper.id),
        tracking_page=tracking_page(order.courier_link, order.tracking),
        before=before,
        after=after,
        back=query.get("list", "tab=needs")[:500],
        here=urlencode({name: query[name][:500] for name in ("list", "at") if name in query}),
    )


async def open_order(conn: Connection, order_id: int) -> Opened:
    """An order for a page.

    Args:
        conn: An open connection.
        order_id: `orders.id`.

    Raises:
        NotFound: There is no such order.
    """
    if order_id >= 2**31:
        raise NotFound(f"order {order_id}")
    try:
        return await opening.opened(conn, order_id=order_id)
    except UnknownOrder as unknown:
        raise NotFound(f"order {order_id}") from unknown


async def note(visit: Visit) -> web.Response:
    """Keep an internal note."""
    order_id, words = visit.number("id"), visit.field("note")
    if not words:
        return visit.to(_back(visit, order_id), Notice("There was nothing in that note.", is_bad=True))

    async def work(conn: Connection) -> None:
        await open_order(conn, order_id)
        await notes.write(conn, order_id=order_id, note=words, by=visit.by)

    await visit.write(work)
    return visit.to(_back(visit, order_id), Notice("The note is kept. Shoppers never see it."))


async def settle(visit: Visit) -> web.Response:
    """Say that what an order was flagged for is done, or that its shopper was told in another way."""
    order_id, kind = visit.number("id"), visit.field("kind")[:40]

    async def work(conn: Connection) -> None:
        await open_order(conn, order_id)
        await needs.settle(conn, order_id=order_id, kind=kind, by=visit.who.shown_as)

    await visit.write(work)
    return visit.to(_back(visit, order_id), Notice(f"Settled: {wordings.reason(kind)}."))


async def give_back(visit: Visit) -> web.Response:
    """Let the bot answer again in the shopper's chat, which was left to a person."""
    order_id = visit.number("id")

    async def work(conn: Connection) -> None:
        opened = await open_order(conn, order_id)
        await quiet.give_back(conn, psid=opened.shopper.psid)

    await visit.write(work)
    return visit.to(_back(visit, order_id), Notice("The bot answers in this chat again."))


def _back(visit: Visit, order_id: int) -> str:
    here = visit.form.get("here", "")[:1200]
    return f"/orders/{order_id}" + (f"?{urlencode(list_in(here))}" if here else "")


async def _neighbours(conn: Connection, visit: Visit, order_id: int, query: str, at: str) -> tuple[str, str]:
    """The addresses of the orders before and after this one in the list that it was opened from; empty without one."""
    if not query or len(at) != len("2026-11-28 09:30:00"):
        return "", ""
    wanted, _ = wanted_in(list_in(query))
    place = Place(at, order_id)
    found = []
    for backwards in (True, False):
        rows = await listing.page(
            conn, wanted=wanted, limit=1, rules=await visit.rules(conn), place=place, backwards=backwards
        )
        found.append(
            f"/console/orders/{rows[0].id}?{urlencode({'list': query[:500], 'at': rows[0].place.at})}" if rows else ""
        )
    return found[0], found[1]

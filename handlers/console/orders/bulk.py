"""Doing one thing to several orders: each is told what came of it."""

from urllib.parse import urlencode

import msgspec
from aiohttp import web

from handlers.console.base.visit import Declined, Visit, whole
from handlers.console.orders import telling
from handlers.console.orders.asked import list_in
from handlers.console.orders.changes import doing
from handlers.console.orders.changes.acting import actor_of
from handlers.console.orders.changes.refusals import REFUSALS, refusal
from repository.database.connection import Connection
from repository.database.errors import Stale, UnknownOrder
from repository.desk import couriers, slips
from repository.orders.history import check_version, last_change
from repository.orders.moves import Moved, move

PICKS_MOST = 100
_TO = {"confirm": ("confirmed", doing.CONFIRM), "pack": ("processing", doing.PACK), "ship": ("shipped", doing.SHIP)}
_DONE = {"confirmed": "Confirmed", "processing": "Packed", "shipped": "Shipped"}


class Pick(msgspec.Struct, frozen=True):
    """An order that was picked.

    Attributes:
        id: `orders.id`.
        version: `orders.version` at which it was seen.
        courier: Who brings it, where it is shipped.
        tracking: The parcel's number, where it is shipped.
    """

    id: int
    version: int
    courier: str = ""
    tracking: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What came of one of them."""

    pick: Pick
    number: str
    told: str
    is_done: bool


async def do(visit: Visit) -> web.Response:
    """Do it to each, print their slips, or ask for the tracking number of each."""
    back = f"/orders?{urlencode(list_in(visit.form.get('query', '')))}"
    picks, what = _picks(visit), visit.form.get("do", "")
    if not picks:
        raise Declined("Pick some orders first.", back)
    if what == "slips":
        return visit.to(f"/orders/slips?{urlencode({'ids': ','.join(str(one.id) for one in picks)})}")
    if what == "ship":
        return visit.to(f"/orders/ship?{urlencode({'pick': [f'{one.id}:{one.version}' for one in picks]}, doseq=True)}")
    if what not in _TO:
        raise Declined("That cannot be done to several orders.", back)
    return await _carry_out(visit, picks, what, back)


async def ask_tracking(visit: Visit) -> web.Response:
    """The page with a line for the courier and the tracking number of each."""
    texts = visit.request.query.getall("pick", [])
    return await _shipping_page(visit, [pick for text in texts[:PICKS_MOST] if (pick := _pick(text))])


async def ship(visit: Visit) -> web.Response:
    """Ship each with its own courier and tracking number; what cannot be is asked for again."""
    picks = [
        Pick(pick.id, pick.version, visit.field(f"courier_{pick.id}")[:100], visit.field(f"tracking_{pick.id}")[:100])
        for pick in _picks(visit)
    ]
    if not picks:
        raise Declined("Pick some orders first.", "/orders?tab=to_ship")
    if any(not pick.courier for pick in picks):
        return await _shipping_page(visit, picks, refusal="Please say for each who brings it.", status=422)
    return await _carry_out(visit, picks, "ship", "/orders?tab=to_ship")


def _picks(visit: Visit) -> list[Pick]:
    texts = visit.several.get("pick", [])[:PICKS_MOST]
    return list({pick.id: pick for text in texts if (pick := _pick(text))}.values())


def _pick(text: str) -> Pick | None:
    order_id, _, version = text.partition(":")
    number = whole(order_id)
    return Pick(number, whole(version)) if 0 < number < 2**31 else None


async def _carry_out(visit: Visit, picks: list[Pick], what: str, back: str) -> web.Response:
    to, step = _TO[what]
    if not visit.may(step.right):
        raise Declined("Your account may not do that.", back)
    outcomes = [await _one(visit, pick, to) for pick in picks]
    visit.shop.queue_fed.set()
    return await visit.page("bulk.html", outcomes=outcomes, step=step, back=back)


async def _one(visit: Visit, pick: Pick, to: str) -> Outcome:
    """Do it to one order, in a transaction of its own."""
    currency = visit.shop.settings.shop_currency

    async def work(conn: Connection) -> Moved:
        rules = await visit.rules(conn)
        await check_version(conn, order_id=pick.id, opened=pick.version)
        return await move(
            conn, order_id=pick.id, to=to, actor=actor_of(visit), rules=rules, courier=pick.courier,
            tracking=pick.tracking,
        )  # fmt: skip

    try:
        moved = await visit.write(work)
    except UnknownOrder:
        return Outcome(pick, f"Order {pick.id}", "There is no such order.", False)
    except Stale as stale:
        return await _too_late(visit, pick, to, stale)
    except REFUSALS as refused:
        return Outcome(pick, await _number(visit, pick.id), refusal(refused, currency), False)
    return Outcome(pick, moved.number, "It was already." if moved.already else f"{_DONE[to]}.", True)


async def _too_late(visit: Visit, pick: Pick, to: str, stale: Stale) -> Outcome:
    """Somebody was faster; where that was the same clerk's second click it is done."""
    async with visit.shop.database.connection() as conn:
        last = await last_change(conn, order_id=pick.id)
    number = await _number(visit, pick.id)
    if last and last.by == visit.who.shown_as and last.what == to:
        return Outcome(pick, number, f"{_DONE[to]}.", True)
    told = telling.changed_by(last.by, last.what, last.seconds) if last else f"{stale.saved_by} changed this"
    return Outcome(pick, number, f"{told}: look at it again.", False)


async def _number(visit: Visit, order_id: int) -> str:
    async with visit.shop.database.connection() as conn:
        found = await slips.slips(conn, order_ids=[order_id])
    return found[0].order_number if found else f"Order {order_id}"


async def _shipping_page(visit: Visit, picks: list[Pick], *, refusal: str = "", status: int = 200) -> web.Response:
    async with visit.shop.database.connection() as conn:
        found = {slip.id: slip for slip in await slips.slips(conn, order_ids=[pick.id for pick in picks])}
        known = await couriers.couriers(conn)
    rows = [(pick, found[pick.id]) for pick in picks if pick.id in found]
    if not rows:
        raise Declined("Pick some orders first.", "/orders?tab=to_ship")
    return await visit.page(
        "ship_several.html", status=status, rows=rows, couriers=[one.name for one in known], refusal=refusal
    )

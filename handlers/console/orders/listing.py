"""The list of orders: by what needs doing, searched, filtered, saved under a name."""

from urllib.parse import urlencode

from aiohttp import web

from handlers.console.base import tables
from handlers.console.base.visit import Declined, Notice, Visit, whole
from handlers.console.orders import wordings
from handlers.console.orders.asked import TABS, list_in, wanted_in
from repository.database.connection import Connection
from repository.database.errors import Taken
from repository.desk import couriers
from repository.desk.lists import listing, views
from repository.desk.lists.listing import ListedOrder, Place

SETS_UP = "settings"
"""The right of who may forget the views of others."""


async def show(visit: Visit) -> web.Response:
    """The page with a list."""
    query = dict(visit.request.query)
    wanted, form = wanted_in(query)
    place = tables.place_in(query, Place)
    async with visit.shop.database.connection() as conn:

        async def fetch(key: Place | None, backwards: bool, limit: int) -> list[ListedOrder]:
            return await listing.page(
                conn,
                wanted=wanted,
                limit=limit,
                rules=await visit.rules(conn),
                place=key,
                backwards=backwards,
            )

        turned = await tables.turned(place, fetch=fetch, key=lambda row: row.place, filters=form.address)
        counts = await listing.counts(conn, rules=await visit.rules(conn))
        known = await couriers.couriers(conn)
        saved = await views.views(conn)
    beside = {name: text for name, text in form.address.items() if name not in ("tab", "q", "why")}
    return await visit.page(
        "orders.html",
        turned=turned,
        form=form,
        wanted=wanted,
        counts=counts,
        most=listing.COUNTED_MOST,
        tabs={tab: (name, urlencode({"tab": tab, **beside})) for tab, name in TABS.items()},
        couriers=known,
        views=saved,
        own=[one.id for one in saved if one.saved_by == visit.who.id or visit.may(SETS_UP)],
        filters=urlencode(form.address),
        words=wordings,
    )


async def save_view(visit: Visit) -> web.Response:
    """Save what the list shows under a name."""
    name = " ".join(visit.field("name").split())[:100]
    query = list_in(visit.form.get("query", ""))
    _, form = wanted_in(query)
    filters = urlencode(form.address)
    back = f"/orders?{filters}"
    if not name:
        raise Declined("Please give the view a name.", back)
    if len(filters) > 500:
        raise Declined("That search is too long to be saved.", back)

    async def work(conn: Connection) -> None:
        await views.save(conn, name=name, filters=filters, by=visit.by)

    try:
        await visit.write(work)
    except Taken:
        raise Declined("A colleague has a view of that name. Please take another one.", back) from None
    return visit.to(back, Notice(f"“{name}” is saved for everybody in the shop."))


async def delete_view(visit: Visit) -> web.Response:
    """Forget a saved list: one's own, or anybody's where one sets up the shop."""
    view_id = whole(visit.form.get("view", ""))

    async def work(conn: Connection) -> bool:
        return await views.delete(conn, view_id=view_id, by=visit.by, anybodys=visit.may(SETS_UP))

    if not await visit.write(work):
        raise Declined("Only who saved a view can forget it, or an admin.", "/orders")
    return visit.to("/orders", Notice("The view is gone; the orders are all still there."))

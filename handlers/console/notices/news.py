"""The bell: what one has been told in the console, and marks what was seen."""

from aiohttp import web

from handlers.console.base.tables import listed, place_in
from handlers.console.base.visit import Visit, whole
from repository.notices import bell
from repository.notices.bell import News


async def show(visit: Visit) -> web.Response:
    """What one has been told, the newest first."""
    async with visit.shop.database.connection() as conn:

        async def fetch(key: int | None, backwards: bool, limit: int) -> list[News]:
            return await bell.page(conn, admin_id=visit.who.id, limit=limit, key=key, backwards=backwards)

        found = await listed(
            place_in(visit.request.query, int),
            total=await bell.count(conn, admin_id=visit.who.id),
            fetch=fetch,
            key=lambda one: one.id,
            filters={},
        )
    return await visit.page("news.html", found=found)


async def see(visit: Visit) -> web.Response:
    """Mark all as seen, or the one that is opened, and go to what it is about."""
    only, upto = whole(visit.form.get("only", "")), whole(visit.form.get("upto", ""))
    async with visit.shop.database.connection() as conn:
        await bell.see(conn, admin_id=visit.who.id, upto=only or upto, only=only)
    order, shopper = whole(visit.form.get("order", "")), whole(visit.form.get("shopper", ""))
    if only and shopper:
        return visit.to(f"/inbox/{shopper}?view=all")
    return visit.to(f"/orders/{order}" if only and order else "/notices")

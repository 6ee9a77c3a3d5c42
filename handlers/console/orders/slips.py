"""Packing slips: pages that print themselves cleanly on A6 or A4."""

from aiohttp import web

from handlers.console.base.visit import Declined, Visit, whole
from repository.desk import slips

SIZES = {"a6": "A6, one on each", "a4": "A4, one on each"}


async def show(visit: Visit) -> web.Response:
    """The slips of the orders in the address."""
    query = visit.request.query
    ids = [
        number for part in query.get("ids", "").split(",")[: slips.SLIPS_MOST] if 0 < (number := whole(part)) < 2**31
    ]
    async with visit.shop.database.connection() as conn:
        found = await slips.slips(conn, order_ids=ids)
    if not found:
        raise Declined("There is no order to print: pick some first.", "/orders")
    size = query.get("size", "a6")
    return await visit.page(
        "slips.html",
        slips=found,
        ids=",".join(str(slip.id) for slip in found),
        size=size if size in SIZES else "a6",
        sizes=SIZES,
        has_prices=query.get("prices", "on") != "off",
    )

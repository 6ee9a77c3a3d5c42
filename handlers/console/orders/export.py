"""The list as a file for a spreadsheet, of what is searched and filtered."""

from aiohttp import web

from bot.base import clock
from handlers.console.base.sheets import begin, lines
from handlers.console.base.visit import Visit
from handlers.console.orders import wordings
from handlers.console.orders.asked import wanted_in
from repository.desk.lists import listing
from repository.desk.lists.listing import ListedOrder, Place

AT_ONCE = 500
ROWS_MOST = 100_000
_COLUMNS = (
    "Order", "Ordered", "Status", "Payment", "Paid by", "Recipient", "Shopper", "Phone", "City", "Pieces", "First item",
    "Total", "Came in", "Courier", "Tracking", "Came by", "Link, ad or post",
)  # fmt: skip


async def download(visit: Visit) -> web.StreamResponse:
    """The file, written as it is read."""
    wanted, _ = wanted_in(visit.request.query)
    response = await begin(visit, f"orders-{clock.now():%Y-%m-%d}.csv", _COLUMNS)
    place: Place | None = None
    written = 0
    while written < ROWS_MOST:
        async with visit.shop.database.connection() as conn:
            rows = await listing.page(conn, wanted=wanted, limit=AT_ONCE, rules=await visit.rules(conn), place=place)
        if rows:
            await response.write(lines([_row(row) for row in rows]))
            place = rows[-1].place
            written += len(rows)
        if len(rows) < AT_ONCE:
            break
    await response.write_eof()
    return response


def _row(order: ListedOrder) -> tuple[str, ...]:
    return (
        order.order_number,
        f"{order.created_at:%Y-%m-%d %H:%M}",
        wordings.fulfilment_badge(order.status).text,
        wordings.payment_badge(order).text,
        wordings.METHODS.get(order.payment_method, order.payment_method),
        order.recipient,
        wordings.called(order.shopper, order.shopper_id),
        order.phone,
        order.city,
        str(order.pieces),
        order.first_item,
        str(order.total),
        str(order.paid),
        order.courier,
        order.tracking,
        wordings.WAYS.get(order.way, order.way),
        order.source,
    )

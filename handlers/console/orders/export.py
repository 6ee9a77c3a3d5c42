"""The list as a file for a spreadsheet, of what is searched and filtered."""

import csv
import io

from aiohttp import web

from bot.base import clock
from handlers.console.base.look import HEADERS
from handlers.console.base.visit import Visit
from handlers.console.orders import wordings
from handlers.console.orders.asked import wanted_in
from repository.desk.lists import listing
from repository.desk.lists.listing import ListedOrder, Place

AT_ONCE = 500
ROWS_MOST = 100_000
_COLUMNS = (
    "Order", "Ordered", "Status", "Payment", "Paid by", "Recipient", "Shopper", "Phone", "City", "Pieces", "First item",
    "Total", "Came in", "Courier", "Tracking",
)  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


async def download(visit: Visit) -> web.StreamResponse:
    """The file, written as it is read."""
    wanted, _ = wanted_in(visit.request.query)
    response = web.StreamResponse(headers={**HEADERS, "Cache-Control": "no-store"})
    response.content_type = "text/csv"
    response.charset = "utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="orders-{clock.now():%Y-%m-%d}.csv"'
    await response.prepare(visit.request)
    # A spreadsheet takes a file for UTF-8 by this mark.
    await response.write("\ufeff".encode() + _lines([_COLUMNS]))
    place: Place | None = None
    written = 0
    while written < ROWS_MOST:
        async with visit.shop.database.connection() as conn:
            rows = await listing.page(conn, wanted=wanted, limit=AT_ONCE, place=place)
        if rows:
            await response.write(_lines([_row(row) for row in rows]))
            place = rows[-1].place
            written += len(rows)
        if len(rows) < AT_ONCE:
            break
    await response.write_eof()
    return response


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    Args:
        text: What stands in it.
    """
    return f"'{text}" if text.startswith(_DANGEROUS) else text


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
    )


def _lines(rows: list[tuple[str, ...]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode()

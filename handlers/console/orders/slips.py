"""Packing slips: pages that print themselves cleanly on A6 or A4, one on each or four on a sheet."""

from collections.abc import Sequence
from math import ceil

import msgspec
from aiohttp import web

from handlers.console.base.visit import Declined, Visit, whole
from repository.desk import slips
from repository.desk.slips import Slip

SIZES = {"a6": "A6, one on each", "a4x4": "A4, four on each", "a4": "A4, one on each"}
_QUARTER = 4
_LINES_MOST = 34  # that fit on a quarter of A4; `slips.js` makes the letters of a full one a little smaller
_LINE = 46  # letters


def _line_count(slip: Slip) -> int:
    """How many lines a slip takes on A6, about."""
    items = (f"{line.name} {line.variant} {line.sku}" for line in slip.lines)
    place = slip.delivery
    texts = (
        f"{place.address_line1}, {place.address_line2}, {place.barangay}, {place.city}, {place.province}",
        place.landmark,
        slip.pin,
        f"{slip.courier} {slip.tracking}",
        *slip.notes.splitlines(),
        *items,
    )
    return 12 + sum(ceil(len(text) / _LINE) for text in texts)


class Sheet(msgspec.Struct, frozen=True):
    """A sheet of paper.

    Attributes:
        slips: What stands on it.
        is_quartered: Whether each has a quarter of it.
    """

    slips: tuple[Slip, ...]
    is_quartered: bool


def sheets_of(found: Sequence[Slip], size: str) -> list[Sheet]:
    """Which slips stand on a sheet together: four where that was chosen, and one alone that is too long for a quarter.

    Args:
        found: The slips, in the order in which they were asked for.
        size: One of `SIZES`.
    """
    short = [slip for slip in found if size == "a4x4" and _line_count(slip) <= _LINES_MOST]
    quartered = [tuple(short[at : at + _QUARTER]) for at in range(0, len(short), _QUARTER)]
    return [
        *(Sheet(slips, is_quartered=True) for slips in quartered),
        *(Sheet((slip,), is_quartered=False) for slip in found if slip not in short),
    ]


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
    chosen = query.get("size", "a6")
    size = chosen if chosen in SIZES else "a6"
    return await visit.page(
        "slips.html",
        sheets=sheets_of(found, size),
        count=len(found),
        ids=",".join(str(slip.id) for slip in found),
        size=size,
        sizes=SIZES,
        has_prices=query.get("prices", "on") != "off",
    )

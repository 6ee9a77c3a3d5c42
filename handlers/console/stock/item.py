"""One stock: who holds pieces of it, what moved it, and changing it with a reason."""

from typing import Annotated

import msgspec
from aiohttp import web

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.visit import Notice, Visit, whole
from handlers.console.stock.listing import HOME
from repository.database.connection import Connection
from repository.database.errors import NotFound, Unfit
from repository.stock import ledger, moving, standing
from repository.stock.moving import PIECES_MOST, REASONS, TAKES_AWAY, Item

_SHOWN = 50
_PIECES = "Such as 5. Write -5 to take pieces off by a correction."


class AdjustForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a merchant changes, and why."""

    reason: Annotated[str, Field(label="What happened", choices=REASONS)]
    change: Annotated[
        int,
        Field(
            label="Pieces", help=_PIECES, needed="Please write how many pieces.", least=-PIECES_MOST, most=PIECES_MOST
        ),
    ]
    note: Annotated[str, Field(label="Note", most=200, placeholder="Delivery of 4 May")]


_FORM = Form(AdjustForm)


async def show(visit: Visit) -> web.Response:
    """The page of one stock."""
    return await _page(visit, _FORM.empty())


async def adjust(visit: Visit) -> web.Response:
    """Put pieces on the shelf, or take some off."""
    typed, filled = _FORM.read(visit)
    if filled.is_wrong:
        return await _page(visit, filled, status=422)
    item = _item(visit)
    change = -abs(typed.change) if typed.reason in TAKES_AWAY else typed.change

    async def work(conn: Connection) -> moving.Level:
        return await moving.adjust(conn, item=item, change=change, reason=typed.reason, note=typed.note, by=visit.by)

    try:
        now = await visit.write(work)
    except Unfit as unfit:
        return await _page(visit, filled.refused(**{unfit.field: unfit.sentence}), status=422)
    return visit.to(f"{HOME}/{item.product_id}/{item.variant_id}", Notice(f"Saved: {now.on_hand} on hand now."))


async def _page(visit: Visit, filled: Filled, *, status: int = 200) -> web.Response:
    item = _item(visit)
    async with visit.shop.database.connection() as conn:
        lines = await standing.of_product(conn, product_id=item.product_id)
        line = next((one for one in lines if one.variant_id == item.variant_id), None)
        if line is None:
            raise NotFound(str(item))
        moves = await ledger.movements(
            conn, item=item, limit=_SHOWN + 1, before=whole(visit.request.query.get("before", ""))
        )
        total = await ledger.total(conn, item=item)
        held = await standing.held(conn, item=item)
    return await visit.page(
        "item.html",
        status=status,
        home=HOME,
        line=line,
        lines=lines,
        form=filled,
        moves=moves[:_SHOWN],
        more=moves[_SHOWN - 1].id if len(moves) > _SHOWN else 0,
        total=total,
        held=held,
        days=standing.DAYS,
    )


def _item(visit: Visit) -> Item:
    return Item(visit.number("product"), visit.number("variant"))

"""Taking back what a shopper returns: which pieces, and whether they go back on the shelf."""

import re
from typing import Annotated

import msgspec
from aiohttp import web

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.visit import Declined, Visit, whole
from handlers.console.orders import wordings
from handlers.console.orders.changes import doing, rehearsal
from handlers.console.orders.changes.acting import Work, actor_of, carry_out
from handlers.console.orders.changes.refusals import REFUSALS, refusal
from handlers.console.orders.changes.rehearsal import Heard
from handlers.console.orders.order import open_order
from repository.aftersales.returning import Picked
from repository.aftersales.returns import asked_back, receive_return
from repository.database.connection import Connection
from repository.desk.order.opened import Opened
from repository.orders.history import check_version

_FIELD = re.compile(r"back_(\d{1,9})")


class ReturnForm(msgspec.Struct, frozen=True):
    """What comes back besides which pieces."""

    restock: Annotated[
        bool, Field(label="Put them back on the shelf", help="Leave it off where they cannot be sold again.")
    ] = True
    reason: Annotated[str, Field(label="Why", rows=2, most=500, help="For your colleagues.")] = ""


FORM = Form(ReturnForm)


async def show(visit: Visit) -> web.Response:
    """The page on which pieces come back: those that the shopper asked about, else all."""
    opened = await _opened(visit)
    asked = next((one for one in opened.returns if one.status in ("requested", "accepted")), None)
    if asked is None:
        back = {line.id: line.quantity - line.returned for line in opened.lines}
    else:
        async with visit.shop.database.connection() as conn:
            back = {one.item_id: one.quantity for one in await asked_back(conn, return_id=asked.id)}
    form = FORM.of(ReturnForm(reason=asked.reason if asked else ""), version=opened.order.version)
    work = await _work(visit, opened, back, ReturnForm(), opened.order.version)
    return await _page(visit, opened, back, form, await rehearsal.heard(visit, opened, work))


async def preview(visit: Visit) -> web.Response:
    """What the shopper would read."""
    opened = await _opened(visit, is_sent=True)
    typed, _ = FORM.read(visit)
    work = await _work(visit, opened, _back(visit), typed, opened.order.version)
    return rehearsal.answer(visit, await rehearsal.heard(visit, opened, work))


async def receive(visit: Visit) -> web.Response:
    """Take the pieces back."""
    opened = await _opened(visit, is_sent=True)
    typed, filled = FORM.read(visit)
    filled, back = filled.at(visit.version()), _back(visit)
    work = await _work(visit, opened, back, typed, visit.version())
    try:
        return await carry_out(visit, opened.order.id, work, done="The return is written down.", change="back")
    except REFUSALS as refused:
        told = refusal(refused, visit.shop.settings.shop_currency)
        result = msgspec.structs.replace(rehearsal.SILENT, refusal=told)
        return await _page(visit, opened, back, filled, result, status=422)


def _back(visit: Visit) -> dict[int, int]:
    """How many pieces of each line came back, as it was typed."""
    return {
        int(field[1]): min(whole(text.strip()), 10**6)
        for name, text in visit.form.items()
        if (field := _FIELD.fullmatch(name))
    }


async def _opened(visit: Visit, *, is_sent: bool = False) -> Opened:
    async with visit.shop.database.connection() as conn:
        opened = await open_order(conn, visit.number("id"))
    if doing.RETURN not in doing.steps(opened) and not is_sent:
        state = wordings.fulfilment_badge(opened.order.status).text
        raise Declined(f"Nothing can come back of an order that is “{state}”.", f"/orders/{opened.order.id}")
    return opened


async def _work(visit: Visit, opened: Opened, back: dict[int, int], typed: ReturnForm, version: int) -> Work:
    async with visit.shop.database.connection() as conn:
        rules = await visit.rules(conn)
    asked = next((one for one in opened.returns if one.status in ("requested", "accepted")), None)

    async def work(conn: Connection) -> None:
        await check_version(conn, order_id=opened.order.id, opened=version)
        await receive_return(
            conn,
            order_id=opened.order.id,
            picked=[Picked(item_id, pieces) for item_id, pieces in back.items()],
            restock=typed.restock,
            actor=actor_of(visit),
            rules=rules,
            return_id=asked.id if asked else None,
            reason=typed.reason,
        )

    return work


async def _page(
    visit: Visit, opened: Opened, back: dict[int, int], form: Filled, result: Heard, *, status: int = 200
) -> web.Response:
    return await visit.page(
        "order_return.html",
        status=status,
        opened=opened,
        order=opened.order,
        back=back,
        form=form,
        tried=result.tried,
        refusal=result.refusal,
        name=wordings.called(opened.shopper.name, opened.shopper.id),
    )

"""Changing where an order goes and what is in it, before it is packed."""

from typing import Annotated

import msgspec
from aiohttp import web

from bot.language.phones import phone_in
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.visit import Declined, Visit
from handlers.console.orders import wordings
from handlers.console.orders.changes import doing, picking, rehearsal
from handlers.console.orders.changes.acting import Work, actor_of, carry_out
from handlers.console.orders.changes.refusals import REFUSALS, refusal
from handlers.console.orders.changes.rehearsal import Heard
from handlers.console.orders.order import open_order
from repository.aftersales.changing import Item
from repository.database.connection import Connection
from repository.desk import editing
from repository.desk.order.opened import Opened
from repository.orders.addresses import AddressDraft
from repository.orders.history import check_version


def _phone_wrong(text: str) -> str:
    return "" if phone_in(text) else "Please write a Philippine number, such as 0917 123 4567."


class AddressForm(msgspec.Struct, frozen=True):
    """Where an order goes."""

    recipient_name: Annotated[str, Field(label="Who receives it", needed="Please write a name.", most=255)]
    phone: Annotated[str, Field(label="Phone", needed="Please write a number.", most=30, check=_phone_wrong)]
    address_line1: Annotated[str, Field(label="House and street", needed="Please write the street.", most=255)]
    address_line2: Annotated[str, Field(label="Unit, building", most=255)]
    barangay: Annotated[str, Field(label="Barangay", most=100)]
    city: Annotated[str, Field(label="City or municipality", needed="Please write the city.", most=100)]
    province: Annotated[str, Field(label="Province", needed="Please write the province.", most=100)]
    region: Annotated[str, Field(label="Region", most=100)]
    postal_code: Annotated[str, Field(label="Postal code", most=10)]
    landmark: Annotated[str, Field(label="Landmark", most=255)]

    @property
    def draft(self) -> AddressDraft:
        """The same as an address, its phone as it is stored."""
        typed = msgspec.structs.asdict(self) | {"phone": phone_in(self.phone) or self.phone}
        return AddressDraft(**typed)


FORM = Form(AddressForm)


async def show_address(visit: Visit) -> web.Response:
    """The form with where an order goes."""
    opened = await _opened(visit)
    return await _address_page(visit, opened, FORM.of(opened.delivery, version=opened.order.version), rehearsal.SILENT)


async def preview_address(visit: Visit) -> web.Response:
    """What the shopper would read."""
    opened = await _opened(visit, is_sent=True)
    typed, filled = FORM.read(visit)
    if filled.is_wrong:
        return rehearsal.answer(visit, rehearsal.SILENT)
    work = await _delivering(visit, opened, typed.draft, opened.order.version)
    return rehearsal.answer(visit, await rehearsal.heard(visit, opened, work))


async def save_address(visit: Visit) -> web.Response:
    """Have the order delivered elsewhere."""
    opened = await _opened(visit, is_sent=True)
    typed, filled = FORM.read(visit)
    filled = filled.at(visit.version())
    if filled.is_wrong:
        return await _address_page(visit, opened, filled, rehearsal.SILENT, status=422)
    work = await _delivering(visit, opened, typed.draft, visit.version())
    try:
        return await carry_out(visit, opened.order.id, work, done="The address is changed.", change="changed")
    except REFUSALS as refused:
        return await _address_page(visit, opened, filled, _refused(visit, refused), status=422)


async def show_items(visit: Visit) -> web.Response:
    """The form with what is in an order."""
    opened = await _opened(visit)
    return await _items_page(visit, opened, _held(opened), opened.order.version, rehearsal.SILENT)


async def preview_items(visit: Visit) -> web.Response:
    """What the shopper would read."""
    opened = await _opened(visit, is_sent=True)
    items = picking.items_in(visit.form)
    if set(items) == set(_held(opened)):
        return rehearsal.answer(visit, rehearsal.SILENT)
    work = await _relining(visit, opened, items, opened.order.version)
    return rehearsal.answer(visit, await rehearsal.heard(visit, opened, work))


async def save_items(visit: Visit) -> web.Response:
    """Have other things in the order, or look for more of them."""
    opened = await _opened(visit, is_sent=True)
    items, version = picking.items_in(visit.form), visit.version()
    work = await _relining(visit, opened, items, version)
    if visit.form.get("do") == "find":
        changes = set(items) != set(_held(opened))
        result = await rehearsal.heard(visit, opened, work) if changes else rehearsal.SILENT
        return await _items_page(visit, opened, items, version, result)
    if set(items) == set(_held(opened)) and version == opened.order.version:
        raise Declined("Nothing was changed.", f"/orders/{opened.order.id}")
    try:
        return await carry_out(visit, opened.order.id, work, done="The items are changed.", change="changed")
    except REFUSALS as refused:
        return await _items_page(visit, opened, items, version, _refused(visit, refused), status=422)


def _held(opened: Opened) -> tuple[Item, ...]:
    return tuple(Item(line.product_id, line.variant_id, line.quantity) for line in opened.lines)


def _refused(visit: Visit, error: Exception) -> Heard:
    return msgspec.structs.replace(rehearsal.SILENT, refusal=refusal(error, visit.shop.settings.shop_currency))


async def _opened(visit: Visit, *, is_sent: bool = False) -> Opened:
    async with visit.shop.database.connection() as conn:
        opened = await open_order(conn, visit.number("id"))
    if doing.ADDRESS not in doing.steps(opened) and not is_sent:
        state = wordings.fulfilment_badge(opened.order.status).text
        raise Declined(f"An order that is “{state}” cannot be changed any more.", f"/orders/{opened.order.id}")
    return opened


async def _delivering(visit: Visit, opened: Opened, delivery: AddressDraft, version: int) -> Work:
    async with visit.shop.database.connection() as conn:
        rules = await visit.rules(conn)

    async def work(conn: Connection) -> None:
        await check_version(conn, order_id=opened.order.id, opened=version)
        await editing.edit_delivery(
            conn, order_id=opened.order.id, delivery=delivery, actor=actor_of(visit), rules=rules
        )

    return work


async def _relining(visit: Visit, opened: Opened, items: tuple[Item, ...], version: int) -> Work:
    async with visit.shop.database.connection() as conn:
        rules = await visit.rules(conn)

    async def work(conn: Connection) -> None:
        await check_version(conn, order_id=opened.order.id, opened=version)
        await editing.edit_items(conn, order_id=opened.order.id, items=items, actor=actor_of(visit), rules=rules)

    return work


async def _address_page(
    visit: Visit, opened: Opened, form: Filled, result: Heard, *, status: int = 200
) -> web.Response:
    return await visit.page(
        "order_address.html",
        status=status,
        opened=opened,
        order=opened.order,
        form=form,
        tried=result.tried,
        refusal=result.refusal,
        name=wordings.called(opened.shopper.name, opened.shopper.id),
    )


async def _items_page(
    visit: Visit, opened: Opened, items: tuple[Item, ...], version: int, result: Heard, *, status: int = 200
) -> web.Response:
    find = " ".join(visit.form.get("find", "").split())[:100]
    async with visit.shop.database.connection() as conn:
        shown = await picking.picked(conn, items=items, find=find, held=_held(opened))
    return await visit.page(
        "order_items.html",
        status=status,
        opened=opened,
        order=opened.order,
        version=version,
        picked=shown,
        tried=result.tried,
        refusal=result.refusal,
        name=wordings.called(opened.shopper.name, opened.shopper.id),
    )

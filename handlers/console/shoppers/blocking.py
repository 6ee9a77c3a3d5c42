"""Who is blocked: the list, somebody more, somebody less."""

from typing import Annotated

import msgspec
from aiohttp import web

from bot.language.phones import phone_in
from handlers.console.base import tables
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.visit import Declined, Notice, Visit, whole
from repository.database.connection import Connection
from repository.database.errors import NotFound, Taken
from repository.orders.addresses import compared_address
from repository.verification import blocked
from repository.verification.blocked import Blocked

HOME = "/shoppers/blocked"
_KINDS = {"": "Everything", "shopper": "Shoppers", "phone": "Phones", "address": "Addresses"}
_NO_PHONE = "That is no Philippine phone number that exists, such as 0917 123 4567."
_NO_ADDRESS = "An address needs a house and street, and a city."


class ListForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be asked of the list."""

    q: Annotated[str, Field(label="Search", most=100)]
    kind: Annotated[str, Field(label="Kind", choices=_KINDS)]


class PhoneForm(msgspec.Struct, frozen=True, kw_only=True):
    """A phone to be blocked."""

    phone: Annotated[
        str,
        Field(
            label="Phone",
            needed="Please write the phone.",
            most=40,
            placeholder="0917 123 4567",
            check=lambda typed: "" if phone_in(typed) else _NO_PHONE,
        ),
    ]
    why: Annotated[str, Field(label="Why", needed="Please write why, for your colleagues.", most=500)]


class AddressForm(msgspec.Struct, frozen=True, kw_only=True):
    """An address to be blocked."""

    line: Annotated[str, Field(label="House and street", needed="Please write house and street.", most=200)]
    barangay: Annotated[
        str, Field(label="Barangay", most=100, help="Left empty, the street is blocked in every barangay of the city.")
    ]
    city: Annotated[str, Field(label="City or town", needed="Please write the city.", most=100)]
    reason: Annotated[str, Field(label="Why", needed="Please write why, for your colleagues.", most=500)]


ASKED, PHONE, ADDRESS = Form(ListForm), Form(PhoneForm), Form(AddressForm)


async def show(
    visit: Visit, *, status: int = 200, phone: Filled | None = None, address: Filled | None = None
) -> web.Response:
    """The page with everybody who is blocked.

    Args:
        visit: Whose.
        status: The HTTP status.
        phone: The form of a phone as it was sent, where something in it cannot be.
        address: That of an address.
    """
    asked, filled = ASKED.asked(visit.request.query)
    async with visit.shop.database.connection() as conn:

        async def fetch(at: int | None, backwards: bool, limit: int) -> list[Blocked]:
            return await blocked.page(conn, limit=limit, text=asked.q, kind=asked.kind, at=at or 0, backwards=backwards)

        listed = await tables.listed(
            tables.place_in(visit.request.query, int),
            total=await blocked.count(conn, text=asked.q, kind=asked.kind),
            fetch=fetch,
            key=lambda one: one.id,
            filters=filled.address,
        )
    return await visit.page(
        "blocked.html",
        status=status,
        found=listed,
        form=filled,
        phone=phone or PHONE.empty(),
        address=address or ADDRESS.empty(),
    )


async def add_phone(visit: Visit) -> web.Response:
    """Block a phone."""
    typed, filled = PHONE.read(visit)
    if filled.is_wrong:
        return await show(visit, status=422, phone=filled)
    return await _add(visit, "phone", phone_in(typed.phone) or "", typed.why, HOME)


async def add_address(visit: Visit) -> web.Response:
    """Block an address."""
    typed, filled = ADDRESS.read(visit)
    value = compared_address(line=typed.line, barangay=typed.barangay, city=typed.city)
    if not (filled.is_wrong or value):
        filled = filled.refused(line=_NO_ADDRESS)
    if filled.is_wrong:
        return await show(visit, status=422, address=filled)
    return await _add(visit, "address", value, typed.reason, HOME)


async def add(visit: Visit) -> web.Response:
    """Block something as it is stored: a shopper from their page, or what was unblocked a moment ago."""
    kind, value, back = visit.field("kind"), visit.field("value"), visit.field("back")
    back = f"/shoppers/{whole(back)}" if whole(back) else HOME
    if kind == "phone":
        value = phone_in(value) or ""
    if kind == "shopper":
        value = str(whole(value) or "")
    return await _add(visit, kind, value[:255], visit.field("why")[:500], back)


async def remove(visit: Visit) -> web.Response:
    """Unblock somebody."""
    back = whole(visit.field("back"))
    path = f"/shoppers/{back}" if back else HOME
    try:
        was = await visit.write(lambda conn: blocked.unblock(conn, blocked_id=visit.number("id"), by=visit.by))
    except NotFound:
        raise Declined("That was unblocked already.", path) from None
    fields = (("kind", was.kind), ("value", was.value), ("why", was.note), ("back", str(back or "")))
    return visit.to(path, Notice("Unblocked.", undo=f"{HOME}/add", fields=fields))


async def _add(visit: Visit, kind: str, value: str, why: str, back: str) -> web.Response:
    async def work(conn: Connection) -> int:
        return await blocked.block(conn, kind=kind, value=value, note=why, by=visit.by)

    try:
        await visit.write(work)
    except Taken:
        raise Declined("That is blocked already.", back) from None
    except NotFound:
        raise Declined("There is nobody like that to block.", back) from None
    return visit.to(back, Notice("Blocked: the next order waits for a person."))

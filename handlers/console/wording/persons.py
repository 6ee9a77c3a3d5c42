"""Preview as: for whom a reply is shown, so that what is filled in is seen at its longest, missing, and as it is."""

from collections.abc import Mapping
from typing import Final

import msgspec

from handlers.console.base.visit import Visit, whole
from replies.base import Reply
from repository.database.connection import Connection
from repository.database.errors import UnknownOrder
from repository.orders.placed_orders import Order, order
from repository.wording import previewed
from repository.wording.previewed import Someone

CASES: Final[Mapping[str, str]] = {
    "": "As usual",
    "longest": "The longest name",
    "nameless": "No name known",
    "sold_out": "Sold out",
}
"""For whom anything can be shown, in words."""
_LONG = "Maria Cristina Bernadette Macaraeg-Villanueva delos Santos"
_NAMES = frozenset({"first_name", "recipient", "shopper"})
"""Fields of replies that hold the name of a person."""
_OF_ORDER = {
    "number": "order_number",
    "order_number": "order_number",
    "total": "total",
    "subtotal": "subtotal",
    "shipping_fee": "shipping_fee",
    "discount": "discount",
    "promo_code": "promo_code",
    "balance": "balance",
    "courier": "courier",
    "tracking": "tracking_number",
    "first": "first_item",
}
"""Fields of replies that tell of an order, by what the order calls them."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a reply is shown.

    Attributes:
        name: The whole name; None leaves the one of the example.
        order: An order of theirs; None leaves the one of the example.
        is_sold_out: Whether nothing is left of what it tells of.
    """

    name: str | None = None
    order: Order | None = None
    is_sold_out: bool = False

    @property
    def first_name(self) -> str | None:
        """The first word of the name."""
        return None if self.name is None else self.name.partition(" ")[0]


AS_USUAL = Person()


class Choices(msgspec.Struct, frozen=True):
    """For whom a reply can be shown.

    Attributes:
        cases: Made-up ones.
        shoppers: The last that wrote.
        orders: The last that were placed.
        chosen: Which is shown.
    """

    cases: Mapping[str, str]
    shoppers: Mapping[str, str]
    orders: Mapping[str, str]
    chosen: str


async def choices(conn: Connection, visit: Visit) -> Choices:
    """For whom the one who looks may show a reply.

    Args:
        conn: An open connection.
        visit: Whose.
    """
    shoppers = await previewed.shoppers(conn) if visit.may("chats.view") else []
    orders = await previewed.orders(conn) if visit.may("orders.view") else []
    return Choices(CASES, _named("shopper", shoppers), _named("order", orders), _asked(visit))


async def person(visit: Visit) -> Person:
    """For whom a reply shall be shown: what the form says.

    Args:
        visit: With "as" in its form or its address.
    """
    asked = _asked(visit)
    if asked in CASES:
        return await _case(visit, asked)
    kind, _, number = asked.partition("-")
    async with visit.shop.database.connection() as conn:
        if kind == "shopper" and visit.may("chats.view"):
            return Person(name=await previewed.name(conn, shopper_id=whole(number)))
        if kind == "order" and visit.may("orders.view"):
            return await _of_order(conn, whole(number))
    return AS_USUAL


def as_for(reply: Reply, whom: Person) -> Reply:
    """A reply as somebody would hear it.

    Args:
        reply: An example of it.
        whom: For whom.
    """
    if whom == AS_USUAL:
        return reply
    changes: dict[str, object] = {}
    for name in reply.__struct_fields__:
        before = getattr(reply, name)
        after = _of_person(name, before, whom)
        if after is not before:
            changes[name] = after
    return msgspec.structs.replace(reply, **changes) if changes else reply


def _of_person(name: str, value: object, whom: Person) -> object:
    if name in _NAMES and isinstance(value, str) and whom.name is not None:
        return whom.first_name if name == "first_name" else whom.name
    if whom.order is not None:
        if type(value) is Order:
            return whom.order
        told = getattr(whom.order, _OF_ORDER.get(name, ""), None)
        if told is not None and type(told) is type(value):
            return told
    return _sold_out(name, value) if whom.is_sold_out else value


def _sold_out(name: str, value: object) -> object:
    """The value with nothing left of anything in it."""
    if name == "left" and isinstance(value, int):
        return 0
    if name == "is_gone":
        return True
    if isinstance(value, tuple):
        changed = tuple(_sold_out("", one) for one in value)
        return changed if any(one is not was for one, was in zip(changed, value, strict=True)) else value
    if isinstance(value, msgspec.Struct):
        fields = {field: getattr(value, field) for field in value.__struct_fields__}
        changes = {field: _sold_out(field, was) for field, was in fields.items()}
        changes = {field: now for field, now in changes.items() if now is not fields[field]}
        return msgspec.structs.replace(value, **changes) if changes else value
    return value


def _asked(visit: Visit) -> str:
    return visit.form.get("as") or visit.request.query.get("as", "")


async def _case(visit: Visit, asked: str) -> Person:
    if asked == "longest":
        async with visit.shop.database.connection() as conn:
            return Person(name=max(_LONG, await previewed.longest_name(conn), key=len))
    return Person(name="" if asked == "nameless" else None, is_sold_out=asked == "sold_out")


async def _of_order(conn: Connection, order_id: int) -> Person:
    whose = await previewed.whose(conn, order_id=order_id)
    if whose is None:
        return AS_USUAL
    try:
        placed = await order(conn, shopper_id=whose.id, order_id=order_id)
    except UnknownOrder:
        return AS_USUAL
    return Person(name=whose.called, order=placed)


def _named(kind: str, found: list[Someone]) -> Mapping[str, str]:
    return {f"{kind}-{one.id}": one.called or f"Shopper {one.id}" for one in found}

"""What happened to a product, in words: who changed what of it and when, from whichever place."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

import msgspec
from aiohttp import web

from bot.base import clock
from handlers.console.base.visit import Visit
from repository.catalogue import product_rows, shelf_edits
from repository.catalogue.past import happened
from repository.catalogue.past.happened import Happened
from repository.catalogue.product_rows import STATES
from repository.database.connection import Connection

RECENT = 6
"""How much of it stands on the product's own page."""
_FIELDS: Mapping[str, str] = {
    "name": "Name",
    "value": "Which is",
    "price": "Price",
    "price_adjustment": "Price difference",
    "was_price": "Price before",
    "status": "State",
    "sku": "SKU",
    "sku_suffix": "SKU ending",
    "barcode": "Barcode",
    "category_id": "Category",
    "brand_id": "Brand",
    "description": "Description",
    "specifications": "Specifications",
    "size_guide": "Size guide",
    "weight_kg": "Weight in kg",
    "cost": "Cost",
    "low_stock_threshold": "Tell me at",
    "is_featured": "Featured",
    "is_available": "Can be chosen",
}
_MONEY = frozenset({"price", "price_adjustment", "was_price", "cost"})
_DONE: Mapping[str, str] = {"created": "made", "deleted": "deleted", "restored": "brought back"}
_LONGEST = 120


class Change(msgspec.Struct, frozen=True):
    """A field that changed."""

    field: str
    was: str
    now: str


class Told(msgspec.Struct, frozen=True):
    """Something that happened, as it is shown.

    Attributes:
        one: What.
        done: What was done besides changing, in a word; may be empty.
        changes: What changed.
    """

    one: Happened
    done: str
    changes: tuple[Change, ...]


async def recent(conn: Connection, product_id: int) -> list[Told]:
    """What happened last, for the product's own page.

    Args:
        conn: An open connection.
        product_id: `products.id`.
    """
    found, _ = await _told(conn, product_id, clock.now() + timedelta(days=1), most=RECENT)
    return found[:RECENT]


async def show(visit: Visit) -> web.Response:
    """The page with all of it; `before` in the address begins further back."""
    product_id = visit.number("id")
    before = _moment(visit.request.query.get("before", "")) or clock.now() + timedelta(days=1)
    async with visit.shop.database.connection() as conn:
        product = await product_rows.there(conn, product_id)
        found, more = await _told(conn, product_id, before)
    return await visit.page("product_past.html", product=product, found=found, more=more.isoformat() if more else "")


def _moment(text: str) -> datetime | None:
    """The moment that an address names; None where it names none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


async def _told(
    conn: Connection, product_id: int, before: datetime, *, most: int = 50
) -> tuple[list[Told], datetime | None]:
    found, more = await happened.of_product(conn, product_id=product_id, before=before, most=most)
    names: dict[str, Mapping[object, str]] = {
        "category_id": {shelf.id: shelf.path for shelf in await shelf_edits.tree(conn)},
        "brand_id": {0: "", **dict(await shelf_edits.brands(conn))},
    }
    told = [
        Told(one, _DONE.get(one.action, "") if one.how == "save" else "", tuple(_changes(one, names))) for one in found
    ]
    return [one for one in told if not _is_empty(one)], more


def _is_empty(told: Told) -> bool:
    """Whether it says nothing: an import that set what was there, or the save that keeps what was before the first."""
    one = told.one
    return (one.how == "import" and bool(one.was) and not told.changes) or (
        one.how == "save" and one.action == "created" and not one.by
    )


def _changes(one: Happened, names: Mapping[str, Mapping[object, str]]) -> Iterator[Change]:
    if not (one.was and one.now):
        return
    was, now = (msgspec.json.decode(text, type=dict[str, object]) for text in (one.was, one.now))
    for field, label in _FIELDS.items():
        if field in was and field in now:
            before, after = (_said(field, values[field], names) for values in (was, now))
            if before != after:
                yield Change(label, before, after)


def _said(field: str, value: object, names: Mapping[str, Mapping[object, str]]) -> str:
    if field == "status":
        return STATES.get(str(value), str(value))
    if field in names:
        return names[field].get(value, str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else " ".join(str(value).split())
    try:
        if field in _MONEY and text:
            return f"₱{Decimal(text):,.2f}"
        if field == "weight_kg" and text:
            return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

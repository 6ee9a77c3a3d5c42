"""The one place that knows how the rows of a shop are written: its products, zones and promos, shoppers and orders.

Each function is a recipe: it yields the rows that it needs, one after the other, is given the id of each, and returns
the id of what it made. `tests/sql/prompt.py` follows recipes at a SQL prompt, `tests/support/keeper.py` through the
program's own sessions. Whatever a test does not name gets a value that is in nobody's way.
"""

from collections.abc import Generator, Mapping, Sequence
from decimal import Decimal
from itertools import count
from types import MappingProxyType
from typing import cast

import msgspec

from repository.database.wire.packets import Value

Recipe = Generator["Row", int, int]
Line = tuple[int, int | None, int]
"""Product, variant or None, pieces."""
Sizes = Mapping[str, int | tuple[str, int]]
"""Sizes of a product: pieces in stock, or what the price changes by and pieces in stock."""
_numbers = count(1)
_NONE: Mapping[str, object] = MappingProxyType({})


class Sql(str):
    """An expression that the server works out, in place of a value."""

    __slots__ = ()


class Row(msgspec.Struct, frozen=True):
    """A row to be inserted.

    Attributes:
        table: Into which table.
        columns: What it holds, by column.
        is_shared: Whether one that is already there under the same key is taken in its place.
    """

    table: str
    columns: Mapping[str, object]
    is_shared: bool = False

    @property
    def statement(self) -> str:
        """The statement that inserts it."""
        marks = (value if isinstance(value, Sql) else f"%({name})s" for name, value in self.columns.items())
        shared = " ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)" if self.is_shared else ""
        return f"INSERT INTO {self.table} ({', '.join(self.columns)}) VALUES ({', '.join(marks)}){shared}"

    @property
    def values(self) -> dict[str, Value]:
        """What the statement binds."""
        return {name: cast(Value, value) for name, value in self.columns.items() if not isinstance(value, Sql)}


def shopper(**columns: object) -> Recipe:
    """A shopper."""
    return (yield Row("users", {"messenger_id": f"psid-{next(_numbers)}", "facebook_name": "Ana", **columns}))


def conversation(psid: str, **columns: object) -> Recipe:
    """A conversation with somebody who has written just now, so that their window is open."""
    window = Sql("NOW() + INTERVAL 24 HOUR")
    return (
        yield Row(
            "conversations", {"psid": psid, "page_id": "page", "state": "{}", "window_expires_at": window, **columns}
        )
    )


def category(name: str = "", **columns: object) -> Recipe:
    """A category, the same one for the same name."""
    name = name or f"Shelf {next(_numbers)}"
    slug = name.lower().replace(" ", "-")
    return (yield Row("categories", {"name": name, "slug": slug, **columns}, is_shared=True))


def brand(name: str = "", **columns: object) -> Recipe:
    """A brand, the same one for the same name."""
    name = name or f"Brand {next(_numbers)}"
    slug = name.lower().replace(" ", "-")
    return (yield Row("brands", {"name": name, "slug": slug, **columns}, is_shared=True))


def product(
    name: str = "",
    *,
    shelf: str = "",
    maker: str = "",
    sizes: Sizes | None = None,
    picture: str = "",
    columns: Mapping[str, object] = _NONE,
) -> Recipe:
    """A product on the shelf.

    Args:
        name: What it is called; its SKU comes from it. Empty for a name and SKU of its own.
        shelf: The name of its category, empty for a category of its own; `category_id` names one by its id.
        maker: The name of its brand, empty for a brand of its own.
        sizes: Its variants.
        picture: The address of its picture.
        columns: Other columns than those of a mug of ₱100 of which ten are left.
    """
    columns = dict(columns)
    number = next(_numbers)
    # A SKU is as long as its column; names end in what tells them apart.
    sku = "-".join(name.upper().split())[-50:] if name else f"SKU-{number}"
    if "category_id" not in columns:
        columns["category_id"] = yield from category(shelf)
    if "brand_id" not in columns:
        columns["brand_id"] = yield from brand(maker)
    product_id = yield Row(
        "products",
        {
            "sku": sku,
            "slug": sku.lower(),
            "name": name or f"Mug {number}",
            "base_price": Decimal("100.00"),
            "stock_quantity": 10,
            **columns,
        },
    )
    for value, size in (sizes or {}).items():
        adjustment, stock = ("0", size) if isinstance(size, int) else size
        yield from variant(
            product_id, value, columns={"price_adjustment": Decimal(adjustment), "stock_quantity": stock}
        )
    if picture:
        yield Row(
            "product_images",
            {"product_id": product_id, "image_url": picture, "image_type": "main", "is_primary": True},
        )
    return product_id


def variant(product_id: int, value: str = "", *, columns: Mapping[str, object] = _NONE) -> Recipe:
    """A variant of a product, a size unless told otherwise."""
    made: dict[str, object] = {"variant_name": "Size", "variant_value": value or f"No. {next(_numbers)}"}
    return (yield Row("product_variants", {"product_id": product_id, **made, "stock_quantity": 10, **columns}))


def order(lines: Sequence[Line] = (), **columns: object) -> Recipe:
    """An order as the contract's own scripts write it: pending and of a new shopper, unless told otherwise."""
    if "user_id" not in columns:
        columns["user_id"] = yield from shopper()
    number = f"ORD-{next(_numbers)}"
    order_id = yield Row("orders", {"order_number": number, "total_amount": Decimal("100.00"), **columns})
    for each in lines:
        yield from line(order_id, each)
    return order_id


def line(order_id: int, of: Line, **columns: object) -> Recipe:
    """A line of an order."""
    product_id, variant_id, quantity = of
    named: dict[str, object] = {
        "order_id": order_id,
        "product_id": product_id,
        "variant_id": variant_id,
        "product_name": f"Product {product_id}",
    }
    priced: dict[str, object] = {"quantity": quantity, "unit_price": Decimal("100.00"), "total_price": 100 * quantity}
    return (yield Row("order_items", {**named, **priced, **columns}))


def zone(name: str = "Metro Manila", **columns: object) -> Recipe:
    """A shipping zone that covers a place of its own name."""
    made: dict[str, object] = {"zone_type": "metro", "base_fee": Decimal(80), "covers": f'["{name}"]'}
    return (yield Row("shipping_zones", {"zone_name": name, **made, **columns}))


def promo(code: str, *, starts: int = -1, ends: int = 1, products: Sequence[int] = (), **columns: object) -> Recipe:
    """A promo that takes ten percent off.

    Args:
        code: What shoppers type, its title too.
        starts: When it starts, in days from now.
        ends: When it ends, in days from now.
        products: For which products alone.
        columns: Other columns.
    """
    made: dict[str, object] = {
        "promo_code": code,
        "title": code,
        "description": "A promo",
        "promo_type": "percentage",
        "discount_value": Decimal(10),
        "start_date": Sql(f"NOW() + INTERVAL {starts} DAY"),
        "end_date": Sql(f"NOW() + INTERVAL {ends} DAY"),
    }
    promo_id = yield Row("promos", {**made, **columns})
    for product_id in products:
        yield Row("promo_products", {"promo_id": promo_id, "product_id": product_id})
    return promo_id


def canned_reply(keyword: str, response: str, **columns: object) -> Recipe:
    """The merchant's answer to a keyword, in English unless told otherwise."""
    return (yield Row("chatbot_replies", {"keyword": keyword, "response": response, **columns}))


def notice(shopper_id: int, psid: str, message: str, **columns: object) -> Recipe:
    """Something that waits to be told to a shopper."""
    told: dict[str, object] = {"user_id": shopper_id, "recipient": psid, "message": message}
    return (yield Row("notification_queue", {**told, "notification_type": "custom", "channel": "messenger", **columns}))

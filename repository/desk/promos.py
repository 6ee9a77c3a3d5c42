"""Promos as merchants change them; the bot reads them in `orders/promos.py`."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from repository.database.connection import Connection
from repository.database.errors import NotFound, Unfit
from repository.database.scalars import number, text
from repository.orders.carts import CartLine
from repository.orders.promos import PROMO_COLUMNS, Promo
from repository.settings.row import MustStay
from repository.settings.rows import Rows
from repository.staff.by import By
from repository.staff.versions import Noun

PRODUCTS_MOST = 500
"""Products that a promo can be about; one for more is one for everything."""


class PromoBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a promo that a merchant decides.

    Attributes:
        promo_code: What shoppers type, in capitals; empty for a draft that has none yet.
        title: What shoppers read beside the code.
        description: What it gives, in the merchant's words.
        promo_type: "percentage", "fixed_amount", "free_shipping" or "bundle".
        discount_value: Percent or amount off, 0 for free shipping.
        min_purchase_amount: For how much one must buy; 0 where it does not matter.
        max_discount_amount: What it takes off at most; 0 where there is no limit.
        usage_limit: How often it may be used by all together; 0 where there is no limit.
        once_per_shopper: Whether a shopper may use it once only.
        start_date: From when, in the shop's time, such as "2026-11-30 00:00".
        end_date: Until when, that minute too.
        products: The numbers (SKU) of what it is about, in order; everything where there is none.
        is_active: Whether it runs; a draft and a paused one do not.
        for_tier: From which tier of shoppers on it is, empty for everybody.
        away_days: How many days ago their last order must be, 0 where it does not matter.
    """

    promo_code: str = ""
    title: str = ""
    description: str = ""
    promo_type: str = "percentage"
    discount_value: Decimal = Decimal(0)
    min_purchase_amount: Decimal = Decimal(0)
    max_discount_amount: Decimal = Decimal(0)
    usage_limit: int = 0
    once_per_shopper: bool = True
    start_date: str = ""
    end_date: str = ""
    products: tuple[str, ...] = ()
    is_active: bool = False
    for_tier: str = ""
    away_days: int = 0


_ABOUT = """(SELECT CONCAT('[', COALESCE(GROUP_CONCAT(JSON_QUOTE(p.sku)), ''), ']') FROM promo_products one
    JOIN products p ON p.id = one.product_id WHERE one.promo_id = promos.id)"""
_SHOWN = {
    "start_date": "LEFT(CAST(start_date AS CHAR), 16)",
    "end_date": "LEFT(CAST(end_date AS CHAR), 16)",
    "products": _ABOUT,
}
_EMPTY = {
    "promo_code": "''",
    "discount_value": "0",
    "min_purchase_amount": "0",
    "max_discount_amount": "0",
    "usage_limit": "0",
    "for_tier": "''",
    "away_days": "0",
}


class _Promos(Rows[PromoBody]):
    def __init__(self) -> None:
        noun = Noun(
            "promo", PromoBody, audited="promo", called=lambda _, body: body.promo_code or body.title, many="promos"
        )
        super().__init__(noun, "promos", unique="promo_code", order="end_date DESC, id", empty=_EMPTY)
        self._read = ", ".join(
            _SHOWN.get(name) or (f"COALESCE({name}, {_EMPTY[name]})" if name in _EMPTY else name)
            for name in self._columns
        )
        del self._marks["products"]
        self._marks["end_date"] = "CONCAT(%(end_date)s, ':59')"

    async def create(self, conn: Connection, *, body: PromoBody, by: By) -> int:
        """See `Rows`; categories among the products become their products."""
        return await super().create(conn, body=await self._resolved(conn, body), by=by)

    async def save(
        self, conn: Connection, *, subject_id: int, body: PromoBody, version: int, by: By, action: str = "changed"
    ) -> bool:
        """See `Rows`.

        Raises:
            Unfit: It was used more often than it may be, or a product is not there.
        """
        await self._lock(conn)
        used = number(await conn.value("SELECT usage_count FROM promos WHERE id = %(id)s", id=subject_id) or 0)
        if body.usage_limit and body.usage_limit < used:
            raise Unfit("usage_limit", f"It was used {used:,} times already, so the limit cannot be lower.")
        body = await self._resolved(conn, body)
        return await super().save(conn, subject_id=subject_id, body=body, version=version, by=by, action=action)

    async def delete(self, conn: Connection, *, subject_id: int, version: int, by: By) -> int:
        """See `Rows`.

        Raises:
            MustStay: An order used it.
        """
        await self._lock(conn)
        used = "SELECT promo_id FROM promo_redemptions WHERE promo_id = %(id)s LIMIT 1"
        if await conn.value(used, id=subject_id) is not None:
            raise MustStay(self.noun.kind)
        return await super().delete(conn, subject_id=subject_id, version=version, by=by)

    async def write_beside(self, conn: Connection, subject_id: int, body: PromoBody) -> None:
        """See `Rows`: the products.

        Raises:
            NotFound: None of them is there any more, so that it would be about everything.
        """
        await conn.run("DELETE FROM promo_products WHERE promo_id = %(id)s", id=subject_id)
        if not body.products:
            return
        made = await conn.run(
            "INSERT INTO promo_products (promo_id, product_id)"
            " SELECT %(id)s, id FROM products WHERE sku IN %(skus)s ORDER BY id",
            id=subject_id,
            skus=list(body.products),
        )
        if not made.rowcount:
            raise NotFound(str(subject_id))

    async def _resolved(self, conn: Connection, body: PromoBody) -> PromoBody:
        skus = await skus_of(conn, body.products)
        if body.is_active and body.promo_type == "bundle" and len(skus) < 2:
            raise Unfit("products", "A bundle is two products or more: please name them.")
        return replace(body, products=skus)

    def _body(self, row: msgspec.Struct) -> PromoBody:
        body = super()._body(row)
        return replace(body, products=tuple(sorted(body.products)))


PROMOS = _Promos()


async def skus_of(conn: Connection, named: Sequence[str]) -> tuple[str, ...]:
    """The numbers of what is named by its number (SKU), by its name, or by its category.

    Args:
        conn: An open connection.
        named: As a merchant types them.

    Raises:
        Unfit: One names nothing, or they are too many.
    """
    if not named:
        return ()
    names = list(named)
    rows = await conn.run(
        "SELECT sku, sku, name FROM products WHERE sku IN %(names)s OR name IN %(names)s UNION"
        " SELECT c.name, p.sku, '' FROM products p JOIN categories c ON c.id = p.category_id"
        f" WHERE c.name IN %(names)s AND p.status <> 'discontinued' LIMIT {PRODUCTS_MOST + 1}",
        names=names,
    )
    found = {part.casefold() for row in rows.rows for part in (text(row[0]), text(row[2]))}
    for name in names:
        if name.casefold() not in found:
            raise Unfit("products", f"There is no product and no category that is called “{name}”.")
    skus = {text(row[1]) for row in rows.rows}
    if len(skus) > PRODUCTS_MOST:
        raise Unfit("products", f"{PRODUCTS_MOST} products are the most. Leave it empty for all that you sell.")
    return tuple(sorted(skus))


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A promo as the calendar shows it.

    Attributes:
        promo: The promo.
        is_on: Whether it is switched on.
        first: The day on which it starts, in days from today.
        last: The day on which it ends, in days from today.
        phase: "draft", "paused", "coming", "running", "used up" or "ended".
    """

    promo: Promo
    is_on: bool
    first: int
    last: int
    phase: str


class _Row(msgspec.Struct, frozen=True):
    first: int
    last: int
    is_on: bool
    is_coming: bool
    is_over: bool


async def standing(conn: Connection) -> list[Standing]:
    """Every promo that is not over for a month, those that end first in front.

    Args:
        conn: An open connection.
    """
    rows = await conn.run(
        "SELECT DATEDIFF(start_date, NOW()), DATEDIFF(end_date, NOW()), is_active, start_date > NOW(),"
        f" end_date < NOW(), {PROMO_COLUMNS} FROM promos WHERE end_date > NOW() - INTERVAL 30 DAY"
        " ORDER BY end_date, id LIMIT 200"
    )
    found = []
    for row in rows.rows:
        facts, promo = conn.read(_Row, row[:5]), conn.read(Promo, row[5:])
        is_out = promo.usage_limit is not None and promo.usage_count >= promo.usage_limit
        if facts.is_over:
            phase = "ended"
        elif not facts.is_on:
            phase = "paused" if promo.usage_count else "draft"
        else:
            phase = "used up" if is_out else "coming" if facts.is_coming else "running"
        found.append(Standing(promo=promo, is_on=facts.is_on, first=facts.first, last=facts.last, phase=phase))
    return found


async def cart_of(conn: Connection, wanted: Sequence[tuple[str, int]]) -> tuple[tuple[CartLine, ...], Decimal]:
    """The lines of an example's cart at today's prices, and what they weigh in kilograms.

    Args:
        conn: An open connection.
        wanted: The number (SKU) of each product, and how many pieces; what is not there is left out.
    """
    many = dict(wanted)
    rows = await conn.run(
        "SELECT id, sku, name, base_price, COALESCE(weight_kg, 0) FROM products WHERE sku IN %(skus)s",
        skus=[*many, ""],
    )
    pieces = {sku.casefold(): count for sku, count in many.items()}
    lines, weight = [], Decimal(0)
    for one, sku, name, price, kg in rows.rows:
        count, each = pieces.get(text(sku).casefold(), 1), Decimal(str(price))
        lines.append(CartLine(number(one), number(one), None, text(name), "", count, each, each * count, count, ""))
        weight += Decimal(str(kg)) * count
    return tuple(lines), weight


async def some_skus(conn: Connection) -> tuple[str, ...]:
    """The numbers of two products that are on sale, for an example.

    Args:
        conn: An open connection.
    """
    rows = await conn.run("SELECT sku FROM products WHERE status = 'active' AND base_price > 0 ORDER BY id LIMIT 2")
    return tuple(text(row[0]) for row in rows.rows)


async def ids_of(conn: Connection, skus: Sequence[str]) -> tuple[int, ...]:
    """`products.id` of products.

    Args:
        conn: An open connection.
        skus: Their numbers.
    """
    rows = await conn.run("SELECT id FROM products WHERE sku IN %(skus)s ORDER BY id", skus=[*skus, ""])
    return tuple(number(row[0]) for row in rows.rows)

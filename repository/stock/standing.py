"""The stock of the whole shop, a page at a time: what is there, what is held, how fast it goes."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.language.values import barcodes
from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number
from repository.stock.moving import Item

DAYS = 30
"""Over how many days sales are counted."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the list shall hold.

    Attributes:
        text: What stands in the name or the SKU, or the barcode as it was scanned; or empty.
        state: "low" or "out" of what is on sale, "held" or "fine"; empty for everything.
        category_id: `categories.id`, 0 for any.
    """

    text: str = ""
    state: str = ""
    category_id: int = 0


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list.

    Attributes:
        product_id: `products.id`.
        variant_id: `product_variants.id`, 0 for the product itself.
        name: The product's name.
        variant: Such as "Size: Large", or empty.
        sku: With what stands behind it for the variant.
        left: Pieces that can still be sold.
        held: Pieces that are reserved for orders that wait, or held for claims below posts.
        threshold: At how many the merchant is told.
        sold: Pieces that were sold in the last 30 days.
        is_on_sale: Whether shoppers can buy it.
        waiting: Shoppers who are to be told when there is some again, those who would take any variant too.
    """

    product_id: int
    variant_id: int
    name: str
    variant: str
    sku: str
    left: int
    held: int = 0
    threshold: int
    sold: int = 0
    is_on_sale: bool
    waiting: int = 0

    @property
    def item(self) -> Item:
        """What it is about."""
        return Item(self.product_id, self.variant_id)

    @property
    def on_hand(self) -> int:
        """Pieces on the shelf."""
        return self.left + self.held

    @property
    def is_low(self) -> bool:
        """Whether it is at its threshold, or below."""
        return self.left <= self.threshold

    @property
    def days_left(self) -> int | None:
        """For how many days it lasts if it goes on like this; None where nothing was sold."""
        return self.left * DAYS // self.sold if self.sold else None


class Held(msgspec.Struct, frozen=True):
    """Pieces that an order holds.

    Attributes:
        order_id: `orders.id`.
        order_number: Its number.
        shopper: Who ordered.
        pieces: How many.
        expires_at: Until when.
    """

    order_id: int
    order_number: str
    shopper: str
    pieces: int
    expires_at: datetime


_LINE = """
    SELECT p.id, COALESCE(v.id, 0), p.name, COALESCE(CONCAT(v.variant_name, ': ', v.variant_value), ''),
           CONCAT(p.sku, COALESCE(v.sku_suffix, '')), COALESCE(v.stock_quantity, p.stock_quantity),
           p.low_stock_threshold, p.status = 'active' AND COALESCE(v.is_available, TRUE)
    FROM products p LEFT JOIN product_variants v ON v.product_id = p.id
    WHERE p.status <> 'discontinued'
"""
_HELD = """EXISTS (SELECT 1 FROM inventory_reservations r WHERE r.product_id = p.id AND r.status = 'reserved'
                   AND r.variant_id <=> v.id)
    OR EXISTS (SELECT 1 FROM post_claims c WHERE c.product_id = p.id AND c.variant_id <=> v.id AND c.status = 'held')"""
_LEFT = "COALESCE(v.stock_quantity, p.stock_quantity)"
_ON_SALE = "p.status = 'active' AND COALESCE(v.is_available, TRUE)"
_STATES = {
    "low": f" AND {_LEFT} BETWEEN 1 AND p.low_stock_threshold AND {_ON_SALE}",
    "out": f" AND {_LEFT} = 0 AND {_ON_SALE}",
    "held": f" AND ({_HELD})",
    "fine": f" AND {_LEFT} > p.low_stock_threshold",
}


class _Line(msgspec.Struct, frozen=True):
    product_id: int
    variant_id: int
    name: str
    variant: str
    sku: str
    left: int
    threshold: int
    is_on_sale: bool


def short_statement() -> Statement:
    """What reads how many lines the lists "low" and "out" have, to be sent together with something else."""
    return Statement(
        f"SELECT COALESCE(SUM({_LEFT} BETWEEN 1 AND p.low_stock_threshold), 0), COALESCE(SUM({_LEFT} = 0), 0)"
        f" FROM products p LEFT JOIN product_variants v ON v.product_id = p.id WHERE {_ON_SALE}"
    )


async def page(
    conn: Connection, *, wanted: Wanted, limit: int, place: Item | None = None, backwards: bool = False
) -> list[Standing]:
    """Lines of the list, newest products first.

    Args:
        conn: An open connection.
        wanted: What it shall hold.
        limit: Lines at most.
        place: Only those behind this one; None begins at the end.
        backwards: Whether it goes towards the beginning; then those nearest come first too.
    """
    fits = _STATES.get(wanted.state, "")
    if wanted.text:
        fits += """ AND (p.name LIKE %(like)s OR p.sku LIKE %(like)s OR v.variant_value LIKE %(like)s
            OR COALESCE(v.barcode, p.barcode) IN %(codes)s)"""
    if wanted.category_id:
        fits += """ AND p.category_id IN (
            WITH RECURSIVE tree (id) AS (SELECT %(category_id)s UNION
                SELECT c.id FROM tree JOIN categories c ON c.parent_id = tree.id) SELECT id FROM tree)"""
    way, sign = ("ASC", ">") if backwards else ("DESC", "<")
    back = "DESC" if backwards else "ASC"
    if place is not None:
        beyond = "<" if backwards else ">"
        fits += f""" AND p.id {sign}= %(product_id)s
            AND (p.id {sign} %(product_id)s OR COALESCE(v.id, 0) {beyond} %(variant_id)s)"""
    lines = await conn.all(
        _Line,
        # The products first, in the order of their key: each has a line at least, so that a page needs no more of them.
        f"""
        {_LINE} {fits} AND p.id IN (SELECT id FROM (
            SELECT DISTINCT p.id FROM products p LEFT JOIN product_variants v ON v.product_id = p.id
            WHERE p.status <> 'discontinued' {fits} ORDER BY p.id {way} LIMIT %(limit)s) found)
        ORDER BY p.id {way}, v.id {back} LIMIT %(limit)s
        """,
        limit=limit,
        like=f"%{_literally(wanted.text)}%",
        codes=barcodes.ways(wanted.text),
        category_id=wanted.category_id,
        product_id=place.product_id if place else 0,
        variant_id=place.variant_id if place else 0,
    )
    return await _completed(conn, lines)


async def of_product(conn: Connection, *, product_id: int) -> list[Standing]:
    """The lines of one product: of each of its variants, or of itself.

    Args:
        conn: An open connection.
        product_id: `products.id`.
    """
    sql = _LINE.replace("p.status <> 'discontinued'", "p.id = %(product_id)s")
    return await _completed(conn, await conn.all(_Line, f"{sql} ORDER BY v.id", product_id=product_id))


async def held(conn: Connection, *, item: Item, limit: int = 50) -> list[Held]:
    """Which orders hold pieces of something, those that end first at the beginning.

    Args:
        conn: An open connection.
        item: Of what.
        limit: Orders at most.
    """
    return await conn.all(
        Held,
        """
        SELECT r.order_id, o.order_number, COALESCE(o.ship_recipient_name, u.facebook_name, ''), r.quantity,
               r.expires_at
        FROM inventory_reservations r FORCE INDEX (ix_inventory_reservations_product)
        JOIN orders o ON o.id = r.order_id JOIN users u ON u.id = o.user_id
        WHERE r.product_id = %(product_id)s AND r.status = 'reserved' AND r.variant_id <=> %(variant_id)s
        UNION ALL
        SELECT 0, 'a claim below a post', m.from_name, c.held, c.held_until
        FROM post_claims c JOIN post_comments m ON m.id = c.comment
        WHERE c.product_id = %(product_id)s AND c.variant_id <=> %(variant_id)s AND c.status = 'held'
        ORDER BY 5, 1 LIMIT %(limit)s
        """,
        product_id=item.product_id,
        variant_id=item.variant_id or None,
        limit=limit,
    )


async def _completed(conn: Connection, lines: Sequence[_Line]) -> list[Standing]:
    """The lines with what is held of each, and what was sold of it."""
    values: dict[str, Bound] = {"ids": [*{line.product_id for line in lines}, 0], "days": DAYS}
    held_rows, sold_rows, wait_rows = await conn.batch(
        Statement(
            "SELECT product_id, COALESCE(variant_id, 0), CAST(SUM(pieces) AS SIGNED) FROM ("
            "SELECT product_id, variant_id, SUM(quantity) AS pieces FROM inventory_reservations"
            " FORCE INDEX (ix_inventory_reservations_product) WHERE product_id IN %(ids)s AND status = 'reserved'"
            " GROUP BY product_id, variant_id UNION ALL SELECT product_id, variant_id, SUM(held) FROM post_claims"
            " WHERE product_id IN %(ids)s AND status = 'held' GROUP BY product_id, variant_id) h"
            " GROUP BY product_id, variant_id",
            values,
        ),
        Statement(
            "SELECT i.product_id, COALESCE(i.variant_id, 0), SUM(i.quantity) FROM order_items i"
            " JOIN orders o ON o.id = i.order_id WHERE i.product_id IN %(ids)s"
            " AND o.created_at > NOW() - INTERVAL %(days)s DAY AND o.order_status NOT IN ('cancelled', 'returned')"
            " GROUP BY i.product_id, i.variant_id",
            values,
        ),
        Statement(
            "SELECT product_id, COALESCE(variant_id, 0), COUNT(*) FROM stock_waits FORCE INDEX (ix_stock_waits_good)"
            " WHERE product_id IN %(ids)s AND told_at IS NULL GROUP BY product_id, variant_id",
            values,
        ),
    )
    holds = {Item(number(row[0]), number(row[1])): number(row[2]) for row in held_rows.rows}
    sales = {Item(number(row[0]), number(row[1])): number(row[2]) for row in sold_rows.rows}
    waits = {Item(number(row[0]), number(row[1])): number(row[2]) for row in wait_rows.rows}
    completed = []
    for line in lines:
        item = Item(line.product_id, line.variant_id)
        any_kind = waits.get(Item(line.product_id, 0), 0) if line.variant_id else 0
        facts = msgspec.structs.asdict(line)
        completed.append(
            Standing(**facts, held=holds.get(item, 0), sold=sales.get(item, 0), waiting=waits.get(item, 0) + any_kind)
        )
    return completed


def _literally(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

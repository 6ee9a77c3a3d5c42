"""The history of one stock, which adds up to what is there."""

from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number
from repository.stock.moving import Item


class Movement(msgspec.Struct, frozen=True):
    """A change of a stock.

    Attributes:
        id: `inventory_logs.id`.
        at: When.
        kind: "stock_in", "stock_out", "adjustment" or "return".
        change: Pieces more, or fewer where it is below 0.
        left: How many there were afterwards.
        note: Why, or empty.
        order_id: For which order, 0 for none.
        order_number: Its number, or empty.
        by: Who did it, or empty.
    """

    id: int
    at: datetime
    kind: str
    change: int
    left: int
    note: str
    order_id: int
    order_number: str
    by: str


class Sum(msgspec.Struct, frozen=True):
    """Whether the history adds up.

    Attributes:
        changes: How many changes there were.
        total: What they come to.
        left: What can still be sold.
    """

    changes: int
    total: int
    left: int

    @property
    def adds_up(self) -> bool:
        """Whether it does."""
        return self.total == self.left


async def movements(conn: Connection, *, item: Item, limit: int, before: int = 0) -> list[Movement]:
    """The changes of a stock, newest first.

    Args:
        conn: An open connection.
        item: Of what.
        limit: Changes at most.
        before: Only those before this number; 0 begins with the newest.
    """
    return await conn.all(
        Movement,
        """
        SELECT l.id, l.created_at, l.transaction_type, l.quantity_change, l.new_stock, COALESCE(l.notes, ''),
               COALESCE(o.id, 0), COALESCE(o.order_number, ''), COALESCE(NULLIF(a.full_name, ''), a.username, '')
        FROM inventory_logs l
        LEFT JOIN orders o ON l.reference_type IN ('order', 'return') AND o.id = l.reference_id
        LEFT JOIN admin_users a ON a.id = l.performed_by
        WHERE l.product_id = %(product_id)s AND l.variant_id <=> %(variant_id)s
          AND (%(before)s = 0 OR l.id < %(before)s)
        ORDER BY l.id DESC LIMIT %(limit)s
        """,
        product_id=item.product_id,
        variant_id=item.variant_id or None,
        before=before,
        limit=limit,
    )


async def total(conn: Connection, *, item: Item) -> Sum:
    """Whether the history of a stock adds up to it.

    Args:
        conn: An open connection.
        item: Of what.
    """
    values: dict[str, Bound] = {"product_id": item.product_id, "variant_id": item.variant_id or None}
    left = (
        "SELECT stock_quantity FROM product_variants WHERE id = %(variant_id)s"
        if item.variant_id
        else "SELECT stock_quantity FROM products WHERE id = %(product_id)s"
    )
    summed, there = await conn.batch(
        Statement(
            "SELECT COUNT(*), COALESCE(SUM(quantity_change), 0) FROM inventory_logs"
            " WHERE product_id = %(product_id)s AND variant_id <=> %(variant_id)s",
            values,
        ),
        Statement(left, values),
    )
    return Sum(number(summed.rows[0][0]), number(summed.rows[0][1]), number(there.rows[0][0]))

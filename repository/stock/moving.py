"""Stock that a person changes: pieces that came in or went, with the reason, and shelves that are counted."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import NotFound, Unfit
from repository.database.scalars import number
from repository.staff import audit
from repository.staff.by import By

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "received": "New stock came in",
        "sold": "Sold elsewhere",
        "damaged": "Damaged or expired",
        "lost": "Lost or stolen",
        "given": "Given away or used",
        "found": "Found again",
        "corrected": "Correction",
    }
)
"""Why a person changes a stock."""
TAKES_AWAY: Final = frozenset({"sold", "damaged", "lost", "given"})
"""Reasons for which pieces go: a number without a sign is taken off."""
PIECES_MOST = 1_000_000


class Item(msgspec.Struct, frozen=True):
    """What has a stock: a product, or one of its variants.

    Attributes:
        product_id: `products.id`.
        variant_id: `product_variants.id`, 0 for the product itself.
    """

    product_id: int
    variant_id: int = 0


class Level(msgspec.Struct, frozen=True):
    """How much there is of something.

    Attributes:
        left: Pieces that can still be sold.
        held: Pieces that are reserved for orders that wait, or held for claims below posts.
    """

    left: int
    held: int

    @property
    def on_hand(self) -> int:
        """Pieces on the shelf."""
        return self.left + self.held


async def level(conn: Connection, *, item: Item, lock: bool = False) -> Level:
    """How much there is of something.

    Args:
        conn: An open connection.
        item: Of what.
        lock: Whether nobody else may change it until the transaction ends.

    Raises:
        NotFound: There is no such thing.
    """
    values: dict[str, Bound] = {"product_id": item.product_id, "variant_id": item.variant_id or None}
    if lock:  # a product before its variants, as everything does that locks both
        await conn.run("SELECT id FROM products WHERE id = %(product_id)s FOR UPDATE", **values)
    column = "product_variants WHERE id = %(variant_id)s AND product_id = %(product_id)s"
    table = column if item.variant_id else "products WHERE id = %(product_id)s"
    left = await conn.value(f"SELECT stock_quantity FROM {table}{' FOR UPDATE' if lock else ''}", **values)
    if left is None:
        raise NotFound(f"{item.product_id}/{item.variant_id}")
    held = await conn.value(
        "SELECT COALESCE(SUM(quantity), 0) + (SELECT COALESCE(SUM(held), 0) FROM post_claims"
        " WHERE product_id = %(product_id)s AND variant_id <=> %(variant_id)s AND status = 'held')"
        " FROM inventory_reservations FORCE INDEX (ix_inventory_reservations_product)"
        " WHERE product_id = %(product_id)s AND status = 'reserved' AND variant_id <=> %(variant_id)s",
        **values,
    )
    return Level(number(left), number(held))


async def adjust(conn: Connection, *, item: Item, change: int, reason: str, note: str = "", by: By) -> Level:
    """Put pieces on the shelf, or take some off. How much there is afterwards.

    Args:
        conn: An open connection. The caller owns the transaction.
        item: Of what.
        change: How many more; fewer where it is below 0.
        reason: One of `REASONS`.
        note: What the merchant writes about it, or empty.
        by: Who does it.

    Raises:
        NotFound: There is no such thing.
        Unfit: More would be taken off than can still be sold, or it is no change.
    """
    now = await level(conn, item=item, lock=True)
    if not change or abs(change) > PIECES_MOST:
        raise Unfit("change", "Please write how many pieces, such as 5 or -2.")
    if now.left + change < 0:
        held = f" {now.held} more are reserved for orders." if now.held else ""
        raise Unfit("change", f"Only {now.left} can be taken off.{held}")
    told = REASONS[reason] + (f": {note}" if note else "")
    await _write(conn, item, now.left + change, note=told, is_purchase=reason == "received" and change > 0, by=by)
    await _record(conn, item, now.left, now.left + change, told, by)
    return Level(now.left + change, now.held)


async def count(conn: Connection, *, item: Item, counted: int, was: int, by: By) -> Level:
    """Set what is on the shelf to what was counted there. How much there is afterwards.

    Args:
        conn: An open connection. The caller owns the transaction.
        item: Of what.
        counted: Pieces on the shelf, with those that are reserved for orders.
        was: Pieces that the merchant was shown before counting.
        by: Who counted.

    Raises:
        NotFound: There is no such thing.
        Unfit: It was sold or changed while it was counted, or less was counted than is reserved.
    """
    now = await level(conn, item=item, lock=True)
    if counted == now.on_hand:
        return now
    if now.on_hand != was:
        moved = now.on_hand - was
        by_now = f"{abs(moved)} {'came in' if moved > 0 else 'left'} meanwhile, so there should be {now.on_hand} now."
        raise Unfit("counted", f"{by_now} Please check your count.")
    if counted < now.held:
        raise Unfit("counted", f"{now.held} are reserved for orders that wait. Cancel some of those first.")
    if counted > PIECES_MOST:
        raise Unfit("counted", "That is more than a shelf can hold. Please check the number.")
    left = counted - now.held
    await _write(conn, item, left, note="Counted", is_purchase=False, by=by)
    await _record(conn, item, now.left, left, "Counted", by)
    return Level(left, now.held)


async def set_left(conn: Connection, *, item: Item, left: int, was: int, by: By) -> bool:
    """Set how many pieces can still be sold. Whether anything changed.

    Args:
        conn: An open connection. The caller owns the transaction.
        item: Of what.
        left: How many it shall be.
        was: How many the merchant was shown.
        by: Who does it.

    Raises:
        NotFound: There is no such thing.
        Unfit: It has moved meanwhile, or it is more than there can be.
    """
    now = await level(conn, item=item, lock=True)
    if left == now.left:
        return False
    if now.left != was:
        raise Unfit("left", f"It has become {now.left} meanwhile. Please look first.")
    if left > PIECES_MOST:
        raise Unfit("left", f"{PIECES_MOST:,} pieces are the most.")
    await _write(conn, item, left, note="Set in the list", is_purchase=False, by=by)
    await _record(conn, item, now.left, left, "Set in the list", by)
    return True


async def _write(conn: Connection, item: Item, left: int, *, note: str, is_purchase: bool, by: By) -> None:
    """Write a stock; the triggers write its row in the history."""
    values: dict[str, Bound] = {"product_id": item.product_id, "variant_id": item.variant_id, "left": left}
    about: dict[str, Bound] = {"kind": "purchase" if is_purchase else "adjustment", "note": note, "by": by.admin_id}
    variant = Statement("UPDATE product_variants SET stock_quantity = %(left)s WHERE id = %(variant_id)s", values)
    product = Statement("UPDATE products SET stock_quantity = %(left)s WHERE id = %(product_id)s", values)
    await conn.batch(
        Statement(
            "SET @qs_ref_type = %(kind)s, @qs_ref_id = NULL, @qs_ref_note = %(note)s, @qs_performed_by = %(by)s", about
        ),
        variant if item.variant_id else product,
        Statement("UPDATE products SET updated_at = NOW() WHERE id = %(product_id)s", values),
        Statement("SET @qs_ref_type = NULL, @qs_ref_id = NULL, @qs_ref_note = NULL, @qs_performed_by = NULL"),
    )


async def _record(conn: Connection, item: Item, was: int, left: int, why: str, by: By) -> None:
    await audit.record(
        conn,
        action="stock.changed",
        admin_id=by.admin_id,
        subject=f"product {item.product_id}" + (f" variant {item.variant_id}" if item.variant_id else ""),
        details={"was": was, "left": left, "why": why},
        ip_address=by.ip_address,
    )

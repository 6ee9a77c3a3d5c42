"""Sending something back: what may be, and asking for it. What is done about it is decided by a person."""

from datetime import datetime, timedelta

import msgspec

from repository.aftersales.following import RETURNABLE
from repository.database.connection import Connection, Statement
from repository.database.errors import NotReturnable, UnknownOrder
from repository.database.inserting import insert_rows
from repository.files import files
from repository.orders.flags import raise_flag

PICTURES_MOST = 5
REASON_MOST = 1000


class Picked(msgspec.Struct, frozen=True):
    """Pieces that shall be sent back.

    Attributes:
        item_id: `order_items.id`.
        quantity: Pieces, at least 1.
    """

    item_id: int
    quantity: int


class ReturnLine(msgspec.Struct, frozen=True):
    """A line of which something may be sent back.

    Attributes:
        item_id: `order_items.id`.
        name: The product's name when it was ordered.
        variant: Such as "Size: Large", or empty.
        quantity: Pieces that have not come back yet.
    """

    item_id: int
    name: str
    variant: str
    quantity: int


class _Order(msgspec.Struct, frozen=True):
    status: str
    delivered_at: datetime | None
    is_asked: bool
    now: datetime


async def returnable(conn: Connection, *, shopper_id: int, order_id: int, days: int) -> tuple[ReturnLine, ...]:
    """What of an order may be sent back.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        order_id: `orders.id`.
        days: Within how many days of its delivery.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
        NotReturnable: Nothing of it may; says why.
    """
    values = {"order_id": order_id, "shopper_id": shopper_id}
    head, lines = await conn.batch(
        Statement(
            "SELECT order_status, delivered_at, EXISTS (SELECT 1 FROM order_returns WHERE order_id = orders.id"
            " AND status = 'requested'), NOW() FROM orders WHERE id = %(order_id)s AND user_id = %(shopper_id)s",
            values,
        ),
        Statement(
            "SELECT id, product_name, COALESCE(variant_details, ''), quantity - returned_quantity FROM order_items"
            " WHERE order_id = %(order_id)s AND quantity > returned_quantity ORDER BY id",
            values,
        ),
    )
    if not head.rows:
        raise UnknownOrder(f"order {order_id}")
    order = conn.read(_Order, head.rows[0])
    if order.status not in RETURNABLE:
        raise NotReturnable("nothing_left" if order.status == "returned" else "not_delivered", days=days)
    if order.is_asked:
        raise NotReturnable("asked_already", days=days)
    if order.delivered_at and order.now - order.delivered_at > timedelta(days=days):
        raise NotReturnable("too_late", days=days)
    if not lines.rows:
        raise NotReturnable("nothing_left", days=days)
    return tuple(conn.read(ReturnLine, row) for row in lines.rows)


async def request(
    conn: Connection,
    *,
    shopper_id: int,
    order_id: int,
    picked: tuple[Picked, ...],
    reason: str,
    file_ids: tuple[int, ...],
    days: int,
) -> int:
    """Ask for a return: it is kept, and the order flagged for a person.

    Args:
        conn: A connection in a transaction, which the caller owns.
        shopper_id: `users.id`.
        order_id: `orders.id`.
        picked: Which pieces; one line at least. More than there are becomes all of them.
        reason: Why, in the shopper's words.
        file_ids: `stored_files.id` of pictures that show why.
        days: Within how many days of the delivery.

    Returns:
        `order_returns.id`.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
        NotReturnable: Nothing of it may be sent back, or nothing that was picked; says why.
    """
    await conn.run(
        "SELECT id FROM orders WHERE id = %(order_id)s AND user_id = %(shopper_id)s FOR UPDATE",
        order_id=order_id,
        shopper_id=shopper_id,
    )
    left = {
        line.item_id: line.quantity
        for line in await returnable(conn, shopper_id=shopper_id, order_id=order_id, days=days)
    }
    lines = [(one.item_id, min(max(one.quantity, 1), left[one.item_id])) for one in picked if one.item_id in left]
    if not lines:
        raise NotReturnable("nothing_left", days=days)
    made = await conn.run(
        "INSERT INTO order_returns (order_id, reason, requested_by) VALUES (%(order_id)s, %(reason)s, 'shopper')",
        order_id=order_id,
        reason=reason[:REASON_MOST],
    )
    return_id = made.last_id
    pictures = [(return_id, file_id) for file_id in dict.fromkeys(file_ids[:PICTURES_MOST])]
    await conn.batch(
        insert_rows(
            "INSERT INTO order_return_lines (return_id, order_item_id, quantity)",
            [(return_id, item_id, quantity) for item_id, quantity in dict(lines).items()],
        ),
        *([insert_rows("INSERT INTO order_return_pictures (return_id, file_id)", pictures)] if pictures else ()),
    )
    if pictures:
        await files.hold(conn, file_ids=tuple(file_id for _, file_id in pictures))
    await raise_flag(conn, order_id=order_id, kind="return", note=reason[:500])
    return return_id

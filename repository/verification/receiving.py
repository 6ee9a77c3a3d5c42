"""A risky cash order is confirmed by its shopper's own tap: "yes, I'll receive it"."""

from typing import Literal

from repository.database.connection import Connection, Statement
from repository.database.errors import UnknownOrder
from repository.work.queueing import queue_statement

Received = Literal["confirmed", "already", "over"]


async def receive(conn: Connection, *, shopper_id: int, order_id: int) -> Received:
    """Take a shopper's word that they will receive an order; the worker confirms it.

    Args:
        conn: A connection in a transaction, which the caller owns.
        shopper_id: `users.id`.
        order_id: `orders.id`.

    Returns:
        "confirmed" where the order waited for it; "already" where it is on its way without; "over" where it was
        cancelled meanwhile, or waits for something else.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
    """
    row = await conn.run(
        "SELECT order_status, verification_type = 'shopper_tap', verification_status FROM orders"
        " WHERE id = %(order_id)s AND user_id = %(shopper_id)s FOR UPDATE",
        order_id=order_id,
        shopper_id=shopper_id,
    )
    if not row.rows:
        raise UnknownOrder(f"order {order_id}")
    status, is_tap, verification = row.rows[0]
    if status != "pending":
        return "over" if status in ("cancelled", "returned") else "already"
    if not is_tap or verification == "verified":
        return "already" if is_tap else "over"
    values = {"order_id": order_id}
    await conn.batch(
        Statement("UPDATE orders SET verification_status = 'verified' WHERE id = %(order_id)s", values),
        Statement(
            "UPDATE order_metrics m JOIN orders o ON o.id = m.order_id SET m.customer_response_time_ms ="
            " LEAST(2147483647, GREATEST(0, TIMESTAMPDIFF(MICROSECOND, o.created_at, NOW(3)) DIV 1000))"
            " WHERE m.order_id = %(order_id)s",
            values,
        ),
        queue_statement(order_id, "verification", priority=2),
    )
    conn.feeds_queue = True
    return "confirmed"

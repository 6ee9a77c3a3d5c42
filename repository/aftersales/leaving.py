"""Shoppers who have had enough: complaints go to a person, and promos end."""

import msgspec

from repository.aftersales import calling
from repository.aftersales.quiet import be_quiet
from repository.database.connection import Connection
from repository.orders.flags import raise_flag

NOTE_MOST = 500
"""Characters of what was typed that a flag keeps; all of it is in the chat."""


class _Recent(msgspec.Struct, frozen=True):
    id: int
    number: str


async def complain(conn: Connection, *, shopper_id: int, words: str, only_of_order: bool = False) -> str:
    """Leave an angry shopper's chat to a person, with the order that it is most likely about.

    Args:
        conn: A connection in the turn's transaction.
        shopper_id: `users.id`.
        words: What was typed.
        only_of_order: Whether nothing is done where the shopper has no order that it could be about.

    Returns:
        The number of the order that is flagged; empty where the shopper has none of late.
    """
    order = await _recent(conn, shopper_id)
    if order is None and only_of_order:
        return ""
    if order:
        await raise_flag(conn, order_id=order.id, kind="complaint", note=words[:NOTE_MOST])
    else:
        await calling.tell(conn, shopper_id=shopper_id, why="complaint")
    await be_quiet(conn, shopper_id=shopper_id)
    return order.number if order else ""


async def say_why(conn: Connection, *, shopper_id: int, order_id: int, reason: str) -> None:
    """Keep why a shopper took an order back.

    Args:
        conn: A connection in the turn's transaction.
        shopper_id: `users.id`.
        order_id: `orders.id`.
        reason: Why, in a word or in the shopper's own.
    """
    await conn.run(
        "UPDATE orders SET cancellation_reason = %(reason)s WHERE id = %(order_id)s AND user_id = %(shopper_id)s"
        " AND order_status = 'cancelled'",
        reason=reason[:NOTE_MOST],
        order_id=order_id,
        shopper_id=shopper_id,
    )


async def resume_promos(conn: Connection, *, shopper_id: int) -> bool:
    """Send a shopper promos and reminders again.

    Args:
        conn: A connection in the turn's transaction.
        shopper_id: `users.id`.

    Returns:
        Whether they had been stopped.
    """
    resumed = await conn.run(
        "UPDATE users SET promos_stopped_at = NULL WHERE id = %(id)s AND promos_stopped_at IS NOT NULL", id=shopper_id
    )
    return resumed.rowcount > 0


async def stop_promos(conn: Connection, *, shopper_id: int) -> bool:
    """Send a shopper no promos, reminders and wishes any more. Whether an order is under way, whose notices go on.

    Args:
        conn: A connection in the turn's transaction.
        shopper_id: `users.id`.
    """
    has_open = await conn.value(
        "SELECT EXISTS (SELECT 1 FROM orders WHERE user_id = %(id)s"
        " AND order_status IN ('pending', 'confirmed', 'processing', 'shipped'))",
        id=shopper_id,
    )
    await conn.run(
        "UPDATE users SET promos_stopped_at = COALESCE(promos_stopped_at, NOW()) WHERE id = %(id)s", id=shopper_id
    )
    return bool(has_open)


async def _recent(conn: Connection, shopper_id: int) -> _Recent | None:
    """The order that a shopper is most likely speaking of: one under way, else the newest of the last two months."""
    return await conn.one(
        _Recent,
        """
        SELECT id, order_number FROM orders
        WHERE user_id = %(id)s AND (order_status IN ('pending', 'confirmed', 'processing', 'shipped')
            OR created_at > NOW() - INTERVAL 60 DAY)
        ORDER BY order_status IN ('pending', 'confirmed', 'processing', 'shipped') DESC, created_at DESC, id DESC
        LIMIT 1 FOR UPDATE
        """,
        id=shopper_id,
    )

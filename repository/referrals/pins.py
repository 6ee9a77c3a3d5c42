"""The place on the map where the rider finds a shopper."""

from repository.database.connection import Connection

PIN_MOST = 255


async def pin_open_order(conn: Connection, *, shopper_id: int, pin: str) -> str:
    """Keep a place for the shopper's newest order that has not left yet.

    Args:
        conn: A connection in a transaction, which the caller owns.
        shopper_id: `users.id`.
        pin: "14.599512,120.984222", or an address of a map.

    Returns:
        The order's number; empty where no order waits to be sent.
    """
    found = await conn.run(
        "SELECT id, order_number FROM orders FORCE INDEX (ix_orders_user) WHERE user_id = %(shopper_id)s"
        " AND order_status IN ('pending', 'confirmed', 'processing') ORDER BY created_at DESC, id DESC LIMIT 1",
        shopper_id=shopper_id,
    )
    if not found.rows:
        return ""
    await conn.run(
        "UPDATE orders SET ship_pin = %(pin)s WHERE id = %(id)s", pin=pin[:PIN_MOST], id=int(str(found.rows[0][0]))
    )
    return str(found.rows[0][1])

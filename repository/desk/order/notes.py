"""What the people of the shop tell one another about an order; shoppers never see it."""

from repository.database.connection import Connection
from repository.database.errors import UnknownOrder
from repository.staff.by import By

NOTE_MOST = 2000


async def write(conn: Connection, *, order_id: int, note: str, by: By) -> None:
    """Keep a note.

    Args:
        conn: An open connection. The caller owns the transaction.
        order_id: `orders.id`.
        note: What it says; not empty, cut at its column's end.
        by: Who writes it.

    Raises:
        UnknownOrder: There is no such order.
    """
    written = await conn.run(
        "INSERT INTO order_notes (order_id, note, written_by) SELECT id, %(note)s, %(by)s FROM orders"
        " WHERE id = %(order_id)s",
        order_id=order_id,
        note=note[:NOTE_MOST],
        by=by.admin_id,
    )
    if not written.rowcount:
        raise UnknownOrder(f"order {order_id}")

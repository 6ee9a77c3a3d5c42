"""Lists of the order desk that a merchant saved under a name, for everybody in the shop."""

import msgspec

from repository.database.connection import Connection
from repository.staff.by import By

VIEWS_MOST = 30


class OrderView(msgspec.Struct, frozen=True):
    """A saved list.

    Attributes:
        id: `order_views.id`.
        name: What it is called.
        filters: The query of its address.
    """

    id: int
    name: str
    filters: str


async def views(conn: Connection) -> tuple[OrderView, ...]:
    """Every saved list, by name.

    Args:
        conn: An open connection.
    """
    rows = await conn.all(
        OrderView, "SELECT id, name, filters FROM order_views ORDER BY name LIMIT %(most)s", most=VIEWS_MOST
    )
    return tuple(rows)


async def save(conn: Connection, *, name: str, filters: str, by: By) -> None:
    """Save a list under a name; one of that name is replaced.

    Args:
        conn: An open connection. The caller owns the transaction.
        name: What it is called.
        filters: The query of its address, at most 500 characters.
        by: Who saves it.
    """
    await conn.run(
        "INSERT INTO order_views (name, filters, saved_by) VALUES (%(name)s, %(filters)s, %(by)s)"
        " ON DUPLICATE KEY UPDATE filters = VALUES(filters), saved_by = VALUES(saved_by)",
        name=name,
        filters=filters,
        by=by.admin_id,
    )


async def delete(conn: Connection, *, view_id: int) -> None:
    """Forget a saved list.

    Args:
        conn: An open connection. The caller owns the transaction.
        view_id: `order_views.id`.
    """
    await conn.run("DELETE FROM order_views WHERE id = %(view_id)s", view_id=view_id)

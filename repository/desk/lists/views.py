"""Lists of the order desk that a merchant saved under a name, for everybody in the shop."""

import msgspec

from repository.database.connection import Connection
from repository.database.errors import Taken
from repository.database.scalars import number
from repository.staff.by import By

VIEWS_MOST = 30


class OrderView(msgspec.Struct, frozen=True):
    """A saved list.

    Attributes:
        id: `order_views.id`.
        name: What it is called.
        filters: The query of its address.
        saved_by: `admin_users.id` of whose it is; None where they are gone.
    """

    id: int
    name: str
    filters: str
    saved_by: int | None


async def views(conn: Connection) -> tuple[OrderView, ...]:
    """Every saved list, by name.

    Args:
        conn: An open connection.
    """
    rows = await conn.all(
        OrderView, "SELECT id, name, filters, saved_by FROM order_views ORDER BY name LIMIT %(most)s", most=VIEWS_MOST
    )
    return tuple(rows)


async def save(conn: Connection, *, name: str, filters: str, by: By) -> None:
    """Save a list under a name; one of theirs with that name is replaced.

    Args:
        conn: An open connection. The caller owns the transaction.
        name: What it is called.
        filters: The query of its address, at most 500 characters.
        by: Who saves it.

    Raises:
        Taken: Somebody else's has that name.
    """
    await conn.run(
        "INSERT INTO order_views (name, filters, saved_by) VALUES (%(name)s, %(filters)s, %(by)s)"
        " ON DUPLICATE KEY UPDATE filters = IF(saved_by <=> %(by)s, VALUES(filters), filters)",
        name=name,
        filters=filters,
        by=by.admin_id,
    )
    other = await conn.value(
        "SELECT id FROM order_views WHERE name = %(name)s AND NOT saved_by <=> %(by)s", name=name, by=by.admin_id
    )
    if other is not None:
        raise Taken("name", number(other))


async def delete(conn: Connection, *, view_id: int, by: By, anybodys: bool = False) -> bool:
    """Forget a saved list. Whether it was theirs to forget.

    Args:
        conn: An open connection. The caller owns the transaction.
        view_id: `order_views.id`.
        by: Who forgets it.
        anybodys: Whether those of others may go too.
    """
    gone = await conn.run(
        "DELETE FROM order_views WHERE id = %(view_id)s AND (%(anybodys)s OR saved_by <=> %(by)s)",
        view_id=view_id,
        by=by.admin_id,
        anybodys=anybodys,
    )
    return gone.rowcount > 0

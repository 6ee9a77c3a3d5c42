"""What merchants choose from while they write: shoppers and orders for whom a reply is shown, products for its card."""

import msgspec

from repository.database.connection import Connection
from repository.database.scalars import text

_OFFERED = 12
_LOOKED_AT = 1_000  # shoppers among whom the longest name is looked for


class Someone(msgspec.Struct, frozen=True):
    """Somebody or something to choose.

    Attributes:
        id: `users.id` or `orders.id`.
        called: What it is called; empty for a shopper whose name is not known.
    """

    id: int
    called: str


async def shoppers(conn: Connection) -> list[Someone]:
    """The newest shoppers.

    Args:
        conn: An open connection.
    """
    return await conn.all(
        Someone, f"SELECT id, COALESCE(facebook_name, '') FROM users ORDER BY id DESC LIMIT {_OFFERED}"
    )


async def orders(conn: Connection) -> list[Someone]:
    """The newest orders, each by its number.

    Args:
        conn: An open connection.
    """
    return await conn.all(Someone, f"SELECT id, order_number FROM orders ORDER BY id DESC LIMIT {_OFFERED}")


async def name(conn: Connection, *, shopper_id: int) -> str:
    """What a shopper is called; empty where nobody knows.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
    """
    found = await conn.value("SELECT COALESCE(facebook_name, '') FROM users WHERE id = %(id)s", id=shopper_id)
    return text(found or "")


async def whose(conn: Connection, *, order_id: int) -> Someone | None:
    """The shopper of an order; None where there is no such order.

    Args:
        conn: An open connection.
        order_id: `orders.id`.
    """
    return await conn.one(
        Someone,
        "SELECT u.id, COALESCE(u.facebook_name, '') FROM orders o JOIN users u ON u.id = o.user_id WHERE o.id = %(id)s",
        id=order_id,
    )


async def longest_name(conn: Connection) -> str:
    """The longest name among the newest shoppers; empty where there is none.

    Args:
        conn: An open connection.
    """
    found = await conn.value(
        "SELECT facebook_name FROM"
        f" (SELECT facebook_name FROM users ORDER BY id DESC LIMIT {_LOOKED_AT}) newest"
        " WHERE facebook_name > '' ORDER BY CHAR_LENGTH(facebook_name) DESC LIMIT 1"
    )
    return text(found or "")


async def skus(conn: Connection) -> list[str]:
    """Some SKUs of what is sold, the newest first, to choose from.

    Args:
        conn: An open connection.
    """
    found = await conn.run("SELECT sku FROM products WHERE status = 'active' ORDER BY id DESC LIMIT 50")
    return [str(row[0]) for row in found.rows]

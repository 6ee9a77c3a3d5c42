"""Which order a confirmation has placed."""

from repository.database import Connection
from repository.placing import Placed


async def placed_with(conn: Connection, *, shopper_id: int, nonce: str) -> Placed | None:
    """The order that the shopper placed with a summary's nonce, None where it has placed none.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        nonce: The summary's.
    """
    return await conn.one(
        Placed,
        "SELECT id, order_number, total_amount, verification_required, verification_expires_at, TRUE FROM orders"
        " WHERE placement_nonce = %(nonce)s AND user_id = %(shopper_id)s",
        nonce=nonce,
        shopper_id=shopper_id,
    )

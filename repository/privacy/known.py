"""What the shop knows of a shopper, for whoever asks what it does."""

from datetime import datetime

import msgspec

from repository.database.connection import Connection
from repository.database.errors import NotFound


class Known(msgspec.Struct, frozen=True):
    """What is kept of a shopper.

    Attributes:
        name: As Facebook told it; empty where it did not.
        phone: Empty where none is known.
        since: When they first wrote.
        addresses: Saved addresses.
        orders: Orders of all time.
        messages: Messages to the shop that are still kept.
        pictures: Proofs and pictures of returns that are still kept.
        wants_promos: Whether they are sent promos and reminders.
        is_leaving: Whether they have asked to be deleted.
    """

    name: str
    phone: str
    since: datetime
    addresses: int
    orders: int
    messages: int
    pictures: int
    wants_promos: bool
    is_leaving: bool


async def known(conn: Connection, *, shopper_id: int) -> Known:
    """What is kept of a shopper.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.

    Raises:
        NotFound: There is no such shopper.
    """
    found = await conn.one(
        Known,
        """
        SELECT COALESCE(u.facebook_name, ''),
            COALESCE(u.phone, (SELECT a.phone FROM user_addresses a WHERE a.user_id = u.id
                               ORDER BY a.is_default DESC, a.id DESC LIMIT 1), ''),
            u.created_at,
            (SELECT COUNT(*) FROM user_addresses a WHERE a.user_id = u.id),
            (SELECT COUNT(*) FROM orders o WHERE o.user_id = u.id),
            (SELECT COUNT(*) FROM chat_logs c WHERE c.user_id = u.messenger_id),
            (SELECT COUNT(p.file_id) + COUNT(p.selfie_file_id) FROM orders o JOIN order_proofs p ON p.order_id = o.id
             WHERE o.user_id = u.id)
            + (SELECT COUNT(*) FROM orders o JOIN order_returns r ON r.order_id = o.id
               JOIN order_return_pictures p ON p.return_id = r.id WHERE o.user_id = u.id),
            u.promos_stopped_at IS NULL, u.deletion_asked_at IS NOT NULL
        FROM users u WHERE u.id = %(id)s
        """,
        id=shopper_id,
    )
    if found is None:
        raise NotFound(f"shopper {shopper_id}")
    return found

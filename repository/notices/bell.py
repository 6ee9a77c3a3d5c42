"""What an account has been told in the console, and what of it nobody has looked at."""

from datetime import datetime

import msgspec

from repository.database.connection import Connection
from repository.notices.merchants import Hears
from repository.staff import audit
from repository.staff.by import By

COUNTED_MOST = 99
"""Up to which number the unseen ones are counted."""


class News(msgspec.Struct, frozen=True):
    """A notice as the console lists it.

    Attributes:
        id: `merchant_notices.id`.
        kind: One of `KINDS`.
        words: What it says.
        order_id: The order that it is about, 0 for none.
        shopper_id: The shopper who needs a person, 0 for none.
        is_new: Whether it has not been seen.
        created_at: Since when it is there.
    """

    id: int
    kind: str
    words: str
    order_id: int
    shopper_id: int
    is_new: bool
    created_at: datetime


async def unseen(conn: Connection, *, admin_id: int) -> int:
    """How much an account has not seen yet, `COUNTED_MOST` + 1 for more.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.
    """
    counted = await conn.value(
        "SELECT COUNT(*) FROM (SELECT 1 FROM merchant_notices FORCE INDEX (ix_merchant_notices_recipient)"
        " WHERE recipient = %(recipient)s AND channel = 'console' AND status = 'sent' LIMIT %(most)s) AS some",
        recipient=str(admin_id),
        most=COUNTED_MOST + 1,
    )
    return int(str(counted))


async def count(conn: Connection, *, admin_id: int) -> int:
    """How much an account has been told.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.
    """
    counted = await conn.value(
        "SELECT COUNT(*) FROM merchant_notices WHERE recipient = %(recipient)s AND channel = 'console'",
        recipient=str(admin_id),
    )
    return int(str(counted))


async def page(
    conn: Connection, *, admin_id: int, limit: int, key: int | None = None, backwards: bool = False
) -> list[News]:
    """Some of what an account has been told, the newest first.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.
        limit: At most so many.
        key: `News.id` of the one before them; None begins at the end.
        backwards: Whether those before the key are wanted, the nearest first.
    """
    beyond = "TRUE" if key is None else "id > %(key)s" if backwards else "id < %(key)s"
    return await conn.all(
        News,
        f"SELECT id, kind, words, COALESCE(order_id, 0),"
        " IF(kind = 'person', CAST(SUBSTRING_INDEX(SUBSTRING_INDEX(subject_key, ':', 2), ':', -1) AS UNSIGNED), 0),"
        " status = 'sent', created_at FROM merchant_notices"
        f" WHERE recipient = %(recipient)s AND channel = 'console' AND {beyond}"
        f" ORDER BY id {'ASC' if backwards else 'DESC'} LIMIT %(limit)s",
        recipient=str(admin_id),
        key=key or 0,
        limit=limit,
    )


async def see(conn: Connection, *, admin_id: int, upto: int, only: int = 0) -> None:
    """Mark what an account has been told as seen.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.
        upto: `News.id` of the newest that was on the page: what came since stays new.
        only: Which one, 0 for all up to there.
    """
    await conn.run(
        "UPDATE merchant_notices SET status = 'seen' WHERE recipient = %(recipient)s AND channel = 'console'"
        " AND status = 'sent' AND id <= %(upto)s AND (%(only)s = 0 OR id = %(only)s)",
        recipient=str(admin_id),
        upto=upto,
        only=only,
    )


async def hears(conn: Connection, *, admin_id: int) -> Hears:
    """What an account wants to hear of outside of the console.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.
    """
    stored = await conn.value("SELECT hears FROM console_accounts WHERE admin_id = %(id)s", id=admin_id)
    return msgspec.json.decode(str(stored), type=Hears) if stored else Hears()


async def hear(conn: Connection, *, wants: Hears, by: By) -> None:
    """Keep what an account wants to hear of.

    Args:
        conn: A connection in a transaction, which the caller owns.
        wants: What.
        by: Whose account it is.
    """
    await conn.run(
        "INSERT INTO console_accounts (admin_id, hears) VALUES (%(id)s, %(hears)s)"
        " ON DUPLICATE KEY UPDATE hears = VALUES(hears)",
        id=by.admin_id,
        hears=msgspec.json.encode(wants).decode(),
    )
    await audit.record(conn, action="hears.changed", admin_id=by.admin_id, ip_address=by.ip_address)

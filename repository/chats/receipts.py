"""What is noted of a conversation outside of its turns: that somebody wrote elsewhere, what was delivered and read."""

from datetime import datetime

from repository.database.connection import Connection


async def heard_elsewhere(conn: Connection, *, psid: str, at: datetime, window_expires_at: datetime) -> None:
    """Note that a shopper wrote while another app has the thread: it is no turn, but the page may write to them again.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        at: When.
        window_expires_at: Until when.
    """
    await conn.run(
        "UPDATE conversations SET heard_at = GREATEST(COALESCE(heard_at, %(at)s), %(at)s), window_expires_at ="
        " GREATEST(COALESCE(window_expires_at, %(until)s), %(until)s) WHERE psid = %(psid)s",
        psid=psid,
        at=at,
        until=window_expires_at,
    )


async def note_receipts(
    conn: Connection, *, psid: str, delivered_until: datetime | None, read_until: datetime | None
) -> None:
    """Note up to when Messenger delivered to a shopper, and up to when they have seen it.

    Args:
        conn: An open connection.
        psid: Whose phone.
        delivered_until: Delivery watermark, None where this is about reading.
        read_until: Read watermark, None where this is about delivery.
    """
    await conn.run(
        "UPDATE conversations SET"
        " delivered_until = GREATEST(COALESCE(delivered_until, %(delivered)s), %(delivered)s),"
        " read_until = IF(%(read)s IS NULL, read_until, GREATEST(COALESCE(read_until, %(read)s), %(read)s))"
        " WHERE psid = %(psid)s",
        delivered=delivered_until or read_until,
        read=read_until,
        psid=psid,
    )

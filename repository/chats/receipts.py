"""What Messenger tells of messages that it has: up to when they were delivered, and seen."""

from datetime import datetime

from repository.database.connection import Connection


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

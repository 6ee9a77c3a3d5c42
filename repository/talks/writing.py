"""What people of the shop type to shoppers, through the outbox, so that nothing is lost, doubled or out of order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from repository.aftersales import quiet
from repository.chats import outbox
from repository.database.connection import Connection


async def write(
    conn: Connection,
    *,
    psid: str,
    texts: Sequence[str],
    typed_key: bytes,
    admin_id: int | None,
    messaging_type: Literal["RESPONSE", "MESSAGE_TAG"],
    at: datetime,
) -> list[int]:
    """Write to a shopper, which takes the chat over: the bot is quiet from now on.

    Args:
        conn: A connection in a transaction, which its caller owns.
        psid: The shopper's PSID.
        texts: What is said, a message each, in order.
        typed_key: 16 bytes of the form that it was typed into: what is sent twice is said once.
        admin_id: Who typed it.
        messaging_type: RESPONSE in Messenger's window, MESSAGE_TAG for HUMAN_AGENT behind it.
        at: The present.

    Returns:
        `outbox.id` of each message; none where this form was sent before.
    """
    await conn.run("SELECT psid FROM conversations WHERE psid = %(psid)s FOR UPDATE", psid=psid)
    if await conn.value("SELECT COUNT(*) FROM typed_messages WHERE typed_key = %(key)s", key=typed_key):
        return []
    ids = await outbox.put(conn, psid=psid, messages=[{"text": text} for text in texts], messaging_type=messaging_type)
    for number, outbox_id in enumerate(ids):
        key = typed_key if number == 0 else typed_key[:12] + number.to_bytes(4, "big")
        await conn.run(
            "INSERT INTO typed_messages (typed_key, outbox_id, admin_id) VALUES (%(key)s, %(outbox_id)s, %(admin_id)s)",
            key=key,
            outbox_id=outbox_id,
            admin_id=admin_id,
        )
    await quiet.person_spoke(conn, psid=psid, at=at)
    await conn.run(
        "UPDATE conversations SET waits_since = NULL, snoozed_until = NULL, typing_until = NULL, seen_at = %(at)s,"
        " quiet_reason = IF(quiet_reason = 'taken', 'person', quiet_reason),"
        " assigned_to = COALESCE(assigned_to, %(admin_id)s) WHERE psid = %(psid)s",
        psid=psid,
        at=at,
        admin_id=admin_id,
    )
    return ids


async def newest(conn: Connection, *, psid: str, but_by: int | None) -> int:
    """The greatest `outbox.id` that a colleague typed to a shopper; 0 for none.

    Args:
        conn: An open connection.
        psid: The shopper's PSID.
        but_by: Whose own do not count.
    """
    found = await conn.value(
        "SELECT COALESCE(MAX(t.outbox_id), 0) FROM outbox b FORCE INDEX (ix_outbox_shopper)"
        " JOIN typed_messages t ON t.outbox_id = b.id"
        " WHERE b.psid = %(psid)s AND NOT (t.admin_id <=> %(by)s)",
        psid=psid,
        by=but_by,
    )
    return int(str(found))

"""What merchants are still to be sent, by mail and into their Messenger chats, and mails to shoppers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from repository.database.connection import Connection, Statement

LEASE_SECONDS = 120
"""How long whoever claimed a mail has to send it, before somebody else does."""
ATTEMPTS_MOST = 5
PAUSE_SECONDS = 60
"""How long a mail that could not be sent waits, times the attempts so far."""


class ToMerchant(msgspec.Struct, frozen=True):
    """A notice to a merchant that is to be sent.

    Attributes:
        id: `merchant_notices.id`.
        kind: As in `merchant_notices.kind`.
        recipient: A mail address, or a PSID.
        words: What it says.
        attempts: How often it was tried, this time counted.
    """

    id: int
    kind: str
    recipient: str
    words: str
    attempts: int


class ToShopper(msgspec.Struct, frozen=True):
    """A mail to a shopper that is to be sent.

    Attributes:
        id: `notification_queue.id`.
        recipient: The mail address.
        subject: What stands above it; may be empty.
        message: What to say where nobody knows the words.
        template_name: The name of its words, or empty.
        template_data: Their facts as JSON.
        language: "en" or "fil".
        attempts: How often it was tried, this time counted.
        attempts_most: How often it is tried.
    """

    id: int
    recipient: str
    subject: str
    message: str
    template_name: str
    template_data: str
    language: str
    attempts: int
    attempts_most: int


class _Chat(msgspec.Struct, frozen=True):
    window_expires_at: datetime | None


async def claim_mails(conn: Connection, *, most: int) -> list[ToMerchant]:
    """Claim mails to merchants: they are due again when the lease ends, unless they are marked before.

    Args:
        conn: A connection in a transaction, which the caller owns.
        most: Mails at most.
    """
    rows = await conn.all(
        ToMerchant,
        "SELECT id, kind, recipient, words, attempts + 1 FROM merchant_notices FORCE INDEX (ix_merchant_notices_due)"
        " WHERE status = 'pending' AND channel = 'email' AND scheduled_at <= NOW()"
        " ORDER BY scheduled_at LIMIT %(most)s FOR UPDATE SKIP LOCKED",
        most=most,
    )
    if rows:
        await conn.run(
            "UPDATE merchant_notices SET attempts = attempts + 1, scheduled_at = NOW() + INTERVAL %(lease)s SECOND"
            " WHERE id IN %(ids)s",
            lease=LEASE_SECONDS,
            ids=[row.id for row in rows],
        )
    return rows


async def mailed(conn: Connection, *, notice_id: int) -> None:
    """Note that a mail to a merchant was taken by the mail server.

    Args:
        conn: An open connection.
        notice_id: `merchant_notices.id`.
    """
    await conn.run(
        "UPDATE merchant_notices SET status = 'sent', sent_at = NOW(), error_message = NULL WHERE id = %(id)s",
        id=notice_id,
    )


async def not_mailed(conn: Connection, *, notice: ToMerchant, reason: str, for_good: bool) -> None:
    """Note that a mail to a merchant was not taken; it is tried again later unless that is no use.

    Args:
        conn: An open connection.
        notice: Which.
        reason: Why.
        for_good: Whether it is no use to try again.
    """
    is_over = for_good or notice.attempts >= ATTEMPTS_MOST
    await conn.run(
        "UPDATE merchant_notices SET status = %(status)s, error_message = %(reason)s,"
        " scheduled_at = NOW() + INTERVAL %(pause)s SECOND WHERE id = %(id)s AND status = 'pending'",
        status="failed" if is_over else "pending",
        reason=reason[:500],
        pause=PAUSE_SECONDS * notice.attempts,
        id=notice.id,
    )


async def chats_due(conn: Connection, *, most: int) -> Sequence[str]:
    """PSIDs of the merchants' chats in which something is to be said.

    Args:
        conn: An open connection.
        most: Chats at most.
    """
    rows = await conn.run(
        "SELECT DISTINCT recipient FROM merchant_notices FORCE INDEX (ix_merchant_notices_due)"
        " WHERE status = 'pending' AND channel = 'messenger' AND scheduled_at <= NOW() LIMIT %(most)s",
        most=most,
    )
    return [str(row[0]) for row in rows.rows]


async def claim_chat(conn: Connection, *, psid: str) -> tuple[list[ToMerchant], datetime | None]:
    """Lock a merchant's chat and what is to be said in it, until the caller's transaction ends.

    Args:
        conn: A connection in a transaction.
        psid: Whose chat.

    Returns:
        What is to be said, the oldest first, and until when Messenger lets us write there freely.
    """
    chats = await conn.all(
        _Chat, "SELECT window_expires_at FROM conversations WHERE psid = %(psid)s FOR UPDATE", psid=psid
    )
    rows = await conn.all(
        ToMerchant,
        "SELECT id, kind, recipient, words, attempts + 1 FROM merchant_notices"
        " FORCE INDEX (ix_merchant_notices_recipient)"
        " WHERE recipient = %(psid)s AND channel = 'messenger' AND status = 'pending' ORDER BY id FOR UPDATE",
        psid=psid,
    )
    return rows, chats[0].window_expires_at if chats else None


async def said_in_chat(
    conn: Connection, *, psid: str, ids: Sequence[int], messages: Sequence[Mapping[str, object]]
) -> list[int]:
    """Put notices into the outbox of a merchant's chat and note them as sent, in one transaction.

    Args:
        conn: The connection that claimed them.
        psid: Whose chat.
        ids: `merchant_notices.id` of each.
        messages: `message` objects of the Send API.

    Returns:
        `outbox.id` of each message.
    """
    results = await conn.batch(
        *(
            Statement(
                "INSERT INTO outbox (psid, message, messaging_type) VALUES (%(psid)s, %(message)s, 'UPDATE')",
                {"psid": psid, "message": msgspec.json.encode(message).decode()},
            )
            for message in messages
        ),
        Statement(
            "UPDATE merchant_notices SET status = 'sent', sent_at = NOW(), attempts = attempts + 1 WHERE id IN %(ids)s",
            {"ids": ids},
        ),
    )
    return [result.last_id for result in results[:-1]]


async def not_said_in_chat(conn: Connection, *, ids: Sequence[int], reason: str) -> None:
    """Note that notices cannot be said in a merchant's chat.

    Args:
        conn: The connection that claimed them.
        ids: `merchant_notices.id` of each.
        reason: Why.
    """
    await conn.run(
        "UPDATE merchant_notices SET status = 'failed', attempts = attempts + 1, error_message = %(reason)s"
        " WHERE id IN %(ids)s",
        reason=reason,
        ids=ids,
    )


async def claim_shoppers_mails(conn: Connection, *, most: int) -> list[ToShopper]:
    """Claim mails to shoppers: they are due again when the lease ends, unless they are marked before.

    Args:
        conn: A connection in a transaction, which the caller owns.
        most: Mails at most.
    """
    locked = await conn.run(
        "SELECT id FROM notification_queue FORCE INDEX (ix_notification_queue_due) WHERE status = 'pending'"
        " AND channel = 'email' AND scheduled_at <= NOW() AND (leased_until IS NULL OR leased_until < NOW())"
        " ORDER BY scheduled_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED",
        most=most,
    )
    if not locked.rows:
        return []
    ids = [row[0] for row in locked.rows if isinstance(row[0], int)]
    await conn.run(
        "UPDATE notification_queue SET attempts = attempts + 1, leased_until = NOW() + INTERVAL %(lease)s SECOND"
        " WHERE id IN %(ids)s",
        lease=LEASE_SECONDS,
        ids=ids,
    )
    return await conn.all(
        ToShopper,
        """
        SELECT n.id, n.recipient, COALESCE(n.subject, ''), n.message, COALESCE(n.template_name, ''),
            COALESCE(n.template_data, '{}'), COALESCE(o.language, u.language, 'en'), n.attempts, n.max_attempts
        FROM notification_queue n JOIN users u ON u.id = n.user_id LEFT JOIN orders o ON o.id = n.order_id
        WHERE n.id IN %(ids)s ORDER BY n.id
        """,
        ids=ids,
    )


async def shopper_mailed(conn: Connection, *, notice_id: int, text: str) -> None:
    """Note that a mail to a shopper was taken by the mail server.

    Args:
        conn: An open connection.
        notice_id: `notification_queue.id`.
        text: What it said.
    """
    await conn.run(
        "UPDATE notification_queue SET status = 'sent', sent_at = NOW(), leased_until = NULL, message = %(text)s,"
        " error_message = NULL WHERE id = %(id)s",
        id=notice_id,
        text=text[:10_000],
    )


async def shopper_not_mailed(conn: Connection, *, notice: ToShopper, reason: str, for_good: bool) -> None:
    """Note that a mail to a shopper was not taken; it is tried again later unless that is no use.

    Args:
        conn: An open connection.
        notice: Which.
        reason: Why, for the merchant.
        for_good: Whether it is no use to try again.
    """
    is_over = for_good or notice.attempts >= notice.attempts_most
    await conn.run(
        "UPDATE notification_queue SET status = %(status)s, error_message = %(reason)s, leased_until = NULL,"
        " scheduled_at = NOW() + INTERVAL %(pause)s SECOND WHERE id = %(id)s AND status = 'pending'",
        status="failed" if is_over else "pending",
        reason=reason[:2000],
        pause=PAUSE_SECONDS * notice.attempts,
        id=notice.id,
    )

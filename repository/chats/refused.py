"""Messages that will not be sent, and what becomes of the notices that they say."""

from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection, Statement


class _Window(msgspec.Struct, frozen=True):
    expires_at: datetime | None


async def mark_failed(conn: Connection, *, message_id: int, code: str, reason: str) -> None:
    """Write that a message will never be sent, and why; the notice that it says is marked so too.

    Args:
        conn: An open connection.
        message_id: `outbox.id`.
        code: Facebook's code, with its subcode after a slash.
        reason: Facebook's words.
    """
    values: dict[str, Bound] = {"id": message_id, "code": code[:40], "reason": reason[:500]}
    await conn.batch(
        _failed(values),
        Statement(
            "UPDATE notification_queue n JOIN outbox o ON o.notice_id = n.id"
            " SET n.status = 'failed', n.error_message = CONCAT('Facebook did not take it: ', %(reason)s)"
            " WHERE o.id = %(id)s AND o.status = 'failed' AND n.status = 'sent'",
            values,
        ),
    )


async def mark_outside(conn: Connection, *, message_id: int, code: str, reason: str, days: int) -> None:
    """Write that a message came after Messenger's window, as Facebook says or we see before sending it.

    The notice that it says goes back into its queue, unless a part of it has arrived: an ordinary one at once, to go
    out as a template or to wait; a template that was refused waits for the shopper to write again.

    Args:
        conn: An open connection.
        message_id: `outbox.id`.
        code: Facebook's code, with its subcode after a slash.
        reason: Facebook's words, or ours.
        days: How long it waits at most.
    """
    values: dict[str, Bound] = {"id": message_id, "code": code[:40], "reason": reason[:500], "days": days}
    await conn.batch(
        Statement(
            "UPDATE conversations c JOIN outbox o ON o.psid = c.psid"
            " SET c.window_expires_at = LEAST(c.window_expires_at, NOW(3))"
            " WHERE o.id = %(id)s AND o.status = 'queued' AND o.messaging_type <> 'UTILITY'",
            values,
        ),
        _failed(values),
        Statement(
            "UPDATE notification_queue n JOIN outbox o ON o.notice_id = n.id"
            " SET n.status = IF(n.attempts < n.max_attempts, 'pending', 'failed'), n.sent_at = NULL,"
            " n.waits_for = 'window', n.error_message = CONCAT('Facebook did not take it: ', %(reason)s),"
            " n.scheduled_at = IF(o.messaging_type = 'UTILITY', NOW() + INTERVAL %(days)s DAY, NOW())"
            " WHERE o.id = %(id)s AND o.status = 'failed' AND n.status IN ('sent', 'failed')"
            " AND NOT EXISTS (SELECT 1 FROM outbox other FORCE INDEX (ix_outbox_notice)"
            " WHERE other.notice_id = n.id AND other.status <> 'failed')",
            values,
            feeds_queue=True,
        ),
        Statement(
            "UPDATE notification_queue n JOIN outbox o ON o.notice_id = n.id"
            " SET n.status = 'failed', n.error_message = 'Only a part of it arrived: the window closed.'"
            " WHERE o.id = %(id)s AND o.status = 'failed' AND n.status = 'sent'",
            values,
        ),
    )


def _failed(values: dict[str, Bound]) -> Statement:
    return Statement(
        "UPDATE outbox SET status = 'failed', attempts = attempts + 1, error_code = %(code)s,"
        " error_message = %(reason)s WHERE id = %(id)s AND status = 'queued'",
        values,
    )


async def window_of(conn: Connection, *, psid: str) -> datetime | None:
    """Until when Messenger lets us write freely to a shopper; None where they never wrote.

    Args:
        conn: An open connection.
        psid: The shopper.
    """
    known = await conn.one(_Window, "SELECT window_expires_at FROM conversations WHERE psid = %(psid)s", psid=psid)
    return known.expires_at if known else None

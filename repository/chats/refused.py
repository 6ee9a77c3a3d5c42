"""Messages that will not be sent, and what becomes of the notices that they say."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection, Statement


class Reach(msgspec.Struct, frozen=True):
    """Whether the shop may speak to a shopper first.

    Attributes:
        expires_at: Until when Messenger lets us write freely; None where they never wrote.
        is_gone: Facebook said of our last message that it cannot reach them: that holds until they write.
    """

    expires_at: datetime | None
    is_gone: bool


PAGE_GONE = "page gone"
"""`outbox.error_code` of what would go to a page that the shop no longer answers on."""
UNREACHABLE: Sequence[str] = ("551/0", "551/1545041", "200/1545041", "10/2018108", "100/2018001", "2/2018344")
"""What Facebook says of people whom nothing reaches until they write again (contract/messenger.md, section 6)."""


async def mark_failed(conn: Connection, *, message_id: int, code: str, reason: str) -> None:
    """Write that a message will never be sent, and why; the notice that it says is marked so too.

    Args:
        conn: An open connection.
        message_id: `outbox.id`.
        code: Facebook's code, with its subcode after a slash.
        reason: Facebook's words.
    """
    told = f"{'' if code == PAGE_GONE else 'Facebook did not take it: '}{reason}"
    values: dict[str, Bound] = {"id": message_id, "code": code[:40], "reason": reason[:500], "told": told[:500]}
    await conn.batch(
        _failed(values),
        Statement(
            "UPDATE notification_queue n JOIN outbox o ON o.notice_id = n.id"
            " SET n.status = 'failed', n.error_message = %(told)s"
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
            feeds_queue="notices",
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


async def reach_of(conn: Connection, *, psid: str) -> Reach:
    """Whether the shop may speak to a shopper first.

    Args:
        conn: An open connection.
        psid: The shopper.
    """
    known = await conn.one(
        Reach,
        "SELECT c.window_expires_at, COALESCE((SELECT o.status = 'failed' AND o.error_code IN %(gone)s"
        " FROM outbox o FORCE INDEX (ix_outbox_shopper) WHERE o.psid = c.psid AND o.status <> 'queued'"
        " ORDER BY o.id DESC LIMIT 1), FALSE) FROM conversations c WHERE c.psid = %(psid)s",
        psid=psid,
        gone=UNREACHABLE,
    )
    return known or Reach(None, False)

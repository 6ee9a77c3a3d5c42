"""All that happened to an order, in the order in which it did; none of it can be edited."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection, Statement

EVENTS_MOST = 200
"""Events of a kind at most: the newest."""


class Event(msgspec.Struct, frozen=True):
    """Something that happened.

    Attributes:
        at: When.
        kind: "move", "edit", "money", "proof", "review", "note", "return", "decision", "notice", "flag" or "unflag".
        actor: Who, as colleagues call them; empty where nobody is named.
        actor_type: "admin", "customer", "system" or "automation".
        what: Of a move where it went, of an edit what was changed, of money "payment" or "refund", of a notice the name
            of its words, of the others their kind or state.
        words: What was written with it: a reason, a note, what the shopper was told.
        before: How it was before an edit, as JSON; of a move where it came from.
        after: How it is after an edit, as JSON; of money how much, and by which way.
        state: Of a notice: "queued", "sent", "delivered", "read" or "failed".
        why: Of a notice that failed: why, as the machine says it.
    """

    at: datetime
    kind: str
    actor: str
    actor_type: str
    what: str
    words: str = ""
    before: str = ""
    after: str = ""
    state: str = ""
    why: str = ""


_BY = "COALESCE(NULLIF(a.full_name, ''), a.username, '')"
_SELECTS: Mapping[str, str] = {
    "moves": """
        SELECT h.created_at, 'move', COALESCE(h.changed_by, ''), h.changed_by_type, h.to_status,
            COALESCE(h.reason, ''), COALESCE(h.from_status, '')
        FROM order_state_history h WHERE h.order_id = %(order_id)s ORDER BY h.id DESC LIMIT %(most)s
    """,
    "edits": """
        SELECT e.created_at, 'edit', e.actor, e.actor_type, e.what, '', COALESCE(e.before_it, ''),
            COALESCE(e.after_it, '')
        FROM order_edits e WHERE e.order_id = %(order_id)s ORDER BY e.id DESC LIMIT %(most)s
    """,
    "money": f"""
        SELECT p.created_at, 'money', {_BY}, IF(p.recorded_by IS NULL, 'system', 'admin'), p.kind,
            CONCAT_WS(' · ', NULLIF(p.reference, ''), p.note), p.method, CAST(p.amount AS CHAR)
        FROM order_payments p LEFT JOIN admin_users a ON a.id = p.recorded_by
        WHERE p.order_id = %(order_id)s ORDER BY p.id DESC LIMIT %(most)s
    """,
    "proofs": """
        SELECT CAST(p.created_at AS DATETIME), 'proof', '', 'customer', p.kind, COALESCE(p.words, ''),
            COALESCE(p.reference, ''), COALESCE(CAST(p.amount AS CHAR), '')
        FROM order_proofs p WHERE p.order_id = %(order_id)s ORDER BY p.id DESC LIMIT %(most)s
    """,
    "reviews": f"""
        SELECT CAST(p.reviewed_at AS DATETIME), 'review', {_BY}, 'admin', p.status, COALESCE(p.note, ''), p.kind,
            COALESCE((SELECT r.title FROM review_reasons r WHERE r.name = p.reason), p.reason, '')
        FROM order_proofs p LEFT JOIN admin_users a ON a.id = p.reviewed_by
        WHERE p.order_id = %(order_id)s AND p.reviewed_at IS NOT NULL ORDER BY p.id DESC LIMIT %(most)s
    """,
    "notes": f"""
        SELECT n.created_at, 'note', {_BY}, 'admin', '', n.note
        FROM order_notes n LEFT JOIN admin_users a ON a.id = n.written_by
        WHERE n.order_id = %(order_id)s ORDER BY n.id DESC LIMIT %(most)s
    """,
    "returns": """
        SELECT r.created_at, 'return', '', IF(r.requested_by = 'shopper', 'customer', 'admin'), r.requested_by,
            COALESCE(r.reason, '')
        FROM order_returns r WHERE r.order_id = %(order_id)s ORDER BY r.id DESC LIMIT %(most)s
    """,
    "decisions": f"""
        SELECT r.decided_at, 'decision', {_BY}, 'admin', r.status, ''
        FROM order_returns r LEFT JOIN admin_users a ON a.id = r.decided_by
        WHERE r.order_id = %(order_id)s AND r.decided_at IS NOT NULL ORDER BY r.id DESC LIMIT %(most)s
    """,
    "notices": """
        SELECT COALESCE(n.sent_at, n.created_at), 'notice', '', 'system', COALESCE(n.template_name, ''), n.message, '',
            '', CASE
                WHEN n.status = 'pending' THEN 'queued'
                WHEN n.status IN ('failed', 'bounced') OR sent.failed > 0 THEN 'failed'
                WHEN sent.waiting > 0 THEN 'queued'
                WHEN sent.last_at <= c.read_until THEN 'read'
                WHEN sent.last_at <= c.delivered_until THEN 'delivered'
                ELSE 'sent' END,
            COALESCE(sent.why, n.error_message, n.waits_for, '')
        FROM notification_queue n
        LEFT JOIN conversations c ON c.psid = n.recipient
        LEFT JOIN (
            SELECT b.notice_id, SUM(b.status = 'failed') AS failed, SUM(b.status = 'queued') AS waiting,
                MAX(b.sent_at) AS last_at,
                MAX(IF(b.status = 'failed', CONCAT_WS(' ', b.error_code, b.error_message), NULL)) AS why
            FROM notification_queue q JOIN outbox b ON b.notice_id = q.id
            WHERE q.order_id = %(order_id)s GROUP BY b.notice_id
        ) sent ON sent.notice_id = n.id
        WHERE n.order_id = %(order_id)s ORDER BY n.id DESC LIMIT %(most)s
    """,
    "flags": """
        SELECT f.raised_at, 'flag', '', 'system', f.kind, COALESCE(f.note, '')
        FROM order_flags f WHERE f.order_id = %(order_id)s ORDER BY f.id DESC LIMIT %(most)s
    """,
    "unflags": """
        SELECT f.resolved_at, 'unflag', COALESCE(f.resolved_by, ''), 'admin', f.kind, ''
        FROM order_flags f WHERE f.order_id = %(order_id)s AND f.resolved_at IS NOT NULL
        ORDER BY f.id DESC LIMIT %(most)s
    """,
}


async def happened(conn: Connection, *, order_id: int) -> tuple[Event, ...]:
    """All that happened to an order, the newest first.

    Args:
        conn: An open connection.
        order_id: `orders.id`.
    """
    values: dict[str, Bound] = {"order_id": order_id, "most": EVENTS_MOST}
    results = await conn.named({name: Statement(sql, values) for name, sql in _SELECTS.items()})
    # What happened in one second stands as it follows: the move behind what it led to, told last.
    events = [conn.read(Event, row) for result in results.values() for row in reversed(result.rows)]
    return tuple(sorted(events, key=lambda event: event.at)[::-1])

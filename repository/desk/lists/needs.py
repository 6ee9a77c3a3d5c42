"""Which orders need a person, and why: the first list of the order desk."""

from repository.database.connection import Bound, Connection, Statement
from repository.orders.flags import resolve_flag
from repository.rules import Rules

PREPAID = "'gcash', 'paymaya', 'bank_transfer', 'credit_card'"

_TOLD = (
    "NOT EXISTS (SELECT 1 FROM order_flags told WHERE told.order_id = n.order_id AND told.kind = 'unheard'"
    " AND told.resolved_at >= n.created_at)"
)
NEEDED = f"""
    SELECT f.order_id AS id, f.raised_at AS at, f.open_kind AS why
    FROM order_flags f FORCE INDEX (ix_order_flags_open) WHERE f.open_kind > ''
    UNION ALL
    SELECT p.order_id, CAST(p.created_at AS DATETIME), IF(p.kind = 'payment', 'proof', 'identity')
    FROM order_proofs p FORCE INDEX (ix_order_proofs_status) WHERE p.status = 'waiting'
    UNION ALL
    SELECT v.order_id, v.submitted_at, IF(v.verification_type = 'id_verification', 'identity', 'proof')
    FROM order_verifications v FORCE INDEX (ix_order_verifications_status)
    JOIN orders o ON o.id = v.order_id AND o.order_status = 'pending'
    WHERE v.verification_status = 'under_review'
    UNION ALL
    SELECT o.id, COALESCE(o.confirmed_at, o.created_at),
        IF(o.payment_method IN ({PREPAID}) AND o.payment_status <> 'paid', 'unpaid', 'pack')
    FROM orders o FORCE INDEX (ix_orders_status) WHERE o.order_status = 'confirmed'
    UNION ALL
    SELECT o.id, o.created_at, 'late' FROM orders o FORCE INDEX (ix_orders_status)
    WHERE o.order_status IN ('confirmed', 'processing') AND o.created_at < NOW() - INTERVAL %(late_days)s DAY
    UNION ALL
    SELECT o.id, COALESCE(o.shipped_at, o.created_at), 'lost' FROM orders o FORCE INDEX (ix_orders_status)
    WHERE o.order_status = 'shipped' AND o.created_at < NOW() - INTERVAL %(lost_days)s DAY
      AND COALESCE(o.shipped_at, o.created_at) < NOW() - INTERVAL %(lost_days)s DAY
    UNION ALL
    SELECT n.order_id, n.created_at, 'unheard' FROM notification_queue n FORCE INDEX (ix_notification_queue_due)
    WHERE n.status = 'failed' AND n.scheduled_at > NOW() - INTERVAL %(unheard_days)s DAY AND n.order_id IS NOT NULL
      AND {_TOLD}
    UNION ALL
    SELECT n.order_id, n.created_at, 'unheard' FROM notification_queue n FORCE INDEX (ix_notification_queue_due)
    WHERE n.status = 'pending' AND n.waits_for IS NOT NULL AND n.order_id IS NOT NULL AND {_TOLD}
    UNION ALL
    SELECT n.order_id, n.created_at, 'unheard' FROM outbox b FORCE INDEX (ix_outbox_due)
    JOIN notification_queue n ON n.id = b.notice_id
    WHERE b.status = 'failed' AND b.created_at > NOW() - INTERVAL %(unheard_days)s DAY AND n.order_id IS NOT NULL
      AND {_TOLD}
"""
"""SELECT of (id, at, why): a row for each reason for which an order needs a person, since when; `limits` fits.

A reason is the kind of an open flag, or "proof", "identity", "pack", "unpaid" (confirmed although its money is not in,
as 0.1.0 did it), "late", "lost" (shipped and not heard of) or "unheard" (a notice did not reach the shopper)."""

REASONS = "CONCAT('[', GROUP_CONCAT(DISTINCT JSON_QUOTE(n.why) ORDER BY n.why), ']')"
"""The reasons of one order of `NEEDED n` as a JSON array."""


def reasons_statement(rules: Rules) -> Statement:
    """What reads how many orders need a person for each reason, and since when, to be sent with something else.

    Args:
        rules: In force.
    """
    return Statement(f"SELECT n.why, COUNT(DISTINCT n.id), MIN(n.at) FROM ({NEEDED}) n GROUP BY n.why", limits(rules))


def limits(rules: Rules) -> dict[str, Bound]:
    """What `NEEDED` is to be run with.

    Args:
        rules: In force.
    """
    return {name: getattr(rules, name) for name in ("late_days", "lost_days", "unheard_days")}


async def settle(conn: Connection, *, order_id: int, kind: str, by: str) -> None:
    """Say that what an order needed a person for is done.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        kind: The kind of an open flag, or "unheard": the shopper was told in another way.
        by: Who says so, as colleagues call them.
    """
    await conn.run("SELECT id FROM orders WHERE id = %(order_id)s FOR UPDATE", order_id=order_id)
    if kind != "unheard":
        await resolve_flag(conn, order_id=order_id, kind=kind, by=by)
        return
    await conn.run(
        "INSERT INTO order_flags (order_id, kind, note, resolved_at, resolved_by)"
        " VALUES (%(order_id)s, 'unheard', 'The shopper was told in another way', NOW(), %(by)s)",
        order_id=order_id,
        by=by[:100],
    )

"""One proof with everything that a reviewer compares it with."""

from decimal import Decimal

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import NotFound
from repository.payments.awaiting import COLUMNS, Standing, waits_for
from repository.rules import Rules
from repository.verification.case import Account, Case, CaseOrder, CaseShopper, Other, Picture, Proof, Twin

_EARLIER_MOST = 12
_WHO = "COALESCE(NULLIF(a.full_name, ''), a.username, '')"
_PROOF = f"""
    SELECT p.id, p.kind, COALESCE(p.method, ''), COALESCE(p.reference, ''), p.amount, p.file_id, p.selfie_file_id,
           COALESCE(p.id_type, ''), COALESCE(p.words, ''), p.status, COALESCE(p.warnings, '[]'),
           COALESCE(p.reason, ''), COALESCE(p.note, ''), p.created_at, {_WHO}, p.reviewed_at, p.effective_at,
           p.settled_at
    FROM order_proofs p LEFT JOIN admin_users a ON a.id = p.reviewed_by WHERE p.id = %(proof_id)s
"""
_ORDER = """
    SELECT o.id, o.order_number, o.order_status, o.payment_method, o.payment_status, o.verification_status,
           o.total_amount, o.upfront_paid, o.down_payment, o.created_at, o.verification_expires_at,
           COALESCE(o.language, 'en'), COALESCE(o.ship_recipient_name, ''), COALESCE(o.risk_reasons, '[]'),
           COALESCE((SELECT CAST(SUM(i.quantity) AS SIGNED) FROM order_items i WHERE i.order_id = o.id), 0)
    FROM order_proofs p JOIN orders o ON o.id = p.order_id WHERE p.id = %(proof_id)s
"""
_STANDING = f"SELECT {COLUMNS} FROM order_proofs p JOIN orders o ON o.id = p.order_id WHERE p.id = %(proof_id)s"
_SHOPPER = """
    SELECT u.id, COALESCE(u.facebook_name, ''), COALESCE(u.phone, o.ship_phone, ''), u.total_orders,
           (SELECT COUNT(*) FROM orders x WHERE x.user_id = u.id AND x.order_status = 'cancelled'),
           (SELECT COUNT(*) FROM orders x WHERE x.user_id = u.id AND x.order_status = 'returned'),
           COALESCE((SELECT t.trust_level FROM trusted_buyers t WHERE t.user_id = u.id), '')
    FROM order_proofs p JOIN orders o ON o.id = p.order_id JOIN users u ON u.id = o.user_id WHERE p.id = %(proof_id)s
"""
_PICTURES = """
    SELECT f.id, f.width, f.height, f.created_at, f.delete_after, f.deleted_at
    FROM order_proofs p JOIN stored_files f ON f.id IN (p.file_id, p.selfie_file_id)
    WHERE p.id = %(proof_id)s ORDER BY f.id = p.selfie_file_id, f.id
"""
_OTHER = f"""
    SELECT x.id, o.id, o.order_number, x.kind, x.status, COALESCE(x.reference, ''), x.amount, COALESCE(r.title, ''),
           x.created_at, {_WHO}
    FROM order_proofs p JOIN orders mine ON mine.id = p.order_id JOIN orders o ON o.user_id = mine.user_id
    JOIN order_proofs x ON x.order_id = o.id
    LEFT JOIN review_reasons r ON r.name = x.reason LEFT JOIN admin_users a ON a.id = x.reviewed_by
    WHERE p.id = %(proof_id)s AND x.id <> p.id
"""
_TWINS = f"""
    SELECT same, order_id, order_number, amount, status, created_at FROM (
        SELECT 'reference' AS same, x.order_id, o.order_number, x.amount, x.status, x.created_at
        FROM order_proofs p JOIN order_proofs x ON x.reference = p.reference JOIN orders o ON o.id = x.order_id
        WHERE p.id = %(proof_id)s AND x.id <> p.id AND p.reference > '' AND x.status <> 'withdrawn'
          AND (x.order_id <> p.order_id OR x.status = 'accepted')
        UNION ALL
        SELECT 'file', x.order_id, o.order_number, x.amount, x.status, x.created_at
        FROM order_proofs p JOIN order_proofs x ON x.file_id = p.file_id JOIN orders o ON o.id = x.order_id
        WHERE p.id = %(proof_id)s AND x.id <> p.id AND p.kind = 'payment' AND x.status <> 'withdrawn'
          AND (x.order_id <> p.order_id OR x.status = 'accepted')
        UNION ALL
        SELECT 'booked', m.order_id, o.order_number, m.amount, 'accepted', m.created_at
        FROM order_proofs p JOIN order_payments m ON m.reference = p.reference JOIN orders o ON o.id = m.order_id
        WHERE p.id = %(proof_id)s AND p.reference > '' AND m.proof_id IS NULL AND m.kind = 'payment'
    ) twins ORDER BY created_at LIMIT {_EARLIER_MOST}
"""
_ACCOUNTS = """
    SELECT c.bank, c.account_name, RIGHT(REGEXP_REPLACE(c.account_number, '[^0-9]', ''), 4)
    FROM order_proofs p JOIN payment_accounts c ON c.method = p.method
    WHERE p.id = %(proof_id)s AND c.is_active ORDER BY c.display_order, c.id LIMIT 10
"""


async def opened(conn: Connection, *, proof_id: int, rules: Rules) -> Case:
    """A proof with everything that a reviewer compares it with, in one round trip.

    Args:
        conn: An open connection.
        proof_id: `order_proofs.id`.
        rules: The shop's rules.

    Raises:
        NotFound: There is none.
    """
    values: dict[str, Bound] = {"proof_id": proof_id}
    siblings = _OTHER + "AND o.id = p.order_id ORDER BY x.id LIMIT 50"
    earlier = _OTHER + f"AND o.id <> p.order_id ORDER BY x.id DESC LIMIT {_EARLIER_MOST}"
    kinds = (_PROOF, _ORDER, _STANDING, _SHOPPER, _PICTURES, siblings, earlier, _TWINS, _ACCOUNTS)
    proof, order, standing, shopper, *rest = await conn.batch(*(Statement(sql, values) for sql in kinds))
    if not proof.rows:
        raise NotFound(str(proof_id))
    waits = waits_for(conn.read(Standing, standing.rows[0]), rules)
    pictures, beside, before, twins, accounts = (result.rows for result in rest)
    return Case(
        proof=conn.read(Proof, proof.rows[0]),
        order=conn.read(CaseOrder, order.rows[0]),
        due=waits.payment if waits else Decimal(0),
        shopper=conn.read(CaseShopper, shopper.rows[0]),
        pictures=tuple(conn.read(Picture, row) for row in pictures),
        siblings=tuple(conn.read(Other, row) for row in beside),
        earlier=tuple(conn.read(Other, row) for row in before),
        twins=tuple(conn.read(Twin, row) for row in twins),
        accounts=tuple(conn.read(Account, row) for row in accounts),
    )

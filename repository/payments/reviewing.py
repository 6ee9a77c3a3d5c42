"""A person's review of a proof: taken back within ten seconds, in force after them."""

from datetime import datetime
from decimal import Decimal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import NotFound, ShopError, Stale
from repository.staff.by import By
from repository.work.queueing import queue_statement

UNDO_SECONDS = 11
"""From the full second in which a review is made: ten at least (SCREENS, "Verification review")."""


class OrderOver(ShopError):
    """The order of a proof is over, so that accepting it would change nothing.

    Attributes:
        status: Where it is, as `orders.order_status` says it.
    """

    def __init__(self, *, status: str) -> None:
        super().__init__(status)
        self.status = status


class TooLate(ShopError):
    """The review is in force, and the shopper knows."""


class Reviewed(msgspec.Struct, frozen=True):
    """A review that can still be taken back.

    Attributes:
        proof_id: `order_proofs.id`.
        order_id: `orders.id`.
        number: What people call the order.
        effective_at: Until when.
    """

    proof_id: int
    order_id: int
    number: str
    effective_at: datetime


class _Proof(msgspec.Struct, frozen=True):
    id: int
    order_id: int
    number: str
    order_status: str
    kind: str
    status: str
    reviewed_by: str
    seconds: int
    is_settled: bool


async def review(
    conn: Connection,
    *,
    proof_id: int,
    accepted: bool,
    by: By,
    reason: str = "",
    note: str = "",
    amount: Decimal | None = None,
) -> Reviewed:
    """Accept or reject a proof; it takes effect, and the shopper is told, when ten seconds have passed.

    Args:
        conn: A connection inside a transaction, which the caller owns.
        proof_id: `order_proofs.id`.
        accepted: Whether it proves what it should.
        by: Whose decision it is.
        reason: `review_reasons.name`, where it is rejected.
        note: What else the shopper is told.
        amount: How much the money was that came, where the reviewer saw another amount than the shopper told.

    Raises:
        NotFound: There is no such proof.
        Stale: Somebody has reviewed it; says who and when. Or the shopper has taken it back.
        OrderOver: It would be accepted, but its order was cancelled or is over; says where it is. Nothing was changed.
    """
    proof = await _locked(conn, proof_id)
    if proof.status != "waiting":
        raise Stale(proof.reviewed_by, seconds=proof.seconds)
    if accepted and proof.order_status in ("cancelled", "returned"):
        raise OrderOver(status=proof.order_status)
    values: dict[str, Bound] = {
        "id": proof_id,
        "status": "accepted" if accepted else "rejected",
        "reason": None if accepted else reason[:100] or None,
        "note": note[:1000] or None,
        "amount": amount,
        "by": by.admin_id,
        "seconds": UNDO_SECONDS,
    }
    *_, read = await conn.batch(
        Statement(
            "UPDATE order_proofs SET status = %(status)s, reason = %(reason)s, note = %(note)s,"
            " amount = COALESCE(%(amount)s, amount), reviewed_by = %(by)s, reviewed_at = NOW(3),"
            " effective_at = NOW() + INTERVAL %(seconds)s SECOND WHERE id = %(id)s",
            values,
        ),
        queue_statement(proof.order_id, "verification", step="settle", seconds=UNDO_SECONDS, priority=2),
        Statement("SELECT effective_at FROM order_proofs WHERE id = %(id)s", values),
    )
    effective = conn.read(_Effective, read.rows[0])
    return Reviewed(proof_id, proof.order_id, proof.number, effective.at)


async def undo_review(conn: Connection, *, proof_id: int) -> None:
    """Take a review back, so that the proof waits again.

    Args:
        conn: A connection inside a transaction, which the caller owns.
        proof_id: `order_proofs.id`.

    Raises:
        NotFound: There is no such proof.
        TooLate: Its ten seconds are over.
    """
    proof = await _locked(conn, proof_id)
    if proof.status == "waiting":
        return
    # What is queued for the review finds nothing to settle when it is due.
    undone = await conn.run(
        "UPDATE order_proofs SET status = 'waiting', reason = NULL, note = NULL, reviewed_by = NULL,"
        " reviewed_at = NULL, effective_at = NULL WHERE id = %(id)s AND settled_at IS NULL AND effective_at > NOW(3)",
        id=proof_id,
    )
    if not undone.rowcount:
        raise TooLate(f"proof {proof_id}")


class _Effective(msgspec.Struct, frozen=True):
    at: datetime


async def _locked(conn: Connection, proof_id: int) -> _Proof:
    """A proof and its order, both locked, the order first as everybody does."""
    order_id = await conn.value("SELECT order_id FROM order_proofs WHERE id = %(id)s", id=proof_id)
    if order_id is None:
        raise NotFound(f"proof {proof_id}")
    values: dict[str, Bound] = {"id": proof_id, "order_id": int(str(order_id))}
    _, _, read = await conn.batch(
        Statement("SELECT id FROM orders WHERE id = %(order_id)s FOR UPDATE", values),
        Statement("SELECT id FROM order_proofs WHERE id = %(id)s FOR UPDATE", values),
        Statement(
            """
            SELECT p.id, p.order_id, o.order_number, o.order_status, p.kind, p.status,
                COALESCE(a.full_name, a.username, ''),
                COALESCE(TIMESTAMPDIFF(SECOND, p.reviewed_at, NOW(3)), 0), p.settled_at IS NOT NULL
            FROM order_proofs p JOIN orders o ON o.id = p.order_id LEFT JOIN admin_users a ON a.id = p.reviewed_by
            WHERE p.id = %(id)s
            """,
            values,
        ),
    )
    return conn.read(_Proof, read.rows[0])

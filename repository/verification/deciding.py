"""What a reviewer decides of a proof: accepted, refused, or taken back while there is time."""

from datetime import datetime
from decimal import Decimal

import msgspec

from repository.database.connection import Connection
from repository.database.errors import NotFound, ShopError
from repository.database.scalars import number
from repository.payments import proofs
from repository.payments.proofs import Reviewed
from repository.staff import audit
from repository.staff.by import By
from repository.verification import reasons


class AlreadyDecided(ShopError):
    """Somebody else was faster.

    Attributes:
        by: Who, as colleagues call them.
        status: What they decided: "accepted", "rejected", or "withdrawn" where the shopper took it back.
        at: When; None where nobody decided.
        admin_id: `admin_users.id` of who decided; None where nobody did.
        is_fresh: Whether it can still be taken back.
    """

    def __init__(self, by: str, status: str, at: datetime | None, admin_id: int | None, *, is_fresh: bool) -> None:
        super().__init__(status)
        self.by = by or "Somebody"
        self.status = status
        self.at = at
        self.admin_id = admin_id
        self.is_fresh = is_fresh


class _Locked(msgspec.Struct, frozen=True):
    order_id: int
    kind: str
    status: str
    reviewed_by: str
    reviewed_at: datetime | None
    admin_id: int | None
    is_fresh: bool


async def accept(
    conn: Connection, *, proof_id: int, amount: Decimal | None = None, reference: str = "", by: By
) -> Reviewed:
    """Accept a proof; the money is booked when the seconds in which that can be undone are over.

    Args:
        conn: An open connection. The caller owns the transaction.
        proof_id: `order_proofs.id`.
        amount: What the reviewer has seen arrive; None for identity papers.
        reference: The reference as the reviewer has seen it, without spaces.
        by: Who decides.

    Returns:
        Until when it can be taken back.

    Raises:
        NotFound: There is no such proof.
        AlreadyDecided: Somebody else was faster.
        OrderOver: The order was cancelled or came back meanwhile; nothing was changed.
    """
    locked = await _waiting(conn, proof_id)
    if locked.kind == "payment":
        await conn.run(
            "UPDATE order_proofs SET reference = NULLIF(%(reference)s, '') WHERE id = %(proof_id)s",
            reference=reference,
            proof_id=proof_id,
        )
    reviewed = await proofs.review(conn, proof_id=proof_id, accepted=True, amount=amount, by=by)
    await _record(conn, "proof.accepted", locked.order_id, proof_id, by)
    return reviewed


async def refuse(conn: Connection, *, proof_id: int, reason: str, note: str, by: By) -> Reviewed:
    """Refuse a proof; its shopper is told when the seconds in which that can be undone are over.

    Args:
        conn: An open connection. The caller owns the transaction.
        proof_id: `order_proofs.id`.
        reason: `review_reasons.name`, one that is offered for its kind.
        note: What else the shopper is told, or empty.
        by: Who decides.

    Returns:
        Until when it can be taken back.

    Raises:
        NotFound: There is no such proof, or no such reason for it.
        AlreadyDecided: Somebody else was faster.
    """
    locked = await _waiting(conn, proof_id)
    if reason not in {one.name for one in await reasons.offered(conn, kind=locked.kind)}:
        raise NotFound(reason)
    reviewed = await proofs.review(conn, proof_id=proof_id, accepted=False, reason=reason, note=note, by=by)
    await _record(conn, "proof.rejected", locked.order_id, proof_id, by, reason=reason)
    return reviewed


async def _waiting(conn: Connection, proof_id: int) -> _Locked:
    """The proof, locked with its order; the order first, as everybody locks them."""
    order_id = await conn.value("SELECT order_id FROM order_proofs WHERE id = %(proof_id)s", proof_id=proof_id)
    await conn.run("SELECT id FROM orders WHERE id = %(order_id)s FOR UPDATE", order_id=order_id)
    locked = await conn.one(
        _Locked,
        """
        SELECT o.id, p.kind, p.status, COALESCE(NULLIF(a.full_name, ''), a.username, ''), p.reviewed_at,
               p.reviewed_by, COALESCE(p.effective_at > NOW(3), FALSE)
        FROM order_proofs p JOIN orders o ON o.id = p.order_id LEFT JOIN admin_users a ON a.id = p.reviewed_by
        WHERE p.id = %(proof_id)s FOR UPDATE
        """,
        proof_id=proof_id,
    )
    if locked is None:
        raise NotFound(str(proof_id))
    if locked.status != "waiting":
        raise AlreadyDecided(
            locked.reviewed_by, locked.status, locked.reviewed_at, locked.admin_id, is_fresh=locked.is_fresh
        )
    return locked


async def take_back(conn: Connection, *, proof_id: int, by: By) -> None:
    """Undo a decision: the proof waits again.

    Args:
        conn: An open connection. The caller owns the transaction.
        proof_id: `order_proofs.id`.
        by: Who takes it back.

    Raises:
        NotFound: There is no such proof.
        TooLate: The decision has taken effect.
    """
    order_id = await conn.value("SELECT order_id FROM order_proofs WHERE id = %(proof_id)s", proof_id=proof_id)
    await proofs.undo_review(conn, proof_id=proof_id)
    await _record(conn, "proof.taken_back", number(order_id), proof_id, by)


async def _record(conn: Connection, action: str, order_id: int, proof_id: int, by: By, **details: object) -> None:
    await audit.record(
        conn,
        action=action,
        admin_id=by.admin_id,
        subject=f"proof {proof_id}",
        details={"order_id": order_id, **details},
        ip_address=by.ip_address,
    )

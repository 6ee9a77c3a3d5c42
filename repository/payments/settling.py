"""Reviews that can no longer be undone take effect: money is booked, an order verified, or its shopper told why not."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

import msgspec

from repository.chats.notices import notice_statement
from repository.database.connection import Bound, Connection, Statement
from repository.files.files import hold
from repository.orders.history import Actor
from repository.payments.awaiting import COLUMNS, Standing, asked_ahead, waits_for
from repository.payments.ledger import Money, record
from repository.payments.warnings import files_of
from repository.rules import Rules

REST_LEAST = timedelta(minutes=15)
"""How long a shopper has at least to try again: what reviewers took is not taken from the shopper's time."""

Outcome = Literal["paid", "part_paid", "verified", "rejected", "over"]


class Settled(msgspec.Struct, frozen=True):
    """A review that has taken effect.

    Attributes:
        proof_id: `order_proofs.id`.
        outcome: "paid" where the money that the order waits for is there, "part_paid" where more is to come,
            "verified" by an ID, "rejected" where it may be tried again, "over" where the order needs it no more.
    """

    proof_id: int
    outcome: Outcome


class _Proof(msgspec.Struct, frozen=True):
    id: int
    kind: str
    is_accepted: bool
    method: str
    reference: str
    amount: Decimal | None
    file: int | None
    selfie: int | None
    reason_en: str
    reason_fil: str
    note: str
    reviewer_id: int | None
    reviewer: str
    now: datetime


class _Held(msgspec.Struct, frozen=True):
    """What holds the order while it is reviewed; nothing where it is no longer pending."""

    id: int
    amount: Decimal | None
    submitted_at: datetime
    others: int


async def settle(conn: Connection, *, order_id: int, rules: Rules) -> tuple[Settled, ...]:
    """Let every review of an order's proofs that can no longer be undone take effect, once.

    The worker calls it for a queued "verification" whose step is "settle", and carries the order on where it is paid or
    verified. Reviews whose ten seconds are not over, or were taken back, are left alone.

    Args:
        conn: A connection inside a transaction, which the caller owns.
        order_id: `orders.id`.
        rules: The shop's rules.

    Returns:
        What came of each, in the order in which they were sent.
    """
    order = await conn.one(
        Standing, f"SELECT {COLUMNS} FROM orders o WHERE o.id = %(order_id)s FOR UPDATE", order_id=order_id
    )
    if order is None:
        return ()
    proofs = await conn.all(
        _Proof,
        """
        SELECT p.id, p.kind, p.status = 'accepted', COALESCE(p.method, ''), COALESCE(p.reference, ''), p.amount,
            p.file_id, p.selfie_file_id, COALESCE(r.words_en, ''), COALESCE(r.words_fil, ''), COALESCE(p.note, ''),
            p.reviewed_by, COALESCE(a.full_name, a.username, 'reviewer'), NOW()
        FROM order_proofs p LEFT JOIN review_reasons r ON r.name = p.reason
            LEFT JOIN admin_users a ON a.id = p.reviewed_by
        WHERE p.order_id = %(order_id)s AND p.status IN ('accepted', 'rejected') AND p.settled_at IS NULL
            AND p.effective_at <= NOW(3)
        ORDER BY p.id
        """,
        order_id=order_id,
    )
    done: list[Settled] = []
    for proof in proofs:
        await conn.run("UPDATE order_proofs SET settled_at = NOW(3) WHERE id = %(id)s", id=proof.id)
        done.append(Settled(proof.id, await _settle(conn, order, proof, rules)))
        order = await conn.one(Standing, f"SELECT {COLUMNS} FROM orders o WHERE o.id = %(order_id)s", order_id=order_id)
        assert order is not None, "it is locked"
    return tuple(done)


async def _settle(conn: Connection, order: Standing, proof: _Proof, rules: Rules) -> Outcome:
    if proof.kind == "identity" and (files := files_of(proof.file, proof.selfie)):
        until = proof.now + timedelta(days=rules.identity_kept_days)
        await hold(conn, file_ids=tuple(files), delete_after=until)
    wants = waits_for(order, rules)
    held = await _held(conn, order.id)
    if not proof.is_accepted:
        return await _rejected(conn, order, proof, held) if wants else "over"
    if proof.kind == "identity":
        if wants is None or not wants.identity:
            return "over"
        await _decide(conn, order, proof, held, "verified")
        return "verified"
    due = (wants.payment if wants else None) or (held.amount if held else None) or order.total
    money = await record(
        conn,
        order_id=order.id,
        kind="payment",
        amount=proof.amount or due,
        method=proof.method or order.method,
        actor=Actor(proof.reviewer, "admin", proof.reviewer_id),
        reference=proof.reference,
        proof_id=proof.id,
        note=proof.note,
    )
    if wants is None:
        return "over"
    if not _is_enough(order, money):
        await _decide(conn, order, proof, held, "pending" if order.must_verify else "not_required")
        await _give_time(conn, order, held, proof.now)
        return "part_paid"
    await _decide(conn, order, proof, held, "pending" if order.id_only else "verified")
    return "paid"


def _is_enough(order: Standing, money: Money) -> bool:
    """Whether the money that the order waited for is there. How much verifies a COD order is the reviewer's to say."""
    return money.paid >= asked_ahead(order)


async def _rejected(conn: Connection, order: Standing, proof: _Proof, held: _Held | None) -> Outcome:
    """Tell the shopper why, and until when to try again; where another proof of the order waits, it is still held."""
    if held is None or not held.others:
        await _decide(conn, order, proof, held, "rejected")
    until = await _give_time(conn, order, held, proof.now)
    facts: dict[str, str | int] = {
        "order_id": order.id,
        "number": order.number,
        "kind": proof.kind,
        "reason": (proof.reason_fil if order.language.startswith("fil") else "") or proof.reason_en,
        "note": proof.note,
        "until": f"{until:%I:%M %p}".lstrip("0") if until else "",
    }
    await conn.batch(notice_statement(order.id, "verification_rejected", "notices.proof_rejected", facts))
    return "rejected"


async def _held(conn: Connection, order_id: int) -> _Held | None:
    return await conn.one(
        _Held,
        """
        SELECT v.id, v.upfront_amount, v.submitted_at,
            (SELECT COUNT(*) FROM order_proofs p WHERE p.order_id = v.order_id
             AND (p.status = 'waiting' OR p.status <> 'withdrawn' AND p.settled_at IS NULL))
        FROM order_verifications v WHERE v.open_order_id = %(order_id)s
        """,
        order_id=order_id,
    )


async def _decide(conn: Connection, order: Standing, proof: _Proof, held: _Held | None, status: str) -> None:
    """Write what a review came to: of an order that is still pending, of its verification, and of its shopper."""
    values: dict[str, Bound] = {
        "order_id": order.id,
        "status": status,
        "verification": held.id if held else None,
        "decision": "rejected" if status == "rejected" else "approved",
        "by": proof.reviewer_id,
        "why": (proof.reason_en or proof.note) if status == "rejected" else None,
        "good": status != "rejected",
    }
    statements = [
        Statement(
            "UPDATE order_verifications SET verification_status = %(decision)s, reviewed_by = %(by)s,"
            " reviewed_at = NOW(), rejection_reason = %(why)s WHERE id = %(verification)s",
            values,
        ),
        Statement(
            "UPDATE orders SET verification_status = %(status)s WHERE id = %(order_id)s AND order_status = 'pending'",
            values,
        ),
    ]
    if order.must_verify and status in ("verified", "rejected"):
        statements.append(
            Statement(
                """
                INSERT INTO user_verification_history (user_id, verification_count, successful_verifications,
                    failed_verifications, trust_score, is_verified_buyer, last_verified_at)
                SELECT user_id, 1, %(good)s, 1 - %(good)s, %(good)s, %(good)s, IF(%(good)s, NOW(), NULL)
                FROM orders WHERE id = %(order_id)s
                ON DUPLICATE KEY UPDATE
                    trust_score = (successful_verifications + %(good)s) / (verification_count + 1),
                    verification_count = verification_count + 1,
                    successful_verifications = successful_verifications + %(good)s,
                    failed_verifications = failed_verifications + 1 - %(good)s,
                    is_verified_buyer = is_verified_buyer OR %(good)s,
                    last_verified_at = IF(%(good)s, NOW(), last_verified_at)
                """,
                values,
            )
        )
    await conn.batch(*statements)


async def _give_time(conn: Connection, order: Standing, held: _Held | None, now: datetime) -> datetime | None:
    """Give back the time that was left when the proof was sent; until when the order is held now."""
    if order.status != "pending":
        return None
    if held is None or held.others or order.until is None:
        return order.until
    until = max(order.until, now + max(REST_LEAST, order.until - held.submitted_at))
    values: dict[str, Bound] = {"order_id": order.id, "until": until}
    await conn.batch(
        Statement("UPDATE orders SET verification_expires_at = %(until)s WHERE id = %(order_id)s", values),
        Statement(
            "UPDATE inventory_reservations FORCE INDEX (ix_inventory_reservations_order)"
            " SET expires_at = GREATEST(expires_at, %(until)s) WHERE order_id = %(order_id)s AND status = 'reserved'",
            values,
        ),
    )
    return until

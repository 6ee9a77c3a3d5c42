"""A shopper's proof of an order: kept with the order, which then waits until a person has looked at it."""

from datetime import datetime
from decimal import Decimal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import UnknownOrder
from repository.files import files
from repository.payments.awaiting import COLUMNS, Kind, NothingToProve, Standing, waits_for
from repository.payments.warnings import Concern, elsewhere_statement, files_of
from repository.rules import Rules


class Submitted(msgspec.Struct, frozen=True, kw_only=True):
    """A proof that waits to be reviewed.

    Attributes:
        proof_id: `order_proofs.id`.
        order_id: `orders.id`.
        number: What people call the order.
        kind: "payment" or "identity".
        has_picture: Whether a picture belongs to it.
        reference: The number of the transfer, empty where nobody has told it.
        already: Whether all of this had been sent before.
    """

    proof_id: int
    order_id: int
    number: str
    kind: Kind
    has_picture: bool
    reference: str
    already: bool


class _Waiting(msgspec.Struct, frozen=True):
    id: int
    reference: str
    amount: Decimal | None
    file: int | None
    selfie: int | None


async def submit(
    conn: Connection,
    *,
    shopper_id: int,
    order_id: int,
    kind: Kind,
    rules: Rules,
    method: str = "",
    reference: str = "",
    amount: Decimal | None = None,
    file_id: int | None = None,
    selfie_file_id: int | None = None,
    id_type: str = "",
    words: str = "",
) -> Submitted:
    """Keep what a shopper sent to prove that they paid, or who they are; the order is held until it is reviewed.

    A reference that comes after its picture, or a picture after its reference, completes the proof that waits already.

    Args:
        conn: A connection inside a transaction, which the caller owns.
        shopper_id: `users.id` of whoever sent it.
        order_id: `orders.id`.
        kind: "payment" or "identity".
        rules: The shop's rules.
        method: How it was paid, as in `orders.payment_method`; the order's own where empty.
        reference: The number of the transfer, as `bot.language.references` makes it; empty where it was not told.
        amount: How much was sent, None where it was not told.
        file_id: `stored_files.id` of the picture.
        selfie_file_id: `stored_files.id` of the selfie beside an ID.
        id_type: Such as "passport".
        words: What the shopper typed with it.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
        NothingToProve: No such proof is for it: it is over, or its money is there.
        NotFound: A file is gone.
    """
    order = await conn.one(
        Standing,
        f"SELECT {COLUMNS} FROM orders o WHERE o.id = %(order_id)s AND o.user_id = %(shopper_id)s FOR UPDATE",
        order_id=order_id,
        shopper_id=shopper_id,
    )
    if order is None:
        raise UnknownOrder(f"order {order_id}")
    wants = waits_for(order, rules)
    if wants is None or not (wants.identity if kind == "identity" else wants.payment):
        raise NothingToProve(status=order.status, is_paid=order.payment_status == "paid")
    purpose: files.Purpose = "identity" if kind == "identity" else "proof"
    file_id = await _held(conn, file_id, purpose)
    selfie_file_id = await _held(conn, selfie_file_id, purpose)
    values: dict[str, Bound] = {
        "shopper_id": shopper_id,
        "order_id": order_id,
        "kind": kind,
        "method": (method or order.method) if kind == "payment" else None,
        "reference": reference[:100] or None,
        "amount": amount,
        "file_id": file_id,
        "selfie": selfie_file_id,
        "id_type": id_type[:50] or None,
        "words": words[:500] or None,
        "due": wants.payment,
        "until": order.until,
    }
    same = await _same(conn, values)
    if same is not None and _adds_nothing(same, values):
        return _submitted(order, kind, same, already=True)
    values["verification"] = await _under_review(conn, order, values)
    if same is None:
        made = await conn.run(
            "INSERT INTO order_proofs (order_id, verification_id, kind, method, reference, amount, file_id,"
            " selfie_file_id, id_type, words) VALUES (%(order_id)s, %(verification)s, %(kind)s, %(method)s,"
            " %(reference)s, %(amount)s, %(file_id)s, %(selfie)s, %(id_type)s, %(words)s)",
            **values,
        )
        proof = _Waiting(made.last_id, reference, amount, file_id, selfie_file_id)
    else:
        proof = _Waiting(same.id, same.reference or reference, same.amount or amount, same.file or file_id, same.selfie)
        values |= {"id": same.id}
        await conn.run(
            "UPDATE order_proofs SET reference = COALESCE(reference, %(reference)s),"
            " amount = COALESCE(amount, %(amount)s), file_id = COALESCE(file_id, %(file_id)s),"
            " words = COALESCE(words, %(words)s) WHERE id = %(id)s",
            **values,
        )
    await _warn(conn, order, proof, due=wants.payment if kind == "payment" else None)
    return _submitted(order, kind, proof, already=False)


async def _held(conn: Connection, file_id: int | None, purpose: files.Purpose) -> int | None:
    """Keep a file until the proof that it belongs to has been dealt with, under the key of what it is."""
    return None if file_id is None else await files.turn_into(conn, file_id=file_id, purpose=purpose)


async def _same(conn: Connection, values: dict[str, Bound]) -> _Waiting | None:
    """The proof that waits and that this completes, or says again: it contradicts nothing of it."""
    waiting = await conn.all(
        _Waiting,
        "SELECT id, COALESCE(reference, ''), amount, file_id, selfie_file_id FROM order_proofs"
        " WHERE order_id = %(order_id)s AND kind = %(kind)s AND status = 'waiting' ORDER BY id DESC FOR UPDATE",
        **values,
    )
    sent = values["reference"] or "", values["file_id"], values["selfie"]
    for proof in waiting:
        known = proof.reference, proof.file, proof.selfie
        if all(not new or not old or new == old for new, old in zip(sent, known, strict=True)):
            return proof
    return None


def _adds_nothing(proof: _Waiting, values: dict[str, Bound]) -> bool:
    return (not values["reference"] or bool(proof.reference)) and (not values["file_id"] or proof.file is not None)


async def _under_review(conn: Connection, order: Standing, values: dict[str, Bound]) -> int | None:
    """Have a pending order held, however long a review takes; `order_verifications.id` of what holds it."""
    if order.status != "pending":
        return None
    values = {**values, "type": "id_verification" if values["kind"] == "identity" else "upfront_payment"}
    *_, read = await conn.batch(
        # What is open already is held on by this proof too.
        Statement(
            """
            INSERT INTO order_verifications (order_id, user_id, verification_type, verification_status, id_type,
                upfront_amount, payment_method, payment_reference, expires_at)
            VALUES (%(order_id)s, %(shopper_id)s, %(type)s, 'under_review', %(id_type)s,
                IF(%(kind)s = 'payment', COALESCE(%(amount)s, %(due)s), NULL), %(method)s, %(reference)s, %(until)s)
            ON DUPLICATE KEY UPDATE submitted_at = IF(verification_status = 'pending', NOW(), submitted_at),
                verification_status = 'under_review', id_type = COALESCE(id_type, VALUES(id_type)),
                payment_method = COALESCE(payment_method, VALUES(payment_method)),
                payment_reference = COALESCE(payment_reference, VALUES(payment_reference)),
                upfront_amount = COALESCE(upfront_amount, VALUES(upfront_amount))
            """,
            values,
        ),
        Statement(
            "UPDATE orders SET verification_status = 'under_review' WHERE id = %(order_id)s"
            " AND verification_status <> 'under_review'",
            values,
        ),
        Statement("SELECT id FROM order_verifications WHERE open_order_id = %(order_id)s", values),
    )
    return int(str(read.rows[0][0]))


class _When(msgspec.Struct, frozen=True):
    seen_first: datetime | None
    now: datetime


async def _warn(conn: Connection, order: Standing, proof: _Waiting, *, due: Decimal | None) -> None:
    """Note what a reviewer should look at twice."""
    file_ids = files_of(proof.file, proof.selfie)
    others, when = await conn.batch(
        elsewhere_statement(order.id, proof.reference, file_ids),
        Statement("SELECT MIN(created_at), NOW() FROM stored_files WHERE id IN %(files)s", {"files": file_ids}),
    )
    times = conn.read(_When, when.rows[0])
    whats = {str(row[3]) for row in others.rows}
    warnings: list[Concern] = []
    if "same_reference" in whats:
        warnings.append("same_reference")
    if "same_file" in whats:
        warnings.append("same_file")
    if due is not None and proof.amount is not None and proof.amount != due:
        warnings.append("amount_differs")
    if times.seen_first is not None and times.seen_first < order.created_at:
        warnings.append("older_than_order")
    if order.status == "pending" and order.until is not None and order.until < times.now:
        warnings.append("after_window")
    await conn.run(
        "UPDATE order_proofs SET warnings = %(warnings)s WHERE id = %(id)s",
        warnings=msgspec.json.encode(warnings).decode(),
        id=proof.id,
    )


def _submitted(order: Standing, kind: Kind, proof: _Waiting, *, already: bool) -> Submitted:
    return Submitted(
        proof_id=proof.id,
        order_id=order.id,
        number=order.number,
        kind=kind,
        has_picture=proof.file is not None,
        reference=proof.reference,
        already=already,
    )

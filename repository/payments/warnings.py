"""What a reviewer should look at twice before a proof is accepted."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec

from repository.database.connection import Bound, Connection, Statement

Concern = Literal["same_reference", "same_file", "amount_differs", "older_than_order", "after_window"]
"""As in `order_proofs.warnings`."""


class Elsewhere(msgspec.Struct, frozen=True):
    """Another order for which the same proof was sent.

    Attributes:
        order_id: `orders.id`.
        number: What people call it.
        status: As in `orders.order_status`.
        what: "same_reference" or "same_file".
        amount: How much that proof or payment was about, None where nobody said.
        at: When it was sent.
    """

    order_id: int
    number: str
    status: str
    what: str
    amount: Decimal | None
    at: datetime


def elsewhere_statement(order_id: int, reference: str, file_ids: list[int]) -> Statement:
    """What finds the same reference, or the very same file, on other orders; nobody's privacy is touched by a digest.

    Args:
        order_id: The order that it is sent for now.
        reference: The number of the transfer as it is compared; empty for none.
        file_ids: `stored_files.id` of what was sent.
    """
    values: dict[str, Bound] = {"order_id": order_id, "reference": reference or None, "files": file_ids}
    return Statement(
        """
        SELECT o.id, o.order_number, o.order_status, 'same_reference', p.amount, p.created_at
        FROM order_proofs p FORCE INDEX (ix_order_proofs_reference) JOIN orders o ON o.id = p.order_id
        WHERE p.reference = %(reference)s AND p.order_id <> %(order_id)s
        UNION SELECT o.id, o.order_number, o.order_status, 'same_reference', p.amount, p.created_at
        FROM order_payments p FORCE INDEX (ix_order_payments_reference) JOIN orders o ON o.id = p.order_id
        WHERE p.reference = %(reference)s AND p.order_id <> %(order_id)s AND p.kind = 'payment' AND p.proof_id IS NULL
        UNION SELECT o.id, o.order_number, o.order_status, 'same_file', p.amount, p.created_at
        FROM stored_files sent JOIN stored_files same ON same.digest = sent.digest
            AND same.purpose IN ('proof', 'identity')
        JOIN order_proofs p ON p.file_id = same.id OR p.selfie_file_id = same.id
        JOIN orders o ON o.id = p.order_id
        WHERE sent.id IN %(files)s AND p.order_id <> %(order_id)s
        ORDER BY 6 DESC LIMIT 20
        """,
        values,
    )


async def elsewhere(conn: Connection, *, proof_id: int) -> tuple[Elsewhere, ...]:
    """Other orders for which the same reference or the very same file was sent, the newest first, as they stand now.

    Args:
        conn: An open connection.
        proof_id: `order_proofs.id`.
    """
    row = await conn.one(
        _Sent,
        "SELECT order_id, COALESCE(reference, ''), file_id, selfie_file_id FROM order_proofs WHERE id = %(id)s",
        id=proof_id,
    )
    if row is None:
        return ()
    (others,) = await conn.batch(elsewhere_statement(row.order_id, row.reference, files_of(row.file, row.selfie)))
    return tuple(conn.read(Elsewhere, other) for other in others.rows)


class _Sent(msgspec.Struct, frozen=True):
    order_id: int
    reference: str
    file: int | None
    selfie: int | None


def files_of(*file_ids: int | None) -> list[int]:
    """The files among what may be none."""
    return [file_id for file_id in file_ids if file_id is not None]

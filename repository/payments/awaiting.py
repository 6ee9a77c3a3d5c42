"""Orders for which a proof can be sent: those that wait for money, and those that wait to be verified."""

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import msgspec

from repository.database.connection import Connection
from repository.database.errors import ShopError
from repository.rules import Rules

Kind = Literal["payment", "identity"]
"""As in `order_proofs.kind`."""

PREPAID = ("gcash", "paymaya", "bank_transfer", "credit_card")
"""Ways to pay of `orders.payment_method` where the money comes before the parcel goes."""
CENT = Decimal("0.01")
_LOOKED_AT = 50  # the shopper's newest orders


class NothingToProve(ShopError):
    """An order that no such proof is for.

    Attributes:
        status: Where it is, as `orders.order_status` says it.
        is_paid: Whether its money is there already.
    """

    def __init__(self, *, status: str, is_paid: bool) -> None:
        super().__init__(status)
        self.status = status
        self.is_paid = is_paid


class Awaiting(msgspec.Struct, frozen=True, kw_only=True):
    """An order for which a proof can be sent.

    Attributes:
        order_id: `orders.id`.
        number: What people call it.
        status: As in `orders.order_status`.
        method: As in `orders.payment_method`.
        total: What it comes to.
        payment: How much money it waits for now: the whole, what is to be paid down, or a part that verifies it;
            nothing where only an ID will do.
        identity: Whether an ID verifies it.
        until: Until when something must come, None where no time is set, or it is under review.
        under_review: Whether a proof of it is being reviewed.
        created_at: When it was ordered.
    """

    order_id: int
    number: str
    status: str
    method: str
    total: Decimal
    payment: Decimal
    identity: bool
    until: datetime | None
    under_review: bool
    created_at: datetime


async def is_looked_at(conn: Connection, *, order_id: int) -> bool:
    """Whether somebody has still to look at a payment that was sent for an order.

    Args:
        conn: An open connection.
        order_id: `orders.id`.
    """
    return bool(
        await conn.value(
            "SELECT EXISTS (SELECT 1 FROM order_proofs WHERE order_id = %(order_id)s AND kind = 'payment'"
            " AND status = 'waiting')",
            order_id=order_id,
        )
    )


class Standing(msgspec.Struct, frozen=True):
    """What of an order says whether a proof of it can be sent."""

    id: int
    number: str
    status: str
    method: str
    total: Decimal
    down_payment: Decimal
    paid: Decimal
    payment_status: str
    must_verify: bool
    verification_status: str
    id_only: bool
    until: datetime | None
    created_at: datetime
    language: str


COLUMNS = """o.id, o.order_number, o.order_status, o.payment_method, o.total_amount, o.down_payment, o.upfront_paid,
    o.payment_status, o.verification_required AND COALESCE(o.verification_type, '') <> 'shopper_tap',
    o.verification_status,
    COALESCE(o.verification_type = 'id_verification', FALSE), COALESCE(o.verification_expires_at,
        (SELECT MIN(expires_at) FROM inventory_reservations WHERE order_id = o.id AND status = 'reserved')),
    o.created_at, COALESCE(o.language, '')"""


async def awaiting(conn: Connection, *, shopper_id: int, rules: Rules) -> tuple[Awaiting, ...]:
    """The shopper's orders for which a proof can be sent, the newest first.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        rules: The shop's rules.
    """
    rows = await conn.all(
        Standing,
        f"SELECT {COLUMNS} FROM orders o WHERE o.user_id = %(shopper_id)s"
        " AND o.order_status IN ('pending', 'confirmed', 'processing')"
        " ORDER BY o.created_at DESC, o.id DESC LIMIT %(most)s",
        shopper_id=shopper_id,
        most=_LOOKED_AT,
    )
    return tuple(one for row in rows if (one := waits_for(row, rules)))


class Last(msgspec.Struct, frozen=True):
    """A shopper's newest order, whatever became of it.

    Attributes:
        order_id: `orders.id`.
        number: What people call it.
        status: As in `orders.order_status`.
        is_paid: Whether its money is there.
        created_at: When it was ordered.
    """

    order_id: int
    number: str
    status: str
    is_paid: bool
    created_at: datetime


async def orders_of(
    conn: Connection, *, shopper_id: int, numbers: Sequence[str] = (), ids: Sequence[int] = ()
) -> tuple[Last, ...]:
    """The shopper's newest order, or those that are named, whether or not a proof can be sent for them.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        numbers: Order numbers as people write them.
        ids: `orders.id` of each; without numbers and ids it is the newest order.
    """
    named = "AND (o.order_number IN %(numbers)s OR o.id IN %(ids)s)" if numbers or ids else ""
    rows = await conn.all(
        Last,
        "SELECT o.id, o.order_number, o.order_status, o.payment_status = 'paid', o.created_at FROM orders o"
        f" WHERE o.user_id = %(shopper_id)s {named} ORDER BY o.created_at DESC, o.id DESC LIMIT %(most)s",
        shopper_id=shopper_id,
        numbers=[number.upper() for number in numbers],
        ids=list(ids),
        most=len(numbers) + len(ids) or 1,
    )
    return tuple(rows)


def waits_for(order: Standing, rules: Rules) -> Awaiting | None:
    """What an order waits for, None where no proof is for it.

    Args:
        order: The order.
        rules: The shop's rules.
    """
    if order.status not in ("pending", "confirmed", "processing"):
        return None
    unverified = order.status == "pending" and order.must_verify and order.verification_status != "verified"
    payment = _due(order, unverified, rules)
    if not payment and not unverified:
        return None
    under_review = order.verification_status == "under_review"
    return Awaiting(
        order_id=order.id,
        number=order.number,
        status=order.status,
        method=order.method,
        total=order.total,
        payment=payment,
        identity=unverified,
        until=None if under_review or order.status != "pending" else order.until,
        under_review=under_review,
        created_at=order.created_at,
    )


def asked_ahead(order: Standing) -> Decimal:
    """How much money must be there before an order is confirmed: the whole, or what is to be paid down."""
    return order.total if order.method in PREPAID else order.down_payment


def _due(order: Standing, unverified: bool, rules: Rules) -> Decimal:
    """How much money would help now."""
    if order.payment_status != "pending":
        return Decimal(0)
    owed = asked_ahead(order)
    if unverified and not owed and not order.id_only:
        owed = order.total * rules.upfront_percent / 100
    return max(Decimal(0), owed - order.paid).quantize(CENT, ROUND_HALF_UP)

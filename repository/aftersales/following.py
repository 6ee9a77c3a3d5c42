"""How far an order has come, step by step, as its shopper may know it."""

from datetime import datetime
from decimal import Decimal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import UnknownOrder
from repository.orders.coming.following import tracking_page
from repository.orders.moves import CANCELLABLE

CHANGEABLE = ("pending", "confirmed")
"""Before it is packed: where it goes and what is in it can still be changed."""
RETURNABLE = ("shipped", "delivered")
OPEN = ("pending", "confirmed", "processing", "shipped")


_ENDED_BY = {"customer": "shopper", "system": "time", "automation": "time"}


_IN_ORDER = (
    "placed", "paid", "confirmed", "packed", "shipped", "delivered", "cancelled", "return_asked", "return_accepted",
    "return_refused", "returned", "refunded",
)  # fmt: skip
"""What comes first of two steps of the same second."""


class Step(msgspec.Struct, frozen=True):
    """Something that happened to an order.

    Attributes:
        kind: "placed", "paid", "confirmed", "packed", "shipped", "delivered", "cancelled", "return_asked",
            "return_accepted", "return_refused", "returned" or "refunded".
        at: When.
        amount: Money that was paid or given back; 0 for anything else.
    """

    kind: str
    at: datetime
    amount: Decimal = Decimal(0)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far an order has come.

    Attributes:
        steps: What happened, oldest first.
        waits: What it waits for: "payment", "proof" (a person looks at one), "verification", "shop" or "".
        until: Until when it waits for its shopper; None where no time is set.
        courier: Who delivers it, or empty.
        tracking: The courier's number, or empty.
        link: The page where the courier says where it is; empty where there is none.
        reason: Why the shop cancelled it, or empty.
        cancelled_by: "shopper", "shop", "time" (nobody paid or confirmed it in time), or empty.
        can_change: Whether address and items can still be changed.
        can_cancel: Whether the shopper may still take it back.
        can_return: Whether something of it may be sent back, as far as its status says.
        can_review: Whether it was delivered and is not reviewed yet.
        is_over: Whether it was delivered, cancelled or returned.
    """

    steps: tuple[Step, ...]
    waits: str = ""
    until: datetime | None = None
    courier: str = ""
    tracking: str = ""
    link: str = ""
    reason: str = ""
    cancelled_by: str = ""
    can_change: bool = False
    can_cancel: bool = False
    can_return: bool = False
    can_review: bool = False
    is_over: bool = False


class _Order(msgspec.Struct, frozen=True):
    status: str
    method: str
    payment: str
    verification: str
    until: datetime | None
    created_at: datetime
    confirmed_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    returned_at: datetime | None
    courier: str
    tracking: str
    pattern: str
    reason: str
    ended_by: str
    is_proven: bool
    is_reviewed: bool
    down_payment: Decimal
    paid: Decimal


class _Event(msgspec.Struct, frozen=True):
    kind: str
    at: datetime
    amount: Decimal


async def progress(conn: Connection, *, shopper_id: int, order_id: int) -> Progress:
    """How far one of the shopper's orders has come, in one round trip.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        order_id: `orders.id`.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
    """
    values: dict[str, Bound] = {"shopper_id": shopper_id, "order_id": order_id}
    head, happened = await conn.batch(
        Statement(
            """
            SELECT o.order_status, o.payment_method, o.payment_status, o.verification_status,
                COALESCE(o.verification_expires_at, (SELECT MAX(expires_at) FROM inventory_reservations
                                                     WHERE order_id = o.id AND status = 'reserved')),
                o.created_at, o.confirmed_at, o.shipped_at, o.delivered_at, o.cancelled_at, o.returned_at,
                COALESCE(o.courier, ''), COALESCE(o.tracking_number, ''),
                COALESCE((SELECT link FROM couriers WHERE name = o.courier AND is_active), ''),
                COALESCE(o.cancellation_reason, ''),
                COALESCE((SELECT changed_by_type FROM order_state_history
                          WHERE order_id = o.id AND to_status = 'cancelled' ORDER BY id DESC LIMIT 1), ''),
                EXISTS (SELECT 1 FROM order_proofs WHERE order_id = o.id AND status = 'waiting'),
                EXISTS (SELECT 1 FROM product_reviews WHERE order_id = o.id), o.down_payment, o.upfront_paid
            FROM orders o WHERE o.id = %(order_id)s AND o.user_id = %(shopper_id)s
            """,
            values,
        ),
        Statement(
            """
            SELECT 'packed', MAX(created_at), 0.00 FROM order_state_history
            WHERE order_id = %(order_id)s AND to_status = 'processing' HAVING MAX(created_at) IS NOT NULL
            UNION ALL
            SELECT IF(kind = 'refund', 'refunded', 'paid'), created_at, amount FROM order_payments
            WHERE order_id = %(order_id)s
            UNION ALL
            SELECT ELT(FIELD(status, 'requested', 'accepted', 'refused', 'received'), 'return_asked',
                       'return_accepted', 'return_refused', 'returned'), COALESCE(decided_at, created_at), 0.00
            FROM order_returns WHERE order_id = %(order_id)s
            """,
            values,
        ),
    )
    if not head.rows:
        raise UnknownOrder(f"order {order_id}")
    order = conn.read(_Order, head.rows[0])
    return _read(order, [conn.read(_Event, row) for row in happened.rows])


def _place(step: Step, order: _Order) -> float:
    """Where a step stands among those of the same second: what the rider collected came with the parcel."""
    collected = step.kind == "paid" and order.method == "cod" and step.at == order.delivered_at
    return _IN_ORDER.index("delivered") - 0.5 if collected else _IN_ORDER.index(step.kind)


def _read(order: _Order, happened: list[_Event]) -> Progress:
    times = {
        "placed": order.created_at,
        "confirmed": order.confirmed_at,
        "shipped": order.shipped_at,
        "delivered": order.delivered_at,
        "cancelled": order.cancelled_at if order.status == "cancelled" else None,
        "returned": order.returned_at if order.status == "returned" else None,
    }
    steps = [Step(kind, at) for kind, at in times.items() if at is not None]
    came_back = any(step.kind == "returned" for step in steps)
    steps += [
        Step(one.kind, one.at, one.amount) for one in happened if not (came_back and one.kind.startswith("return"))
    ]
    steps.sort(key=lambda step: (step.at, _place(step, order)))
    waits = _waits(order)
    cancelled_by = _ENDED_BY.get(order.ended_by, "shop") if order.status == "cancelled" else ""
    return Progress(
        steps=tuple(steps),
        waits=waits,
        until=order.until if waits in ("payment", "verification") else None,
        courier=order.courier,
        tracking=order.tracking,
        link=tracking_page(order.pattern, order.tracking) if order.status in ("shipped", "delivered") else "",
        reason=order.reason if cancelled_by == "shop" else "",
        cancelled_by=cancelled_by,
        can_change=order.status in CHANGEABLE,
        can_cancel=order.status in CANCELLABLE,
        can_return=order.status in RETURNABLE,
        can_review=order.status == "delivered" and not order.is_reviewed,
        is_over=order.status not in OPEN,
    )


def _waits(order: _Order) -> str:
    """What an order that is not confirmed yet waits for."""
    if order.status != "pending":
        return ""
    if order.is_proven or order.verification == "under_review":
        return "proof"
    if order.verification in ("pending", "rejected"):
        return "verification"
    waits = order.payment != "paid" if order.method != "cod" else order.paid < order.down_payment
    return "payment" if waits else "shop"

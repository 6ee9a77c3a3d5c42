"""Paying an order in another way than was chosen, as long as nothing of it was paid and nobody has confirmed it."""

import math
from datetime import datetime
from decimal import Decimal

import msgspec

from repository.aftersales.unpacked import edit_statement
from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import NotChangeable, UnknownOrder
from repository.orders.history import SHOPPER, Actor, acting, done
from repository.orders.standing import AHEAD, Standing, down_payment, standing_statement, why_verify
from repository.rules import Rules
from repository.work.queueing import queue_statement

_ON_ARRIVAL = "cod"


class WaysToPay(msgspec.Struct, frozen=True):
    """How an order is to be paid, and how else it could be.

    Attributes:
        order_id: `orders.id`.
        number: The order's number.
        status: As in `orders.order_status`.
        method: As in `orders.payment_method`.
        total: What it comes to.
        due: How much of it must come in before it is confirmed.
        until: Until when it waits for that, None where no time is set.
        others: What else the shop takes for it; nothing where it can no longer be chosen.
        kept: Money that came in, or that a proof says was sent.
    """

    order_id: int
    number: str
    status: str
    method: str
    total: Decimal
    due: Decimal
    until: datetime | None
    others: tuple[str, ...]
    kept: bool


class _Order(msgspec.Struct, frozen=True):
    id: int
    shopper_id: int
    number: str
    status: str
    method: str
    total: Decimal
    due: Decimal
    until: datetime | None
    zone_type: str
    is_verified: bool
    kept: bool


async def ways_to_pay(conn: Connection, *, shopper_id: int, order_id: int, rules: Rules) -> WaysToPay:
    """How one of the shopper's orders is to be paid, and how else it could be.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        order_id: `orders.id`.
        rules: The shop's rules.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
    """
    return _ways(await _order(conn, shopper_id, order_id), rules)


async def change_method(
    conn: Connection, *, shopper_id: int, order_id: int, method: str, rules: Rules, actor: Actor = SHOPPER
) -> WaysToPay:
    """Have an order paid in another way; it begins anew as one that was placed so, and keeps its stock and its time.

    Args:
        conn: A connection in a transaction, which the caller owns.
        shopper_id: `users.id` of whose it must be.
        order_id: `orders.id`.
        method: As in `orders.payment_method`.
        rules: The shop's rules.
        actor: Who changes it.

    Returns:
        How it is to be paid now.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
        NotChangeable: Money came in, or it is confirmed already ("paid", "status"); or it cannot be paid so ("method").
    """
    order = await _order(conn, shopper_id, order_id, locks=True)
    ways = _ways(order, rules)
    if order.method == method:
        return ways
    if order.kept:
        raise NotChangeable("paid", status=order.status)
    if order.status != "pending":
        raise NotChangeable("status", status=order.status)
    if method not in ways.others:
        raise NotChangeable("method", status=order.status)
    (standing,) = await conn.batch(standing_statement(order.shopper_id))
    standing_now = conn.read(Standing, standing.rows[0])
    others = msgspec.structs.replace(standing_now, open=standing_now.open - 1)  # this order is no other
    why = "" if order.is_verified else why_verify(others, total=order.total, payment_method=method, rules=rules)
    down = down_payment(order.total, payment_method=method, rules=rules)
    values: dict[str, Bound] = {
        "order_id": order.id,
        "method": method,
        "down": down,
        "waits": bool(why or down or method in AHEAD),
        "verify": bool(why),
        "status": "verified" if order.is_verified else "pending" if why else "not_required",
        "type": "id_verification" if why == "id" else None,
        "minutes": rules.verification_minutes,
    }
    await conn.batch(
        acting(actor.name, actor.kind),
        Statement(
            "UPDATE orders SET payment_method = %(method)s, down_payment = %(down)s,"
            " verification_required = %(verify)s, verification_status = %(status)s, verification_type = %(type)s,"
            " verification_expires_at = IF(%(waits)s, COALESCE(verification_expires_at,"
            " NOW() + INTERVAL %(minutes)s MINUTE), NULL) WHERE id = %(order_id)s",
            values,
        ),
        done(),
        edit_statement(order.id, "payment method", {"method": order.method}, {"method": method}, actor),
        queue_statement(order.id, "new_order"),
    )
    changed = await _order(conn, shopper_id, order_id)
    if values["waits"] and changed.until:  # what is held for it is held as long as it waits
        left = max(1, math.ceil((changed.until - standing_now.now).total_seconds() / 60))
        await conn.sets("CALL sp_reserve_order_inventory(%(id)s, %(minutes)s)", id=order.id, minutes=left)
    return _ways(changed, rules)


async def _order(conn: Connection, shopper_id: int, order_id: int, *, locks: bool = False) -> _Order:
    order = await conn.one(
        _Order,
        f"""
        SELECT o.id, o.user_id, o.order_number, o.order_status, o.payment_method, o.total_amount,
            IF(o.payment_status = 'paid', 0, GREATEST(0, IF(o.payment_method IN %(ahead)s, o.total_amount,
                o.down_payment) - o.upfront_paid)),
            o.verification_expires_at,
            COALESCE((SELECT zone_type FROM shipping_zones z WHERE z.id = o.shipping_zone_id), ''),
            o.verification_status = 'verified',
            o.upfront_paid > 0 OR o.payment_status = 'paid'
            OR EXISTS (SELECT 1 FROM order_proofs p WHERE p.order_id = o.id AND p.kind = 'payment'
                       AND (p.status = 'waiting' OR p.status = 'accepted' AND p.settled_at IS NULL))
        FROM orders o WHERE o.id = %(order_id)s {"FOR UPDATE" if locks else ""}
        """,
        order_id=order_id,
        ahead=list(AHEAD),
    )
    if order is None or order.shopper_id != shopper_id:
        raise UnknownOrder(f"order {order_id}")
    return order


def _ways(order: _Order, rules: Rules) -> WaysToPay:
    methods = rules.payment_methods if order.status == "pending" and not order.kept else ()
    others = [method for method in methods if method != order.method]
    if order.zone_type == "international":
        others = [method for method in others if method != _ON_ARRIVAL]
    return WaysToPay(
        order.id, order.number, order.status, order.method, order.total, order.due, order.until, tuple(others),
        order.kept,
    )  # fmt: skip

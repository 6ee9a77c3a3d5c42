"""The first work on a new order: confirm it, or say that it must be verified first."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import msgspec

from repository.chats.notices import notice_statement
from repository.database.connection import Connection, Statement
from repository.orders.history import acting, done
from repository.orders.promos import CENT
from repository.rules import Rules

Outcome = Literal["confirmed", "held", "over"]


class _Order(msgspec.Struct, frozen=True):
    number: str
    status: str
    needs_verification: bool
    id_only: bool
    until: datetime | None
    total: Decimal
    method: str
    days: str


async def confirm(conn: Connection, *, order_id: int, rules: Rules, waited_ms: int = 0) -> Outcome:
    """Confirm an order that needs no verification, with its stock sold and its shopper told, in one transaction.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        rules: The shop's rules.
        waited_ms: How long the order waited in the queue, in milliseconds.

    Returns:
        "confirmed"; "held" where it must be verified first, and the shopper is told how; "over" where it is no longer
        pending, or gone, and nothing was done.

    Raises:
        ProcedureRefused: The order does not hold its stock any more.
    """
    order = await conn.one(
        _Order,
        """
        SELECT o.order_number, o.order_status, o.verification_required AND o.verification_status <> 'verified',
            COALESCE(o.verification_type = 'id_verification', FALSE), o.verification_expires_at, o.total_amount,
            o.payment_method, COALESCE((SELECT estimated_days FROM shipping_zones WHERE id = o.shipping_zone_id), '')
        FROM orders o WHERE o.id = %(order_id)s FOR UPDATE
        """,
        order_id=order_id,
    )
    if order is None or order.status != "pending":
        return "over"
    if order.needs_verification:
        amount = Decimal(0) if order.id_only else order.total * rules.upfront_percent / 100
        await conn.batch(
            notice_statement(
                order_id,
                "verification_required",
                "notices.verification_required",
                {
                    "order_id": order_id,
                    "number": order.number,
                    "amount": str(amount.quantize(CENT, ROUND_HALF_UP)),
                    "until": f"{order.until:%I:%M %p}".lstrip("0") if order.until else "",
                },
            ),
            _measured(order_id, waited_ms),
        )
        return "held"
    await conn.batch(
        acting("order worker", "system", "Needs no verification"),
        Statement(
            "UPDATE orders SET order_status = 'confirmed', confirmed_at = NOW() WHERE id = %(order_id)s",
            {"order_id": order_id},
        ),
        done(),
    )
    await conn.sets("CALL sp_commit_order_inventory(%(order_id)s)", order_id=order_id)
    await conn.batch(
        notice_statement(
            order_id,
            "order_confirmed",
            "notices.order_confirmed",
            {
                "order_id": order_id,
                "number": order.number,
                "total": str(order.total),
                "method": order.method,
                "account": rules.payment_account,
                "days": order.days,
            },
        ),
        _measured(order_id, waited_ms),
        Statement(
            "UPDATE order_metrics m JOIN orders o ON o.id = m.order_id SET m.total_processing_duration_ms ="
            " GREATEST(0, TIMESTAMPDIFF(MICROSECOND, o.created_at, NOW(3)) DIV 1000) WHERE m.order_id = %(order_id)s",
            {"order_id": order_id},
        ),
    )
    return "confirmed"


def _measured(order_id: int, waited_ms: int) -> Statement:
    return Statement(
        "UPDATE order_metrics SET queue_wait_time_ms = %(waited)s WHERE order_id = %(order_id)s",
        {"waited": min(waited_ms, 2**31 - 1), "order_id": order_id},
    )

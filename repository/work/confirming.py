"""The first work on a new order: confirm it, or say that it must be verified first."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import msgspec

from repository.chats.notices import notice_statement
from repository.database.connection import Connection, Statement
from repository.database.errors import Unpaid, Unverified
from repository.orders.moves import WORKER, move
from repository.orders.promos import CENT
from repository.rules import Rules

Outcome = Literal["confirmed", "held", "unpaid", "over"]


class _Order(msgspec.Struct, frozen=True):
    number: str
    status: str
    id_only: bool
    until: datetime | None
    total: Decimal


async def confirm(conn: Connection, *, order_id: int, rules: Rules, waited_ms: int = 0) -> Outcome:
    """Confirm an order that needs no verification, with its stock sold and its shopper told, in one transaction.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        rules: The shop's rules.
        waited_ms: How long the order waited in the queue, in milliseconds.

    Returns:
        "confirmed"; "held" where it must be verified first, and the shopper is told how; "unpaid" where it waits for
        its money; "over" where it is no longer pending, or gone, and nothing was done.

    Raises:
        ProcedureRefused: The order does not hold its stock any more.
    """
    order = await conn.one(
        _Order,
        """
        SELECT o.order_number, o.order_status, COALESCE(o.verification_type = 'id_verification', FALSE),
            o.verification_expires_at, o.total_amount
        FROM orders o WHERE o.id = %(order_id)s FOR UPDATE
        """,
        order_id=order_id,
    )
    if order is None or order.status != "pending":
        return "over"
    try:
        await move(conn, order_id=order_id, to="confirmed", actor=WORKER, rules=rules, reason="Needs no verification")
    except Unpaid:
        await conn.batch(_measured(order_id, waited_ms))
        return "unpaid"
    except Unverified:
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
    await conn.batch(_measured(order_id, waited_ms))
    return "confirmed"


def _measured(order_id: int, waited_ms: int) -> Statement:
    return Statement(
        "UPDATE order_metrics SET queue_wait_time_ms = %(waited)s WHERE order_id = %(order_id)s",
        {"waited": min(waited_ms, 2**31 - 1), "order_id": order_id},
    )

"""Carrying an order on: confirmed as soon as nothing keeps it, else its shopper is told what does."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import msgspec

from repository.chats.notices import notice_statement
from repository.database.connection import Connection, Statement
from repository.database.errors import IllegalMove, UnknownOrder, Unpaid, Unverified
from repository.orders.moves import WORKER, move
from repository.orders.promos import CENT
from repository.rules import Rules
from repository.work.queueing import queue_statement

Outcome = Literal["confirmed", "held", "unpaid", "over"]


class Waiting(msgspec.Struct, frozen=True):
    """An order that waits for its shopper or for a person.

    Attributes:
        number: The order's number.
        status: As in `orders.order_status`.
        kind: How it is verified, as in `orders.verification_type`; empty where it is left open.
        until: Until when it waits, None where no time is set.
        total: What it comes to.
        due: What must still come in before it is confirmed.
        is_under_review: Whether a person is looking at what was sent.
        now: The present moment by the database's clock.
    """

    number: str
    status: str
    kind: str
    until: datetime | None
    total: Decimal
    due: Decimal
    is_under_review: bool
    now: datetime


async def carry_on(conn: Connection, *, order_id: int, rules: Rules, reason: str) -> Outcome:
    """Confirm an order where nothing keeps it, with all that belongs to that.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        rules: The shop's rules.
        reason: Why it can be confirmed now, for the history.

    Returns:
        "confirmed"; "held" where it must be verified first; "unpaid" where it waits for its money; "over" where it is
        no longer pending, or gone, and nothing was done.

    Raises:
        ProcedureRefused: The order does not hold its stock any more.
    """
    try:
        moved = await move(conn, order_id=order_id, to="confirmed", actor=WORKER, rules=rules, reason=reason)
    except (IllegalMove, UnknownOrder):
        return "over"
    except Unverified:
        return "held"
    except Unpaid:
        return "unpaid"
    return "over" if moved.already else "confirmed"


async def waiting(conn: Connection, *, order_id: int) -> Waiting | None:
    """What an order waits for; None where there is none.

    Args:
        conn: An open connection.
        order_id: `orders.id`.
    """
    return await conn.one(
        Waiting,
        """
        SELECT o.order_number, o.order_status, IF(o.verification_required AND o.verification_status <> 'verified',
                COALESCE(o.verification_type, ''), ''), o.verification_expires_at, o.total_amount,
            IF(o.payment_status = 'paid', 0,
                GREATEST(0, IF(o.payment_method = 'cod', o.down_payment, o.total_amount) - o.upfront_paid)),
            EXISTS (SELECT 1 FROM order_proofs p WHERE p.order_id = o.id AND p.status = 'waiting'
                    OR p.order_id = o.id AND p.status <> 'withdrawn' AND p.settled_at IS NULL), NOW()
        FROM orders o WHERE o.id = %(order_id)s
        """,
        order_id=order_id,
    )


async def ask_to_verify(conn: Connection, *, order_id: int, order: Waiting, rules: Rules) -> None:
    """Tell the shopper how the order is verified, and until when.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        order: What it waits for.
        rules: The shop's rules.
    """
    facts: dict[str, str | int] = {"order_id": order_id, "number": order.number, "until": clock_time(order.until)}
    if order.kind == "shopper_tap":
        told = notice_statement(
            order_id, "verification_required", "notices.tap_to_confirm", facts | {"total": str(order.total)}
        )
    else:
        amount = Decimal(0) if order.kind == "id_verification" else order.total * rules.upfront_percent / 100
        facts["amount"] = str(amount.quantize(CENT, ROUND_HALF_UP))
        told = notice_statement(order_id, "verification_required", "notices.verification_required", facts)
    await conn.batch(told)


def reminder(order_id: int, order: Waiting, rules: Rules) -> list[Statement]:
    """What queues the reminder of an order that waits; nothing where none is sent, or its time has come already.

    Args:
        order_id: `orders.id`.
        order: What it waits for.
        rules: The shop's rules.
    """
    if order.until is None or not rules.verification_reminder_minutes:
        return []
    seconds = round((order.until - order.now).total_seconds()) - 60 * rules.verification_reminder_minutes
    return [queue_statement(order_id, "notification", step="reminder", seconds=seconds)] if seconds > 0 else []


def clock_time(moment: datetime | None) -> str:
    """A time of day as people read it, such as "3:45 PM"; empty for none."""
    return f"{moment:%I:%M %p}".lstrip("0") if moment else ""

"""The work on orders, a small function for each kind of it; every one may be done again without harm."""

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from repository.chats.notices import notice_statement
from repository.database.connection import Connection, Statement
from repository.database.scalars import text
from repository.orders.flags import flag_statement
from repository.payments import ledger
from repository.payments.settling import settle
from repository.rules import Rules
from repository.verification import risk
from repository.work.carrying import ask_to_verify, carry_on, clock_time, reminder, waiting
from repository.work.jobs import Job

Step = Callable[[Connection, Job, Rules], Awaitable[str]]


class UnknownWork(Exception):
    """Nobody knows how to do what was queued."""


async def work(conn: Connection, job: Job, rules: Rules) -> str:
    """Do a piece of work.

    Args:
        conn: A connection in a transaction, which the caller owns.
        job: The work.
        rules: The shop's rules.

    Returns:
        What came of it, in a word.

    Raises:
        UnknownWork: There is no such work.
        ProcedureRefused: The order does not hold its stock any more.
    """
    step = STEPS.get((job.queue_type, job.step)) or STEPS.get((job.queue_type, ""))
    if step is None:
        raise UnknownWork(f"{job.queue_type} {job.step}")
    return await step(conn, job, rules)


async def begin(conn: Connection, job: Job, rules: Rules) -> str:
    """The first work on a new order: how risky it is, then confirmed, or held until somebody has done their part."""
    order = await waiting(conn, order_id=job.order_id)
    if order is None or order.status != "pending":
        return "over"
    await risk.hold(
        conn,
        order_id=job.order_id,
        risk=await risk.assess(conn, order_id=job.order_id, rules=rules),
        rules=rules,
    )
    outcome = await carry_on(conn, order_id=job.order_id, rules=rules, reason="Needs no verification")
    order = await waiting(conn, order_id=job.order_id)
    assert order is not None, "it is locked"
    await conn.batch(_waited(job))
    if outcome == "held" and not order.due:  # what is to be paid was said when it was placed
        await ask_to_verify(conn, order_id=job.order_id, order=order, rules=rules)
    if outcome in ("held", "unpaid") and (reminding := reminder(job.order_id, order, rules)):
        await conn.batch(*reminding)
    return outcome


async def paid(conn: Connection, job: Job, rules: Rules) -> str:
    """Money came in: the order is confirmed where that was all it waited for, and its shopper told in any case."""
    outcome = await carry_on(conn, order_id=job.order_id, rules=rules, reason="The payment is there")
    if outcome == "confirmed":
        return outcome  # its notice says what was paid
    said = await conn.one(
        _Said,
        """
        SELECT o.order_number, o.payment_method = 'cod', o.order_status IN ('cancelled', 'returned', 'delivered')
            OR last.at IS NULL OR COALESCE(o.confirmed_at >= last.at, FALSE) OR EXISTS (
                SELECT 1 FROM notification_queue n WHERE n.order_id = o.id AND n.created_at >= last.at
                AND n.template_name = 'notices.payment_received')
        FROM orders o LEFT JOIN (SELECT order_id, MAX(created_at) AS at FROM order_payments
            WHERE order_id = %(order_id)s AND kind = 'payment' GROUP BY order_id) last ON last.order_id = o.id
        WHERE o.id = %(order_id)s
        """,
        order_id=job.order_id,
    )
    if said is None or said.enough:
        return outcome
    money = await ledger.money_of(conn, order_id=job.order_id)
    facts: dict[str, str | int] = {
        "order_id": job.order_id,
        "number": said.number,
        "amount": str(money.kept),
        "balance": str(money.balance),
        "on_delivery": int(said.is_cash and money.kept >= money.down_payment),
    }
    await conn.batch(notice_statement(job.order_id, "payment_received", "notices.payment_received", facts))
    return "told"


async def verified(conn: Connection, job: Job, rules: Rules) -> str:
    """The shopper was verified: the order is confirmed where that was all it waited for."""
    return await carry_on(conn, order_id=job.order_id, rules=rules, reason="Verified")


async def settled(conn: Connection, job: Job, rules: Rules) -> str:
    """Reviews that can no longer be undone take effect, and the order goes on where they let it."""
    done = await settle(conn, order_id=job.order_id, rules=rules)
    if not done:
        return "nothing"
    await conn.batch(_responded(job))
    if any(each.outcome in ("paid", "verified") for each in done):
        return await carry_on(conn, order_id=job.order_id, rules=rules, reason="Approved")
    return done[-1].outcome


async def fulfil(conn: Connection, job: Job, rules: Rules) -> str:  # noqa: ARG001  (every step takes the same)
    """A confirmed order is to be packed: what its parcel lacks is shown to a person."""
    missing = await conn.value(
        """
        SELECT CONCAT_WS(', ', IF(COALESCE(ship_recipient_name, '') = '', 'recipient', NULL),
            IF(COALESCE(ship_phone, '') = '', 'phone', NULL), IF(COALESCE(ship_address_line1, '') = '', 'street', NULL),
            IF(COALESCE(ship_city, '') = '', 'city', NULL))
        FROM orders WHERE id = %(order_id)s AND order_status IN ('confirmed', 'processing') FOR UPDATE
        """,
        order_id=job.order_id,
    )
    if not missing:
        return "over" if missing is None else "ready"
    await conn.batch(flag_statement(job.order_id, "address", f"The parcel has no {text(missing)}"))
    return "incomplete"


async def remind(conn: Connection, job: Job, rules: Rules) -> str:
    """The time of an order that waits is nearly over; not said while a person looks at what was sent."""
    await conn.run("SELECT id FROM orders WHERE id = %(order_id)s FOR UPDATE", order_id=job.order_id)
    order = await waiting(conn, order_id=job.order_id)
    if order is None or order.status != "pending" or order.until is None or order.until <= order.now:
        return "over"
    if later := reminder(job.order_id, order, rules):  # it was given more time
        await conn.batch(*later)
        return "later"
    if order.is_under_review:
        return "reviewed"
    facts: dict[str, str | int] = {
        "order_id": job.order_id,
        "number": order.number,
        "due": str(order.due),
        "tap": int(order.kind == "shopper_tap"),
        "until": clock_time(order.until),
    }
    await conn.batch(notice_statement(job.order_id, "custom", "notices.reminder", facts))
    return "reminded"


STEPS: Mapping[tuple[str, str], Step] = {
    ("new_order", ""): begin,
    ("payment", ""): paid,
    ("verification", ""): verified,
    ("verification", "settle"): settled,
    ("fulfillment", ""): fulfil,
    ("notification", "reminder"): remind,
}
"""What is done, by `order_processing_queue.queue_type` and the step that its payload names."""


class _Said(msgspec.Struct, frozen=True):
    number: str
    is_cash: bool
    enough: bool


def _waited(job: Job) -> Statement:
    return Statement(
        "UPDATE order_metrics SET queue_wait_time_ms = %(waited)s WHERE order_id = %(order_id)s",
        {"waited": min(job.waited_ms, 2**31 - 1), "order_id": job.order_id},
    )


def _responded(job: Job) -> Statement:
    """What measures how long the shopper took to send the first proof."""
    return Statement(
        "UPDATE order_metrics m JOIN orders o ON o.id = m.order_id JOIN (SELECT order_id, MIN(created_at) AS at"
        " FROM order_proofs WHERE order_id = %(order_id)s GROUP BY order_id) sent ON sent.order_id = o.id"
        " SET m.customer_response_time_ms = LEAST(2147483647,"
        " GREATEST(0, TIMESTAMPDIFF(MICROSECOND, o.created_at, sent.at) DIV 1000)) WHERE m.order_id = %(order_id)s",
        {"order_id": job.order_id},
    )

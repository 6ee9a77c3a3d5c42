"""The money of an order, in and back out: every amount is a row, and what the order says of it follows."""

from decimal import Decimal
from typing import Literal

import msgspec

from repository.chats.notices import notice_statement
from repository.database.connection import Bound, Connection, Result, Statement
from repository.database.errors import AmountRefused, NotFound, UnknownOrder
from repository.orders.flags import flag_statement, resolving_statement
from repository.orders.history import Actor
from repository.work.queueing import queue_statement

NOTHING = Decimal("0.00")
OVER = ("cancelled", "returned")
"""Where all that came in goes back."""
Kind = Literal["payment", "refund"]


class Money(msgspec.Struct, frozen=True):
    """The money of an order.

    Attributes:
        total: What the order comes to.
        paid: What came in so far, refunded or not.
        refunded: What went back.
        balance: What is still to be paid; nothing of an order that is cancelled or returned.
        down_payment: What must have come in before the order is confirmed, of one that is not paid ahead in full.
    """

    total: Decimal
    paid: Decimal
    refunded: Decimal
    balance: Decimal
    down_payment: Decimal

    @property
    def kept(self) -> Decimal:
        """What came in and has not gone back."""
        return self.paid - self.refunded


class _Order(msgspec.Struct, frozen=True):
    number: str
    status: str
    total: Decimal
    down_payment: Decimal
    came_in: Decimal
    went_back: Decimal
    returned: Decimal

    @property
    def money(self) -> Money:
        over = self.status in OVER
        balance = NOTHING if over else max(NOTHING, self.total - self.came_in)
        return Money(self.total, self.came_in, self.went_back, balance, self.down_payment)

    @property
    def refundable(self) -> Decimal:
        """What may go back: all of an order that is over, else returned lines and what was paid too much."""
        kept = max(NOTHING, self.came_in - self.went_back)
        if self.status in OVER:
            return kept
        too_much = max(NOTHING, self.came_in - self.total)
        return min(kept, max(NOTHING, self.returned + too_much - self.went_back))


def money_statement(order_id: int) -> Statement:
    """What reads the money of an order, to be sent together with something else.

    What a merchant wrote onto the order at a SQL prompt counts as having come in.

    Args:
        order_id: `orders.id`.
    """
    return Statement(
        """
        SELECT o.order_number, o.order_status, o.total_amount, o.down_payment,
            GREATEST(o.upfront_paid, IF(o.payment_status = 'paid', o.total_amount, 0),
                COALESCE((SELECT SUM(amount) FROM order_payments WHERE order_id = o.id AND kind = 'payment'), 0)),
            COALESCE((SELECT SUM(amount) FROM order_payments WHERE order_id = o.id AND kind = 'refund'), 0),
            COALESCE((SELECT SUM(ROUND(total_price * returned_quantity / quantity, 2)) FROM order_items
                      WHERE order_id = o.id), 0)
        FROM orders o WHERE o.id = %(order_id)s
        """,
        {"order_id": order_id},
    )


def read_money(conn: Connection, result: Result, order_id: int) -> Money:
    """What `money_statement` found.

    Args:
        conn: The connection on which it was found.
        result: Its result.
        order_id: Whose money was asked for.

    Raises:
        UnknownOrder: There is no such order.
    """
    return _read(conn, result, order_id).money


async def money_of(conn: Connection, *, order_id: int) -> Money:
    """The money of an order.

    Args:
        conn: An open connection.
        order_id: `orders.id`.

    Raises:
        UnknownOrder: There is no such order.
    """
    (result,) = await conn.batch(money_statement(order_id))
    return read_money(conn, result, order_id)


async def refundable(conn: Connection, *, order_id: int) -> Decimal:
    """How much of an order's money may go back now.

    Args:
        conn: An open connection.
        order_id: `orders.id`.

    Raises:
        UnknownOrder: There is no such order.
    """
    (result,) = await conn.batch(money_statement(order_id))
    return _read(conn, result, order_id).refundable


async def record(
    conn: Connection,
    *,
    order_id: int,
    kind: Kind,
    amount: Decimal,
    method: str,
    actor: Actor,
    reference: str = "",
    proof_id: int | None = None,
    note: str = "",
) -> Money:
    """Book money that came in, or went back, and let the order say so.

    A payment queues the work that it makes possible, which tells the shopper; a refund tells the shopper at once, and
    once all has gone back nobody is needed for it any more. Money that comes for an order that is over needs a person.

    Args:
        conn: A connection in a transaction, which the caller owns. The order is locked.
        order_id: `orders.id`.
        kind: "payment", or "refund".
        amount: How much, in the shop's currency.
        method: How, as in `orders.payment_method`.
        actor: Who says that it came or went.
        reference: The number of the transfer, without spaces; may be empty.
        proof_id: `order_proofs.id` of what shows it, which is booked once: again changes nothing.
        note: What the people of the shop should know.

    Returns:
        The order's money afterwards.

    Raises:
        UnknownOrder: There is no such order.
        NotFound: The proof is of another order.
        AmountRefused: It is not more than nothing, or more than may go back; says how much may.
    """
    values: dict[str, Bound] = {
        "order_id": order_id,
        "kind": kind,
        "amount": amount,
        "method": method,
        "reference": reference[:100],
        "proof_id": proof_id,
        "note": note[:1000],
        "by": actor.admin_id,
    }
    _, read, proof = await conn.batch(
        Statement("SELECT id FROM orders WHERE id = %(order_id)s FOR UPDATE", values),
        money_statement(order_id),
        Statement(
            "SELECT p.order_id, EXISTS (SELECT 1 FROM order_payments WHERE proof_id = p.id)"
            " FROM order_proofs p WHERE p.id = %(proof_id)s",
            values,
        ),
    )
    order = _read(conn, read, order_id)
    if proof_id is not None:
        if not proof.rows or proof.rows[0][0] != order_id:
            raise NotFound(f"proof {proof_id} of order {order_id}")
        if proof.rows[0][1]:
            return order.money
    if amount <= 0 or (kind == "refund" and amount > order.refundable):
        raise AmountRefused(most=order.refundable if kind == "refund" else order.money.balance)
    if kind == "payment":
        order = msgspec.structs.replace(order, came_in=order.came_in + amount)
    else:
        order = msgspec.structs.replace(order, went_back=order.went_back + amount)
    await conn.batch(
        Statement(
            "INSERT INTO order_payments (order_id, kind, amount, method, reference, proof_id, note, recorded_by) VALUES"
            " (%(order_id)s, %(kind)s, %(amount)s, %(method)s, NULLIF(%(reference)s, ''), %(proof_id)s,"
            " NULLIF(%(note)s, ''), %(by)s)",
            values,
        ),
        *_following(order_id, order),
        *(
            _after_payment(order_id, order, actor)
            if kind == "payment"
            else _after_refund(order_id, order, values, actor)
        ),
    )
    conn.feeds_queue = True
    return order.money


def _read(conn: Connection, result: Result, order_id: int) -> _Order:
    if not result.rows:
        raise UnknownOrder(f"order {order_id}")
    return conn.read(_Order, result.rows[0])


def _following(order_id: int, order: _Order) -> list[Statement]:
    """What lets the order and its metrics say what its money is now."""
    money = order.money
    status = "pending"
    if money.refunded and money.refunded >= money.paid:
        status = "refunded"
    elif money.paid >= money.total:
        status = "paid"
    values: dict[str, Bound] = {
        "order_id": order_id,
        "paid": money.paid,
        "balance": money.balance,
        "status": status,
    }
    follows = Statement(
        "UPDATE orders SET upfront_paid = %(paid)s, remaining_balance = %(balance)s, payment_status = %(status)s,"
        " paid_at = IF(%(status)s = 'paid', COALESCE(paid_at, NOW()), paid_at) WHERE id = %(order_id)s",
        values,
    )
    measured = Statement(
        "INSERT INTO order_metrics (order_id, payment_duration_ms) SELECT id,"
        " LEAST(2147483647, GREATEST(0, TIMESTAMPDIFF(MICROSECOND, created_at, NOW(3)) DIV 1000)) FROM orders"
        " WHERE id = %(order_id)s"
        " ON DUPLICATE KEY UPDATE payment_duration_ms = COALESCE(payment_duration_ms, VALUES(payment_duration_ms))",
        values,
    )
    return [follows, measured] if status == "paid" else [follows]


def _after_payment(order_id: int, order: _Order, actor: Actor) -> list[Statement]:
    money = order.money
    if order.status in OVER:
        return [flag_statement(order_id, "refund", f"{money.kept} came in and has not gone back")]
    if order.status == "delivered":  # cash in the rider's hand: the notice of the delivery has said it
        return [resolving_statement(order_id, "unpaid", actor.name)] if not money.balance else []
    queued = queue_statement(order_id, "payment")
    return [queued] if money.balance else [queued, resolving_statement(order_id, "unpaid", actor.name)]


def _after_refund(order_id: int, order: _Order, values: dict[str, Bound], actor: Actor) -> list[Statement]:
    told = notice_statement(
        order_id,
        "custom",
        "notices.refunded",
        {
            "order_id": order_id,
            "number": order.number,
            "amount": str(values["amount"]),
            "method": str(values["method"]),
            "reference": str(values["reference"]),
        },
    )
    return [told] if order.refundable else [told, resolving_statement(order_id, "refund", actor.name)]

"""The moves of an order: the one table of them, and the one function that makes them."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import IllegalMove, UnknownOrder, Unpaid, Unverified
from repository.orders.coming.following import Told, follows, told_of, tracking_page
from repository.orders.flags import flag_statement, resolving_statement
from repository.orders.history import SHOPPER, WORKER, Actor, acting, done, stale, tiers
from repository.orders.promos import give_back
from repository.orders.standing import AHEAD
from repository.payments import ledger
from repository.payments.awaiting import is_looked_at
from repository.payments.ledger import Money
from repository.rules import Rules

__all__ = ["CANCELLABLE", "MOVES", "SHOPPER", "WORKER", "Actor", "Moved", "Told", "due", "may_move", "move"]

MOVES: Mapping[str, tuple[str, ...]] = {
    "pending": ("confirmed", "cancelled"),
    "confirmed": ("processing", "cancelled"),
    "processing": ("shipped", "cancelled"),
    "shipped": ("delivered", "returned"),
    "delivered": ("returned",),
    "cancelled": (),
    "returned": (),
}
"""Where an order may go from where it is (contract/rules.md, "order moves")."""
CANCELLABLE = ("pending", "confirmed")
"""Where a shopper may still take an order back: the only move that is a shopper's."""
NEEDS_MONEY = ("confirmed", "processing", "shipped")
"""Where no order goes before the money is there that is asked for beforehand."""

_STOCK: Mapping[str, str] = {
    "confirmed": "CALL sp_commit_order_inventory(%(order_id)s)",
    "cancelled": "CALL sp_release_order_inventory(%(order_id)s, %(stock_reason)s)",
    "returned": "CALL sp_return_order_inventory(%(order_id)s, %(restock)s)",
}
_COLUMNS: Mapping[str, str] = {
    "confirmed": "confirmed_at = NOW()",
    "processing": "processing_started_at = NOW()",
    "shipped": "shipped_at = NOW(), processing_completed_at = NOW(), courier = NULLIF(%(courier)s, ''),"
    " tracking_number = NULLIF(%(tracking)s, '')",
    "delivered": "delivered_at = NOW()",
    "cancelled": "cancelled_at = NOW(), cancellation_reason = NULLIF(%(reason)s, ''), remaining_balance = 0",
    "returned": "returned_at = NOW(), remaining_balance = 0",
}


class Moved(msgspec.Struct, frozen=True):
    """What became of a move.

    Attributes:
        order_id: `orders.id`.
        number: The order's number, as people call it.
        was: Where the order was before.
        status: Where it is now.
        already: Whether it had been there already, so that nothing was done.
    """

    order_id: int
    number: str
    was: str
    status: str
    already: bool = False


class _Order(msgspec.Struct, frozen=True):
    number: str
    status: str
    version: int
    method: str
    is_unverified: bool
    days: str
    courier_link: str


async def move(
    conn: Connection,
    *,
    order_id: int,
    to: str,
    actor: Actor,
    rules: Rules,
    opened: int | None = None,
    reason: str = "",
    courier: str = "",
    tracking: str = "",
    restock: bool = True,
) -> Moved:
    """Move an order, with all that belongs to it: stock, times, promo, money, history, metrics, flags, the notice.

    Args:
        conn: A connection in a transaction, which the caller owns. The order is locked first, then its stock.
        order_id: `orders.id`.
        to: Where it goes, as `orders.order_status` says it.
        actor: Who moves it.
        rules: The shop's rules.
        opened: `orders.version` at which whoever decides saw the order; None where a program does.
        reason: Why. The shopper reads it where the shop cancels.
        courier: Who delivers it, where it is shipped.
        tracking: The courier's number for it.
        restock: Whether what is returned goes back on the shelf.

    Returns:
        The move; `already` where the order is there, and nothing was done.

    Raises:
        UnknownOrder: There is no such order.
        Stale: Somebody has changed it since it was opened; says who, and how long ago.
        IllegalMove: It does not go there from where it is, or not by this actor's hand.
        Unpaid: Its money is not there yet; says how much is missing.
        Unverified: Its shopper is not verified yet, and nobody has approved it.
        ProcedureRefused: It does not hold its stock any more.
    """
    values: dict[str, Bound] = {
        "order_id": order_id,
        "to": to,
        "reason": reason[:1000],
        "courier": courier[:100],
        "tracking": tracking[:100],
        "restock": restock,
        # Not the merchant's words: to the procedure "Reservation expired" means something else.
        "stock_reason": "Cancelled by the shopper" if actor.kind == "customer" else "Cancelled",
    }
    order, money = await _locked(conn, order_id, courier)
    if opened is not None and opened != order.version:
        raise await stale(conn, order_id=order_id)
    if order.status == to:
        return Moved(order_id, order.number, order.status, to, already=True)
    if not may_move(order.status, to, actor):
        raise IllegalMove(status=order.status, to=to)
    if to == "confirmed" and order.is_unverified:
        raise Unverified(f"order {order_id}")
    if to in NEEDS_MONEY and (missing := due(money, order.method)):
        raise Unpaid(due=missing)

    written = [
        *(_realigned(values) if to == "returned" else ()),
        acting(actor.name, actor.kind, reason[:1000] or None),
        *((tiers(rules),) if to in ("delivered", "returned") else ()),
        Statement(f"UPDATE orders SET order_status = %(to)s, {_COLUMNS[to]} WHERE id = %(order_id)s", values),
        done(),
    ]
    await conn.batch(*written, *([Statement(_STOCK[to], values)] if to in _STOCK else []))
    if to == "delivered" and order.method == "cod" and money.balance:
        money = await ledger.record(
            conn, order_id=order_id, kind="payment", amount=money.balance, method="cod", actor=actor
        )
    if to == "cancelled":
        await give_back(conn, order_id=order_id)
    is_sent = to == "cancelled" and not money.kept and await is_looked_at(conn, order_id=order_id)
    told = told_of(
        to, order_id=order_id, number=order.number, actor=actor, money=money, method=order.method, days=order.days,
        reason=reason, is_sent=is_sent, courier=courier, tracking=tracking,
        link=tracking_page(order.courier_link, tracking),
    )  # fmt: skip
    await conn.batch(*follows(order_id, to, told, rules), *_flags(order_id, to, actor, money))
    conn.feeds_queue = True
    return Moved(order_id, order.number, order.status, to)


def may_move(status: str, to: str, actor: Actor) -> bool:
    """Whether an order goes there from where it is, by this actor's hand.

    Args:
        status: Where it is.
        to: Where it shall go.
        actor: Who would move it.
    """
    if to not in MOVES.get(status, ()):
        return False
    if actor.kind == "customer":
        return to == "cancelled" and status in CANCELLABLE
    return to != "returned" or actor.kind == "admin"


def due(money: Money, method: str) -> Decimal:
    """What must still come in before the order is confirmed; nothing where all of it is there.

    Args:
        money: The order's money.
        method: As in `orders.payment_method`.
    """
    asked = money.total if method in AHEAD else money.down_payment
    return max(ledger.NOTHING, asked - money.kept)


async def _locked(conn: Connection, order_id: int, courier: str) -> tuple[_Order, Money]:
    """The order and its money, behind the lock that everybody takes first (contract/database.md)."""
    found, money = await conn.batch(
        Statement(
            """
            SELECT o.order_number, o.order_status, o.version, o.payment_method,
                o.verification_required AND o.verification_status <> 'verified',
                COALESCE((SELECT estimated_days FROM shipping_zones WHERE id = o.shipping_zone_id), ''),
                COALESCE((SELECT link FROM couriers WHERE name = %(courier)s), '')
            FROM orders o WHERE o.id = %(order_id)s FOR UPDATE
            """,
            {"order_id": order_id, "courier": courier},
        ),
        ledger.money_statement(order_id),
    )
    if not found.rows:
        raise UnknownOrder(f"order {order_id}")
    return conn.read(_Order, found.rows[0]), ledger.read_money(conn, money, order_id)


def _realigned(values: Mapping[str, Bound]) -> tuple[Statement, ...]:
    """What takes the pieces that came back before out of what the order still holds, and marks the rest as returned."""
    return (
        Statement(
            "UPDATE inventory_reservations r FORCE INDEX (ix_inventory_reservations_order)"
            " JOIN order_items i ON i.id = r.order_item_id"
            " SET r.quantity = i.quantity - i.returned_quantity WHERE r.order_id = %(order_id)s"
            " AND r.status = 'committed' AND i.returned_quantity BETWEEN 1 AND i.quantity - 1",
            values,
        ),
        Statement(
            "UPDATE inventory_reservations r FORCE INDEX (ix_inventory_reservations_order)"
            " JOIN order_items i ON i.id = r.order_item_id"
            " SET r.status = 'released', r.released_at = NOW(), r.release_reason = 'Returned'"
            " WHERE r.order_id = %(order_id)s AND r.status = 'committed' AND i.returned_quantity >= i.quantity",
            values,
        ),
        Statement(
            "UPDATE order_items FORCE INDEX (ix_order_items_order) SET returned_quantity = quantity"
            " WHERE order_id = %(order_id)s",
            values,
        ),
    )


def _flags(order_id: int, to: str, actor: Actor, money: Money) -> list[Statement]:
    """What no longer needs a person after the move, and what does: money that must go back."""
    if to not in ("cancelled", "returned"):
        over = {"confirmed": "risk", "delivered": "received"}.get(to)
        return [resolving_statement(order_id, over, actor.name)] if over else []
    gone = [resolving_statement(order_id, kind, actor.name) for kind in ("risk", "unpaid", "received")]
    if money.kept > 0:
        gone.append(flag_statement(order_id, "refund", f"{money.kept} came in and has not gone back"))
    return gone

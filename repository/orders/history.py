"""The history of an order: who does something and why, told to the triggers that write it; and what was done last.

Whoever decides about an order says which version they saw, so that of two who decide at once one hears of the other.
"""

from typing import Literal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import Stale, UnknownOrder
from repository.rules import Rules

ActorType = Literal["system", "admin", "customer", "automation"]


class Actor(msgspec.Struct, frozen=True):
    """Who does something to an order.

    Attributes:
        name: As colleagues call them, or what of the program it is, such as "order worker".
        kind: What they are.
        admin_id: `admin_users.id`, where it is a person of the shop.
    """

    name: str
    kind: ActorType
    admin_id: int | None = None


SHOPPER = Actor("shopper", "customer")
WORKER = Actor("order worker", "system")


def acting(actor: str, kind: ActorType, reason: str | None = None) -> Statement:
    """What names the one who moves an order, for the statements behind it; send `done` after them.

    Args:
        actor: Who, such as "shopper" or an account's name.
        kind: What they are.
        reason: Why, None where the status says enough.
    """
    return Statement(
        "SET @qs_actor = %(actor)s, @qs_actor_type = %(kind)s, @qs_reason = %(reason)s",
        {"actor": actor, "kind": kind, "reason": reason},
    )


def tiers(rules: Rules) -> Statement:
    """What tells the triggers which delivered spend makes a tier, and which a point; send `done` after what needs it.

    Args:
        rules: The shop's rules.
    """
    return Statement(
        "SET @qs_tier_silver = %(silver)s, @qs_tier_gold = %(gold)s, @qs_tier_platinum = %(platinum)s,"
        " @qs_spend_per_point = %(point)s",
        {
            "silver": rules.tier_silver_from,
            "gold": rules.tier_gold_from,
            "platinum": rules.tier_platinum_from,
            "point": rules.spend_per_point,
        },
    )


def done() -> Statement:
    """What takes all of that back, so that nobody else on this connection goes by it."""
    return Statement(
        "SET @qs_actor = NULL, @qs_actor_type = NULL, @qs_reason = NULL, @qs_tier_silver = NULL, @qs_tier_gold = NULL,"
        " @qs_tier_platinum = NULL, @qs_spend_per_point = NULL"
    )


class Change(msgspec.Struct, frozen=True):
    """What was done to an order last.

    Attributes:
        by: Who, as colleagues call them; "shopper", or empty where nobody is named.
        what: Where it went, or "changed", "payment", "refund" or "back" (pieces came back).
        seconds: How long ago.
    """

    by: str
    what: str
    seconds: int


_AGO = "GREATEST(0, TIMESTAMPDIFF(SECOND, {at}, NOW()))"
_BY = "COALESCE(NULLIF(a.full_name, ''), a.username, '')"
_SELECTS = (
    f"SELECT COALESCE(changed_by, ''), to_status, {_AGO.format(at='created_at')} FROM order_state_history"
    " WHERE order_id = %(order_id)s ORDER BY id DESC LIMIT 1",
    f"SELECT actor, 'changed', {_AGO.format(at='created_at')} FROM order_edits"
    " WHERE order_id = %(order_id)s ORDER BY id DESC LIMIT 1",
    f"SELECT {_BY}, p.kind, {_AGO.format(at='p.created_at')} FROM order_payments p"
    " LEFT JOIN admin_users a ON a.id = p.recorded_by WHERE p.order_id = %(order_id)s ORDER BY p.id DESC LIMIT 1",
    f"SELECT {_BY}, 'back', {_AGO.format(at='r.decided_at')} FROM order_returns r"
    " LEFT JOIN admin_users a ON a.id = r.decided_by WHERE r.order_id = %(order_id)s AND r.status = 'received'"
    " ORDER BY r.id DESC LIMIT 1",
)


async def last_change(conn: Connection, *, order_id: int) -> Change | None:
    """What was done to an order last; None where nothing was.

    Args:
        conn: An open connection.
        order_id: `orders.id`.
    """
    values: dict[str, Bound] = {"order_id": order_id}
    results = await conn.batch(*(Statement(sql, values) for sql in _SELECTS))
    changes = [conn.read(Change, result.rows[0]) for result in results if result.rows]
    # Of what was done in one second, money and changes rather than the move that they led to.
    return min(reversed(changes), key=lambda change: change.seconds) if changes else None


async def stale(conn: Connection, *, order_id: int) -> Stale:
    """That somebody has changed an order: who, and how long ago.

    Args:
        conn: An open connection.
        order_id: `orders.id`.
    """
    last = await last_change(conn, order_id=order_id)
    return Stale(last.by, seconds=last.seconds) if last else Stale("")


async def check_version(conn: Connection, *, order_id: int, opened: int | None) -> None:
    """Lock an order that somebody has decided about, and refuse where it is not as they saw it.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        opened: `orders.version` at which they saw it; None where that does not matter.

    Raises:
        UnknownOrder: There is no such order.
        Stale: Somebody has changed it since; says who, and how long ago.
    """
    version = await conn.value("SELECT version FROM orders WHERE id = %(order_id)s FOR UPDATE", order_id=order_id)
    if version is None:
        raise UnknownOrder(f"order {order_id}")
    if opened is not None and version != opened:
        raise await stale(conn, order_id=order_id)

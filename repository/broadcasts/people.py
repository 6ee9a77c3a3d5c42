"""Whom a broadcast is for: inside Messenger's window, not stopped, and as the merchant wants them."""

from collections.abc import Mapping

import msgspec

from repository.broadcasts.edits import BroadcastBody
from repository.database.connection import Bound, Connection
from repository.orders.promos import TIERS

MARGIN_MINUTES = 5
"""Before the end of a window, in which nothing is begun any more (`bot.messenger.window.MARGIN`)."""
_AWAY = """(SELECT DATEDIFF(NOW(), MAX(o.created_at)) FROM orders o
    WHERE o.user_id = u.id AND o.order_status <> 'cancelled')"""
_BOUGHT = """EXISTS (SELECT 1 FROM orders o JOIN order_items i ON i.order_id = o.id
    JOIN products p ON p.id = i.product_id JOIN categories c ON c.id = p.category_id
    WHERE o.user_id = u.id AND o.order_status <> 'cancelled' AND (p.sku = %(bought)s OR c.name = %(bought)s))"""
WINDOW = f"c.window_expires_at > NOW(3) + INTERVAL {MARGIN_MINUTES} MINUTE AND c.unreachable_since IS NULL"
"""Whether ordinary messages may be sent to the shopper of a conversation `c`."""
WANTS = "u.promos_stopped_at IS NULL AND u.deletion_asked_at IS NULL AND u.account_status = 'active'"
"""Whether a shopper `u` has not stopped promos (contract/rules.md, "stop")."""
LATELY_DAYS = 30
"""How long ago somebody wrote at most who is counted where the window is closed; one stays open a week at most."""
_PEOPLE = f"""FROM conversations c FORCE INDEX (ix_conversations_heard) JOIN users u ON u.messenger_id = c.psid
    WHERE c.heard_at > NOW(3) - INTERVAL {LATELY_DAYS} DAY"""


class Reach(msgspec.Struct, frozen=True):
    """Whom a broadcast would reach now.

    Attributes:
        inside: Shoppers who would get it.
        outside: Shoppers who fit, wrote within the last 30 days, and whose window is closed.
        stopped: Shoppers who fit, wrote within the last 30 days, and want no promos.
    """

    inside: int
    outside: int
    stopped: int


async def reach(conn: Connection, *, body: BroadcastBody) -> Reach:
    """Whom a broadcast would reach now.

    Args:
        conn: An open connection.
        body: What the merchant wants.
    """
    where, values = fitting(body)
    found = await conn.one(
        Reach,
        f"SELECT COUNT(IF({WANTS} AND {WINDOW}, 1, NULL)), COUNT(IF({WANTS} AND NOT ({WINDOW}), 1, NULL)),"
        f" COUNT(IF(NOT ({WANTS}), 1, NULL)) {_PEOPLE} AND {where}",
        **values,
    )
    assert found is not None, "it counts"
    return found


async def choose(conn: Connection, *, broadcast_id: int, body: BroadcastBody) -> int:
    """Write down whom a broadcast is for; how many they are.

    Args:
        conn: A connection in a transaction, which has locked the broadcast.
        broadcast_id: `broadcasts.id`.
        body: What the merchant wants.
    """
    where, values = fitting(body)
    made = await conn.run(
        f"INSERT INTO broadcast_people (broadcast_id, user_id) SELECT %(broadcast_id)s, u.id {_PEOPLE}"
        f" AND {WANTS} AND {WINDOW} AND {where}",
        broadcast_id=broadcast_id,
        **values,
    )
    return made.rowcount


def fitting(body: BroadcastBody) -> tuple[str, Mapping[str, Bound]]:
    """The condition on a shopper `u` that a merchant wants, whatever the window; and its values.

    Args:
        body: What the merchant wants.
    """
    conditions, values = ["TRUE"], dict[str, Bound]()
    if body.from_tier in TIERS:
        conditions.append("u.customer_tier IN %(tiers)s")
        values["tiers"] = list(TIERS[TIERS.index(body.from_tier) :])
    if body.bought:
        conditions.append(_BOUGHT)
        values["bought"] = body.bought
    if body.away_least or body.away_most:
        conditions.append(f"{_AWAY} BETWEEN %(away_least)s AND %(away_most)s")
        values |= {"away_least": body.away_least, "away_most": body.away_most or 100_000}
    return " AND ".join(conditions), values

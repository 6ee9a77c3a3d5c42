"""What follows a move of an order: what its shopper is told, what it took, and how far the shopper is trusted now."""

from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from repository.chats.notices import notice_statement
from repository.database.connection import Statement
from repository.orders.history import Actor
from repository.payments.ledger import Money
from repository.rules import Rules
from repository.work.queueing import queue_statement


class Told(msgspec.Struct, frozen=True):
    """What a shopper is told of a move.

    Attributes:
        kind: As in `notification_queue.notification_type`.
        template_name: The name of its words, such as "notices.shipped".
        facts: What their variables stand for.
    """

    kind: str
    template_name: str
    facts: Mapping[str, str | int]


def told_of(
    to: str,
    *,
    order_id: int,
    number: str,
    actor: Actor,
    money: Money,
    method: str,
    days: str = "",
    reason: str = "",
    is_sent: bool = False,
    courier: str = "",
    tracking: str = "",
    link: str = "",
) -> Told | None:
    """What the shopper of an order is told of its move; None where the chat itself says it.

    Args:
        to: Where the order goes.
        order_id: `orders.id`.
        number: The order's number.
        actor: Who moves it: what shoppers do themselves they are answered at once.
        money: The order's money.
        method: As in `orders.payment_method`.
        days: How long sending takes; may be empty.
        reason: Why, where the shop cancels.
        is_sent: Whether a payment was sent that nobody has looked at yet.
        courier: Who delivers it; may be empty.
        tracking: The courier's number for it; may be empty.
        link: Of the courier's page about the parcel; may be empty.
    """
    about: dict[str, str | int] = {"order_id": order_id, "number": number}
    paid = int(money.kept > 0)
    match to:
        case "confirmed":
            facts = {"total": str(money.total), "method": method, "days": days, "balance": str(money.balance)}
            return Told("order_confirmed", "notices.order_confirmed", about | facts | {"paid": str(money.kept)})
        case "processing":
            return Told("custom", "notices.processing", about)
        case "shipped":
            parcel = {"tracking": tracking, "days": days, "courier": courier, "link": link}
            to_pay = str(money.balance) if method == "cod" else "0"
            return Told("order_shipped", "notices.shipped", about | parcel | {"balance": to_pay})
        case "delivered":
            return Told("order_delivered", "notices.delivered", about)
        case "cancelled" if actor.kind != "customer":
            money_back = {"paid": paid, "is_sent": int(is_sent)}
            return Told("order_cancelled", "notices.cancelled_by_shop", about | {"reason": reason} | money_back)
        case "returned":
            return Told("custom", "notices.returned", about | {"paid": paid})
    return None


def tracking_page(pattern: str, tracking: str) -> str:
    """The courier's page about a parcel; empty where there is none.

    Args:
        pattern: Its link, with {number} where the number goes.
        tracking: The courier's number for the parcel.
    """
    return pattern.replace("{number}", quote(tracking, safe="")) if pattern and tracking else ""


def follows(order_id: int, to: str, told: Told | None, rules: Rules) -> list[Statement]:
    """What notes a move that was just made: its notice, its durations, and the trust that it earns or costs.

    Args:
        order_id: `orders.id`.
        to: Where the order went.
        told: What its shopper is told.
        rules: The shop's rules.
    """
    return [
        *([notice_statement(order_id, told.kind, told.template_name, told.facts)] if told else ()),
        *(_measured(order_id, name, since) for name, since in _DURATIONS.get(to, ())),
        *([_trusted(order_id, rules)] if to in ("delivered", "returned") else ()),
        *([queue_statement(order_id, "fulfillment")] if to == "confirmed" else ()),
    ]


_DURATIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "confirmed": (("total_processing_duration_ms", "o.created_at"),),
    "shipped": (("fulfillment_duration_ms", "o.confirmed_at"), ("total_processing_duration_ms", "o.created_at")),
}
"""Which durations end with a move, and when they began. The whole one ends when the order leaves the shop."""


def _measured(order_id: int, name: str, since: str) -> Statement:
    return Statement(
        f"INSERT INTO order_metrics (order_id, {name}) SELECT o.id, LEAST(2147483647,"
        f" GREATEST(0, TIMESTAMPDIFF(MICROSECOND, {since}, NOW(3)) DIV 1000)) FROM orders o WHERE o.id = %(order_id)s"
        f" ON DUPLICATE KEY UPDATE {name} = VALUES({name})",
        {"order_id": order_id},
    )


def _trusted(order_id: int, rules: Rules) -> Statement:
    """What counts a trusted buyer's orders anew, behind the trigger that has counted this one. A level only rises here:
    a merchant gives it, and takes it away.
    """
    return Statement(
        """
        UPDATE trusted_buyers t JOIN orders o ON o.user_id = t.user_id JOIN users u ON u.id = t.user_id
        SET t.successful_orders = u.total_orders, t.total_spent = u.total_spent,
            t.trust_level = CASE
                WHEN u.total_orders >= %(platinum)s THEN 'platinum'
                WHEN u.total_orders >= %(gold)s AND t.trust_level IN ('bronze', 'silver') THEN 'gold'
                WHEN u.total_orders >= %(silver)s AND t.trust_level = 'bronze' THEN 'silver'
                ELSE t.trust_level END
        WHERE o.id = %(order_id)s
        """,
        {
            "order_id": order_id,
            "silver": rules.trusted_silver_from,
            "gold": rules.trusted_gold_from,
            "platinum": rules.trusted_platinum_from,
        },
    )

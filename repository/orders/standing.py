"""How far the shop trusts a shopper, and whether an order must be verified first."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from repository.database.connection import Statement
from repository.orders.promos import CENT
from repository.rules import Rules


class Standing(msgspec.Struct, frozen=True):
    """What the shop knows of a shopper's past.

    Attributes:
        delivered: Orders that reached them.
        open: Orders under way that have not left the shop.
        cancelled: Orders of the last 30 days that were cancelled.
        skips: Whether a merchant lets them skip verification.
        now: The present moment by the database's clock, in the shop's offset.
    """

    delivered: int
    open: int
    cancelled: int
    skips: bool
    now: datetime


def standing_statement(shopper_id: int) -> Statement:
    """What reads a shopper's standing, to be sent together with something else.

    Args:
        shopper_id: `users.id`.
    """
    return Statement(
        """
        SELECT shopper.total_orders,
            (SELECT COUNT(*) FROM orders WHERE user_id = shopper.id
             AND order_status IN ('pending', 'confirmed', 'processing')),
            (SELECT COUNT(*) FROM orders WHERE user_id = shopper.id AND created_at > NOW() - INTERVAL 30 DAY
             AND order_status = 'cancelled'),
            EXISTS (SELECT 1 FROM trusted_buyers WHERE user_id = shopper.id AND verification_skip_enabled),
            NOW()
        FROM users shopper WHERE shopper.id = %(shopper_id)s
        """,
        {"shopper_id": shopper_id},
    )


AHEAD = ("gcash", "paymaya", "bank_transfer", "credit_card")
"""Ways to pay by which the whole is paid before the order is confirmed (contract/rules.md, "prepaid orders")."""


def down_payment(total: Decimal, *, payment_method: str, rules: Rules) -> Decimal:
    """What of a cash order is paid before it is confirmed; nothing where the rules ask for none.

    Args:
        total: What the order comes to.
        payment_method: As in `orders.payment_method`.
        rules: The shop's rules.
    """
    if payment_method in AHEAD or total < rules.down_payment_from:
        return Decimal(0)
    part = total * min(100, max(0, rules.down_payment_percent)) / 100
    return part.quantize(CENT, ROUND_HALF_UP)


def why_verify(standing: Standing, *, total: Decimal, payment_method: str, rules: Rules) -> str:
    """Why an order must be verified before it is confirmed, or empty (contract/rules.md).

    Args:
        standing: The shopper's past.
        total: What the order comes to.
        payment_method: As in `orders.payment_method`.
        rules: The shop's rules.

    Returns:
        "open_orders" or "cancellations" (signals of fraud, for any payment), "id" (COD so dear that an ID is needed
        whatever the past), "amount", "history", or "".
    """
    if standing.open >= rules.open_orders_most:
        return "open_orders"
    if standing.cancelled >= rules.cancellations_most:
        return "cancellations"
    if payment_method != "cod":
        return ""
    if total >= rules.verification_id_from:
        return "id"
    if standing.skips or (rules.trusted_skip and standing.delivered >= rules.trusted_bronze_from):
        return ""
    if total >= rules.verification_from:
        return "amount"
    return "history" if standing.delivered < rules.verification_orders else ""

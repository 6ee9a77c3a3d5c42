"""An order in words for merchants: its two badges, why it needs a person, how it is paid."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from handlers.console.base.nouns.listing import Badge

WAYS: Mapping[str, str] = MappingProxyType(
    {
        "link": "a link",
        "ad": "the ad",
        "shop": "the shop on Facebook",
        "post": "a shared post",
        "product": "a shared product",
        "card": "a card that was passed on",
        "cart": "a cart filled on Facebook",
        "comment": "a comment",
    }
)
"""What a shopper came by, in words."""
METHODS: Mapping[str, str] = MappingProxyType(
    {
        "cod": "Cash on delivery",
        "gcash": "GCash",
        "paymaya": "Maya",
        "bank_transfer": "Bank transfer",
        "credit_card": "Card",
    }
)
FULFILMENT: Mapping[str, Badge] = MappingProxyType(
    {
        "pending": Badge("New", "new"),
        "confirmed": Badge("To pack", "todo"),
        "processing": Badge("Packed", "todo"),
        "shipped": Badge("Shipped", "way"),
        "delivered": Badge("Delivered", "good"),
        "cancelled": Badge("Cancelled", "bad"),
        "returned": Badge("Returned", "bad"),
    }
)
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "proof": "A payment proof waits for you",
        "identity": "An ID waits for your look",
        "pack": "To pack",
        "unpaid": "Not paid yet",
        "late": "Late: not shipped yet",
        "lost": "Shipped long ago, not delivered",
        "unheard": "The shopper could not be told",
        "risk": "Looks risky",
        "complaint": "The shopper complains",
        "waits": "The shopper asks why it takes so long",
        "refused": "The shopper will not take the parcel",
        "payment": "Look at the payment: the shopper says that something is wrong with it",
        "received": "The shopper says that it came: mark it as delivered",
        "return": "Something is to come back",
        "refund": "Money is to go back",
        "address": "Look at the address",
    }
)
"""Why an order needs a person; a kind of flag that is not here is said by its own name."""


class Paying(Protocol):
    """What the badge of the payment needs to know of an order."""

    @property
    def status(self) -> str:
        """As in `orders.order_status`."""

    @property
    def payment_status(self) -> str:
        """As in `orders.payment_status`."""

    @property
    def payment_method(self) -> str:
        """As in `orders.payment_method`."""

    @property
    def total(self) -> Decimal:
        """What it comes to."""

    @property
    def paid(self) -> Decimal:
        """What of that has been paid."""


def payment_badge(order: Paying) -> Badge:
    """How far an order is paid.

    Args:
        order: The order.
    """
    if order.payment_status == "refunded":
        return Badge("Refunded", "bad")
    if order.payment_status == "paid":
        return Badge("Paid", "good")
    if order.paid > 0:
        return Badge("Part paid", "todo")
    if order.payment_status == "failed":
        return Badge("Payment failed", "bad")
    if order.payment_method == "cod":
        return Badge("Cash on delivery" if order.status not in ("cancelled", "returned") else "Nothing paid", "")
    return Badge("Unpaid", "bad" if order.status not in ("cancelled", "returned") else "")


def fulfilment_badge(status: str) -> Badge:
    """How far an order is on its way.

    Args:
        status: As in `orders.order_status`.
    """
    return FULFILMENT.get(status) or Badge(status.capitalize())


def reason(why: str) -> str:
    """Why an order needs a person, in words.

    Args:
        why: As `repository.desk.lists.needs` names it.
    """
    return REASONS.get(why) or why.replace("_", " ").capitalize()


def called(facebook_name: str, shopper_id: int) -> str:
    """What a shopper is called: never a name that nobody gave.

    Args:
        facebook_name: Their name on Facebook, or empty.
        shopper_id: `users.id`.
    """
    return facebook_name.strip() or f"Shopper {shopper_id}"

"""What the shopper is told about an order without having asked: the workers say it."""

from decimal import Decimal
from typing import ClassVar, Self

from bot.messenger.messages import AnyQuickReply
from replies.base import Say
from replies.orders import SUMMARY
from replies.parts import Said, common, quick
from replies.taps import OpenOrder


class Notice(Said, frozen=True):
    """Something that happened to an order.

    Attributes:
        order_id: Its id.
        number: What people call it.
    """

    order_id: int
    number: str

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return (see, *common(say, "products", "person", "menu"))


class OrderConfirmed(Notice, frozen=True):
    """The order is confirmed and will be packed.

    Attributes:
        total: What is to be paid.
        method: How, as `orders.payment_method` says it.
        days: How long delivery takes, may be empty.
    """

    name: ClassVar[str] = "notices.confirmed"
    total: Decimal
    method: str
    days: str

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, total=SUMMARY.total, method="cod", days="1-3 days")


class VerificationEnded(Notice, frozen=True):
    """The order was not verified in time and is cancelled; its stock went back."""

    name: ClassVar[str] = "notices.verification_ended"

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number)


class OrderCancelledByShop(Notice, frozen=True):
    """The shop cancelled the order.

    Attributes:
        reason: Why, in the merchant's words; may be empty.
        paid: Whether it was paid already.
    """

    name: ClassVar[str] = "notices.cancelled_by_shop"
    reason: str
    paid: bool

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, reason="The mug was damaged in our store.", paid=False)


class OrderShipped(Notice, frozen=True):
    """The order is on its way.

    Attributes:
        tracking: The carrier's number, may be empty.
        days: How long delivery takes, may be empty.
    """

    name: ClassVar[str] = "notices.shipped"
    tracking: str
    days: str

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, tracking="JT0123456789", days="1-3 days")


class OrderDelivered(Notice, frozen=True):
    """The order has arrived."""

    name: ClassVar[str] = "notices.delivered"

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number)

"""What the shopper is told of what an order waits for, of its money and of its way back."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Message, Text, split
from replies.base import About, Say
from replies.orders import SUMMARY, payment
from replies.parts import Said, common, facts, quick
from replies.taps import ConfirmCancelOrder, OpenOrder
from replies.taps_proving import ReceiveOrder


class Moved(Said, frozen=True):
    """Something that happened to an order."""

    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return (see, *common(say, "products", "person", "menu"))


class OrderProcessing(Moved, frozen=True):
    """The order is being packed."""

    name: ClassVar[str] = "notices.processing"
    about: ClassVar[str] = "The order is being packed"

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number)


class OrderReturned(Moved, frozen=True):
    """The order came back to the shop."""

    name: ClassVar[str] = "notices.returned"
    about: ClassVar[str] = "The order came back to the shop"
    paid: Annotated[bool, About("Whether the order was paid, so that money goes back")] = False

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, paid=True)


class PaymentReceived(Moved, frozen=True):
    """Money for the order came in."""

    name: ClassVar[str] = "notices.payment_received"
    about: ClassVar[str] = "Money for the order came in"
    amount: Annotated[Decimal, About("How much came in so far")]
    balance: Annotated[Decimal, About("What is still to be paid; nothing where all is paid")] = Decimal(0)
    on_delivery: Annotated[bool, About("Whether the rest is paid to the rider")] = False

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, amount=Decimal("692.25"))


class Refunded(Moved, frozen=True):
    """Money of the order went back to its shopper."""

    name: ClassVar[str] = "notices.refunded"
    about: ClassVar[str] = "Money of the order went back to its shopper"
    amount: Annotated[Decimal, About("How much went back")]
    method: Annotated[str, About('How it was sent, such as "gcash"')]
    reference: Annotated[str, About("The number of the transfer; may be empty")] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        variables = facts(self) | {"payment": payment(say, self.method)}
        return split(Text(text=say(self.name, **variables), quick_replies=self.quick_replies(say)))

    @classmethod
    def example(cls) -> Self:
        return cls(
            order_id=41,
            number=SUMMARY.order_number,
            amount=Decimal("692.25"),
            method="gcash",
            reference="9012345678901",
        )


class TapToConfirm(Moved, frozen=True):
    """The order waits for its shopper's own tap."""

    name: ClassVar[str] = "notices.tap_to_confirm"
    about: ClassVar[str] = "The order waits for its shopper's own tap"
    total: Annotated[Decimal, About("What is to be paid")]
    until: Annotated[str, About('Until when the goods are held, such as "3:45 PM"')]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (*receive_or_not(say, self.order_id), *common(say, "person"))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, total=SUMMARY.total, until="3:45 PM")


class Reminder(Moved, frozen=True):
    """The time that an order waits for its shopper is nearly over."""

    name: ClassVar[str] = "notices.reminder"
    about: ClassVar[str] = "The time that an order waits for its shopper is nearly over"
    until: Annotated[str, About('Until when the goods are held, such as "3:45 PM"')]
    due: Annotated[Decimal, About("What is to be paid before it is confirmed; may be nothing")] = Decimal(0)
    tap: Annotated[bool, About("Whether it waits for a tap alone")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if self.tap:
            return (*receive_or_not(say, self.order_id), *common(say, "person"))
        return Moved.quick_replies(self, say)

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, until="3:45 PM", due=Decimal("692.25"))


def receive_or_not(say: Say, order_id: int) -> tuple[AnyQuickReply, ...]:
    """The quick replies of an order that waits for its shopper's tap.

    Args:
        say: Fills a block with facts.
        order_id: The order's id.
    """
    return (
        quick(say, "notices.quick_receive", ReceiveOrder(order_id=order_id)),
        quick(say, "orders.quick_yes_cancel", ConfirmCancelOrder(order_id=order_id)),
    )

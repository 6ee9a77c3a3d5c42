"""What the shopper is told about an order without having asked: the workers say it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

import msgspec

from bot.messenger import limits
from bot.messenger.messages import AnyQuickReply, Buttons, Message, Text, UrlButton, split, split_text
from replies.base import About, Reply, Say
from replies.changed import DeliveryChanged, DraftOffered, ItemsChanged, ItemsReturned, ReturnAnswered
from replies.comments import ClaimYours
from replies.moved import (
    Moved,
    OrderProcessing,
    OrderReturned,
    PaymentReceived,
    Refunded,
    Reminder,
    TapToConfirm,
)
from replies.orders import SUMMARY, payment, ways_to_verify
from replies.parts import Said, common, facts, quick
from replies.reviews import ReviewAsked
from replies.taps import OpenOrder
from replies.taps_proving import ProveOrder


class OrderConfirmed(Moved, frozen=True):
    """The order is confirmed, and this happens next."""

    name: ClassVar[str] = "notices.order_confirmed"
    about: ClassVar[str] = "The order is confirmed, and this happens next"
    total: Annotated[Decimal, About("What is to be paid")]
    method: Annotated[str, About('How it is paid, such as "cod" or "gcash"')]
    account: Annotated[str, About("Where a payment in advance goes to, as the merchant has set it; may be empty")] = ""
    days: Annotated[str, About("How long delivery takes; may be empty")] = ""
    paid: Annotated[Decimal, About("What was paid already")] = Decimal(0)
    balance: Annotated[Decimal, About("What is still to be paid, where a part was paid")] = Decimal(0)

    def messages(self, say: Say) -> Sequence[Message]:
        variables = facts(self) | {"payment": payment(say, self.method), "account": self.account[:200]}
        return split(Text(text=say(self.name, **variables), quick_replies=self.quick_replies(say)))

    @classmethod
    def example(cls) -> Self:
        return cls(
            order_id=41, number=SUMMARY.order_number, total=SUMMARY.total, method="cod", account="", days="1-3 days"
        )


class VerificationRequired(Said, frozen=True):
    """The order waits until its shopper has been verified."""

    name: ClassVar[str] = "notices.verification_required"
    about: ClassVar[str] = "The order waits until its shopper has been verified"
    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]
    amount: Annotated[Decimal, About("How much would be paid ahead; nothing where only an ID will do")]
    until: Annotated[str, About('Until when the goods are held, such as "3:45 PM"')]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        ways = ways_to_verify(say, self.order_id, self.amount)
        return (*ways, quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id)), *common(say, "person"))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, amount=Decimal("540.00"), until="3:45 PM")


class OrderExpired(Said, frozen=True):
    """The order was cancelled because nobody confirmed it in time."""

    name: ClassVar[str] = "notices.order_expired"
    about: ClassVar[str] = "The order was cancelled because nobody confirmed it in time"
    order_number: Annotated[str, About("The order's number, as people call it")]
    why: Annotated[str, About('What did not come in time: "payment", "verification", "tap", or empty')] = ""
    paid: Annotated[bool, About("Whether a part of it was paid already")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "orders", "person", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(order_number=SUMMARY.order_number)


class OrderCancelledByShop(Moved, frozen=True):
    """The shop cancelled the order."""

    name: ClassVar[str] = "notices.cancelled_by_shop"
    about: ClassVar[str] = "The shop cancelled the order"
    reason: Annotated[str, About("Why the shop cancelled it, in the merchant's words; may be empty")] = ""
    paid: Annotated[bool, About("Whether the order was paid already")] = False
    is_sent: Annotated[bool, About("Whether a payment was sent that nobody has looked at yet")] = False

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, reason="The mug was damaged in our store.", paid=False)


class OrderShipped(Moved, frozen=True):
    """The order is on its way."""

    name: ClassVar[str] = "notices.shipped"
    about: ClassVar[str] = "The order is on its way"
    tracking: Annotated[str, About("The carrier's number for the parcel; may be empty")] = ""
    days: Annotated[str, About("How long delivery takes; may be empty")] = ""
    courier: Annotated[str, About("Who delivers it; may be empty")] = ""
    link: Annotated[str, About("The courier's page about the parcel; may be empty")] = ""
    balance: Annotated[Decimal, About("What is to be paid when it arrives; nothing where all is paid")] = Decimal(0)

    def messages(self, say: Say) -> Sequence[Message]:
        text, quick_replies = say(self.name, **facts(self)), self.quick_replies(say)
        if not self.link.startswith(("https://", "http://")):
            return split(Text(text=text, quick_replies=quick_replies))
        button = UrlButton(title=say("notices.button_track"), url=self.link)
        *before, last = split_text(text, limits.BUTTON_TEXT) or [""]
        return [*map(Text, before), Buttons(last, (button,), quick_replies)]

    @classmethod
    def example(cls) -> Self:
        return cls(
            order_id=41,
            number=SUMMARY.order_number,
            tracking="JT0123456789",
            days="1-3 days",
            courier="J&T Express",
            link="https://www.jtexpress.ph/trajectoryQuery?waybillNo=JT0123456789",
        )


class OrderDelivered(Moved, frozen=True):
    """The order has arrived."""

    name: ClassVar[str] = "notices.delivered"
    about: ClassVar[str] = "The order has arrived"

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number)


class ProofRejected(Said, frozen=True):
    """What the shopper sent does not prove it, and this is how to try again."""

    name: ClassVar[str] = "notices.proof_rejected"
    about: ClassVar[str] = "What the shopper sent does not prove it, and this is how to try again"
    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]
    kind: Annotated[str, About('What was to be proved: "payment" or "identity"')]
    reason: Annotated[str, About("Why it was refused, in the merchant's words; may be empty")] = ""
    note: Annotated[str, About("What else the reviewer says; may be empty")] = ""
    amount: Annotated[Decimal, About("How much money the order waits for; nothing where only an ID will do")] = Decimal(
        0
    )
    until: Annotated[str, About('Until when to try again, such as "3:45 PM"; empty where no time is set')] = ""

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        again = quick(say, "notices.quick_send_again", ProveOrder(order_id=self.order_id, kind=self.kind))
        return (again, *common(say, "person"))

    @classmethod
    def example(cls) -> Self:
        return cls(
            order_id=41,
            number=SUMMARY.order_number,
            kind="payment",
            reason="The reference number can't be read in the picture. Please send a screenshot that shows all of it.",
            until="3:45 PM",
        )


_KINDS: tuple[type[Reply], ...] = (
    OrderConfirmed,
    VerificationRequired,
    OrderExpired,
    OrderCancelledByShop,
    OrderShipped,
    OrderDelivered,
    OrderProcessing,
    OrderReturned,
    PaymentReceived,
    Refunded,
    ProofRejected,
    ReviewAsked,
    TapToConfirm,
    Reminder,
    DeliveryChanged,
    ItemsChanged,
    ItemsReturned,
    ReturnAnswered,
    DraftOffered,
    ClaimYours,
)
NOTICES: Mapping[str, type[Reply]] = {kind.name: kind for kind in _KINDS}
"""Every notice by the name of its words."""


def notice(template_name: str, template_data: str) -> Reply | None:
    """The reply that a row of `notification_queue` stands for; None where nobody knows its words, or they lack facts.

    Args:
        template_name: The name of its words, with or without "notices." in front.
        template_data: Its facts as JSON.
    """
    kind = NOTICES.get(f"notices.{template_name.removeprefix('notices.')}")
    if kind is None:
        return None
    try:
        return msgspec.json.decode(template_data, type=kind, strict=False)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return None

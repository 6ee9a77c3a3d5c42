"""An order that is changed before it is packed, taken back or had once more: what is asked, and what came of it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

import msgspec

from bot.messenger.messages import AnyQuickReply, Message, Text, split
from replies.base import About, Say
from replies.cart import CartSummary
from replies.delivery import address_lines
from replies.orders import ANA, SUMMARY, status
from replies.parts import NAME_IN_LIST, Said, common, facts, fitting, named, quick
from replies.taps import OpenOrder, Skip
from replies.taps_after import (
    CancelBecause,
    ChangeDelivery,
    ChangeItems,
    ConfirmDelivery,
    PickOrder,
)
from replies.words import cut
from repository.aftersales.again import Refilled, Short
from repository.orders.addresses import AddressDraft
from repository.orders.placed_orders import OrderSummary

BECAUSE = ("changed_mind", "wrong_order", "too_long", "cheaper", "other")
"""Why orders are cancelled, as `CancelBecause.reason` says it."""
CHOICES = 10
"""Things to choose from that become quick replies."""
NUMBER = SUMMARY.order_number


class OfOrder(Said, frozen=True):
    """Something about one order of a shopper."""

    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (self.keep(say), *common(say, "person", "menu"))

    def keep(self, say: Say) -> AnyQuickReply:
        """The quick reply that leaves the order as it is, and shows it."""
        return quick(say, "changing.quick_keep", OpenOrder(order_id=self.order_id))


class WhichOrder(Said, frozen=True):
    """Which order is meant?"""

    name: ClassVar[str] = "changing.which"
    about: ClassVar[str] = "Which order is meant?"
    orders: Annotated[tuple[OrderSummary, ...], About("Those that it could be")]

    def messages(self, say: Say) -> Sequence[Message]:
        shown = self.orders[:CHOICES]
        lines = [
            say(
                "changing.order_line",
                number=one.order_number,
                status=status(say, one.status),
                first=cut(one.first_item, 40),
                total=one.total,
            )
            for one in shown
        ]
        # The end of the number is what tells orders apart.
        picks = tuple(named(one.order_number[-13:], PickOrder(order_id=one.id)) for one in shown)
        text = "\n".join((say(self.name), *lines))
        return split(Text(text=text, quick_replies=(*picks, *common(say, "orders", "person", "menu"))))

    @classmethod
    def example(cls) -> Self:
        return cls(orders=(SUMMARY, msgspec.structs.replace(SUMMARY, id=42, order_number="ORD-20261126-P3R8T2YZ")))


class AskDelivery(OfOrder, frozen=True):
    """Where shall the order go instead, or which number shall be called?"""

    name: ClassVar[str] = "changing.ask_delivery"
    about: ClassVar[str] = "Where shall the order go instead, or which number shall be called?"
    part: Annotated[str, About('What is asked: "address" or "phone"')] = "address"
    place: Annotated[str, About('City and province where they are known, such as "Cainta, Rizal"; may be empty')] = ""
    line1: Annotated[str, About("House number and street where they are known; may be empty")] = ""
    again: Annotated[bool, About("Whether what was typed was not understood")] = False

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, place="Cainta, Rizal")


class DeliveryCheck(OfOrder, frozen=True):
    """This was understood of where the order shall go: is it right?"""

    name: ClassVar[str] = "changing.check_delivery"
    about: ClassVar[str] = "This was understood of where the order shall go: is it right?"
    part: Annotated[str, About('What changes: "address" or "phone"')]
    delivery: Annotated[AddressDraft, About("Where the order would go")]
    fee_before: Annotated[Decimal, About("What sending it costs now")]
    fee: Annotated[Decimal, About("What sending it would cost")]
    total: Annotated[Decimal, About("What the order would come to")]

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(
            self.name,
            number=self.number,
            part=self.part,
            address=address_lines(say, self.delivery),
            fee_before=self.fee_before,
            fee=self.fee,
            total=self.total,
        )
        quick_replies = (
            quick(say, "changing.quick_yes", ConfirmDelivery(order_id=self.order_id)),
            quick(say, "changing.quick_retype", ChangeDelivery(order_id=self.order_id, part=self.part)),
            self.keep(say),
            *common(say, "person"),
        )
        return split(Text(text=text, quick_replies=quick_replies))

    @classmethod
    def example(cls) -> Self:
        return cls(
            order_id=41, number=NUMBER, part="address", delivery=ANA, fee_before=Decimal(79), fee=Decimal(110),
            total=Decimal(949),
        )  # fmt: skip


class OrderChanged(OfOrder, frozen=True):
    """The order was changed as it was confirmed."""

    name: ClassVar[str] = "changing.done"
    about: ClassVar[str] = "The order was changed as it was confirmed"
    part: Annotated[str, About('What was changed: "address", "phone" or "items"')]
    total: Annotated[Decimal, About("What the order comes to now")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (
            quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id)),
            *common(say, "person", "menu"),
        )

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, part="address", total=Decimal(949))


class TooLateToChange(OfOrder, frozen=True):
    """The order can no longer be changed here; a person may still help."""

    name: ClassVar[str] = "changing.too_late"
    about: ClassVar[str] = "The order can no longer be changed here; a person may still help"
    status: Annotated[str, About('Where the order is, such as "shipped" or "delivered"')]

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, number=self.number, status=self.status, person=say("common.quick_person"))
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return [Text(text=text, quick_replies=(*common(say, "person"), see, *common(say, "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, status="processing")


class NotChanged(OfOrder, frozen=True):
    """What was wished cannot be done here, and the order stays as it is."""

    name: ClassVar[str] = "changing.not_changed"
    about: ClassVar[str] = "What was wished cannot be done here, and the order stays as it is"
    reason: Annotated[
        str,
        About(
            'Why: "paid" (money came in already), "zone" (no fee is known for the place), "stock", "not_found", "same",'
            ' "delivery" (a day, or what the rider shall do)'
        ),
    ]
    left: Annotated[int, About("Pieces that are left, where it is the stock")] = 0
    product: Annotated[str, About("What it is about; may be empty")] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        said = facts(self) | {"product": cut(self.product, NAME_IN_LIST), "person": say("common.quick_person")}
        text = say(self.name, **said)
        items = quick(say, "changing.quick_items", ChangeItems(order_id=self.order_id))
        ways = common(say, "person") if self.reason in ("paid", "zone", "delivery") else (items, *common(say, "person"))
        return [Text(text=text, quick_replies=(*ways, self.keep(say), *common(say, "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, reason="stock", left=2, product="Blue mug")


class CourierLater(OfOrder, frozen=True):
    """Which courier was asked for, of an order that none has yet."""

    name: ClassVar[str] = "changing.courier_later"
    about: ClassVar[str] = "Which courier was asked for, of an order that none has yet"

    def messages(self, say: Say) -> Sequence[Message]:
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        text = say(self.name, number=self.number)
        return [Text(text=text, quick_replies=(see, *common(say, "person", "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER)


class AskWhyCancelled(OfOrder, frozen=True):
    """Why was the order cancelled? It need not be said."""

    name: ClassVar[str] = "changing.ask_why"
    about: ClassVar[str] = "Why was the order cancelled? It need not be said"

    def messages(self, say: Say) -> Sequence[Message]:
        reasons = tuple(
            quick(say, "changing.quick_because", CancelBecause(order_id=self.order_id, reason=reason), reason=reason)
            for reason in BECAUSE
        )
        text = say(self.name, number=self.number)
        return [Text(text=text, quick_replies=(*reasons, quick(say, "common.quick_skip", Skip())))]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER)


class ThanksForSaying(Said, frozen=True):
    """Thanks for saying why, or all right without."""

    name: ClassVar[str] = "changing.thanks"
    about: ClassVar[str] = "Thanks for saying why, or all right without"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "orders", "person", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class OrderedAgain(Said, frozen=True):
    """What an order held is in the cart again, as far as it can be had."""

    name: ClassVar[str] = "changing.again"
    about: ClassVar[str] = "What an order held is in the cart again, as far as it can be had"
    refilled: Annotated[Refilled, About("What came of it")]

    def messages(self, say: Say) -> Sequence[Message]:
        refilled = self.refilled
        short = [
            say("changing.short_line", product=cut(one.name, NAME_IN_LIST), wanted=one.wanted, put=one.put)
            for one in refilled.short
        ]
        text = say(
            self.name, put=refilled.put, short=len(short), count=refilled.cart.count, subtotal=refilled.cart.subtotal
        )
        ways = ("checkout", "cart", "products", "menu") if refilled.cart.lines else ("products", "person", "menu")
        lines = "\n".join((text, *short[: fitting(short, 1200)]))
        return split(Text(text=lines, quick_replies=common(say, *ways)))

    @classmethod
    def example(cls) -> Self:
        cart = CartSummary.example().cart
        return cls(refilled=Refilled(cart, 2, (Short("Old lamp", "", 1, 0),)))

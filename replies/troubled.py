"""What is said where an order troubles its shopper: it takes long, it will not be taken, money was sent wrongly."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Message, Text
from replies.base import About, Say
from replies.changing import NUMBER, OfOrder
from replies.parts import Said, common, named, quick, short_day
from replies.taps import OpenOrder
from replies.taps_after import PickOrder


class TakesLong(Said, frozen=True, kw_only=True):
    """Somebody waits for an order: when it is due, above where it is."""

    name: ClassVar[str] = "troubled.takes_long"
    about: ClassVar[str] = "Somebody waits for an order: when it is due, above where it is"
    number: Annotated[str, About("The order's number, as people call it")]
    due: Annotated[date | None, About("The day by which it should come; None where that is not known")] = None
    is_late: Annotated[bool, About("Whether that day is over")] = False
    told: Annotated[bool, About("Whether the people of the shop see that the shopper waits")] = True

    def messages(self, say: Say) -> Sequence[Message]:
        due = short_day(self.due) if self.due else ""
        return [Text(text=say(self.name, number=self.number, due=due, is_late=self.is_late, told=self.told))]

    @classmethod
    def example(cls) -> Self:
        return cls(number=NUMBER, due=date(2026, 12, 3))


class NotTaken(OfOrder, frozen=True, kw_only=True):
    """A parcel that is packed or on its way will not be taken: what happens then."""

    name: ClassVar[str] = "troubled.not_taken"
    about: ClassVar[str] = "A parcel that is packed or on its way will not be taken: what happens then"
    status: Annotated[str, About('Where the order is: "processing" or "shipped"')]
    paid: Annotated[bool, About("Whether money for it came in already")] = False
    told: Annotated[bool, About("Whether the people of the shop see it; not where it was only asked")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return (*common(say, "person"), see, *common(say, "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, status="shipped")


class WrongPayment(OfOrder, frozen=True, kw_only=True):
    """Money was sent wrongly, such as twice or to somebody else: a person looks at it."""

    name: ClassVar[str] = "troubled.wrong_payment"
    about: ClassVar[str] = "Money was sent wrongly, such as twice or to somebody else: a person looks at it"
    flaw: Annotated[str, About('What is wrong: "over", "under", "twice", or "wrong" for anything else')]
    due: Annotated[Decimal, About("What the order still waits for; nothing where it waits for no money")] = Decimal(0)

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return (see, *common(say, "person", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, flaw="over", due=Decimal("918.00"))


class CartOrOrder(OfOrder, frozen=True):
    """Is the change for what is in the cart, or for the order that is not packed yet?"""

    name: ClassVar[str] = "troubled.cart_or_order"
    about: ClassVar[str] = "Is the change for what is in the cart, or for the order that is not packed yet?"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        order = named(self.number[-13:], PickOrder(order_id=self.order_id))
        return (*common(say, "cart"), order, *common(say, "person"))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER)

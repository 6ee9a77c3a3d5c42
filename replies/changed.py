"""What the shopper is told when the shop has changed an order, or made one ready."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Buttons, Message, Text, split
from replies.base import About, Reply, Say
from replies.orders import SUMMARY
from replies.parts import Said, button, common, quick
from replies.taps import OpenOrder
from replies.taps_desk import TakeDraft


class Moved(Said, frozen=True):
    """Something that happened to an order."""

    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return (see, *common(say, "products", "person", "menu"))


class DeliveryChanged(Moved, frozen=True):
    """The shop changed where the order goes."""

    name: ClassVar[str] = "notices.delivery_changed"
    about: ClassVar[str] = "The shop changed where the order goes"
    address: Annotated[str, About("To whom and where it goes now, on one line")]
    total: Annotated[Decimal, About("What it comes to now; nothing where that stayed")] = Decimal(0)

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, address="Ana Cruz, 12 Mabini St., Cainta, Rizal")


class ItemsChanged(Moved, frozen=True):
    """The shop changed what is in the order."""

    name: ClassVar[str] = "notices.items_changed"
    about: ClassVar[str] = "The shop changed what is in the order"
    lines: Annotated[str, About("What is in it now, an item on each line")]
    total: Annotated[Decimal, About("What it comes to now")]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, lines="2 × Blue mug\n1 × Bamboo lid", total=Decimal(540))


class ItemsReturned(Moved, frozen=True):
    """Some pieces of the order came back to the shop."""

    name: ClassVar[str] = "notices.items_returned"
    about: ClassVar[str] = "Some pieces of the order came back to the shop"
    pieces: Annotated[int, About("How many came back")]
    amount: Annotated[Decimal, About("How much money goes back for them; may be nothing")] = Decimal(0)

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, pieces=1, amount=Decimal("346.00"))


class ReturnAnswered(Moved, frozen=True):
    """The shop says whether something may be sent back."""

    name: ClassVar[str] = "notices.return_answered"
    about: ClassVar[str] = "The shop says whether something may be sent back"
    accepted: Annotated[bool, About("Whether it may be sent back")]
    words: Annotated[str, About("How to send it, or why it may not be; may be empty")] = ""

    @classmethod
    def example(cls) -> Self:
        return cls(
            order_id=41,
            number=SUMMARY.order_number,
            accepted=True,
            words="Please send it by LBC to 5 Rizal St, Makati. We'll pay the fee.",
        )


class DraftOffered(Reply, frozen=True):
    """A clerk has made an order ready, which the shopper confirms."""

    name: ClassVar[str] = "notices.draft"
    about: ClassVar[str] = "Somebody of the shop has made an order ready to be confirmed"
    draft_id: Annotated[int, About("The draft's id")]
    lines: Annotated[str, About("What is in it, an item on each line")]
    total: Annotated[Decimal, About("What the items cost together")]
    words: Annotated[str, About("What the clerk says with it; may be empty")] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, lines=self.lines, words=self.words[:500])
        take = button(say, "notices.button_take_draft", TakeDraft(draft_id=self.draft_id))
        return [*split(Text(text)), Buttons(say("notices.draft_foot", total=self.total), (take,))]

    @classmethod
    def example(cls) -> Self:
        return cls(draft_id=7, lines="2 × Blue mug\n1 × Bamboo lid", total=Decimal(540), words="As you asked po!")


class DraftGone(Said, frozen=True):
    """What the shop had made ready is not there any more."""

    name: ClassVar[str] = "notices.draft_gone"
    about: ClassVar[str] = "What the shop had made ready is not there any more"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "person", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()

"""Something is to be sent back: what, why, with which pictures, and what happens next."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Message, Text, split
from replies.base import About, Say
from replies.changing import CHOICES, NUMBER, OfOrder
from replies.parts import NAME_IN_LIST, Said, common, fitting, named, quick
from replies.taps import Cancel, OpenOrder
from replies.taps_after import ReturnBecause, ReturnItem, SendReturn
from replies.words import cut
from repository.aftersales.returning import Picked, ReturnLine

BECAUSE = ("damaged", "wrong_item", "incomplete", "not_as_shown", "changed_mind")
"""Why things are sent back, as `ReturnBecause.reason` says it; anything else is typed."""
MUG = ReturnLine(5, "Blue mug", "Size: Large", 2)


class ReturnWhat(OfOrder, frozen=True):
    """What of the order shall be sent back?"""

    name: ClassVar[str] = "returns.what"
    about: ClassVar[str] = "What of the order shall be sent back?"
    lines: Annotated[tuple[ReturnLine, ...], About("What may be sent back")]
    picked: Annotated[tuple[Picked, ...], About("What was picked already")] = ()
    pictures: Annotated[int, About("Pictures that came already")] = 0

    def messages(self, say: Say) -> Sequence[Message]:
        chosen = {one.item_id: one.quantity for one in self.picked}
        lines = [
            say(
                "returns.line",
                product=cut(line.name, NAME_IN_LIST),
                variant=cut(line.variant, 40),
                quantity=line.quantity,
                picked=chosen.get(line.item_id, 0),
            )
            for line in self.lines
        ]
        left = [line for line in self.lines if line.item_id not in chosen][:CHOICES]
        picks = tuple(named(line.name, ReturnItem(order_id=self.order_id, item_id=line.item_id)) for line in left)
        everything = (quick(say, "returns.quick_all", ReturnItem(order_id=self.order_id)),) if len(left) > 1 else ()
        go_on = (quick(say, "returns.quick_enough", SendReturn(order_id=self.order_id)),) if chosen else ()
        asked = say(self.name, number=self.number, picked=len(chosen), pictures=self.pictures)
        text = "\n".join((asked, *lines[: fitting(lines, 1400)]))
        quick_replies = (*go_on, *picks, *everything, quick(say, "common.quick_cancel", Cancel()))
        return split(Text(text=text, quick_replies=quick_replies))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, lines=(MUG, ReturnLine(6, "Linen shirt", "", 1)))


class HowManyBack(OfOrder, frozen=True):
    """How many of it shall be sent back?"""

    name: ClassVar[str] = "returns.how_many"
    about: ClassVar[str] = "How many of it shall be sent back?"
    line: Annotated[ReturnLine, About("Of what")]
    pictures: Annotated[int, About("Pictures that came already")] = 0

    def messages(self, say: Say) -> Sequence[Message]:
        most = min(self.line.quantity, CHOICES)
        picks = tuple(
            named(str(count), ReturnItem(order_id=self.order_id, item_id=self.line.item_id, quantity=count))
            for count in range(1, most + 1)
        )
        text = say(self.name, product=cut(self.line.name, 120), quantity=self.line.quantity, pictures=self.pictures)
        return [Text(text=text, quick_replies=(*picks, quick(say, "common.quick_cancel", Cancel())))]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, line=MUG)


class AskReturnReason(OfOrder, frozen=True):
    """Why shall it be sent back?"""

    name: ClassVar[str] = "returns.ask_reason"
    about: ClassVar[str] = "Why shall it be sent back?"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        reasons = tuple(
            quick(say, "returns.quick_because", ReturnBecause(order_id=self.order_id, reason=reason), reason=reason)
            for reason in BECAUSE
        )
        return (*reasons, quick(say, "common.quick_cancel", Cancel()))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER)


class AskReturnPictures(OfOrder, frozen=True):
    """Pictures that show what is wrong are welcome."""

    name: ClassVar[str] = "returns.ask_pictures"
    about: ClassVar[str] = "Pictures that show what is wrong are welcome"
    count: Annotated[int, About("Pictures that came already")] = 0
    most: Annotated[int, About("Pictures at most")] = 5
    unread: Annotated[bool, About("Whether what was just sent could not be kept")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        send = quick(say, "returns.quick_send", SendReturn(order_id=self.order_id), count=self.count)
        return (send, quick(say, "common.quick_cancel", Cancel()))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER)


class ReturnAsked(OfOrder, frozen=True):
    """The return is asked for, and this happens next."""

    name: ClassVar[str] = "returns.asked"
    about: ClassVar[str] = "The return is asked for, and this happens next"
    pictures: Annotated[int, About("Pictures that came with it")] = 0

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (
            quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id)),
            *common(say, "person", "menu"),
        )

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, pictures=1)


class CannotReturn(Said, frozen=True):
    """Nothing of the order can be sent back here; a person may still help."""

    name: ClassVar[str] = "returns.cannot"
    about: ClassVar[str] = "Nothing of the order can be sent back here; a person may still help"
    reason: Annotated[str, About('Why: "not_delivered", "too_late", "nothing_left", "asked_already"')]
    days: Annotated[int, About("Within how many days of delivery it would be possible")] = 7

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, reason=self.reason, days=self.days, person=say("common.quick_person"))
        return [Text(text=text, quick_replies=common(say, "person", "orders", "menu"))]

    @classmethod
    def example(cls) -> Self:
        return cls(reason="too_late")

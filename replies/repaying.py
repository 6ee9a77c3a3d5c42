"""An order that is to be paid in another way, in parts or later: what can be done, and what was done."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Message, Text
from replies.base import About, Say
from replies.changing import NUMBER, OfOrder
from replies.orders import payment
from replies.parts import clock_time, common, quick
from replies.taps import OpenOrder
from replies.taps_after import PayOtherwise
from repository.aftersales.repaying import WaysToPay

_NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)


class OtherWays(OfOrder, frozen=True, kw_only=True):
    """In which other way can the order be paid? Or why it cannot be paid in parts, or later."""

    name: ClassVar[str] = "repaying.ways"
    about: ClassVar[str] = "In which other way can the order be paid? Or why it cannot be paid in parts, or later"
    ways: Annotated[WaysToPay, About("How it is to be paid, and how else it could be")]
    wanted: Annotated[str, About("The way to pay that was named, empty for none")] = ""
    reason: Annotated[str, About('What was asked: "" (another way to pay), "part" (a part first) or "later"')] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        ways = self.ways
        text = say(
            self.name,
            number=self.number,
            reason=self.reason,
            payment=payment(say, ways.method),
            wanted=payment(say, self.wanted) if self.wanted else "",
            same=self.wanted == ways.method,
            taken=not self.wanted or self.wanted in ways.others or self.wanted == ways.method,
            others=len(ways.others),
            kept=ways.kept,
            is_open=ways.status == "pending",
            due=ways.due,
            total=ways.total,
            until=clock_time(ways.until),
            person=say("common.quick_person"),
        )
        return [Text(text=text, quick_replies=self.quick_replies(say))]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        ways = self.ways
        offered = (self.wanted,) if self.wanted in ways.others else ways.others[:8]
        taps = tuple(
            quick(say, "paying.quick_method", PayOtherwise(order_id=self.order_id, method=method), method=method)
            for method in offered
        )
        keep = self.keep(say) if taps else quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return (*taps, keep, *common(say, "person", "menu"))

    @classmethod
    def example(cls) -> Self:
        ways = WaysToPay(41, NUMBER, "pending", "gcash", Decimal(918), Decimal(918), _NOON, ("cod", "paymaya"), False)
        return cls(order_id=41, number=NUMBER, ways=ways, wanted="cod")


class PaidOtherwise(OfOrder, frozen=True, kw_only=True):
    """The order is to be paid in another way now."""

    name: ClassVar[str] = "repaying.done"
    about: ClassVar[str] = "The order is to be paid in another way now"
    ways: Annotated[WaysToPay, About("How it is to be paid now")]

    def messages(self, say: Say) -> Sequence[Message]:
        ways = self.ways
        text = say(
            self.name, number=self.number, payment=payment(say, ways.method), total=ways.total, due=ways.due,
            cash=ways.method == "cod",
        )  # fmt: skip
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return [Text(text=text, quick_replies=(see, *common(say, "person", "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=NUMBER, ways=OtherWays.example().ways)

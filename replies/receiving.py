"""What a shopper is answered who says that they will receive an order."""

from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply
from replies.base import About, Say
from replies.parts import Said, common, quick
from replies.taps import OpenOrder


class WillReceive(Said, frozen=True):
    """Thanks for saying that the order will be received."""

    name: ClassVar[str] = "receiving.thanks"
    about: ClassVar[str] = "Thanks for saying that the order will be received"
    order_id: Annotated[int, About("The order's id")]
    outcome: Annotated[str, About('What came of it: "confirmed", "already" (it was said before), "over"')] = ""

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return (see, *common(say, "products", "person", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, outcome="confirmed")

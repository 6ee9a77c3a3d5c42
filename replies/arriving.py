"""What those hear who come from somewhere: a promo of a link, a cart filled on Facebook, what is not found here."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from bot.messenger.messages import AnyQuickReply, Message, Text, split
from replies.base import About, Say
from replies.parts import NAME_IN_LIST, Said, common, fitting
from replies.promos import Promos
from replies.words import cut
from repository.orders.promos import Promo
from repository.referrals.sent_carts import Difference

_LINES_MOST = 1500
What = Literal["post", "product", "address"]
"""What was shared that cannot be told to be of the shop."""


class PromoOpened(Said, frozen=True):
    """The promo that a link or an ad is about."""

    name: ClassVar[str] = "arriving.promo"
    about: ClassVar[str] = "The promo that a link or an ad is about"
    promo: Annotated[Promo, About("The promo that it is about")]
    runs: Annotated[bool, About("Whether it can be used now")]
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def messages(self, say: Say) -> Sequence[Message]:
        promo = self.promo
        head = say(self.name, code=promo.code, title=promo.title, runs=self.runs)
        line = say("promos.line", title=promo.title, code=promo.code, description=promo.description)
        text = f"{head}\n\n{line}" if self.runs else head
        quick_replies = common(say, "products", "cart", "checkout", "promos", "menu") if self.alone else ()
        return split(Text(text=text, quick_replies=quick_replies))

    @classmethod
    def example(cls) -> Self:
        return cls(promo=Promos.example().promos[0], runs=True)


class PromoUnknown(Said, frozen=True):
    """The promo that a link or an ad is about is not there any more."""

    name: ClassVar[str] = "arriving.promo_unknown"
    about: ClassVar[str] = "The promo that a link or an ad is about is not there any more"
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "promos", "products", "best", "cart", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls()


class SharedUnknown(Said, frozen=True):
    """Something was shared that cannot be told to be of the shop."""

    name: ClassVar[str] = "arriving.shared_unknown"
    about: ClassVar[str] = "Something was shared that cannot be told to be of the shop"
    title: Annotated[str, About("What it is called; empty where that is not told")] = ""
    kind: Annotated[What, About('What it was: "post", "product", or only the "address" of a page')] = "post"
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, title=cut(self.title, 120), kind=self.kind, alone=self.alone)
        return split(Text(text=text, quick_replies=self.quick_replies(say)))

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "best", "search", "person", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls(title="Payday sale! Free shipping until Sunday 🎉")


class CartTaken(Said, frozen=True):
    """A cart that was filled in Facebook's own shop is in the cart here, as far as it can be had."""

    name: ClassVar[str] = "arriving.cart"
    about: ClassVar[str] = "A cart that was filled in Facebook's own shop is in the cart here, as far as it can be had"
    put: Annotated[int, About("Pieces of it that are in the cart")]
    differences: Annotated[tuple[Difference, ...], About("What is other than it was sent")] = ()
    note: Annotated[str, About("What the shopper wrote to it; empty for nothing")] = ""
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def messages(self, say: Say) -> Sequence[Message]:
        lines = [
            say(
                "arriving.difference",
                why=one.why,
                product=cut(one.name, NAME_IN_LIST),
                wanted=f"{one.wanted:,}",
                put=f"{one.put:,}",
                price=one.price or Decimal(0),
                theirs=one.theirs or Decimal(0),
                currency=one.currency,
            )
            for one in self.differences
        ]
        shown = fitting(lines, _LINES_MOST)
        if shown < len(lines):
            lines = [*lines[:shown], say("arriving.more_differences", more=len(lines) - shown)]
        choices = any(one.why == "variant" for one in self.differences)
        head = say(self.name, put=self.put, any=bool(lines), choices=choices)
        note = (say("arriving.note", note=cut(self.note, 300)),) if self.note and self.put else ()
        is_last = self.alone and not (self.put or choices)
        quick_replies = common(say, "products", "best", "search", "cart", "menu") if is_last else ()
        return split(Text(text="\n".join((head, *lines, *note)), quick_replies=quick_replies))

    @classmethod
    def example(cls) -> Self:
        fewer = Difference(why="fewer", name="Blue mug", product_id=7, wanted=5, put=2)
        price = Difference(
            why="price", name="Takure Whistling Kettle", product_id=8, wanted=1, put=1, price=Decimal(599),
            theirs=Decimal(549), currency="PHP",
        )  # fmt: skip
        return cls(put=3, differences=(fewer, price), note="Pa-gift wrap po, salamat!")

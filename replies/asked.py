"""Answers to questions of their own: what it costs to send somewhere, and that no more is known of a product."""

from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply
from replies.base import About, Say
from replies.parts import Said, common


class FeeTo(Said, frozen=True):
    """What it costs to send to a place."""

    name: ClassVar[str] = "asked.fee_to"
    about: ClassVar[str] = "What it costs to send to a place that was named"
    place: Annotated[str, About("The city or province")]
    zone: Annotated[str, About("The zone that it lies in; empty where the shop does not send there")]
    fee: Annotated[Decimal, About("What a parcel costs")] = Decimal(0)
    of_cart: Annotated[bool, About("Whether that is what is in the cart now, and not the least")] = False
    total: Annotated[Decimal, About("What the cart comes to with that; 0 where nothing is in it")] = Decimal(0)
    free_from: Annotated[Decimal | None, About("For how much one must buy to have it sent free; none is never")] = None
    days: Annotated[str, About('How long it takes, such as "3-5 days", or empty')] = ""
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if not self.alone:
            return ()
        return common(say, *(("checkout",) if self.of_cart else ()), "products", "cart", "shipping", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(place="Davao City", zone="Mindanao", fee=Decimal(150), free_from=Decimal(4000), days="5-8 days")


class OnlyOne(Said, frozen=True):
    """Only one thing is on show, and another place of the list was meant; the one is asked after below."""

    name: ClassVar[str] = "asked.only_one"
    about: ClassVar[str] = "Somebody means another place of a list in which only one thing is; it is offered below"

    @classmethod
    def example(cls) -> Self:
        return cls()


class NotChanged(Said, frozen=True):
    """Something that was wanted of the cart could not be done, beside other things that were."""

    name: ClassVar[str] = "asked.not_changed"
    about: ClassVar[str] = "Of several changes of a cart, what could not be done"
    said: Annotated[str, About("The words of what was not changed")]

    @classmethod
    def example(cls) -> Self:
        return cls(said="mug")


class KindMissing(Said, frozen=True):
    """Somebody goes to checkout while it is asked which kind of something they want."""

    name: ClassVar[str] = "asked.kind_missing"
    about: ClassVar[str] = "Checkout, while it is asked which kind of something is wanted"
    product: Annotated[str, About("What is left out, as its kind is not known; empty where it is asked once more")] = ""

    @classmethod
    def example(cls) -> Self:
        return cls()


class OnlyKnown(Said, frozen=True):
    """No more is known of a product than its card says."""

    name: ClassVar[str] = "asked.only_known"
    about: ClassVar[str] = "A question about a product to which there is no answer: no more is known than its card says"
    is_above: Annotated[bool, About("Whether its card was shown before")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "person", "cart", "back", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()

"""Answers to what is no shopping: questions, pictures, stickers, taps that nobody knows any more."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.language.phrases.filling import filled
from bot.messenger.messages import AnyQuickReply, Cards, Message, Picture, Text, split
from replies.base import About, Say
from replies.browsing import product_card
from replies.chosen import quick_reply, with_buttons
from replies.parts import Said, common
from replies.words import cut
from repository.catalogue.products import ProductCard
from repository.orders.shipping import Zone
from repository.wording.attached import NOTHING, Attached


class CannedAnswer(Said, frozen=True, omit_defaults=True):
    """What the merchant wants answered."""

    name: ClassVar[str] = "talk.canned"
    about: ClassVar[str] = "What the merchant wants answered"
    response: Annotated[str, About("What the merchant has written as the answer")]
    alone: Annotated[bool, About("Whether nothing more is said after it, so that it offers what to do next")] = True
    values: Annotated[Mapping[str, str], About("What is known of what is filled in, by its name")] = {}
    attached: Annotated[Attached, About("The picture, the buttons and the quick replies around it")] = NOTHING
    product: Annotated[ProductCard | None, About("The product on the card below it")] = None

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, response=filled(self.response, self.values), alone=self.alone)
        quick_replies = self.quick_replies(say)
        shown: list[Message] = [Picture(url=self.attached.picture)] if self.attached.picture else []
        if self.product is None:
            return [*shown, *with_buttons(text, self.attached.buttons, quick_replies)]
        card = Cards((product_card(say, self.product),), quick_replies)
        return [*shown, *with_buttons(text, self.attached.buttons), card]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if not self.alone:
            return ()
        return tuple(map(quick_reply, self.attached.quick_replies)) or common(say, "products", "cart", "orders", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(response="Yes, we ship all over the Philippines, from Batanes to Tawi-Tawi.")


class CannotRead(Said, frozen=True):
    """A picture, a voice message or something else that the bot cannot make out."""

    name: ClassVar[str] = "talk.cannot_read"
    about: ClassVar[str] = "A picture, a voice message or something else that the bot cannot make out"
    kind: Annotated[str, About('What was sent, in Messenger\'s word: "image", "audio", "video", "file", "location"')]
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "orders", "person", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls(kind="audio")


class TakeYourTime(Said, frozen=True):
    """Somebody needs a moment, or wants to ask something."""

    name: ClassVar[str] = "talk.take_your_time"
    about: ClassVar[str] = "Somebody needs a moment, or wants to ask something"
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "person", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls()


class Liked(Said, frozen=True):
    """A thumbs-up or a sticker came."""

    name: ClassVar[str] = "talk.liked"
    about: ClassVar[str] = "A thumbs-up or a sticker came, thanks, an okay, a good-bye"
    said: Annotated[str, About('What came: "thanks" or a thumb, "bye", "looking" around only; empty for an okay')] = (
        "thanks"
    )
    is_sticker: Annotated[bool, About("Whether it is another sticker than the thumbs-up")] = False
    has_cart: Annotated[bool, About("Whether something is in the cart, so that checkout is the next step")] = False
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        first = ("checkout", "cart", "products") if self.has_cart else ("products", "best", "cart")
        return common(say, *first, "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls()


class UnknownTap(Said, frozen=True):
    """A button from an old message that no longer works."""

    name: ClassVar[str] = "talk.unknown_tap"
    about: ClassVar[str] = "A button from an old message that no longer works"
    title: Annotated[str, About("What stood on the button; empty where Messenger did not say")] = ""
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "cart", "orders", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls(title="Summer sale")


class NotUnderstood(Said, frozen=True):
    """A question that nothing here answers."""

    name: ClassVar[str] = "talk.not_understood"
    about: ClassVar[str] = "A question that nothing here answers"
    text: Annotated[str, About("What the shopper typed")]
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def messages(self, say: Say) -> Sequence[Message]:
        wanted = ("person", "products", "search", "shipping", "orders", "menu") if self.alone else ()
        text = say(self.name, text=cut(self.text, 80), alone=self.alone)
        return [Text(text=text, quick_replies=common(say, *wanted))]

    @classmethod
    def example(cls) -> Self:
        return cls(text="Do you also repair bicycles?")


class IAmBot(Said, frozen=True):
    """Somebody has asked whether a bot is speaking."""

    name: ClassVar[str] = "talk.i_am_bot"
    about: ClassVar[str] = "Somebody has asked whether a bot is speaking"
    waits: Annotated[bool, About("Whether they wait for a person already")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, *(() if self.waits else ("person",)), "products", "orders", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class NotNow(Said, frozen=True):
    """A button that has its place elsewhere, such as a payment method where nothing is being ordered."""

    name: ClassVar[str] = "talk.not_now"
    about: ClassVar[str] = (
        "A button that has its place elsewhere, such as a payment method where nothing is being ordered"
    )
    has_cart: Annotated[bool, About("Whether something is in the cart, which makes checkout the next step")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if self.has_cart:
            return common(say, "checkout", "cart", "products", "menu")
        return common(say, "products", "best", "orders", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(has_cart=True)


class NothingToCancel(Said, frozen=True):
    """Nothing is under way that could be cancelled."""

    name: ClassVar[str] = "talk.nothing_to_cancel"
    about: ClassVar[str] = "Nothing is under way that could be cancelled"

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, orders=say("common.quick_orders"))
        return [Text(text=text, quick_replies=self.quick_replies(say))]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "orders", "cart", "products", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class PersonCalled(Said, frozen=True):
    """A person of the shop will read the chat."""

    name: ClassVar[str] = "talk.person"
    about: ClassVar[str] = "A person of the shop will read the chat"
    there: Annotated[str, About('Whether somebody is there now: "yes", "no", or empty where no hours are set')] = ""
    clock: Annotated[str, About('Until when somebody is there, or from when on again, such as "6 PM"')] = ""
    days: Annotated[int, About("In how many days somebody is there again; 0 is today")] = 0
    weekday: Annotated[int, About("Which day that is: 0 is Monday, 6 is Sunday")] = 0
    lost: Annotated[bool, About("Whether it is said because the bot did not understand three times in a row")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "orders", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(there="no", clock="9 AM", days=1, weekday=0)


class PersonWillRead(Said, frozen=True):
    """What was typed is left for the person who was asked for."""

    name: ClassVar[str] = "talk.person_will_read"
    about: ClassVar[str] = "What was typed is left for the person who was asked for"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "orders", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class ShippingFees(Said, frozen=True):
    """The zones and what sending there costs."""

    name: ClassVar[str] = "talk.shipping"
    about: ClassVar[str] = "The zones and what sending there costs"
    zones: Annotated[tuple[Zone, ...], About("Every zone the shop sends to")]
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def messages(self, say: Say) -> Sequence[Message]:
        lines = [
            say(
                "talk.shipping_line",
                name=zone.name,
                fee=zone.base_fee,
                per_kg=zone.per_kg_fee,
                free_from=zone.free_from,
                days=zone.estimated_days,
            )
            for zone in self.zones
        ]
        text = "\n".join((say("talk.shipping", any=bool(lines)), *lines))
        quick_replies = common(say, "products", "cart", "menu") if self.alone else ()
        return split(Text(text=text, quick_replies=quick_replies))

    @classmethod
    def example(cls) -> Self:
        manila = Zone(1, "Metro Manila", "metro", Decimal(79), Decimal(15), Decimal(1500), "1-3 days", ("Makati",))
        visayas = Zone(2, "Visayas", "island", Decimal(140), Decimal(35), Decimal(3500), "4-7 days", ("Cebu",))
        return cls(zones=(manila, visayas))

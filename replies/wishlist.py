"""The wishlist, and what is waited for."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Buttons, Card, Cards, Message, PostbackButton, Text
from replies.base import About, Say
from replies.parts import Said, button, common, pages, quick
from replies.taps import OpenProduct
from replies.taps_after import ResumePromos
from replies.taps_wishlist import (
    DropSaved,
    OpenWishlist,
    ResumeWishNews,
    StopWaiting,
    StopWishNews,
    TakeSaved,
)
from replies.words import cut
from repository.wishlist.listed import Saved, SavedPage
from repository.wishlist.waits import Waiting

MUG = Saved(4, 7, 12, "Blue mug", "Size: Large", 1, Decimal(99), Decimal(120), 9, has_variants=False, picture_url="")
"""For examples."""


class SavedIt(Said, frozen=True):
    """Something is on the wishlist now."""

    name: ClassVar[str] = "wishlist.saved"
    about: ClassVar[str] = "Something is on the wishlist now"
    saved: Annotated[Saved, About("What it is")]
    is_told: Annotated[bool, About("Whether the shopper is told when it gets cheaper or is back")] = True

    def messages(self, say: Say) -> Sequence[Message]:
        saved = self.saved
        text = say(
            self.name,
            product=cut(saved.name, 150),
            variant=cut(saved.variant, 80),
            instead=cut(saved.instead, 40),
            left=saved.left,
            is_told=self.is_told,
        )
        buttons = (
            button(say, "wishlist.button_open", OpenWishlist()),
            *((button(say, "wishlist.button_take", TakeSaved(saved.id, saved.is_line)),) if saved.left else ()),
            button(say, "wishlist.button_drop", DropSaved(saved.id, saved.is_line)),
        )
        return [Buttons(text, buttons, common(say, "products", "cart", "menu"))]

    @classmethod
    def example(cls) -> Self:
        return cls(saved=MUG)


class Wishlist(Said, frozen=True):
    """A page of the wishlist."""

    name: ClassVar[str] = "wishlist.list"
    about: ClassVar[str] = "A page of the wishlist"
    page: Annotated[SavedPage, About("The page")]
    note: Annotated[
        str,
        About('What just happened: "", "dropped" (something was taken off), "gone" (it was no longer on the list)'),
    ] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        shown = self.page
        text = say(
            self.name, note=self.note, total=shown.total, page=shown.page, pages=shown.pages, stopped=shown.stopped
        )
        if not shown.items:
            return [Text(text, common(say, "products", "best", "search", "cart", "menu"))]
        quick_replies = (
            *pages(say, shown.page, shown.pages, lambda page: OpenWishlist(page=page)),
            *self._news(say),
            *common(say, "cart", "products", "menu"),
        )
        return [Text(text), Cards(tuple(saved_card(say, saved) for saved in shown.items), quick_replies)]

    def _news(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if self.page.stopped == "promos":
            return (quick(say, "wishlist.quick_resume", ResumePromos()),)
        if self.page.stopped:
            return (quick(say, "wishlist.quick_resume", ResumeWishNews()),)
        return (quick(say, "wishlist.quick_stop_all", StopWishNews()),)

    @classmethod
    def example(cls) -> Self:
        return cls(page=SavedPage(items=(MUG,), page=1, pages=2, total=11))


class WishlistIsFull(Said, frozen=True):
    """No more fits on the wishlist."""

    name: ClassVar[str] = "wishlist.full"
    about: ClassVar[str] = "No more fits on the wishlist"
    most: Annotated[int, About("How many things a wishlist may hold")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (quick(say, "wishlist.quick_open", OpenWishlist()), *common(say, "cart", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(most=100)


class WhichToSave(Said, frozen=True):
    """What shall be saved, or be told of?"""

    name: ClassVar[str] = "wishlist.which"
    about: ClassVar[str] = "What shall be saved, or be told of?"
    waits: Annotated[bool, About("Whether it is to be told of when it is back, and not to be saved")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (*common(say, "search", "products"), quick(say, "wishlist.quick_open", OpenWishlist()))

    @classmethod
    def example(cls) -> Self:
        return cls()


class WillTell(Said, frozen=True):
    """The shopper is told when it is back."""

    name: ClassVar[str] = "wishlist.will_tell"
    about: ClassVar[str] = "The shopper is told when it is back"
    waiting: Annotated[Waiting, About("What is waited for")]

    def messages(self, say: Say) -> Sequence[Message]:
        waiting = self.waiting
        text = say(self.name, product=cut(waiting.name, 150), variant=cut(waiting.variant, 80), before=waiting.before)
        stop = StopWaiting(product_id=waiting.product_id, variant_id=waiting.variant_id)
        return [Text(text, (quick(say, "wishlist.quick_no_wait", stop), *common(say, "products", "cart", "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls(waiting=Waiting(7, 12, "Blue mug", "Size: Large", 0, 2))


class NoLongerTold(Said, frozen=True):
    """The shopper is told no more of something, or of anything on the wishlist."""

    name: ClassVar[str] = "wishlist.no_longer"
    about: ClassVar[str] = "The shopper is told no more of something, or of anything on the wishlist"
    product: Annotated[str, About("What it is; empty where nothing at all is told any more")] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, product=cut(self.product, 150))
        resume = () if self.product else (quick(say, "wishlist.quick_resume", ResumeWishNews()),)
        open_list = quick(say, "wishlist.quick_open", OpenWishlist())
        return [Text(text, (*resume, open_list, *common(say, "cart", "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls()


class ToldAgain(Said, frozen=True):
    """The shopper is told of the wishlist again."""

    name: ClassVar[str] = "wishlist.told_again"
    about: ClassVar[str] = "The shopper is told of the wishlist again"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (quick(say, "wishlist.quick_open", OpenWishlist()), *common(say, "products", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls()


def saved_card(say: Say, saved: Saved) -> Card:
    """The card of something on a wishlist.

    Args:
        say: Fills a block with facts.
        saved: What it is.
    """
    take: tuple[PostbackButton, ...] = ()
    if saved.left:
        block = "wishlist.button_options" if saved.has_variants else "wishlist.button_take"
        take = (button(say, block, TakeSaved(saved.id, saved.is_line)),)
    was = saved.price_saved if saved.price_saved is not None and saved.price_saved > saved.price else None
    return Card(
        title=say("wishlist.title_saved", name=saved.name),
        subtitle=say(
            "wishlist.subtitle_saved",
            price=saved.price,
            was=was,
            left=saved.left,
            variant=saved.variant,
            quantity=saved.quantity,
        ),
        image_url=saved.picture_url,
        buttons=(
            *take,
            button(say, "wishlist.button_details", OpenProduct(product_id=saved.product_id)),
            button(say, "wishlist.button_drop", DropSaved(saved.id, saved.is_line)),
        ),
    )

"""The cart: what was put in, what is in it, and changing it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Buttons, Message, Text
from replies.base import About, Say
from replies.codec import Tap
from replies.parts import NAME_IN_LIST, Said, button, common, facts, fitting, named, pages, quick
from replies.taps import (
    BrowseCategories,
    ChangeLine,
    Checkout,
    ConfirmEmptyCart,
    EmptyCart,
    OpenCart,
    PickLine,
    RemoveLine,
    SetQuantity,
)
from replies.taps_wishlist import NotifyMe, OpenWishlist, PutAside
from replies.words import cut
from repository.orders.carts import Cart, CartLine

LINES_ON_PAGE = 9
"""Lines that can be picked at once, so that paging still fits among thirteen quick replies."""
QUANTITIES = (1, 2, 3, 4, 5, 6, 8, 10, 12)
"""What is offered when the quantity is asked; any other may be typed."""


class Added(Said, frozen=True):
    """One more piece is in the cart."""

    name: ClassVar[str] = "cart.added"
    about: ClassVar[str] = "One more piece is in the cart"
    line_id: Annotated[int, About("Its line in the cart")]
    product: Annotated[str, About("The name of what was put into the cart")]
    variant: Annotated[str, About('Which variant of it, such as "Size: Large"; empty where it has none')]
    quantity: Annotated[int, About("Pieces of it that are in the cart now")]
    count: Annotated[int, About("Pieces in the cart, of everything")]
    subtotal: Annotated[Decimal, About("What everything in the cart costs together")]
    onward: Annotated[Tap, About("The tap that goes on looking where the shopper left off")] = BrowseCategories()

    def messages(self, say: Say) -> Sequence[Message]:
        variables = facts(self) | {"product": cut(self.product, 150), "variant": cut(self.variant, 80)}
        del variables["line_id"]
        buttons = (
            button(say, "cart.button_checkout", Checkout()),
            button(say, "cart.button_cart", OpenCart()),
            button(say, "cart.button_onward", self.onward),
        )
        quick_replies = (quick(say, "cart.quick_quantity", ChangeLine(line_id=self.line_id)),)
        return [Buttons(say("cart.added", **variables), buttons, quick_replies)]

    @classmethod
    def example(cls) -> Self:
        return cls(
            line_id=1, product="Blue mug", variant="Size: Large", quantity=1, count=1, subtotal=Decimal("120.00")
        )


class CartSummary(Said, frozen=True):
    """What is in the cart."""

    name: ClassVar[str] = "cart.summary"
    about: ClassVar[str] = "What is in the cart"
    cart: Annotated[Cart, About("The cart")]
    note: Annotated[
        str,
        About(
            'What just happened: "", "changed", "removed", "kept" (checkout was left), "short" (see the lines),'
            ' "absent" (what shall be taken out is not there), "aside"'
            " (something went to the wishlist)"
        ),
    ] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        if not self.cart.lines:
            return EmptyCartText(note=self.note).messages(say)
        lines = [line_text(say, line) for line in self.cart.lines]
        head = say("cart.summary_head", note=self.note, count=self.cart.count)
        short = any(line.left < line.quantity for line in self.cart.lines)
        change = say("cart.button_change")
        foot = say("cart.summary", count=self.cart.count, subtotal=self.cart.subtotal, short=short, change=change)
        aside = (quick(say, "wishlist.quick_open", OpenWishlist()),) if self.note == "aside" else ()
        quick_replies = (
            *aside,
            quick(say, "cart.quick_empty", EmptyCart()),
            *common(say, "promos", "shipping", "menu"),
        )
        only = self.cart.lines[0].id if len(self.cart.lines) == 1 else 0
        buttons = (
            button(say, "cart.button_checkout", Checkout()),
            button(say, "cart.button_change", ChangeLine(line_id=only) if only else PickLine()),
            button(say, "cart.button_onward", BrowseCategories()),
        )
        whole = "\n".join((head, *lines, "", foot))
        if fitting([whole], 640):
            return [Buttons(whole, buttons, quick_replies)]
        shown = fitting(lines, 1700)
        if shown < len(lines):
            lines = [*lines[:shown], say("cart.more_lines", more=len(lines) - shown)]
        return [Text("\n".join((head, *lines))), Buttons(foot, buttons, quick_replies)]

    @classmethod
    def example(cls) -> Self:
        mug = CartLine(1, 7, 12, "Blue mug", "Size: Large", 2, Decimal(120), Decimal(240), 9, "")
        kettle = CartLine(2, 8, None, "Takure Whistling Kettle", "", 1, Decimal(599), Decimal(599), 3, "")
        return cls(cart=Cart(lines=(mug, kettle), subtotal=Decimal(839), count=3, weight_kg=Decimal("1.7")))


class EmptyCartText(Said, frozen=True):
    """Nothing is in the cart."""

    name: ClassVar[str] = "cart.empty"
    about: ClassVar[str] = "Nothing is in the cart"
    note: Annotated[
        str,
        About(
            'What just happened: "", "emptied", "removed" where the last line was taken out, "aside" where it went to'
            " the wishlist"
        ),
    ] = ""

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        aside = (quick(say, "wishlist.quick_open", OpenWishlist()),) if self.note == "aside" else ()
        return (*aside, *common(say, "products", "best", "search", "orders", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls()


class SoFar(Said, frozen=True):
    """What the cart comes to, for somebody who asks in the middle of checkout."""

    name: ClassVar[str] = "cart.so_far"
    about: ClassVar[str] = "What the cart comes to, for somebody who asks in the middle of checkout"
    count: Annotated[int, About("Pieces in the cart")]
    subtotal: Annotated[Decimal, About("What they cost together")]

    @classmethod
    def example(cls) -> Self:
        return cls(count=3, subtotal=Decimal(477))


class SoldOut(Said, frozen=True):
    """There is not enough of a product left."""

    name: ClassVar[str] = "cart.sold_out"
    about: ClassVar[str] = "There is not enough of a product left"
    left: Annotated[int, About("Pieces that can still be sold")]
    product_id: Annotated[int, About("The product, where the shopper can be told when it is back; else 0")] = 0
    variant_id: Annotated[int | None, About("Its variant")] = None

    def messages(self, say: Say) -> Sequence[Message]:
        return [Text(say(self.name, left=self.left), self.quick_replies(say))]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        others = common(say, "cart", "checkout", "products", "menu")
        if self.left or not self.product_id:
            return others
        return (quick(say, "wishlist.quick_notify", NotifyMe(self.product_id, self.variant_id)), *others)

    @classmethod
    def example(cls) -> Self:
        return cls(left=1)


class TooManyOfIt(Said, frozen=True):
    """More pieces of one thing than one order may have."""

    name: ClassVar[str] = "cart.too_many"
    about: ClassVar[str] = "More pieces of one thing than one order may have"
    most: Annotated[int, About("How many pieces of one thing a cart may hold")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "cart", "checkout", "person", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(most=99)


class CartIsFull(Said, frozen=True):
    """No further line fits into the cart."""

    name: ClassVar[str] = "cart.full"
    about: ClassVar[str] = "No further line fits into the cart"
    most: Annotated[int, About("How many different things a cart may hold")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "checkout", "cart", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(most=50)


class WhichLine(Said, frozen=True):
    """Which line of the cart shall be changed?"""

    name: ClassVar[str] = "cart.which_line"
    about: ClassVar[str] = "Which line of the cart shall be changed?"
    cart: Annotated[Cart, About("The cart, with at least one line")]
    page: Annotated[int, About("Which page of its lines, from 1")] = 1

    def messages(self, say: Say) -> Sequence[Message]:
        count = -(-len(self.cart.lines) // LINES_ON_PAGE)
        page = min(max(1, self.page), count)
        lines = self.cart.lines[(page - 1) * LINES_ON_PAGE : page * LINES_ON_PAGE]
        choices = (
            quick(say, "cart.quick_line", ChangeLine(line_id=line.id), product=line.name, quantity=line.quantity)
            for line in lines
        )
        paging = pages(say, page, count, lambda other: PickLine(page=other))
        text = "\n".join((say("cart.which_line"), *(line_text(say, line) for line in lines)))
        return [Text(text, (*choices, *paging, *common(say, "back", "menu")))]

    @classmethod
    def example(cls) -> Self:
        return cls(cart=CartSummary.example().cart)


class HowMany(Said, frozen=True):
    """How many pieces of a line?"""

    name: ClassVar[str] = "cart.how_many"
    about: ClassVar[str] = "How many pieces of a line?"
    line: Annotated[CartLine, About("The line")]
    most: Annotated[int, About("Pieces at most that one line may have")]
    unheard: Annotated[str, About("What was typed that is no number, empty where nothing was")] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        line = self.line
        text = say(
            "cart.how_many",
            product=cut(line.name, 200),
            variant=cut(line.variant, 80),
            quantity=line.quantity,
            left=line.left,
            unheard=cut(self.unheard, 40),
        )
        numbers = (
            named(str(number), SetQuantity(line_id=line.id, quantity=number))
            for number in QUANTITIES
            if number <= min(self.most, line.left) and number != line.quantity
        )
        remove = quick(say, "cart.quick_remove", RemoveLine(line_id=line.id))
        aside = quick(say, "cart.quick_aside", PutAside(line_id=line.id))
        return [Text(text, (*numbers, remove, aside, *common(say, "back")))]

    @classmethod
    def example(cls) -> Self:
        return cls(line=CartSummary.example().cart.lines[0], most=99)


class ReallyEmpty(Said, frozen=True):
    """Shall the cart be emptied?"""

    name: ClassVar[str] = "cart.really_empty"
    about: ClassVar[str] = "Shall the cart be emptied?"
    count: Annotated[int, About("Pieces in the cart, of everything")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (
            quick(say, "cart.quick_yes_empty", ConfirmEmptyCart()),
            quick(say, "cart.quick_no_keep", OpenCart()),
        )

    @classmethod
    def example(cls) -> Self:
        return cls(count=3)


def line_text(say: Say, line: CartLine) -> str:
    """One line of a cart in words.

    Args:
        say: Fills a block with facts.
        line: The line.
    """
    return say(
        "cart.line",
        product=cut(line.name, NAME_IN_LIST),
        variant=cut(line.variant, 40),
        quantity=line.quantity,
        total=line.total,
        left=line.left,
        was=line.was,
        is_dearer=line.was is not None and line.unit_price > line.was,
    )

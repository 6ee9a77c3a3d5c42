"""What shoppers hear without having asked: news of their wishlist, and of a cart that they left."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.limits import BUTTON_TEXT
from bot.messenger.messages import AnyQuickReply, Buttons, Card, Cards, Message, PostbackButton, Text
from bot.messenger.wording import size
from replies.base import About, Reply, Say
from replies.cart import CartSummary, line_text
from replies.parts import Said, button, common, fitting, quick
from replies.taps import AddToCart, Checkout, ChooseVariant, EmptyCart, OpenCart, OpenProduct
from replies.taps_wishlist import (
    LeaveCart,
    NoReminders,
    OpenWishlist,
    SilenceSaved,
    StopWaiting,
    StopWishNews,
    TakeSaved,
)
from repository.orders.carts import Cart
from repository.wishlist.telling import News

_CARDS = 10
_LINES = 5
"""Lines of a cart that stand in a reminder."""


class WishNews(Said, frozen=True):
    """Something on the wishlist is cheaper, or something that was sold out is back."""

    name: ClassVar[str] = "unasked.wish_news"
    about: ClassVar[str] = "Something on the wishlist is cheaper, or something that was sold out is back"
    items: Annotated[tuple[News, ...], About("What it is, at least one thing")]

    def messages(self, say: Say) -> Sequence[Message]:
        back, first = sum(item.was is None for item in self.items), self.items[0]
        text = say(
            self.name,
            count=len(self.items),
            back=back,
            cheaper=len(self.items) - back,
            product=first.name,
            more=max(0, len(self.items) - _CARDS),
        )
        quick_replies = (
            quick(say, "wishlist.quick_open", OpenWishlist()),
            quick(say, "wishlist.quick_stop_all", StopWishNews()),
            *common(say, "cart", "menu"),
        )
        return [Text(text), Cards(tuple(_news_card(say, item) for item in self.items[:_CARDS]), quick_replies)]

    @classmethod
    def example(cls) -> Self:
        mug = News(7, 12, 4, "Blue mug", "Size: Large", Decimal(99), Decimal(120), 9, False, "")
        kettle = News(8, None, 0, "Takure Whistling Kettle", "", Decimal(599), None, 3, False, "")
        return cls(items=(kettle, mug))


class CartReminder(Said, frozen=True):
    """A cart was left, and still waits."""

    name: ClassVar[str] = "unasked.cart_reminder"
    about: ClassVar[str] = "A cart was left, and still waits"
    cart: Annotated[Cart, About("The cart")]

    def messages(self, say: Say) -> Sequence[Message]:
        quick_replies = (quick(say, "unasked.quick_no_reminders", NoReminders()), *common(say, "products", "menu"))
        return [Buttons(_cart_text(say, self.name, self.cart, {}), _cart_buttons(say), quick_replies)]

    @classmethod
    def example(cls) -> Self:
        return cls(cart=CartSummary.example().cart)


class CartTakenUp(Said, frozen=True):
    """The shopper is back after some days, and their cart is as they left it."""

    name: ClassVar[str] = "unasked.cart_taken_up"
    about: ClassVar[str] = "The shopper is back after some days, and their cart is as they left it"
    cart: Annotated[Cart, About("The cart")]
    days: Annotated[int, About("How many days ago it was left: 1 is yesterday")]
    weekday: Annotated[str, About('On which day of the week it was left: "0" is Monday, "6" is Sunday')]
    date: Annotated[str, About('The day on which it was left, such as "25 Nov 2026"')]

    def messages(self, say: Say) -> Sequence[Message]:
        since = say("unasked.since", days=self.days, weekday=self.weekday, date=self.date)
        quick_replies = (
            quick(say, "unasked.quick_leave_cart", LeaveCart()),
            quick(say, "cart.quick_empty", EmptyCart()),
            *common(say, "products", "menu"),
        )
        return [Buttons(_cart_text(say, self.name, self.cart, {"since": since}), _cart_buttons(say), quick_replies)]

    @classmethod
    def example(cls) -> Self:
        return cls(cart=CartSummary.example().cart, days=3, weekday="1", date="24 Nov 2026")


class RemindersStopped(Said, frozen=True):
    """Nothing reminds of a cart any more."""

    name: ClassVar[str] = "unasked.reminders_stopped"
    about: ClassVar[str] = "Nothing reminds of a cart any more"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "cart", "products", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class CartLeft(Said, frozen=True):
    """The cart stays as it is for now."""

    name: ClassVar[str] = "unasked.cart_left"
    about: ClassVar[str] = "The cart stays as it is for now"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "best", "cart", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


def _cart_text(say: Say, block: str, cart: Cart, more: Mapping[str, object]) -> str:
    changed = any(line.has_changed for line in cart.lines)
    head = say(block, count=cart.count, subtotal=cart.subtotal, changed=changed, **more)
    foot = say("unasked.total", count=cart.count, subtotal=cart.subtotal)
    lines = [line_text(say, line) for line in cart.lines]
    left_out = say("cart.more_lines", more=len(lines))
    shown = min(_LINES, fitting(lines, BUTTON_TEXT - size(head) - size(foot) - size(left_out) - 5))
    if shown < len(lines):
        lines = [*lines[:shown], say("cart.more_lines", more=len(lines) - shown)]
    return "\n".join((head, "", *lines, "", foot))


def _cart_buttons(say: Say) -> tuple[PostbackButton, ...]:
    return (button(say, "cart.button_checkout", Checkout()), button(say, "cart.button_cart", OpenCart()))


def _news_card(say: Say, item: News) -> Card:
    stop = (
        SilenceSaved(saved_id=item.saved_id)
        if item.saved_id
        else StopWaiting(product_id=item.product_id, variant_id=item.variant_id)
    )
    if item.has_variants:
        take = button(say, "wishlist.button_options", ChooseVariant(product_id=item.product_id))
    elif item.saved_id:
        take = button(say, "wishlist.button_take", TakeSaved(saved_id=item.saved_id))
    else:
        take = button(say, "wishlist.button_add", AddToCart(product_id=item.product_id, variant_id=item.variant_id))
    return Card(
        title=say("wishlist.title_saved", name=item.name),
        subtitle=say("unasked.subtitle_news", price=item.price, was=item.was, left=item.left, variant=item.variant),
        image_url=item.picture_url,
        buttons=(
            take,
            button(say, "wishlist.button_details", OpenProduct(product_id=item.product_id)),
            button(say, "unasked.button_stop", stop),
        ),
    )


UNASKED: Mapping[str, type[Reply]] = {kind.name: kind for kind in (WishNews, CartReminder)}
"""By the names that `notification_queue` has for them: what is never sent outside Messenger's window, nor at night,
since it promotes. Its facts are read when it is said."""

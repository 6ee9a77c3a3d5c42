"""What a step hears of messages that are neither words nor pictures, and of where somebody comes from."""

from bot.messenger.parts import Answer, Booking, OrderedProduct
from bot.messenger.referring import Shared
from dialogs.engine.heard import Heard
from dialogs.engine.state import State


class SentPlace(Heard, frozen=True):
    """A place on a map, for the rider.

    Attributes:
        pin: "14.599512,120.984222", or an address of a map.
        text: What was typed with it, empty for nothing.
    """

    pin: str
    text: str = ""


class SentCart(Heard, frozen=True):
    """A cart that was filled in Facebook's own shop.

    Attributes:
        lines: Its lines, as Facebook tells them.
        note: What the shopper wrote to it, empty for nothing.
    """

    lines: tuple[OrderedProduct, ...]
    note: str = ""


class FilledIn(Heard, frozen=True):
    """Facebook's form for names and addresses.

    Attributes:
        answers: What was filled in, by the form's own keys: "name", "phone", "address_line_1", "locality" ...
    """

    answers: tuple[Answer, ...]


class Booked(Heard, frozen=True):
    """An appointment that was booked in Messenger.

    Attributes:
        booking: When, and how it stands.
    """

    booking: Booking


class Reacted(Heard, frozen=True):
    """An emoji on a message of the shop.

    Attributes:
        is_bad: Whether it says that something is wrong: a thumb down, anger, sadness.
    """

    is_bad: bool


class Edited(Heard, frozen=True):
    """A message that was changed after it had been answered.

    Attributes:
        text: What it says now.
        was_asked: What was asked when it was typed; None where the shop does not know the message.
    """

    text: str
    was_asked: State | None = None


class TookBack(Heard, frozen=True):
    """A message that was unsent; what it said is gone."""


class Arrived(Heard, frozen=True):
    """The shopper came through a link, an ad, Facebook's shop, or with something that was shared.

    Attributes:
        ref: What the link or ad carried, empty where nothing.
        goods: Products of the page's catalogue that were shared or opened.
        products: `products.id` of cards of ours that were sent back.
        titles: What stands on the ad, the post or the page that was shared, the most telling first.
        post_id: The post that an ad was made of, or that was shared or linked to.
        text: What was typed with it, without addresses; empty for nothing.
        is_address: Whether only an address was sent, which leads to nothing of ours.
    """

    ref: str = ""
    goods: tuple[Shared, ...] = ()
    products: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    post_id: str = ""
    text: str = ""
    is_address: bool = False

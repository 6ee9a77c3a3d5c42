"""What merchants put around a canned reply, as Messenger shows it."""

from collections.abc import Mapping, Sequence

from bot.messenger import limits
from bot.messenger.messages import (
    AnyButton,
    AnyQuickReply,
    Buttons,
    Message,
    PhoneButton,
    PostbackButton,
    QuickReplyOption,
    Text,
    UrlButton,
    split,
    split_text,
)
from replies.codec import Tap
from replies.environment import money
from replies.parts import COMMON
from replies.payloads import CODEC
from replies.taps import OpenProduct
from replies.taps_talk import PickReply
from repository.catalogue.products import ProductCard
from repository.wording.attached import Choice


def quick_reply(choice: Choice) -> QuickReplyOption:
    """A quick reply that a merchant has written.

    Args:
        choice: One that opens no link and calls nobody.
    """
    return QuickReplyOption(title=choice.title, payload=CODEC.pack(_tap(choice)))


def with_buttons(
    text: str, choices: Sequence[Choice], quick_replies: tuple[AnyQuickReply, ...] = ()
) -> Sequence[Message]:
    """A text with a merchant's buttons below its end; of a long one, what does not fit beside buttons goes before.

    Args:
        text: Of any length.
        choices: The buttons, as many as Messenger shows.
        quick_replies: Below all of it.
    """
    if not choices:
        return split(Text(text, quick_replies))
    *before, last = split_text(text, limits.BUTTON_TEXT) or [text]
    return [
        *(part for one in before for part in split(Text(one))),
        Buttons(last, tuple(map(_button, choices)), quick_replies),
    ]


def product_values(product: ProductCard, currency: str) -> Mapping[str, str]:
    """What can be said of the product on a reply's card, by the names of what is filled in.

    Args:
        product: The product.
        currency: ISO code.
    """
    return {
        "product": product.name,
        "price": money(product.price, currency),
        "left": str(product.left) if product.left > 0 else "",
    }


def _button(choice: Choice) -> AnyButton:
    if choice.does == "link":
        return UrlButton(choice.title, choice.to)
    if choice.does == "call":
        return PhoneButton(choice.title, choice.to)
    return PostbackButton(choice.title, CODEC.pack(_tap(choice)))


def _tap(choice: Choice) -> Tap:
    if choice.does == "product":
        return OpenProduct(product_id=choice.id)
    if choice.does == "reply":
        return PickReply(reply_id=choice.id)
    return COMMON[choice.to]

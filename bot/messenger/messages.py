"""What a page can send, typed: `payload()` is the `message` object of a send, and is always within Messenger's limits.

Texts and titles that are too long are clipped with an ellipsis and lists are cut to what Messenger shows, since a
shorter answer beats none; a message that could not be shown at all cannot be constructed.

Sources: contract, sections 3.3 and 3.4.
"""

from collections.abc import Sequence

import msgspec

from bot.messenger import limits
from bot.messenger.buttons import (
    AnyButton,
    AnyQuickReply,
    EmailQuickReply,
    PhoneButton,
    PhoneQuickReply,
    PostbackButton,
    QuickReplyOption,
    UrlButton,
)
from bot.messenger.library import pymessenger
from bot.messenger.outgoing import Message, template, with_quick_replies
from bot.messenger.receipt import Adjustment, Receipt, ReceiptAddress, ReceiptLine
from bot.messenger.wording import ELLIPSIS, clip_bytes, one_line, split_text

__all__ = [
    "Adjustment",
    "AnyButton",
    "AnyQuickReply",
    "Buttons",
    "Card",
    "Cards",
    "EmailQuickReply",
    "Grid",
    "Message",
    "PhoneButton",
    "PhoneQuickReply",
    "Picture",
    "PostbackButton",
    "QuickReplyOption",
    "Receipt",
    "ReceiptAddress",
    "ReceiptLine",
    "Text",
    "UrlButton",
    "split",
    "split_text",
]


class Text(Message, frozen=True):
    """A text, with choices above the text box. `split` makes several of a long one."""

    text: str
    quick_replies: tuple[AnyQuickReply, ...] = ()

    def payload(self) -> dict[str, object]:
        text = clip_bytes(self.text.strip(), limits.TEXT) or ELLIPSIS
        return with_quick_replies({"text": text}, self.quick_replies)


class Buttons(Message, frozen=True):
    """A text with up to three buttons below it; without any it is a plain text."""

    text: str
    buttons: tuple[AnyButton, ...]
    quick_replies: tuple[AnyQuickReply, ...] = ()

    def payload(self) -> dict[str, object]:
        if not self.buttons:
            return Text(self.text, self.quick_replies).payload()
        text = clip_bytes(self.text.strip(), limits.BUTTON_TEXT) or ELLIPSIS
        shown: dict[str, object] = {"template_type": "button", "text": text, "buttons": _shapes(self.buttons)}
        return template(shown, self.quick_replies)


class Card(msgspec.Struct, frozen=True):
    """One card of a carousel. A tap on the picture opens `url`.

    Raises:
        ValueError: It has nothing but a title, which Messenger refuses.
    """

    title: str
    subtitle: str = ""
    image_url: str = ""
    buttons: tuple[AnyButton, ...] = ()
    url: str = ""

    def __post_init__(self) -> None:
        if not (self.subtitle.strip() or self.image_url or self.buttons or self.url):
            raise ValueError("a card needs more than a title")

    def shape(self) -> dict[str, object]:
        """The card as Messenger wants it, its texts cut to fit."""
        card: dict[str, object] = {"title": one_line(self.title, limits.ELEMENT_TITLE)}
        if self.subtitle.strip():
            card["subtitle"] = one_line(self.subtitle, limits.ELEMENT_SUBTITLE)
        if self.image_url:
            card["image_url"] = self.image_url
        if self.url:
            card["default_action"] = {"type": "web_url", "url": self.url}
        if self.buttons:
            card["buttons"] = _shapes(self.buttons)
        element: dict[str, object] = pymessenger.Element(card)  # positional: given as keywords it drops default_action
        return element


class Cards(Message, frozen=True):
    """A carousel of up to ten cards.

    Raises:
        ValueError: There is no card.
    """

    elements: tuple[Card, ...]
    quick_replies: tuple[AnyQuickReply, ...] = ()

    def __post_init__(self) -> None:
        if not self.elements:
            raise ValueError("a carousel needs a card")

    def payload(self) -> dict[str, object]:
        elements = [card.shape() for card in self.elements[: limits.ELEMENTS]]
        return template({"template_type": "generic", "elements": elements}, self.quick_replies)


class Grid(Message, frozen=True):
    """Two to six pictures in one bubble, in the shape of Meta's "Image grid" page of 30 June 2026.

    Raises:
        ValueError: There are fewer than two pictures.
    """

    urls: tuple[str, ...]
    title: str = ""
    subtitle: str = ""
    quick_replies: tuple[AnyQuickReply, ...] = ()

    def __post_init__(self) -> None:
        if len(self.urls) < limits.GRID_IMAGES[0]:
            raise ValueError("a grid needs two pictures")

    def payload(self) -> dict[str, object]:
        element: dict[str, object] = {"images": [{"url": url} for url in self.urls[: limits.GRID_IMAGES[1]]]}
        if self.title.strip():
            element["title"] = one_line(self.title, limits.GRID_TITLE)
        if self.subtitle.strip():
            element["subtitle"] = one_line(self.subtitle, limits.ELEMENT_SUBTITLE)
        return template({"template_type": "image_grid", "elements": [element]}, self.quick_replies)


class Picture(Message, frozen=True):
    """An image: by its address, or by the id that Facebook gave it when it was uploaded.

    `reusable` asks for such an id with the answer to a send by address.

    Raises:
        ValueError: Neither or both are given.
    """

    url: str = ""
    attachment_id: str = ""
    quick_replies: tuple[AnyQuickReply, ...] = ()
    reusable: bool = False

    def __post_init__(self) -> None:
        if (self.url == "") == (self.attachment_id == ""):
            raise ValueError("a picture needs either an address or an attachment id")

    def payload(self) -> dict[str, object]:
        image: dict[str, object] = {"attachment_id": self.attachment_id} if self.attachment_id else {"url": self.url}
        if self.url and self.reusable:
            image["is_reusable"] = True
        return with_quick_replies({"attachment": {"type": "image", "payload": image}}, self.quick_replies)


def split(message: Text) -> list[Text]:
    """A text of any length as messages that each fit; the last one keeps the quick replies."""
    parts = split_text(message.text)
    if len(parts) <= 1:
        return [message]
    return [*(Text(part) for part in parts[:-1]), Text(parts[-1], message.quick_replies)]


def _shapes(buttons: Sequence[AnyButton]) -> list[dict[str, object]]:
    return [button.shape() for button in buttons[: limits.BUTTONS]]

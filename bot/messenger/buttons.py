"""Buttons and quick replies: what a shopper can tap. Contract, section 3.3."""

import msgspec

from bot.messenger import limits
from bot.messenger.library import pymessenger
from bot.messenger.wording import one_line


class UrlButton(msgspec.Struct, frozen=True):
    """Opens a page in Messenger's browser. `height` is compact, tall or full."""

    title: str
    url: str
    height: str = ""

    def shape(self) -> dict[str, object]:
        """The button as Messenger wants it, its title cut to fit."""
        button: dict[str, object] = {
            "type": "web_url",
            "title": one_line(self.title, limits.BUTTON_TITLE),
            "url": self.url,
        }
        if self.height:
            button["webview_height_ratio"] = self.height
        return _button(button)


class PostbackButton(msgspec.Struct, frozen=True):
    """Comes back to the bot as a `Postback` that carries the payload.

    Raises:
        ValueError: The payload is longer than Messenger carries; shortening it would change what it means.
    """

    title: str
    payload: str

    def __post_init__(self) -> None:
        _check(self.payload)

    def shape(self) -> dict[str, object]:
        """The button as Messenger wants it, its title cut to fit."""
        title = one_line(self.title, limits.BUTTON_TITLE)
        return _button({"type": "postback", "title": title, "payload": self.payload})


class PhoneButton(msgspec.Struct, frozen=True):
    """Calls a number. `number` is `+`, the country and the number."""

    title: str
    number: str

    def shape(self) -> dict[str, object]:
        """The button as Messenger wants it, its title cut to fit."""
        title = one_line(self.title, limits.BUTTON_TITLE)
        return _button({"type": "phone_number", "title": title, "payload": self.number})


AnyButton = UrlButton | PostbackButton | PhoneButton


class QuickReplyOption(msgspec.Struct, frozen=True):
    """A choice above the text box, gone after the next message; comes back as a `QuickReply` with the payload.

    Raises:
        ValueError: The payload is longer than Messenger carries.
    """

    title: str
    payload: str
    image_url: str = ""

    def __post_init__(self) -> None:
        _check(self.payload)

    def shape(self) -> dict[str, object]:
        """The quick reply as Messenger wants it, its title cut to fit."""
        title = one_line(self.title, limits.QUICK_REPLY_TITLE)
        option: dict[str, object] = {"content_type": "text", "title": title, "payload": self.payload}
        if self.image_url:
            option["image_url"] = self.image_url
        return option


class PhoneQuickReply(msgspec.Struct, frozen=True):
    """Offers the phone number of the shopper's Facebook profile; comes back as a `QuickReply` that holds it."""

    def shape(self) -> dict[str, object]:
        """The quick reply as Messenger wants it."""
        return {"content_type": "user_phone_number"}


class EmailQuickReply(msgspec.Struct, frozen=True):
    """Offers the e-mail address of the shopper's Facebook profile; comes back as a `QuickReply` that holds it."""

    def shape(self) -> dict[str, object]:
        """The quick reply as Messenger wants it."""
        return {"content_type": "user_email"}


AnyQuickReply = QuickReplyOption | PhoneQuickReply | EmailQuickReply


def _button(fields: dict[str, object]) -> dict[str, object]:
    button: dict[str, object] = pymessenger.Button(fields)
    return button


def _check(payload: str) -> None:
    length = len(payload.encode())
    if length > limits.PAYLOAD:
        raise ValueError(f"a payload of {length} bytes; Messenger carries {limits.PAYLOAD}")

"""Checks of single fields that all messages share: texts, lists, addresses, buttons, amounts."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.messenger import limits
from bot.messenger.fault import GraphFault

Faults = Iterator[GraphFault]

_PLAIN_BUTTONS = ("account_unlink", "game_play", "audio_call")
_PHONE = re.compile(r"\+\d{6,15}", re.ASCII)
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)
_BUTTON = frozenset(
    {
        *("type", "title", "url", "payload", "game_metadata"),
        *("webview_height_ratio", "messenger_extensions", "fallback_url", "webview_share_button"),
    }
)


def refused(message: str, subcode: int = 0) -> GraphFault:
    """Error 100, which is what Meta answers to a bad parameter."""
    return GraphFault(code=100, subcode=subcode, message=message)


def check_text(value: object, name: str, most: int, *, required: bool = True) -> Faults:
    """A string of at most `most` characters, and not blank where it is required."""
    if value is None and not required:
        return
    if not isinstance(value, str):
        yield refused(f"Param {name} must be a string")
    elif required and not value.strip():
        yield refused(f"Param {name} must be a non-empty UTF8-encoded string")
    elif len(value) > most:
        yield refused(f"Length of param {name} must be less than or equal to {most}")


def check_payload(value: object, name: str) -> Faults:
    """A payload that comes back with a tap."""
    return check_text(value, name, limits.PAYLOAD)


def check_url(value: object, name: str, *, secure: bool = False) -> Faults:
    """An absolute address: https, or http where Meta lets it pass."""
    if isinstance(value, str):
        try:
            parts = urlsplit(value)
            if parts.scheme in (("https",) if secure else ("https", "http")) and parts.hostname and " " not in value:
                return
        except ValueError:
            pass
    yield refused(f"Param {name} should represent a valid URL")


def as_id(value: object) -> str:
    """An id, which may come as a number, or "" where it is none."""
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def as_list(value: object) -> list[object]:
    """The list, or an empty one where it is something else."""
    return value if isinstance(value, list) else []


def as_object(value: object) -> dict[str, object]:
    """The object, or an empty one where it is something else."""
    return value if isinstance(value, dict) else {}


def check_keys(value: dict[str, object], name: str, known: frozenset[str]) -> Faults:
    """An object without a key that Meta does not know there."""
    if unknown := sorted(value.keys() - known):
        keys = ", ".join(f'"{key[:40]}"' for key in unknown[:5])
        yield refused(f"Invalid keys {keys} were found in param {name}")


def check_count(value: object, name: str, least: int, most: int) -> Faults:
    """A list of objects with so many items."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        yield refused(f"Param {name} must be an array of objects")
    elif not least <= len(value) <= most:
        yield refused(f"Param {name} must have between {least} and {most} items, has {len(value)}")


def check_buttons(value: object, name: str, *, least: int = 1) -> Faults:
    """The buttons of a card or a template."""
    yield from check_count(value, name, least, limits.BUTTONS)
    for index, button in enumerate(as_list(value)):
        yield from check_button(as_object(button), f"{name}[{index}]")


def check_button(button: dict[str, object], name: str) -> Faults:
    """One button with its title."""
    kind = button.get("type")
    yield from check_keys(button, name, _BUTTON)
    if kind in ("web_url", "postback", "phone_number"):
        yield from check_text(button.get("title"), f"{name}[title]", limits.BUTTON_TITLE)
    if kind == "web_url":
        yield from check_web_url(button, name)
    elif kind == "postback":
        yield from check_payload(button.get("payload"), f"{name}[payload]")
    elif kind == "phone_number":
        number = button.get("payload")
        if not isinstance(number, str) or not _PHONE.fullmatch(number):
            yield refused(f"Param {name}[payload] must be a phone number with + and country code")
    elif kind == "account_link":
        yield from check_url(button.get("url"), f"{name}[url]", secure=True)
    elif kind not in _PLAIN_BUTTONS:  # element_share and payment are retired
        yield refused(f"Param {name}[type] is not a supported button type")


def check_web_url(button: dict[str, object], name: str) -> Faults:
    """What a URL button and a card's default action share."""
    yield from check_url(button.get("url"), f"{name}[url]")
    if button.get("webview_height_ratio", "full") not in ("compact", "tall", "full"):
        yield refused(f"Param {name}[webview_height_ratio] must be one of compact, tall, full")
    if "fallback_url" in button and button.get("messenger_extensions") is not True:
        yield refused(f"Param {name}[fallback_url] may only be set with messenger_extensions")
    if button.get("webview_share_button", "hide") != "hide":
        yield refused(f"Param {name}[webview_share_button] must be hide")


def check_amount(value: object, name: str, *, required: bool = True, signed: bool = False) -> Faults:
    """Money: a number with at most two decimals after a dot, below zero only where it is `signed`."""
    if value is None and not required:
        return
    if signed:
        value = value.removeprefix("-") if isinstance(value, str) else _size(value)
    written = str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
    if isinstance(value, float):
        written = f"{value:.2f}" if abs(value) < 10**12 and round(value, 2) == value else ""
    if not _AMOUNT.fullmatch(written):
        yield refused(f"Param {name} must be a number with at most two decimals")


def _size(value: object) -> object:
    return abs(value) if isinstance(value, int | float) and not isinstance(value, bool) else value

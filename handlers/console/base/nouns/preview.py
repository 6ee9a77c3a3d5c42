"""What shoppers would see of words, while the merchant types them."""

import re
from collections.abc import Iterable

import msgspec
from aiohttp import web

from bot.messenger import limits
from bot.messenger.messages import Message
from handlers.console.base.visit import Visit

_HTML = re.compile(r"</?([a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)


class Sentence(msgspec.Struct, frozen=True):
    """What something means, and whether that would be new."""

    text: str
    is_new: bool = False


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """Words as shoppers would see them.

    Attributes:
        messages: The messages of the whole reply, as Messenger takes them.
        said: What the words say in it, to be marked; empty where they say nothing there.
        count: Characters of the message, button or title that they make, as the stricter way to count has it.
        most: How many of them Messenger shows.
        line: The line that is wrong; 0 where none is.
        reason: Why.
        note: Something to know about words that can be used.
        sentences: What a change means, where it is no message that shoppers read.
    """

    messages: tuple[dict[str, object], ...]
    said: str = ""
    count: int = 0
    most: int = limits.TEXT
    line: int = 0
    reason: str = ""
    note: str = ""
    sentences: tuple[Sentence, ...] = ()


class Bubbles(msgspec.Struct, frozen=True):
    """What `editor.js` shows of words: the bubbles as HTML, and the facts about the words."""

    html: str
    count: int
    most: int
    line: int
    reason: str
    note: str
    said: str


def bubbles(visit: Visit, tried: Tried) -> web.Response:
    """The answer to `editor.js`.

    Args:
        visit: Of the preview.
        tried: The words as shoppers would see them.
    """
    html = visit.look.part("_bubbles.html", tried=tried)
    count = len(tried.messages)
    spoken = (
        tried.reason
        or " ".join(one.text for one in tried.sentences if one.is_new)
        or f"Preview: {count} message{'s' if count != 1 else ''}, {tried.count} of {tried.most} characters."
    )
    return visit.json(Bubbles(html, tried.count, tried.most, tried.line, tried.reason, tried.note, spoken))


def as_sent(messages: Iterable[Message]) -> tuple[dict[str, object], ...]:
    """Messages as Messenger takes them.

    Args:
        messages: Those of a reply.
    """
    return tuple(message.payload() for message in messages)


def html_in(words: str) -> str:
    """That shoppers will read the HTML in some words; empty where there is none.

    Args:
        words: What the merchant writes.
    """
    tag = _HTML.search(words)
    return f"Messenger knows no HTML: shoppers read the tag “{tag[1]}” just as you wrote it." if tag else ""

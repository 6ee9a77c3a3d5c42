"""What replies come to as messages, made once: most of what a shop says, it says again and again."""

from collections.abc import Collection, Mapping

import msgspec

from dialogs.reading.context import Offered
from handlers.turns.spoken import offers, plain_text
from replies.base import Reply
from replies.render import render
from replies.words import LANGUAGES, Words

_MOST = 500
"""Replies whose messages are kept, those said last."""
_encode = msgspec.json.Encoder().encode

Key = tuple[Words, str, bool, type[Reply], bytes]


class Said(msgspec.Struct, frozen=True):
    """One reply, ready to be sent and to be kept. Nobody changes what is in it.

    Attributes:
        facts: The reply's own JSON, for the recording.
        payloads: `message` objects of the Send API.
        texts: The JSON of each.
        offered: What can be tapped in them.
        plain: Their words alone.
    """

    facts: msgspec.Raw
    payloads: tuple[Mapping[str, object], ...]
    texts: tuple[str, ...]
    offered: tuple[Offered, ...]
    plain: str


_known: dict[Key, Said] = {}


def said(reply: Reply, words: Words, language: str, *, choices: Collection[str] = LANGUAGES) -> Said:
    """What a reply comes to; what the same facts came to in the same words is known already.

    Args:
        reply: What the bot says.
        words: Every block; another object for other words.
        language: "en" or "fil".
        choices: The languages that the shop offers.
    """
    facts = _encode(reply)  # as exact as the words can tell facts apart: 1.50 is not 1.5
    key = (words, language, len(choices) > 1, type(reply), facts)
    known = _known.pop(key, None)
    if known is None:
        payloads = [message.payload() for message in render((reply,), words, language, choices=choices)]
        known = Said(
            msgspec.Raw(facts),
            tuple(payloads),
            tuple(_encode(payload).decode() for payload in payloads),
            tuple(offers(payloads)),
            plain_text(payloads),
        )
        if len(_known) >= _MOST:
            del _known[next(iter(_known))]
    _known[key] = known
    return known

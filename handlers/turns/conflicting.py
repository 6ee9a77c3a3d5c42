"""Where canned replies and what the shop answers of its own stand in each other's way."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from bot.language.phrases.taught import Taught
from dialogs.reading import shop
from dialogs.reading.context import NOWHERE
from dialogs.reading.table import DECISION, OF_THE_SHOP, read, readings
from replies.taps import TalkToPerson

ROWS = [row.name for row in (*DECISION, *(row for row in OF_THE_SHOP if row not in DECISION))]
"""The name of every row, in the order in which they are believed."""
REPLIES = next(row.name for row in OF_THE_SHOP if row.reads is shop.read_merchants)
"""The row by which canned replies answer."""
_GREETING = next(row.name for row in OF_THE_SHOP if row.reads is shop.read_greeting)
_BEFORE = frozenset(ROWS[: ROWS.index(REPLIES)]) - {_GREETING}
"""What is believed before the merchant's replies, and not answered by them."""
_OWN = tuple(row for row in OF_THE_SHOP if row.reads in (shop.read_politeness, shop.read_known))
"""What the shop answers by itself where no canned reply does."""

_ANSWERED = frozenset(
    {"shipping_fee", "nationwide", "abroad", "pickup", "sameday", "delivery_time", "person", "promos", "how_to_order"}
)
"""What it knows by itself; of other questions it says that it does not know the answer."""

_PHRASES_MOST = 1 << 16
"""Phrases of which it is kept what they mean: a phrase is read once, however often the page is opened."""


class Shadowed(msgspec.Struct, frozen=True):
    """A phrase of a reply that means something to the shop itself.

    Attributes:
        reply: Whose it is.
        phrase: As it was written.
        meant: What the shop takes it for.
    """

    reply: Taught
    phrase: str
    meant: str


def answered_before(replies: Iterable[Taught]) -> list[Shadowed]:
    """The phrases that a row before the merchant's replies decides, but for those that are answered in his words.

    Args:
        replies: Those that are on.
    """
    return [Shadowed(reply, phrase, row) for reply in replies for phrase in reply.phrases if (row := _before(phrase))]


def in_place_of_own(replies: Iterable[Taught]) -> list[Shadowed]:
    """The phrases to which the shop has an answer of its own, which nobody hears as long as these replies are on.

    Args:
        replies: Those that are on.
    """
    return [Shadowed(reply, phrase, meant) for reply in replies for phrase in reply.phrases if (meant := _own(phrase))]


def reads() -> int:
    """How often a phrase was read so far for what decides before the merchant's replies."""
    return _before.cache_info().misses


@lru_cache(_PHRASES_MOST)
def _before(phrase: str) -> str:
    """The row before the merchant's replies that decides a phrase; empty where none does."""
    meant = read(phrase, NOWHERE)
    is_before = meant.row.name in _BEFORE and not isinstance(meant.candidate.heard, TalkToPerson)
    return meant.row.name if is_before else ""


@lru_cache(_PHRASES_MOST)
def _own(phrase: str) -> str:
    """What the shop answers to a phrase of its own; empty where it answers nothing."""
    own = next(iter(readings(phrase, NOWHERE, _OWN)), None)
    is_own = own is not None and (own.candidate.name in _ANSWERED or own.row.reads is shop.read_politeness)
    return own.candidate.name.replace("_", " ") if own is not None and is_own else ""

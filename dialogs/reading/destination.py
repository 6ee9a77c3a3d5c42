"""Where a text leads, in the words of the lists that readings are measured by (`./quicksell bench understanding`)."""

from collections.abc import Iterator

import msgspec

from dialogs.engine.heard import Wished
from dialogs.reading.candidate import Candidate
from dialogs.reading.context import Context
from dialogs.reading.table import NOTHING, OF_THE_SHOP, Meant, read, readings

_OF_ANYBODY = ("track", "stop", "forget", "known")
"""Wishes that are answered whether there is an order or not."""


class Destination(msgspec.Struct, frozen=True):
    """Where a text leads.

    Attributes:
        kind: "search", "canned", "command", "value", "correction", "aside", "social" or "unsure".
        name: The topic of a question, the command, what a value is of.
        value: What was read: the words of a search, a name, a number.
    """

    kind: str
    name: str
    value: str


def destination(text: str, context: Context, *, has_ordered: bool = False) -> Destination:
    """Where a text leads, as far as words can tell: without the shop's goods and the merchant's own keywords.

    Args:
        text: What was typed.
        context: What it is read against.
        has_ordered: Whether the shopper has ordered: a wish of somebody who has not is answered as any other text.
    """
    candidate = read(text.strip(), context).candidate
    if isinstance(candidate.heard, Wished) and not has_ordered and candidate.heard.wish not in _OF_ANYBODY:
        candidate = _best(readings(text.strip(), context, OF_THE_SHOP))
    return Destination(candidate.kind, candidate.name, candidate.value)


def _best(meant: Iterator[Meant]) -> Candidate:
    return next((one.candidate for one in meant if one.candidate.score >= one.row.least), NOTHING.candidate)

"""What a text may mean: a candidate, and the readers that find them."""

from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from dialogs.reading.context import Context

Kind = Literal["search", "canned", "command", "value", "correction", "aside", "social", "unsure"]
"""What a meaning is: the kinds that `./quicksell explain --json` names for ever (shared/INTERFACE.md)."""

CERTAIN, LIKELY, POSSIBLE, DOUBTFUL = 1.0, 0.8, 0.6, 0.3


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a text may mean.

    Attributes:
        kind: What kind of thing.
        name: What it is in a word, such as "phone", "track_order" or "mug".
        value: What was read, as text: a number, a name, the words of a search.
        score: How sure the reader is, from 0 to 1.
        why: The reason, for people.
        heard: What the steps hear of it.
    """

    kind: Kind
    name: str
    value: str = ""
    score: float = LIKELY
    why: str = ""
    heard: msgspec.Struct


Reader = Callable[[str, Context], Iterable[Candidate]]
"""A pure function from a text and what it is read against to what it may mean."""

"""The sentences of one message: "tanggalin muna yung kawali, mahal pala" are two, of which one says what is wanted."""

import re

from bot.language.fold import fold

_BETWEEN = re.compile(
    r"(?<=[.!?…])\s+|\s*[,;\n]+\s*(?!\d{3}\b)|\s+-+\s+|\s*\b(?:(?:ha|he){2,}|lol)\b\s*", re.IGNORECASE
)
"""Not "kaso" and "but": what stands behind them takes back what stands before."""
CLAUSES_MOST = 4
"""Sentences of a message: more are a story."""


def clauses(text: str) -> tuple[str, ...]:
    """The sentences of a text in order; empty where it is only one, or a story.

    Args:
        text: What was typed.
    """
    found = tuple(part.strip() for part in _BETWEEN.split(text) if fold(part))
    if text.rstrip().endswith("?") and found and not found[-1].endswith("?"):
        found = (*found[:-1], f"{found[-1]}?")
    return found if 1 < len(found) <= CLAUSES_MOST else ()

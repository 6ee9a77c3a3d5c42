"""Questions how something is: "waterproof po ba", "mabango ba"."""

import re

from bot.language.buying.pointing import pointed
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.meaning import GOODS
from bot.language.values.looks import LOOKS

_PROPERTY, _HAVE_YOU = words_for("pointing.property"), words_for("pointing.have_you")
_ASKING = words_for("question.particle")
_MEASURED = re.compile(rf" (?:how many|how much|{pattern('pointing.how_many')}) {pattern('pointing.measured')} ")
"""Such as "ilang ml" and "how many watts": of what is on show, and never of how long something is on its way."""


def asks_property(text: str) -> bool:
    """Whether a text asks how something is ("kasya po ba", "is it washable?"), and not for things that are so.

    Args:
        text: What was typed.
    """
    said = f" {fold(text)} "
    if any(f" {word} " in said for word in _HAVE_YOU):
        return False
    if any(f" {word} " in said for word in _PROPERTY):
        return True
    if _MEASURED.search(said):
        return True
    told = pointed(text) if _ASKING & set(said.split()) else None  # "mabango po ba"
    return bool(told and len(told.rest) == 1 and told.rest[0].startswith("ma") and told.rest[0] not in GOODS | LOOKS)

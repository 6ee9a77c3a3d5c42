"""Whether somebody asks what everything comes to."""

from bot.language.fold import fold
from bot.language.lexicon import words_for

_TOTAL = words_for("total.total")
_TOTAL_ALONE = words_for("total.alone")
_HOW_MUCH = words_for("total.how_much")
_LONGEST = 7  # words


def asks_total(text: str) -> bool:
    """Whether a text asks what everything comes to: "magkano po lahat", "how much is the total?".

    Args:
        text: What was typed.
    """
    words = set(fold(text).split())
    if len(words) > _LONGEST or not words & _TOTAL:
        return False
    return bool(words & _HOW_MUCH) or (bool(words & _TOTAL_ALONE) and ("?" in text or len(words) == 1))

"""How many pieces a pair is: two of most things, one of what is sold in pairs."""

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.spelling import singular

_PAIR = words_for("pair.word")
_SOLD_IN_PAIRS = frozenset(map(singular, words_for("pair.goods")))


def pieces_of_pairs(text: str, quantity: int, name: str) -> int:
    """How many pieces are meant: a pair of shoes is one piece of what the shop sells.

    Args:
        text: What was typed.
        quantity: The pieces that its words come to, two for a pair.
        name: What is sold.
    """
    is_paired = _PAIR & set(fold(text).split()) and _SOLD_IN_PAIRS & {singular(word) for word in fold(name).split()}
    return quantity // 2 if is_paired and not quantity % 2 else quantity

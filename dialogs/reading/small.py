"""Small things that are said in between: what everything comes to, that somebody needs a moment."""

from bot.language.fold import fold
from bot.language.lexicon import words_for

_TOTAL = words_for("total.total")
_TOTAL_ALONE = words_for("total.alone")
_HOW_MUCH = words_for("total.how_much")
_PO = words_for("small.polite")
_LONGEST = 7  # words
_ALL = words_for("talk.all")
_POLITE = words_for("small.polite", "small.please", "small.vocative", "small.you", "answer.yes", "talk.thanks")
_AROUND_TOTAL = words_for(
    "total.around", "small.polite", "small.particle", "small.me", "small.you", "small.this", "small.article",
    "small.please", "small.asking", "small.vocative", "question.particle", "talk.greeting", "command_word.cart",
    "wish.order", "answer.yes", "quantity.unit", "pointing.this", "topic.shipping", "search.between",
)  # fmt: skip
_WAIT = words_for("talk.wait")
_WAIT_PHRASES = tuple(phrase for phrase in _WAIT if " " in phrase)
_AROUND_WAIT = words_for(
    "talk.around_wait", "answer.yes", "small.polite", "small.particle", "small.please", "small.article", "small.me"
)


def asks_total(text: str) -> bool:
    """Whether a text asks what everything comes to: "magkano po lahat", "how much is the total?".

    Args:
        text: What was typed.
    """
    words = set(fold(text).split()) - _PO
    if len(words) > _LONGEST or not words & _TOTAL:
        return False
    if words - _TOTAL - _HOW_MUCH - _AROUND_TOTAL:
        return False  # "hm po lahat ng tsinelas"
    return bool(words & _HOW_MUCH) or (bool(words & _TOTAL_ALONE) and ("?" in text or len(words) == 1))


def is_all(text: str) -> bool:
    """Whether a text only says that nothing more is wanted: "yun lang po", "that's all, thanks".

    Args:
        text: What was typed.
    """
    said = " ".join(word for word in fold(text).split() if word not in _POLITE)
    bare = " ".join(word for word in fold(text).split() if word not in _PO)
    return said in _ALL or bare in _ALL


def waits(text: str) -> bool:
    """Whether a text only says that somebody needs a moment, or wants to ask something: "teka may tanong ako".

    Args:
        text: What was typed.
    """
    said = f" {fold(text)} "
    for phrase in _WAIT_PHRASES:
        said = said.replace(f" {phrase} ", " wait ")
    words = set(said.split())
    return bool(_WAIT & words) and words <= _WAIT | _AROUND_WAIT

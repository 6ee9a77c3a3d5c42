"""Several kinds of one thing in one message, each with its number: "1 navy 1 black", "red at blue tig 2"."""

import re

from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.quantities import joined, number_in
from bot.language.texts import is_question
from bot.language.values.looks import HUES, LOOKS

_AROUND = words_for(
    "pointing.around", "take.take", "take.around", "quantity.around", "quantity.unit", "small.polite", "small.particle",
    "small.please", "small.me", "small.you", "small.this", "small.article", "answer.yes", "pointing.this",
    "pointing.claim", "pointing.want", "topic.color", "topic.size",
)  # fmt: skip
_BETWEEN = words_for("number_and.word", "search.between")
_EACH = words_for("quantity.each")
_EACH_WORDS = pattern("quantity.each")
_TIG_SO_MANY = re.compile(rf"\b{_EACH_WORDS}\s+([^\W_]+)\b")
_TIED_EACH = re.compile(r"\b(tig|tag|tigi)([a-z]{3,}|\d{1,2})\b")
_SIZE_LEAST = 20
"""A number from which on it is a size, where it is said how many of each are wanted."""
_KIND_MOST = 3  # words
_PIECES_MOST = 99


def each_in(text: str) -> tuple[int, str]:
    """How many of each of several things a text takes, and what it says besides; 0 where it does not say: "tig isa".

    Args:
        text: What was typed, such as "rosas at kape tig-isa".
    """
    said = _apart(fold(text))
    found = _TIG_SO_MANY.search(said)
    pieces = number_in(found[1], asked=False) if found else None
    if found is None or not pieces:
        return 0, text
    at = re.search(rf"\b{_EACH_WORDS}[\s-]*{re.escape(found[1])}\b", text, re.IGNORECASE)
    return (pieces, f"{text[: at.start()]} {text[at.end() :]}".strip()) if at else (0, text)


def _apart(said: str) -> str:
    """ "tigisa" as two words."""
    return _TIED_EACH.sub(
        lambda found: f"{found[1]} {found[2]}" if number_in(found[2], asked=False) else found[0], said
    )


def kinds_in(text: str) -> tuple[tuple[int, str], ...]:
    """The kinds that a text takes, each with how many; empty where it names less than two, or anything else.

    Args:
        text: What was typed while one product is on show.
    """
    if is_question(text):
        return ()
    words = joined(_apart(fold(text.replace(",", " and ").replace("\n", " and ").replace("+", " and "))).split())
    has_each = bool(_EACH & set(words))
    found: list[tuple[int | None, list[str]]] = []
    pieces: int | None = None
    each: int | None = None
    is_new, is_each = True, False
    for word in words:
        number = None if word in ("a", "an") else number_in(word, asked=False)
        if word in _EACH:
            is_each = True
        elif has_each and number is not None and number >= _SIZE_LEAST:
            found.append((pieces, [word]))
            pieces, is_new = None, False
        elif number is not None and is_each:
            each = number
        elif number is not None:
            if not 0 < number <= _PIECES_MOST:
                return ()
            pieces, is_new = number, True
        elif word in _BETWEEN:
            is_new = True
        elif word in LOOKS or word in HUES:
            if is_new:
                found.append((pieces, [word]))
                pieces, is_new = None, False
            elif len(found[-1][1]) < _KIND_MOST:
                found[-1][1].append(word)
            else:
                return ()
        elif word not in _AROUND:
            return ()
    if len(found) < 2 or pieces is not None:
        return ()
    if each is None and any(number is None for number, _ in found):
        return ()  # "navy and white" may be one kind
    return tuple((number or each or 1, " ".join(kind)) for number, kind in found)

"""Several kinds of one thing in one message, each with its number: "1 navy 1 black", "red at blue tig 2"."""

from bot.language.fold import fold
from bot.language.lexicon import words_for
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
_KIND_MOST = 3  # words
_PIECES_MOST = 99


def kinds_in(text: str) -> tuple[tuple[int, str], ...]:
    """The kinds that a text takes, each with how many; empty where it names less than two, or anything else.

    Args:
        text: What was typed while one product is on show.
    """
    if is_question(text):
        return ()
    words = joined(fold(text.replace(",", " and ").replace("\n", " and ").replace("+", " and ")).split())
    found: list[tuple[int | None, list[str]]] = []
    pieces: int | None = None
    each: int | None = None
    is_new, is_each = True, False
    for word in words:
        number = None if word in ("a", "an") else number_in(word, asked=False)
        if word in _EACH:
            is_each = True
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

"""What a text says of what is on the screen: "isa po nito", "yung una", "may blue?", "mine 2 red L".

Only the words are looked at. Whoever acts on it knows what is shown, and whether the words that are left name a kind
of it, the thing itself, or something else.
"""

import re
from functools import lru_cache
from itertools import pairwise

import msgspec

from bot.language.fold import fold
from bot.language.lexicon import pattern, senses_by_word, words_for
from bot.language.quantities import amount_in, joined, number_in
from bot.language.texts import is_question
from bot.language.values.looks import LOOKS, whole_decimals, with_points

TEXT_MOST = 14
"""Words of a text that may point at something: more are a story."""
QUANTITY_MOST = 999
LAST, MIDDLE = -1, -2
"""The places of the last and the middle thing in a list."""

_ENDS = {"last": LAST, "middle": MIDDLE}
_PLACES = {word: _ENDS.get(place) or int(place) for word, place in senses_by_word("pointing_place").items()}
_NUMBERED = re.compile(r"(?:pang|ika|number|no|num|item|option|yung|yung ika|yung pang)\s*(\d{1,2})")
_ORDINAL = frozenset({"pang", "ika"})
_THIS = words_for("pointing.this")
_CLAIM = words_for("pointing.claim")
_TO_ME = words_for("pointing.to_me")
_CLAIM_PHRASES = tuple(sorted((word for word in _CLAIM if " " in word), key=len, reverse=True))
_WANT = words_for("pointing.want")
_TAKE = words_for("take.take") - {"options", "option", "choose", "avail"}
_PRICE = words_for("topic.price")
_HOW_MANY = words_for("pointing.how_many")
_STOCK = words_for("topic.stock", "question.particle", "pointing.have") | (
    words_for("pointing.left") - {"pa", "nalang"}
)
_KIND_OF = words_for("topic.color", "topic.size", "pointing.size")
_SIZE = words_for("topic.size", "pointing.size")
_UNIT = words_for("quantity.unit")
_MEASURE = words_for("pointing.measure")
_SAME = words_for("pointing.same")
_COUNTING, _LEFT = words_for("pointing.counting"), words_for("topic.stock", "pointing.left")
_LAST_ONE = re.compile(rf"\b{pattern('pointing.last_one')}\b")
_LESS, _REMOVE = words_for("items.less"), words_for("edit.remove")
_LIMIT = words_for("pointing.limit")
_AROUND = words_for(
    "pointing.around", "search.around", "take.take", "take.around", "quantity.around", "small.polite",
    "small.particle", "small.please", "small.me", "small.you", "small.this", "small.article", "small.vocative",
    "small.asking", "answer.yes", "talk.polite", "talk.greeting", "question.particle",
)  # fmt: skip
_TELLING = _THIS | _CLAIM | _TAKE | _WANT
_BEFORE_NUMBER = _AROUND | _THIS | _CLAIM | _WANT
_NOTHING_NAMED = _BEFORE_NUMBER | _PRICE | _STOCK | _KIND_OF | _UNIT | _SAME
_ONE = frozenset({"one", "ones"})
"""A number, but behind "this" and "the" a thing."""
_THIS_ONE = words_for("small.this", "small.article", "pointing.this") | LOOKS | {"which", "what"}
_THE = words_for("small.article") - {"ng", "sa", "a", "an"}
_THE_ONE = re.compile(r"\b(?:the|that|this|those|which)\s+(?:[^\W\d]+\s+){0,2}ones?\b")
"""Such as "the steel one"."""
_NOT_IN_LIST = words_for("pointing.not_in_list")
_OF_OTHER = _PRICE | _NOT_IN_LIST
_OTHER_ONE = re.compile(rf"\b{pattern('pointing.other_one')}\b")
_END_SEVERAL = re.compile(rf"\b{pattern('pointing.end_several')}\b")
_COUNTED = re.compile(r"x?(\d{1,3})(?:x|pcs?|pieces?)?")


class Pointed(msgspec.Struct, frozen=True):
    """What a text says of something that is shown.

    Attributes:
        quantity: Pieces, None where none are named.
        place: Which of a list, from 1, `LAST` for the last one, `MIDDLE`; 0 where none is named.
        points: Whether it says "this", "ito", "those".
        takes: Whether it says that it shall be bought.
        claims: Whether it says so as people claim things in live sales: "mine", "pa reserve".
        asks: Whether it asks.
        price, stock, kinds: Whether it speaks of what it costs, whether it is there, which colours or sizes there are.
        same: Whether it wants the kind of something before: "same color".
        rest: The words that are left, in order: of a kind, a name, or of something else.
    """

    quantity: int | None = None
    place: int = 0
    points: bool = False
    takes: bool = False
    claims: bool = False
    asks: bool = False
    price: bool = False
    stock: bool = False
    kinds: bool = False
    same: bool = False
    rest: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The words that are left, as one text."""
        return " ".join(self.rest)


@lru_cache(maxsize=256)
def pointed(text: str) -> Pointed | None:
    """What a text says of something that is shown; None where it is too long to be about that.

    Args:
        text: What was typed.
    """
    text = whole_decimals(text)
    said = fold(text)
    claims = False
    for phrase in _CLAIM_PHRASES:
        if f" {phrase} " in f" {said} ":
            claims, said = True, f" {said} ".replace(f" {phrase} ", " mine ").strip()
    words = joined(said.split())
    if not words or len(words) > TEXT_MOST:
        return None
    place, words = _place(words)
    amount = amount_in(text)
    quantity: int | None
    is_pronoun = any(word in _ONE and before in _THIS_ONE for before, word in pairwise(words))
    is_pronoun = is_pronoun or bool(_THE_ONE.search(said))
    is_sized = bool(_SIZE & set(words) and LOOKS & set(words))  # "plus size po isa"
    if amount and amount.number and not place and not is_pronoun and not is_sized:
        quantity, words = amount.number, [word for word in words if word in _TELLING]
    else:
        quantity, words = _quantity([word for word in words if not (is_pronoun and word in _ONE)])
    all_said = set(words)
    is_asked = is_question(text) or bool(all_said & _HOW_MANY)
    claims = claims or bool(all_said & (_CLAIM - _TO_ME if is_asked else _CLAIM))  # "maideliver sa akin?"
    points = bool(all_said & _THIS) or is_pronoun or words[-1:] == ["to"]  # "kunin ko po to"
    return Pointed(
        quantity=quantity,
        place=place,
        points=points,
        takes=claims or bool(all_said & (_TAKE | _WANT)) or (points and (" na lang" in said or "nalang" in said)),
        claims=claims,
        asks=is_question(text) or bool(all_said & (_STOCK | _HOW_MANY)),
        price=bool(all_said & _PRICE) or "how much" in said,
        stock=bool(all_said & _STOCK),
        kinds=bool(all_said & _KIND_OF),
        same=bool(all_said & _SAME),
        rest=tuple(with_points(word) for word in words if word not in _NOTHING_NAMED),
    )


def places_in(text: str) -> tuple[int, ...]:
    """The places of a list that a text names, each once: "yung pangalawa at pangatlo".

    Args:
        text: What was typed.
    """
    return tuple(dict.fromkeys(_PLACES[word] for word in fold(text).split() if word in _PLACES))


def means_other(text: str) -> bool:
    """Whether a text means another thing than the one that was spoken of, or several at an end of a list.

    Args:
        text: What was typed, such as "yung isa pa" or "the last two".
    """
    said = fold(text)
    return bool(_OTHER_ONE.search(said) or _END_SEVERAL.search(said))


def asks_left(text: str) -> bool:
    """Whether a text asks how many of something there are still: "ilan pa stock", "last na ba yan"."""
    words = set(fold(text).split())
    return bool(words & _COUNTING and words & _LEFT) or (is_question(text) and bool(_LAST_ONE.search(fold(text))))


def less_in(text: str) -> int:
    """How many pieces fewer a text wants, and nothing else: "bawasan ng isa", "2 less"; 0 where it wants none fewer.

    Args:
        text: What was typed.
    """
    words = fold(text).split()
    if not set(words) & (_LESS | _REMOVE):
        return 0
    rest = [word for word in words if word not in _LESS | _REMOVE]
    if rest[-1:] and number_in(rest[-1], asked=False) == 1 and set(rest[:-1]) <= _AROUND:
        return 1  # "alisin ang isa"
    told = pointed(" ".join(rest))
    return told.quantity or 0 if told and not told.rest else 0


def _place(words: list[str]) -> tuple[int, list[str]]:
    """Which of a list is named, and the other words: "yung pangalawa", "the first one", "number 2", "pang 3"."""
    for at, word in enumerate(words):
        if word in _PLACES and not (_OF_OTHER if _PLACES[word] == LAST else _NOT_IN_LIST) & set(words[at + 1 : at + 2]):
            return _PLACES[word], [other for other in words[:at] + words[at + 1 :] if other not in _ONE]
    for at, word in enumerate(words[:-1]):
        if word in _ORDINAL and (number := number_in(words[at + 1], asked=False)) and not words[at + 1].isdigit():
            return number, words[:at] + words[at + 2 :]  # "pang apat"
    if match := _NUMBERED.fullmatch(
        " ".join(word for word in words if word not in _AROUND or word in ("no", "pang", "yung", "ika"))
    ):
        return int(match[1]), []
    return 0, words


def _quantity(words: list[str]) -> tuple[int | None, list[str]]:
    """How many pieces are named, and the other words: not the number of a size, nor of what fits into it."""
    for at, word in enumerate(words):
        number = _number(word)
        if (
            number is None
            or (at and words[at - 1] in _SIZE | _LIMIT)
            or (word in _ONE and at and words[at - 1] in _THIS_ONE)
            or (number == 1 and word.isalpha() and at and words[at - 1] in _THE)  # "yung isa pa": the other one
        ):
            continue
        behind = words[at + 1] if at + 1 < len(words) else ""
        if behind in _MEASURE:
            continue
        alone = all(other in _BEFORE_NUMBER for other in words[:at])
        counted = behind in _UNIT or not word.isdigit()
        is_last = all(other in _AROUND for other in words[at + 1 :])
        if alone or counted or is_last:
            return number, words[:at] + words[at + 1 + (behind in _UNIT) :]
    return None, words


def _number(word: str) -> int | None:
    """The pieces that one word names, at least one."""
    if match := _COUNTED.fullmatch(word):
        return int(match[1]) if 0 < int(match[1]) <= QUANTITY_MOST else None
    if any(map(str.isdigit, word)) or word in ("a", "an", "another"):
        return None
    number = number_in(word, asked=False)
    return number if number and number <= QUANTITY_MOST else None

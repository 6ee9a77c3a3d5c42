"""How many: numbers as shoppers type them, and what "2 more" and "gawin mong 3" do to what was just added."""

import re
from functools import lru_cache
from itertools import pairwise

import msgspec
from rapidfuzz.distance import OSA

from bot.language.fold import fold
from bot.language.lexicon import beginnings, pattern, senses_by_word, words_for

_BEHIND = pattern("quantity.unit", "small.polite", "small.particle", "small.please")
_NUMBER = re.compile(rf"\D*?(\d{{1,4}})(?:\s*(?:x|{_BEHIND}))*+\s*")
_COUNT = re.compile(r"x?(\d{1,3})(?:x|pcs?)?")
_WORDS = {word: int(number) for word, number in senses_by_word("number").items()}
_PHRASES = {phrase: number for phrase, number in _WORDS.items() if " " in phrase}
_OF_PHRASES = beginnings(_PHRASES)
_THE_ONE = re.compile(r"\b(?:yung|ung|yun|ang|the)\s+(?:isa|one)\b", re.IGNORECASE)
"""One of several things, and no number of pieces."""
_ASKED = {word: int(number) for word, number in senses_by_word("number_asked").items()}
"""Numbers only where a number is asked: "tulo" is also a leak, and "couple" a kind of shirt."""
_TENS = range(20, 100, 10)
_AND = words_for("number_and.word")
"""Between tens and ones: "treinta y otso"."""
_TEEN = words_for("number_and.teen")
_TIG = re.compile(r"t[ai]g(?=[a-z]{3,}$)")
"""Each of several: "tigdalawa"."""
_TIMES = dict.fromkeys(words_for("quantity.times"), 2) | dict.fromkeys(words_for("quantity.thrice"), 3)
_DOZEN = words_for("dozen.word")
_PAIR = words_for("pair.word")
_SIZE = words_for("topic.size", "variant.size")
_SIGNED = re.compile(r"\s*([+\-−])\s*\d")
_HALF_SIGN = re.compile(r"(?<!\d)1\s*/\s*2(?!\d)|½")
_HALF = words_for("dozen.half")
_NONE = words_for("quantity.none")
"""None of it where the quantity is asked; anywhere else that nothing more is wanted."""
_ONE_MORE = words_for("quantity.one_more")
_MORE = words_for("quantity.more")
_EITHER = words_for("quantity.either")
"""Between two numbers neither of which is surely meant: "2 or 3"."""
_MAKE = words_for("quantity.make")
_AROUND = words_for(
    "quantity.around",
    "quantity.unit",
    "small.polite",
    "small.particle",
    "small.please",
    "small.me",
    "small.you",
    "small.this",
    "small.article",
)


_BESIDE_MINUS = words_for("small.polite", "small.please", "quantity.unit")


_HOW_MANY = words_for("question.word")
"""Which are no slips: "ilang" is not "isang"."""
_SLIP_LEAST = 4
"""Letters of a number in which a slip is forgiven where a number is asked."""


class Amount(msgspec.Struct, frozen=True):
    """How many pieces there shall be.

    Attributes:
        number: Pieces.
        more: Whether they come on top of those that are there.
        times: Whether it is so many times what is there: "double it".
    """

    number: int
    more: bool
    times: bool = False


def number_in(text: str, *, asked: bool = True) -> int | None:
    """How many pieces a text names: "3", "3 pcs po", "tatlo", "dalawang piraso"; None where it names none.

    Args:
        text: What was typed.
        asked: Whether a number was asked for.
    """
    if _is_less(text):
        return None
    said = _in_digits(fold(_HALF_SIGN.sub("half", text)))
    if asked and (number := _ASKED.get(" ".join(word for word in said.split() if word not in _AROUND))):
        return number
    if any(before in _SIZE and behind.isdigit() for before, behind in pairwise(said.split())):
        return None  # "size 40"
    if (match := _NUMBER.fullmatch(said)) and not (_DOZEN | _PAIR) & set(said.split()):
        return int(match[1])
    words = said.split()
    numbers, others = _counted(words)
    if numbers:
        return None if len(set(numbers)) > 1 and others & _EITHER else numbers[0]
    if _NONE & set(words):
        return 0
    return _slipped(others - _AROUND - _MORE - _MAKE) if asked else None


def _slipped(words: set[str]) -> int | None:
    """The number that the one word left was meant for, but for a slip of the finger: "tatlu", "thre"."""
    if len(words) != 1 or len(word := min(words)) < _SLIP_LEAST or word in _HOW_MANY:
        return None
    near = {
        number
        for known, number in _WORDS.items()
        if word[0] == known[0] and OSA.distance(word, known, score_cutoff=1) <= 1
    }
    return min(near) if len(near) == 1 else None


@lru_cache(maxsize=256)
def amount_in(text: str) -> Amount | None:
    """What a text says of how many, and nothing else: "2 more", "isa pa", "make it 3", "gawin mong tatlo"; else None.

    Args:
        text: What was typed.
    """
    if _is_less(text) or _THE_ONE.search(text):
        return None
    words = _in_digits(fold(_HALF_SIGN.sub("half", text))).split()
    numbers, others = _counted(words)
    if (times := others & _TIMES.keys()) and not numbers and others - times <= _AROUND | _MAKE:
        return Amount(_TIMES[min(times)], more=False, times=True)
    if len(numbers) > 1 or len(words) > 8 or not others <= _MORE | _MAKE | _AROUND:
        return None
    is_more = (bool(others & _MORE) or bool(_SIGNED.match(text))) and not others & _MAKE
    if not numbers:
        return Amount(1, more=True) if others & _ONE_MORE else None
    return None if is_more and not numbers[0] else Amount(numbers[0], more=is_more)


def minus_in(text: str) -> int:
    """How many pieces fewer a text wants by a minus and a number alone, "-1" or "- 2 po"; 0 where it is anything else.

    Args:
        text: What was typed.
    """
    numbers, others = _counted(fold(text).split()) if _is_less(text) else ([], set())
    return numbers[0] if len(numbers) == 1 and others <= _BESIDE_MINUS else 0


def _is_less(text: str) -> bool:
    """Whether a minus stands before the number, as in "-2 more": whatever that is, it is not two more."""
    sign = _SIGNED.match(text)
    return sign is not None and sign[1] != "+"


def _in_digits(said: str) -> str:
    """A text in `fold` letters with digits for the numbers of several words: "labing dalawa" is "12"."""
    if not _OF_PHRASES.isdisjoint(said.split()):
        for phrase, number in _PHRASES.items():
            said = f" {said} ".replace(f" {phrase} ", f" {number} ").strip()
    return " ".join(joined(said.split()))


def joined(words: list[str]) -> list[str]:
    """Words with digits for two that are one number: "twenty", "five" is "25", "bente", "singko" too.

    Args:
        words: In `fold` letters.
    """
    result: list[str] = []
    for at, word in enumerate(words):
        behind = words[at + 1] if at + 1 < len(words) else ""
        if word in _DOZEN and behind:  # "isang dosenang sabon"; alone it is counted where numbers are
            dozens = _WORDS.get(result[-1], 0) or (int(result[-1]) if result[-1].isdigit() else 0) if result else 0
            half = bool(result) and result[-1] in _HALF
            result[-1 if dozens or half else len(result) :] = ["6" if half else str(12 * (dozens or 1))]
            continue
        if word in _AND and result and _WORDS.get(result[-1], 0) in _TENS and 0 < _WORDS.get(behind, 0) < 10:
            continue
        if result and result[-1] in _TEEN and 0 < _WORDS.get(word, 0) < 10:
            result[-1] = str(10 + _WORDS[word])  # "labin-apat"
            continue
        tens, ones = _WORDS.get(result[-1] if result else "", 0), _WORDS.get(word, 0)
        if tens in _TENS and 0 < ones < 10:
            result[-1] = str(tens + ones)
        else:
            result.append(word)
    return result


def _counted(words: list[str]) -> tuple[list[int], set[str]]:
    """The numbers among words, "dalawang dosena" as one of 24, and the other words."""
    numbers: list[int] = []
    others: set[str] = set()
    before = ""
    for word in words:
        if word in _DOZEN:
            # "isang dosena", "a dozen", "half a dozen"
            dozens = numbers.pop() if numbers and _count(before) is not None else 1
            half = bool(_HALF & others)
            others -= _HALF | {"a"}
            numbers.append(6 if half else 12 * dozens)
        elif word in _PAIR:
            numbers.append(2 * (numbers.pop() if numbers and _count(before) is not None else 1))
            others.discard("a")
        elif (number := _count(word)) is not None:
            numbers.append(number)
        else:
            others.add(word)
        before = word
    return numbers, others


def _count(word: str) -> int | None:
    match = _COUNT.fullmatch(word)
    return int(match[1]) if match else _WORDS.get(word, _WORDS.get(_TIG.sub("", word)))

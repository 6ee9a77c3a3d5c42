"""Which variant of a product a text means, and how many: "pula", "blk", "white large", "sz 39 po", "2 red L"."""

import re
from collections.abc import Sequence

import msgspec
from rapidfuzz.distance import OSA

from bot.language.fold import fold
from bot.language.lexicon import senses_by_word, words_for

_COLORS = senses_by_word("color")
_SIZES = senses_by_word("size")
_MEANS = {**_COLORS, **_SIZES}
_PHRASES = sorted((phrase for phrase in _MEANS if " " in phrase), key=lambda phrase: (-phrase.count(" "), phrase))
_HUES = senses_by_word("hue")
_NUMBERS = senses_by_word("number")
_SIZE = words_for("topic.size", "variant.size")
_UNITS = words_for("quantity.unit") | {"x"}
_LITTLE = words_for(
    "small.polite",
    "small.particle",
    "small.please",
    "small.me",
    "small.this",
    "small.article",
    "quantity.around",
    "variant.around",
    "topic.color",
)
_COUNT = re.compile(r"x?(\d{1,3})(?:x|pcs?)?")
_HUE = 0.8
_TYPO = 0.85
_SHORT = 4  # letters from which a slip is forgiven
_LONG = 7  # and two of them


class VariantMeant(msgspec.Struct, frozen=True):
    """What a text says of a product's variants.

    Attributes:
        index: Which one, None where it is none or one of several.
        candidates: Those that it may be, where it is one of several.
        quantity: How many pieces, None where it does not say.
        score: How sure that is, from 0 to 1.
        why: What spoke for it.
    """

    index: int | None = None
    candidates: tuple[int, ...] = ()
    quantity: int | None = None
    score: float = 0.0
    why: str = ""


def variant_in(text: str, names: Sequence[str]) -> VariantMeant:
    """The variant that a text means.

    Args:
        text: What was typed, such as "2 red L" or "yung dark blue po".
        names: The variants' names in the order in which they are shown, such as "Navy, XL".
    """
    said = fold(text)
    for index, name in enumerate(names):
        if said and said == fold(name):
            return VariantMeant(index, (index,), None, 1.0, "its name")
    wanted = [frozenset(_words(name)) for name in names]
    known = frozenset().union(*wanted)
    words = _words(text)
    quantity, words = _quantity(words, known)
    heard: dict[str, float] = {}
    for word in words:
        if word in known:
            heard[word] = 1.0
        elif word in _COLORS.values() or word in _HUES:
            alike = {each for each in known if word in (_HUES.get(each), each) or _HUES.get(word) == each}
            if not alike:
                return VariantMeant(quantity=quantity, why=f"no variant is {word}")
            heard |= dict.fromkeys(alike, _HUE)
        elif word in _SIZES.values():
            return VariantMeant(quantity=quantity, why=f"no variant is {word}")
        elif near := _near(word, known):
            heard[near] = _TYPO
    if not heard:
        return _by_number(quantity, len(names), words)
    scores = [sum(heard.get(word, 0.0) for word in each) for each in wanted]
    best = max(scores)
    meant = [index for index, score in enumerate(scores) if score == best]
    if len(meant) > 1:  # "red" is "Red" rather than "Dark red"
        fewest = min(len(wanted[index]) for index in meant)
        shortest = [index for index in meant if len(wanted[index]) == fewest]
        meant = shortest if len(shortest) == 1 and best == fewest else meant
    why = "named: " + ", ".join(sorted(heard))
    sure = min(heard.values())
    return VariantMeant(meant[0] if len(meant) == 1 else None, tuple(meant), quantity, sure, why)


def _words(text: str) -> list[str]:
    """The words of a text, each colour and size by its one name."""
    said = f" {fold(text)} "
    for phrase in _PHRASES:
        said = said.replace(f" {phrase} ", f" {_MEANS[phrase]} ")
    return [_MEANS.get(word, word) for word in said.split()]


def _quantity(words: list[str], known: frozenset[str]) -> tuple[int | None, list[str]]:
    """How many are wanted, and the words that do not say so."""
    quantity: int | None = None
    rest: list[str] = []
    for at, word in enumerate(words):
        after_size = at > 0 and words[at - 1] in _SIZE
        unit_follows = at + 1 < len(words) and words[at + 1] in _UNITS
        match = _COUNT.fullmatch(word)
        number = int(match[1]) if match else int(_NUMBERS[word]) if word in _NUMBERS else None
        is_name = word in known or (match is not None and match[1] in known and match[1] == word)
        if number is not None and quantity is None and not after_size and (unit_follows or not is_name):
            quantity = number
        elif word not in _LITTLE and word not in _SIZE and (word not in _UNITS or word in known):
            rest.append(word)
    return quantity, rest


def _near(word: str, known: frozenset[str]) -> str:
    """The one known word that a word with a slip is, or that it begins; empty where there is none."""
    most = 0 if len(word) < _SHORT else 1 if len(word) < _LONG else 2
    near = [
        each
        for each in known
        if (most and not each.isdigit() and OSA.distance(word, each, score_cutoff=most) <= most)
        or (len(word) > 2 and each.startswith(word))
    ]
    return near[0] if len(near) == 1 else ""


def _by_number(quantity: int | None, count: int, rest: Sequence[str]) -> VariantMeant:
    """The variant at a place of the list, where a number is all that was typed."""
    if quantity and quantity <= count and not rest:
        return VariantMeant(quantity - 1, (quantity - 1,), None, 0.6, f"number {quantity} of the list")
    return VariantMeant(quantity=quantity)

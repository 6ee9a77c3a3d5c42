"""Which variant of a product a text means, and how many: "pula", "blk", "white large", "sz 39 po", "2 red L"."""

import re
from collections.abc import Mapping, Sequence

import msgspec
from rapidfuzz.distance import OSA

from bot.language.fold import fold
from bot.language.lexicon import senses_by_word, words_for
from bot.language.quantities import joined
from bot.language.values.looks import (
    COLORS,
    HUES,
    NEARLY,
    SIZES,
    bare_measures,
    plain_words,
    ranks,
    raw_words,
    units_of,
)

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
_BIGGEST, _SMALLEST = words_for("variant.biggest"), words_for("variant.smallest")
_PLACES = senses_by_word("pointing_place")
_AGES = {unit: words_for(f"variant.{unit}") for unit in ("months", "years")}
_NEWBORN = words_for("variant.newborn")
_FROM_TO = re.compile(r"(\d{1,2})\s+(?:to\s+)?(\d{1,2})\b")
"""A range in `fold` letters: "3-6 months" is "3 6 months"."""
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
    if aged := _of_age(said, names):
        return aged
    exact = _meant(raw_words(text), [frozenset(raw_words(name)) for name in names], widely=False)
    if exact.index is not None:
        return exact
    units = units_of(names)
    wanted = [frozenset(plain_words(name, units)) for name in names]
    said_words = joined(plain_words(text, units))
    if units:
        said_words = _measured(said_words, bare_measures(names, units), len(names))
    return _meant(said_words, wanted, widely=True)


def _measured(words: list[str], measures: Mapping[str, str], count: int) -> list[str]:
    """Words with the measure for a number that is one's alone, and neither of the list nor of pieces: "yung 250"."""
    return [
        measures[word]
        if word in measures and float(word) > count and not _UNITS.intersection(words[at + 1 : at + 2])
        else word
        for at, word in enumerate(words)
    ]


def _of_age(said: str, names: Sequence[str]) -> VariantMeant | None:
    """The variants for an age that a text gives, of those that are made for some ages: "10 months", "newborn po"."""
    for unit, words in _AGES.items():
        ranges = [_FROM_TO.search(fold(name)) for name in names]
        if not all(ranges) or not all(set(fold(name).split()) & words for name in names):
            continue
        age = re.search(rf"(?<!\d)(\d{{1,2}})\s*(?:{'|'.join(sorted(words))})\b", said)
        told = _FROM_TO.search(said)
        if told and any(found and found.groups() == told.groups() for found in ranges):
            return None  # "3-6 months" by its name
        is_new = unit == "months" and any(f" {phrase} " in f" {said} " for phrase in _NEWBORN)
        if age is None and not is_new:
            continue
        number = int(age[1]) if age else 0
        fitting = tuple(at for at, found in enumerate(ranges) if found and int(found[1]) <= number <= int(found[2]))
        return VariantMeant(
            fitting[0] if len(fitting) == 1 else None, fitting, None, _TYPO, f"made for {number} {unit}"
        )
    return None


def _meant(said: list[str], wanted: Sequence[frozenset[str]], *, widely: bool) -> VariantMeant:
    """Which of some variants is meant by words; widely by slips, hues, comparison and places, too."""
    known = frozenset().union(*wanted)
    quantity, words = _quantity(said, known)
    heard: dict[str, float] = {}
    for word in words:
        if word in known:
            heard[word] = 1.0
        elif not widely:
            return VariantMeant()
        elif word in COLORS.values() or word in HUES:
            alike = {each for each in known if word in (HUES.get(each), each) or HUES.get(word) == each}
            alike = alike or {each for each in known if word in HUES and HUES.get(each) == HUES[word]}  # "ube" for plum
            if not alike:
                return VariantMeant(quantity=quantity, why=f"no variant is {word}")
            heard |= dict.fromkeys(alike, _HUE)
        elif word in NEARLY:
            alike = {each for each in known if NEARLY[word] in (HUES.get(each), each)}
            heard |= dict.fromkeys(alike, _HUE)  # "pinkish coral" is coral where nothing is pink
        elif word in SIZES.values():
            return _compared(words, wanted, quantity) or VariantMeant(quantity=quantity, why=f"no variant is {word}")
        elif near := _near(word, known):
            heard[near] = _TYPO
    if not heard:
        return _compared(words, wanted, quantity) or _by_number(quantity, len(wanted), words)
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


def _compared(words: Sequence[str], wanted: Sequence[frozenset[str]], quantity: int | None) -> VariantMeant | None:
    """The largest or the smallest variant, where that is what was said: "pinakamalaki", "yung malaki" of bottles."""
    said = set(words)
    largest = bool(said & (_BIGGEST | {"l"}))
    if not (largest or said & (_SMALLEST | {"s"})) or len(words) > 1:
        return None
    sizes = ranks(wanted)
    if sizes is None:
        return None
    index = sizes.index(max(sizes) if largest else min(sizes))
    return VariantMeant(index, (index,), quantity, _TYPO, "the largest" if largest else "the smallest")


def _quantity(words: list[str], known: frozenset[str]) -> tuple[int | None, list[str]]:
    """How many are wanted, and the words that do not say so."""
    quantity: int | None = None
    rest: list[str] = []
    for at, typed in enumerate(words):
        word = typed
        after_size = at > 0 and words[at - 1] in _SIZE
        unit_follows = at + 1 < len(words) and words[at + 1] in _UNITS
        match = _COUNT.fullmatch(word)
        number = int(match[1]) if match else int(_NUMBERS[word]) if word in _NUMBERS else None
        if match is None and number is not None and not unit_follows and str(number) in known:
            word, number = str(number), None  # "forty" of shoes
        is_name = word in known or (match is not None and match[1] in known and match[1] == word)
        if number is not None and quantity is None and not after_size and (unit_follows or not is_name):
            quantity = number
        elif word in known or word not in _LITTLE | _SIZE | _UNITS:
            rest.append(word)
    return quantity, rest


def _near(word: str, known: frozenset[str]) -> str:
    """The one known word that a word with a slip is, or that it begins; empty where there is none."""
    most = 0 if len(word) < _SHORT else 1 if len(word) < _LONG else 2
    near = [
        each
        for each in known
        if _skeleton(each) == word
        or (most and not each.isdigit() and OSA.distance(word, each, score_cutoff=most) <= most)
        or (len(word) > 2 and each.startswith(word))
    ]
    return near[0] if len(near) == 1 else ""


def _skeleton(word: str) -> str:
    """A word without its vowels, as people type it in haste: "crm" is cream; empty where too little is left."""
    bare = word[:1] + re.sub("[aeiou]", "", word[1:])
    return bare if len(bare) > 2 and not word.isdigit() else ""


def _by_number(quantity: int | None, count: int, rest: Sequence[str]) -> VariantMeant:
    """The variant at a place of the list, where a number or a place is all that was typed: "2", "yung pangalawa"."""
    place = _PLACES.get(rest[0], "") if len(rest) == 1 else ""
    if place in ("last", "middle") or (place and int(place) <= count):
        index = {"last": count - 1, "middle": (count - 1) // 2}.get(
            place, int(place or 1) - 1 if place.isdigit() else 0
        )
        return VariantMeant(index, (index,), quantity, _TYPO, f"number {index + 1} of the list")
    if quantity and quantity <= count and not rest:
        return VariantMeant(quantity - 1, (quantity - 1,), None, 0.6, f"number {quantity} of the list")
    return VariantMeant(quantity=quantity)

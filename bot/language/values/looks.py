"""Colours, sizes and measures, by the one name that each goes by: "blk" is black, "lrg" is l, "1.5 L" is "1500 ml"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from bot.language.fold import unaccented
from bot.language.lexicon import pattern, senses_by_word, words_for
from bot.language.values.units import IN_SMALLER, UNITS

COLORS = senses_by_word("color")
"""The colour that each word and phrase names."""
SIZES = senses_by_word("size")
"""The size that each word and phrase names."""
HUES = senses_by_word("hue")
"""The colour that a name which is no exact one may stand for: "forest" for green."""
SHADES = words_for("variant.shade")
"""Words that stand before a colour."""
LOOKS = frozenset(COLORS) | frozenset(SIZES) | SHADES
"""Every word and phrase for a colour or a size. Not hues, which are the names of goods as well: coffee, mango."""

_MEANS = {**COLORS, **SIZES}
NEARLY = {
    f"{stem}ish": color
    for word, color in COLORS.items()
    for stem in (word, word.removesuffix("e"), f"{word}{word[-1]}")
    if " " not in word
}
"""Nearly a colour: "pinkish", "bluish", "reddish"."""
_PHRASES = sorted((phrase for phrase in _MEANS if " " in phrase), key=lambda phrase: (-phrase.count(" "), phrase))
_SIZED = re.compile(rf"(?<![\d.,₱])(\d{{1,2}})\.(\d)(?![\d.,]|\s*{pattern('pointing.measure')}\b|k\b)", re.IGNORECASE)
_RANGED = re.compile(
    rf"(?<![\d.,₱+-])(\d{{1,2}}) ?- ?(\d{{1,2}})(?![\d.,-]|\s*{pattern('quantity.unit')}\b)", re.IGNORECASE
)
"""A size such as 38-39, no number of pieces."""
_WHOLE_RANGE = re.compile(r"\b(\d+)to(\d+)\b")
_WHOLE = re.compile(r"\b(\d+)dot(\d)\b")
_TOKEN = re.compile(r"\d+\.\d+|[^\W_]+")
_JOINED = re.compile(r"(\d+(?:\.\d+)?)([a-z]{1,6})")
_FRACTION = re.compile(r"(?:(\d{1,2})(?:\s+|-))?\b([123])\s*/\s*([248])(?![\d/])")
_PARTS = {word: Decimal(part) for word, part in senses_by_word("measure_part").items()}
"""Parts of one of a unit: "half", "kalahating"."""
_COUNTS = senses_by_word("number")
_APART = words_for("measure_and.apart")
"""Between a part and its unit: "half a kilo"."""
_AND = words_for("number_and.word", "measure_and.word")
"""Between a whole number of a unit and a part of one: "isa't kalahating kilo"."""
_MEASURED = re.compile(r"(\d+(?:\.\d+)?)([a-z]{2,})")
_SIZE_JOINED = re.compile(rf"({'|'.join(sorted(words_for('variant.size')))})(\d{{1,3}})")
_ORDER = ("xs", "s", "m", "l", "xl", "xxl", "xxxl")


def whole_decimals(text: str) -> str:
    """The text with each size such as 6.1 or 38-39 as one word, which stays one where marks are left out.

    Args:
        text: What was typed.
    """
    return _RANGED.sub(r"\1to\2", _SIZED.sub(r"\1dot\2", text))


def with_points(text: str) -> str:
    """The opposite of `whole_decimals`.

    Args:
        text: Words of a text.
    """
    return _WHOLE_RANGE.sub(r"\1-\2", _WHOLE.sub(r"\1.\2", text))


def is_look_word(word: str) -> bool:
    """Whether a word is a color or a size, such as "teal", "xl", "42" and "6.1".

    Args:
        word: A word.
    """
    return (
        word in LOOKS or (word.isdigit() and len(word) < 3) or bool(_SIZED.fullmatch(word) or _RANGED.fullmatch(word))
    )


def plain_words(text: str, units: Iterable[str] = ()) -> list[str]:
    """The words of a text, each colour and size by its one name, and each measure as one word.

    Args:
        text: What was typed, or a variant's name.
        units: The units in which something is measured here, of `units_of`; a number before others is a number.
    """
    said = f" {' '.join(_tokens(text, frozenset(units)))} "
    for phrase in _PHRASES:
        said = said.replace(f" {phrase} ", f" {_MEANS[phrase]} ")
    return [_MEANS.get(word, word) for word in said.split()]


def raw_words(text: str) -> list[str]:
    """The words of a text as they are written, in plain small letters, decimals in one piece."""
    return list(_tokens(text, frozenset()))


def units_of(names: Iterable[str]) -> frozenset[str]:
    """The units in which variants are measured, such as "ml".

    Args:
        names: The variants' names.
    """
    found: set[str] = set()
    for name in names:
        words = _TOKEN.findall(_bare(name))
        for at, word in enumerate(words):
            behind = words[at + 1] if at + 1 < len(words) else ""
            joined = _JOINED.fullmatch(word)
            if joined and joined[2] in UNITS:
                found.add(UNITS[joined[2]])
            elif _is_number(word) and behind in UNITS:
                found.add(UNITS[behind])
    return frozenset(IN_SMALLER.get(unit, (1, unit))[1] for unit in found)


def bare_measures(names: Iterable[str], units: frozenset[str]) -> dict[str, str]:
    """The measures of variants by their number alone, where that is the number of one of them: "250" of "250 g".

    Args:
        names: The variants' names.
        units: Of `units_of`.
    """
    found: dict[str, set[str]] = {}
    for name in names:
        words = _TOKEN.findall(_bare(name))
        for at, word in enumerate(words):
            joined = _JOINED.fullmatch(word)
            number, unit = joined.groups() if joined else (word, words[at + 1] if at + 1 < len(words) else "")
            if _is_number(number) and (measure := _measure(number, unit, units)):
                found.setdefault(number, set()).add(measure)
    return {number: min(measures) for number, measures in found.items() if len(measures) == 1}


def ranks(wanted: Sequence[frozenset[str]]) -> list[Decimal] | None:
    """How large each of some variants is, to be compared; None where their names do not tell.

    Args:
        wanted: The `plain_words` of each.
    """
    found = [_rank(words) for words in wanted]
    known = [rank for rank in found if rank is not None]
    return known if len(known) == len(found) and len(set(known)) > 1 else None


def _rank(words: frozenset[str]) -> Decimal | None:
    for word in sorted(words):
        if word in _ORDER:
            return Decimal(_ORDER.index(word))
        if match := _MEASURED.fullmatch(word):
            return Decimal(match[1])
        if _is_number(word):
            return Decimal(word)
    return None


def _tokens(text: str, units: frozenset[str]) -> Iterator[str]:
    said = _bare(text)
    words = _TOKEN.findall(said)
    if units:
        words = _in_numbers(_TOKEN.findall(_FRACTION.sub(_decimal, said)))
    at = 0
    while at < len(words):
        word, behind = words[at], words[at + 1] if at + 1 < len(words) else ""
        joined = _JOINED.fullmatch(word)
        if (size := _SIZE_JOINED.fullmatch(word)) is not None:
            yield from size.groups()
        elif joined and (measure := _measure(joined[1], joined[2], units)):
            yield measure
        elif _is_number(word) and (measure := _measure(word, behind, units)):
            yield measure
            at += 1
        else:
            yield word
        at += 1


def _decimal(found: re.Match[str]) -> str:
    """A fraction as a number: "1 1/2" is 1.5."""
    return f"{int(found[1] or 0) + Decimal(found[2]) / Decimal(found[3]):f} "


def _in_numbers(words: list[str]) -> list[str]:
    """Words with a number for each that stands before a unit: "kalahating kilo" is "0.5 kilo"."""
    result: list[str] = []
    for at, word in enumerate(words):
        behind = next((each for each in words[at + 1 :] if each not in _APART), "")
        if word in _APART and result and _is_number(result[-1]) and behind in UNITS:
            continue  # "half a kilo"
        if behind in UNITS and word in _PARTS:
            part = _PARTS[word]
            if result and result[-1] in _AND:
                result.pop()
            whole = result[-1] if result else ""
            whole = whole[:-1] if whole.endswith("t") and whole[:-1] in _COUNTS else whole  # "isa't"
            if _is_number(whole) or whole in _COUNTS:
                part += Decimal(_COUNTS.get(whole, whole))
                result.pop()
            result.append(f"{part:f}")
        else:
            result.append(_COUNTS[word] if behind in UNITS and word in _COUNTS else word)
    return result


def _measure(number: str, unit: str, units: frozenset[str]) -> str:
    """A measure as one word in its smallest unit, empty where nothing here is measured in it."""
    sign = UNITS.get(unit, "")
    times, base = IN_SMALLER.get(sign, (Decimal(1), sign))
    return f"{(Decimal(number) * times).normalize():f}{base}" if base in units else ""


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdecimal() and word.isascii()


def _bare(text: str) -> str:
    return re.sub("['’ʼ‘´]", "", unaccented(text))

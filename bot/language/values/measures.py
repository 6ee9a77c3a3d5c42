"""Measures in a text, each by one name however it is written: "1L", "1 liter" and "1000 ml" are "1000ml"."""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from bot.language.fold import unaccented
from bot.language.values.units import IN_SMALLER, UNITS

_UNITS = {**UNITS, '"': "in", "”": "in", "″": "in"}
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=lambda unit: (-len(unit), unit)))
_MEASURE = re.compile(
    rf"(?<![\w.,/])(?<!\d\s)(\d{{1,6}}(?:[.,]\d{{1,3}})?)\s?-?({_UNIT})(?![^\W_])"
    r"(?!(?<=\din|\sin)\s\d)",  # "2 in 1"
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")


class Measure(msgspec.Struct, frozen=True):
    """A measure that stands in a text.

    Attributes:
        name: The one name of all that say the same, such as "1500ml".
        start: Where in the text it begins.
        end: Behind its last letter.
    """

    name: str
    start: int
    end: int


def measures_in(text: str) -> Iterator[Measure]:
    """The measures of a text, in order.

    Args:
        text: A name, or what was typed, such as "Coke 1.5 liters"; some hundred letters.
    """
    if not any(map(str.isdigit, text)):
        return
    said = text if text.isascii() else _same_length(text)
    for found in _MEASURE.finditer(said):
        written = found[1]
        digits = written.replace(",", "") if _THOUSANDS.fullmatch(written) else written.replace(",", ".")
        unit = _UNITS[found[2].casefold()]
        times, base = IN_SMALLER.get(unit, (Decimal(1), unit))
        yield Measure(f"{(Decimal(digits) * times).normalize():f}{base}", found.start(), found.end())


def _same_length(text: str) -> str:
    """The text without accents, letter by letter, so that places in it stay what they are."""
    return "".join(bare if len(bare := unaccented(letter)) == 1 else letter for letter in text)

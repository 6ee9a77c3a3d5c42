"""Units of measure: every way to write one, by its sign, and which come down to smaller ones."""

from collections.abc import Mapping
from decimal import Decimal

from bot.language.lexicon import senses_by_word

_SIGNS = (
    "ml", "cl", "l", "mg", "kg", "g", "mm", "cm", "m", "in", "ft", "yd", "oz", "lb", "mb", "gb", "tb", "mah", "w",
    "kw", "v", "hz", "mp", "pcs",
)  # fmt: skip
UNITS: Mapping[str, str] = {sign: sign for sign in _SIGNS} | dict(senses_by_word("unit"))
"""The sign of the unit that a word means: "liters" is "l"."""
IN_SMALLER: Mapping[str, tuple[Decimal, str]] = {
    "l": (Decimal(1000), "ml"),
    "cl": (Decimal(10), "ml"),
    "kg": (Decimal(1000), "g"),
    "cm": (Decimal(10), "mm"),
    "m": (Decimal(1000), "mm"),
    "kw": (Decimal(1000), "w"),
}
"""How many of a smaller unit make one."""

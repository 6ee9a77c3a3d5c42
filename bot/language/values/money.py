"""Money as shoppers type it where they look for something: "below 1k", "300-500", "100 pababa", "budget 500"."""

import re
from decimal import Decimal

import msgspec

from bot.language.fold import unaccented
from bot.language.lexicon import pattern, words_for
from bot.language.phones import cut_out

_MONEY = (
    r"(?:₱|\bphp|\bp(?=\s?\d))?\s*(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,7}(?:\.\d{1,2})?)"
    r"\s*(k\b)?(?:\s*(?:pesos?|php)\b)?"
)
_GAP = r"[\s:.,]*(?:(?:ng|na|sa|is|the|po|lang|ko|ay)\s+)*"
_END = r"(?![\w-])"
_RANGE = re.compile(
    rf"(?:\b{pattern('money.between')}\s+)?(?<![\w.,-]){_MONEY}\s*(?:-|–|—|\b{pattern('money.to')}\b)\s*{_MONEY}{_END}"
)
_MOST = (
    re.compile(rf"(?:\b{pattern('money.most')}\b|<=?){_GAP}{_MONEY}{_END}"),
    re.compile(rf"(?<![\w-]){_MONEY}\s*(?:(?:na|or|and|po|lang|pesos?)\s+)*\b{pattern('money.most_behind')}\b"),
)
_LEAST = (
    re.compile(rf"(?:\b{pattern('money.least')}\b|>=?){_GAP}{_MONEY}{_END}"),
    re.compile(rf"(?<![\w-]){_MONEY}\s*(?:(?:na|or|and|po|lang|pesos?)\s+)*\b{pattern('money.least_behind')}\b"),
)
_ABOUT = re.compile(rf"\b{pattern('money.about')}\b{_GAP}{_MONEY}{_END}")
_SIZE = words_for("topic.size", "pointing.size", "variant.size")
_MEASURE = words_for("pointing.measure")
_LITTLE = words_for(
    "money.around",
    "search.around",
    "small.polite",
    "small.particle",
    "small.me",
    "small.you",
    "small.this",
    "small.article",
    "small.please",
)
_NEAR = Decimal("0.2")  # how far from "mga 500" a price may be


class Limits(msgspec.Struct, frozen=True):
    """Within what a price shall be.

    Attributes:
        least: Pesos at least, 0 where nothing was said.
        most: Pesos at most, None where nothing was said.
        about: The words that are left: what it shall be.
    """

    least: Decimal
    most: Decimal | None
    about: str


def limits_in(text: str) -> Limits | None:
    """The limits of a price that a text names; None where it names none.

    Args:
        text: What was typed, such as "bag na 200 pababa" or "shoes 300-500".
    """
    said = unaccented(cut_out(text))
    if (found := _RANGE.search(said)) and not _is_measure(said, found):
        second = _pesos(found[3], found[4])
        first = _pesos(found[1], found[2])
        if found[4] and not found[2] and first < 100:  # "1-2k"
            first *= 1000
        if first < second and second >= 20:
            return Limits(first, second, _rest(said, found))
    for shape in _MOST:
        if found := shape.search(said):
            return Limits(Decimal(0), _pesos(found[1], found[2]), _rest(said, found))
    for shape in _LEAST:
        if found := shape.search(said):
            return Limits(_pesos(found[1], found[2]), None, _rest(said, found))
    if found := _ABOUT.search(said):
        pesos = _pesos(found[1], found[2])
        return Limits(pesos * (1 - _NEAR), pesos * (1 + _NEAR), _rest(said, found))
    return None


def _is_measure(said: str, found: re.Match[str]) -> bool:
    """Whether two numbers are a size or what fits into something: "size 38-40", "300 to 500 ml"."""
    before, behind = said[: found.start()].split(), re.findall(r"[^\W_]+", said[found.end() :])
    return bool(set(before[-1:]) & _SIZE or set(behind[:1]) & _MEASURE)


def _pesos(digits: str, thousands: str | None) -> Decimal:
    return Decimal(digits.replace(",", "")) * (1000 if thousands else 1)


def _rest(said: str, found: re.Match[str]) -> str:
    words = re.findall(r"[^\W_]+", f"{said[: found.start()]} {said[found.end() :]}")
    return " ".join(word for word in words if word not in _LITTLE)

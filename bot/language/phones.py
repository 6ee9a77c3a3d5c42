"""Philippine phone numbers, cut out of what was typed by their shape.

The library is asked about digits and signs alone: it dials words ("0917 sandali") and loses a number beside another.
"""

import re
import unicodedata
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException

from bot.language.fold import fold
from bot.language.lexicon import senses_by_word

COUNTRY = "PH"
_DIGITS_LEAST = 10
"""Of a number with its area or network."""
METRO_MANILA = "02"
"""The area code of Metro Manila, Rizal, San Pedro and Bacoor; its numbers have eight digits since 6 October 2019."""

_GAP = r"[ .\-_()/–—‐]{0,3}"
_PREFIX = rf"(?:(?:\+|\b00)?63{_GAP}0?|0)"
_MOBILE = re.compile(rf"(?<!\d){_PREFIX}{_GAP}(?:9(?:{_GAP}\d){{2}}|8{_GAP}9{_GAP}[5-8])(?:{_GAP}\d){{7}}(?!\d)")
"""Mobile numbers begin with 9, those of DITO with 895 to 898 too."""
_BARE_MOBILE = re.compile(rf"(?<![\dA-Za-z])(?<!\d[ .\-])9(?:{_GAP}\d){{9}}(?![ .\-]?\d)")
_LANDLINE = re.compile(rf"(?<!\d){_PREFIX}{_GAP}(?:2(?:{_GAP}\d){{8}}|[3-8]\d(?:{_GAP}\d){{7}})(?!\d)")
_LOCAL = re.compile(r"[378](?:[ .-]?\d){7}")
_ZERO = re.compile(r"(?<=[\d .\-])[oO](?=[\d .\-]*\d)|(?<=\d)[oO](?=\d)|\b[oO](?=9\d)")

_DIGITS = senses_by_word("digit")
_TIMES = {"double": 2, "triple": 3}
_SPOKEN_LEAST = 8  # words
_BESIDE_MOST = 4  # words that say whose number it is
_SPOKEN_LENGTHS = (11, 12)


@lru_cache(maxsize=256)
def phone_in(text: str, *, area: str = "") -> str | None:
    """The first Philippine number in a text, as E.164; None where there is none that exists.

    Args:
        text: What was typed: "0917 123 4567", "+63 917-123-4567", "Brgy 5 0917 123 4567 5pm", "(02) 8123 4567".
        area: The area code of where the shopper lives, such as "02", so that "8123-4567" alone is a number too.
    """
    shown = _shown(text)
    for number in _shapes(shown):
        if _is_valid(number):
            return number
    if area == METRO_MANILA and len(digits := _LOCAL.findall(shown)) == 1 and _digits(shown) == _digits(digits[0]):
        number = f"+63{area[1:]}{_digits(digits[0])}"
        return number if _is_valid(number) else None
    return None


def phone_alone(text: str) -> str:
    """The number in a text that holds hardly anything else, as E.164; else empty: "0917 123 4567 po ang number ko".

    Args:
        text: What was typed.
    """
    rest = fold(cut_out(text))
    is_alone = len(rest.split()) <= _BESIDE_MOST and not any(map(str.isdigit, rest))
    return (phone_in(text) or "") if is_alone else ""


def odd_phone_in(text: str) -> str | None:
    """The first mobile number whose length is right and whose prefix nobody knows, as E.164; None where there is none.

    Prefixes are given out faster than lists of them are written: such a number is asked for once more, then taken.

    Args:
        text: What was typed, such as "0913 123 4567".
    """
    shapes = _shapes(_shown(text))
    return next((one for one in shapes if one.startswith("+639") and not _is_valid(one)), None)


def cut_out(text: str, *, by: str = " ") -> str:
    """The text without whatever has the shape of a number with its area or network.

    Args:
        text: What was typed, in plain digits.
        by: What stands in place of each.
    """
    for shape in (_MOBILE, _BARE_MOBILE, _LANDLINE):
        text = shape.sub(by, text)
    return text


def _shown(text: str) -> str:
    """The text with plain digits, without invisible letters, and with the letter O between digits as the zero it is."""
    if text.isascii():
        return _ZERO.sub("0", _spoken(text))
    plain = unicodedata.normalize("NFKC", text)
    digits = (str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in plain)
    return _ZERO.sub("0", _spoken("".join(letter for letter in digits if unicodedata.category(letter) != "Cf")))


def _spoken(text: str) -> str:
    """The text with digits for a number that is said digit by digit: "zero nine one seven triple five ..."; a machine
    that writes down what was said does so.
    """
    words = text.split()
    if len(words) < _SPOKEN_LEAST:
        return text
    kept: list[str] = []
    run: list[str] = []
    digits, times = "", 1
    for word in [*words, ""]:
        said = fold(word)
        if said in _TIMES and word:
            times = _TIMES[said]
            run.append(word)
        elif said in _DIGITS and word:
            digits, times = digits + _DIGITS[said] * times, 1
            run.append(word)
        else:
            kept += [digits] if len(digits) in _SPOKEN_LENGTHS else run
            kept.append(word)
            run, digits, times = [], "", 1
    return " ".join(kept).strip() if kept != words else text


def _shapes(shown: str) -> list[str]:
    """Everything in the text that has the shape of a number, in its order, as E.164."""
    if sum(map(str.isdigit, shown)) < _DIGITS_LEAST:
        return []
    shapes = [
        (found.start(), _digits(found[0]))
        for shape in (_MOBILE, _BARE_MOBILE, _LANDLINE)
        for found in shape.finditer(shown)
    ]
    return [f"+63{re.sub(r'^(?:00)?(?:63)?0?', '', digits)}" for _, digits in sorted(shapes)]


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _is_valid(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, COUNTRY))
    except NumberParseException:
        return False

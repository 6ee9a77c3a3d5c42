"""Stars and praise in what is typed: how somebody liked what they bought."""

import re

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.texts import tidy

_STARS = re.compile("[\u2b50\U0001f31f\u2605]")
_IN_WORDS = re.compile(r"\b([1-5])\s*(?:/\s*5|(?:out of|over)\s*5|stars?)\b", re.IGNORECASE)
_OF_MANY = re.compile(r"stars$", re.IGNORECASE)
_ALONE = re.compile(r"\s*([1-5])\s*[.!]*\s*")
_AHEAD = re.compile(r"\s*([1-5])[\s,.!:-]+(\D+)")
_PRAISE = words_for("rating.praise")
_AROUND = words_for(
    "rating.around", "small.polite", "small.particle", "small.please", "small.this", "small.article", "small.you",
    "talk.polite",
)  # fmt: skip
_MARKS = " ,.;:!-\ufe0f"


def stars_in(text: str) -> tuple[int, str]:
    """How many stars a text gives, 0 for none, and what it says besides: "⭐⭐⭐⭐⭐ ang ganda", "5 stars po".

    Args:
        text: What was typed.
    """
    if count := len(_STARS.findall(text)):
        number = _ALONE.fullmatch(_STARS.sub("", text))
        stars = int(number[1]) if number and count == 1 else min(count, 5)
        return stars, "" if number else tidy(_STARS.sub(" ", text)).lstrip(_MARKS)
    if match := _IN_WORDS.search(text):
        rest = tidy(text[: match.start()] + " " + text[match.end() :]).lstrip(_MARKS)
        return int(match[1]), rest if fold(rest) and set(fold(rest).split()) - _AROUND else ""
    if (match := _AHEAD.fullmatch(text)) and praises(match[2]):
        return int(match[1]), tidy(match[2])
    alone = _ALONE.fullmatch(text)
    return (int(alone[1]), "") if alone else (0, "")


def surely_rates(text: str) -> bool:
    """Whether a text can only be stars for something that was bought, whatever is being asked.

    "⭐⭐⭐⭐", "5 stars po, ang ganda" and "5/5" are; a number alone, "near 5 Star Hotel" and "4/5 Mabini St" are not.

    Args:
        text: What was typed.
    """
    if _STARS.search(text):
        return True
    match = _IN_WORDS.search(text)
    if match is None:
        return False
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return set(fold(rest).split()) <= _AROUND | _PRAISE or (not match.start() and _OF_MANY.search(match[0]) is not None)


def praises(text: str) -> bool:
    """Whether a text only says how something was: "ang ganda po", "good quality"."""
    words = set(fold(text).split())
    return bool(words & _PRAISE) and words <= _PRAISE | _AROUND

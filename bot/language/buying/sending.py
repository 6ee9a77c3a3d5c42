"""What sending to a place costs, as people ask it: "magkano sf to Davao City?", "shipping fee po sa iloilo"."""

import re
from functools import lru_cache

from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.places import Place, city_of, province_of, town_and_province
from bot.language.texts import tidy

_LONGEST = 14
"""Words of a text that asks it and says little else."""
_PLACE_MOST = 5  # words
_SENDING = words_for("topic.shipping")
_FEE = words_for("sending.fee")
"""What asks for the fee by itself: "sf"."""
_FEE_WORDS = frozenset(word for phrase in _FEE for word in phrase.split())
_COSTS = words_for("topic.price", "total.how_much", "total.total", "sending.costs")
_TOTAL = words_for("total.total", "total.sure")
_BESIDE = words_for("sending.beside")
"""Words before a city that say that it is not the city itself: "north cebu"."""
_AROUND = words_for(
    "sending.around", "topic.shipping", "topic.price", "topic.location", "total.around", "total.total",
    "total.how_much", "small.polite", "small.particle", "small.please", "small.me", "small.you", "small.this",
    "small.article", "small.vocative", "small.asking", "search.around", "question.particle", "talk.greeting",
    "lead.word", "place.before",
)  # fmt: skip
_TO = re.compile(rf".*\b(?:{pattern('sending.to')})\s+(.+)$", re.IGNORECASE)


@lru_cache(maxsize=256)
def fee_to(text: str) -> Place | None:
    """The place whose shipping fee a text asks for; None where it asks anything else, or names no place.

    Args:
        text: What was typed.
    """
    words = fold(text).split()
    if not (_asks_fee(words) or _asks_sum(words)):
        return None
    shown = re.sub(r"[?!.]+$", "", tidy(text).replace("?", " "))
    if (behind := _TO.match(shown)) and (place := _place(_trimmed(behind[1].split()))):
        return place
    return _place(" ".join(word for word in words if word not in _AROUND | _FEE))


@lru_cache(maxsize=256)
def asks_own_fee(text: str) -> bool:
    """Whether a text asks what sending costs, and names no place: "hm sf ko", "how much is my shipping fee?".

    Args:
        text: What was typed.
    """
    words = fold(text).split()
    return _asks_fee(words) and set(words) <= _AROUND | _FEE_WORDS


def _asks_fee(words: list[str]) -> bool:
    said, phrases = set(words), f" {' '.join(words)} "
    asks_fee = bool(said & _FEE) or any(f" {phrase} " in phrases for phrase in _FEE if " " in phrase)
    return len(words) <= _LONGEST and (asks_fee or bool(said & _SENDING and said & _COSTS))


def _asks_sum(words: list[str]) -> bool:
    """Whether a text asks what everything comes to: with a place, that is with what sending there costs."""
    said = set(words)
    return len(words) <= _LONGEST and bool(said & _TOTAL and said & _COSTS - _TOTAL)


def _trimmed(words: list[str]) -> str:
    """Words without those at the end that are of the question: "cebu city po magkano"."""
    while words and fold(words[-1]) in _AROUND | _FEE | {""}:
        words = words[:-1]
    return " ".join(words)


def _place(named: str) -> Place | None:
    if not named or len(named.split()) > _PLACE_MOST:
        return None
    if place := town_and_province(named) or city_of(named):
        return place
    if province := province_of(named):
        return Place("", province)
    area, _, city = named.rpartition(" ")
    if (
        area
        and not set(fold(area).split()) & _BESIDE
        and (place := city_of(city))
        and fold(place.city).removesuffix(" city") == fold(city)
    ):
        return place  # "taft manila", "molino bacoor"
    return None

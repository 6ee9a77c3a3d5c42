"""What a text wants to look at: new things, best sellers, a size chart, a link to share, when something arrives."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec
from rapidfuzz.distance import OSA

from bot.language.fold import fold
from bot.language.lexicon import table, words_for
from bot.language.places import Place, city_of, province_of, town_and_province
from bot.language.values.money import limits_in

LONGEST = 12
"""Words of a text that wants to look at something, and says nothing else."""
_SLIP_LEAST = 5
"""Letters of a word in which a slip is forgiven."""
_AROUND = words_for(
    "look.around",
    "small.polite",
    "small.particle",
    "small.please",
    "small.me",
    "small.you",
    "small.this",
    "small.article",
    "small.vocative",
    "small.asking",
    "search.around",
    "question.particle",
    "pointing.this",
    "talk.greeting",
)
_POLITE = words_for("small.polite")
_NOT = words_for("look.not")
_SENSES: Mapping[str, str] = {
    phrase: kind
    for kind, phrases in table("look").items()
    if kind not in ("around", "not", "slip")
    for phrase in phrases
}


def _by_first(phrases: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Phrases by the word with which each begins: a text is compared with a few of them, not with all."""
    begun: dict[str, list[str]] = {}
    for phrase in phrases:
        begun.setdefault(phrase.partition(" ")[0], []).append(phrase)
    return {word: tuple(known) for word, known in begun.items()}


_BEGUN, _NOT_BEGUN = _by_first(_SENSES), _by_first(_NOT)
_SPELLED = words_for("look.slip")
"""Words in which a slip is forgiven: others are too near to what is sold, or meant otherwise ("magenta", "mamili")."""
_CHEAP = frozenset(word for phrase in words_for("money.cheap") for word in phrase.split())
_WEAK = frozenset({"arrives"})
"""What another thing that is said with it outweighs: "kailan darating ang mga bago"."""


class Look(msgspec.Struct, frozen=True):
    """What is wanted.

    Attributes:
        kind: The name of a sense of `[look]`: "new", "best", "sale", "cheap", "dear", "brands", "similar", "sizes",
            "prices", "arrives", "share", "specs", "pictures" or "points".
        place: Where something shall arrive, None where no place is named.
    """

    kind: str
    place: Place | None = None


@lru_cache(maxsize=1024)
def look_in(text: str) -> Look | None:
    """What a text wants to look at; None where it says anything else, or names a thing.

    Args:
        text: What was typed, such as "ano po yung mga bago?", "best seller nyo" or "gaano katagal sa cebu".
    """
    words = [_without_slip(word) for word in fold(text).split() if word not in _POLITE]
    said = f" {' '.join(words)} "
    if not words or len(words) > LONGEST or any(f" {phrase} " in said for phrase in _among(_NOT_BEGUN, words)):
        return None
    kinds: list[str] = []
    for phrase in sorted(_among(_BEGUN, words), key=lambda phrase: (-len(phrase.split()), -len(phrase), phrase)):
        if f" {phrase} " in said:
            kinds.append(_SENSES[phrase])
            said = said.replace(f" {phrase} ", " | ")
    if not kinds and not _CHEAP & set(words):
        return None
    rest = [word for word in said.split() if word != "|" and word not in _AROUND]
    if "arrives" in kinds:  # "ilang araw bago dumating": there "bago" is before
        kinds = [kind for kind in kinds if kind != "new"]
    strong = [kind for kind in kinds if kind not in _WEAK]
    if not kinds and not rest and (limits := limits_in(text)) and limits.cheapest and limits.most is None:
        return Look("cheap")
    if kinds and not strong:
        return Look("arrives", _place(rest)) if not rest or _place(rest) else None
    if rest and not (cheapest := _only_cheap(rest)):
        return None
    if not strong:
        return Look("cheap") if rest and cheapest else None
    return Look(strong[0])


def _among(begun: Mapping[str, tuple[str, ...]], words: list[str]) -> set[str]:
    """The phrases that begin with a word of a text."""
    return {phrase for word in words for phrase in begun.get(word, ())}


def _only_cheap(rest: list[str]) -> bool:
    """Whether what is left only asks for what is cheap: "pinakamura"."""
    limits = limits_in(" ".join(rest))
    return bool(limits and limits.cheapest and not limits.about and limits.most is None)


def _place(rest: list[str]) -> Place | None:
    """The place that words name, and nothing else."""
    named = " ".join(rest)
    if not named:
        return None
    if place := town_and_province(named) or city_of(named):
        return place
    province = province_of(named)
    return Place("", province) if province else None


def _without_slip(word: str) -> str:
    if len(word) < _SLIP_LEAST or word in _SENSES or word in _AROUND:
        return word
    near = (known for known in _SPELLED if known[0] == word[0] and OSA.distance(word, known, score_cutoff=1) <= 1)
    return next(near, word)

"""Which city, province and barangay a text is about: every reading that the table of places allows, weighed."""

from collections.abc import Sequence

import msgspec
from rapidfuzz import fuzz

from bot.language.country.gazetteer import Town, key, province_named
from bot.language.country.named import NEAR_IN_PROVINCE, Named, Runs, name_at, provinces_named, towns_named
from bot.language.country.philippines import CITY_NAMES
from bot.language.country.spans import (
    BARANGAY,
    BEHIND_NAME,
    MALLS,
    STREET,
    Span,
    Word,
    follows_number,
    spans,
    starts_with_number,
)

_WEIGHED = 60  # cities and towns that are weighed; the likeliest
_DOUBT = 3.0  # how much better a reading must be than one with another city


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a text is about.

    Attributes:
        town: The city or town, None where none is named.
        province: The province, empty where it is not plain.
        town_span: Where the city stands.
        province_span: Where the province stands.
        barangay_span: Where the barangay's name stands, without "Brgy".
        score: How well it fits; nothing is taken that does not reach more than 0.
        why: What speaks for it and against it, each with its weight.
        others: Further cities and towns that it could as well be about.
    """

    town: Town | None = None
    province: str = ""
    town_span: Span | None = None
    province_span: Span | None = None
    barangay_span: Span | None = None
    score: float = 0.0
    why: tuple[tuple[str, float], ...] = ()
    others: tuple[Town, ...] = ()


def readings(words: Sequence[Word]) -> list[Reading]:
    """Every reading of an address, the best first; those of a province alone where no city fits.

    Args:
        words: Of an address.
    """
    runs = tuple(spans(words))
    provinces = provinces_named(words, runs)
    named = {name for _, name, _ in provinces}
    likely = sorted(towns_named(words, runs, provinces), key=lambda each: (each[1].province not in named, -each[2]))[
        :_WEIGHED
    ]
    cities = [_with_town(words, runs, *town, provinces) for town in likely]
    alone = [
        Reading(province=name, province_span=span, score=score, why=(("a province is named", score),))
        for span, name, score in provinces
    ]
    fits = [each for each in cities if each.score > 0]
    return sorted(fits or [*alone, *cities], key=lambda each: -each.score)


def best_reading(words: Sequence[Word]) -> Reading:
    """The reading that fits best, with the others that fit as well.

    Args:
        words: Of an address.
    """
    ranked = readings(words)
    if not ranked or ranked[0].score <= 0:
        return Reading()
    best = ranked[0]
    rivals = {one.town: None for one in ranked if one.town and one.score > best.score - _DOUBT}
    others = tuple(town for town in rivals if town is not best.town)
    return msgspec.structs.replace(best, others=others) if best.town and others else best


def _with_town(
    words: Sequence[Word],
    runs: Runs,
    span: Span,
    town: Town,
    score: float,
    provinces: Sequence[Named],
) -> Reading:
    """The reading with a city: with its province where that is named, and with a barangay of it."""
    why = [("a city or town is named", score)]
    province_span: Span | None = None
    elsewhere = [each for each in provinces if not each[0].meets(span)]
    if fits := [each for each in elsewhere if each[1] == town.province]:
        province_span, _, sure = max(fits, key=lambda each: each[2])
        is_next = _is_next(words, span.end, province_span.start)
        why.append(("its province is named", 6 + min(sure, 4) * 0.5 + 2 * is_next))
    elif any(sure > 2 and at.start >= span.end for at, _, sure in elsewhere):
        why.append(("another province is named behind it", -25.0))
    elif province_span := _province_with_a_typo(words, span, town):
        why.append(("its province is named with a typo", 5.0))
    if later := sum(1 for word in words[span.end :] if word.said):
        why.append(("words follow it", -0.25 * min(later, 10)))
    barangay, more = _barangay(words, runs, span, province_span, town)
    name = name_at(words, span)
    if barangay:
        why.append(("a barangay of it is named", more))
        if not (province_span or town.is_city) and starts_with_number(words, span):
            # "12 Mabini, brgy San Roque"
            why.append(("its part begins with a house number, as a street's does", -20.0))
    elif not province_span:
        if province_named(name) and (name not in CITY_NAMES or any(word.said in BARANGAY for word in words)):
            # "Cavite", or "Brgy Tolosa, Malabyoc, Cebu"
            why.append(("it is a province's name too, and nothing speaks for the city", -20.0))
        elif not town.is_city and follows_number(words, span):
            why.append(("a house number stands before it, as before a street", -10.0))
    return Reading(
        town=town,
        province=town.province,
        town_span=span,
        province_span=province_span,
        barangay_span=barangay,
        score=sum(weight for _, weight in why),
        why=tuple(why),
    )


def _province_with_a_typo(words: Sequence[Word], span: Span, town: Town) -> Span | None:
    """Where the words behind a city are nearly its province's name."""
    province = key(town.province)
    for end in range(min(span.end + 4, len(words)), span.end, -1):
        said = key(" ".join(word.said for word in words[span.end : end]))
        if fuzz.ratio(said, province) >= NEAR_IN_PROVINCE:
            return Span(span.end, end)
    return None


def _is_number(name: str) -> bool:
    """Whether a barangay is known by its number, such as "5" or "176 a": so are houses."""
    letters = name.replace(" ", "")
    return letters[:1].isdigit() and (letters.isdigit() or letters[:-1].isdigit())


def _is_part(words: Sequence[Word], at: Span, city: Span, name: str, town: Town) -> bool:
    """Whether a name that stands alone beside a city is nearly that of a barangay of it, or part of one."""
    if at.end != city.start and at.start != city.end:
        return False
    before = words[at.start - 1] if at.start else None
    if before and before.part == words[at.start].part and before.said not in STREET:
        return False
    is_whole = at.end == len(words) or words[at.end].said not in BEHIND_NAME
    return is_whole and (town.like(name) or town.has_within(name))


def _is_next(words: Sequence[Word], end: int, start: int) -> bool:
    return all(not word.said or word.said.isdigit() for word in words[end:start])


def _barangay(
    words: Sequence[Word], runs: Runs, span: Span, province: Span | None, town: Town
) -> tuple[Span | None, float]:
    """Where a barangay of a city is named, and how much that says for the city."""
    best: tuple[Span | None, float] = (None, 0.0)
    for at, name in runs:
        if at.meets(span) or at.meets(province) or words[at.start].said in BARANGAY:
            continue
        marked = at.start > 0 and words[at.start - 1].said in BARANGAY
        if at.start > 0 and words[at.start - 1].said in MALLS and words[at.start - 1].part == words[at.start].part:
            continue  # "SM Fairview"
        exact = town.has(name)
        if not exact and not (marked and town.like(name)) and not _is_part(words, at, span, name, town):
            continue
        alone = at.start > 0 and words[at.start - 1].part != words[at.start].part and at.end == span.start
        if _is_number(name) and not marked and not alone:
            continue
        score = 5.0 + (at.end - at.start) * 0.6 + (5 if marked else 0) - (0 if exact else 2)
        behind = words[at.end] if at.end < len(words) else None
        if behind and behind.said in BEHIND_NAME and behind.part == words[at.start].part:
            score -= 12
        if name in town.parts and name not in town.barangays:
            score -= 4
        if at.end == span.start or _is_next(words, at.end, span.start) or at.start == span.end:
            score += 2
        score += 1 if at.end == len(words) or words[at.end].part != words[at.start].part else 0
        if score > best[1]:
            best = (at, score)
    return best

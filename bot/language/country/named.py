"""Every city, town and province that an address names, to the letter or with a typo, and how sure its name alone is."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from rapidfuzz import fuzz, process

from bot.language.country.gazetteer import (
    Town,
    city_keys,
    is_barangay,
    key,
    names_in,
    province_like,
    province_named,
    towns_by_name,
)
from bot.language.country.philippines import CITY_NAMES
from bot.language.country.spans import BARANGAY, BEHIND_NAME, Span, Word, around, follows_number, names_other

_CALLED = re.compile(r"(?:[a-z]+ )*city of |municipality of |bayan ng |lungsod ng ")
_PROVINCE = re.compile(r"^province of | prov(?:ince)?$")
_NEAR = 88  # of 100: a city's or province's name with a typo
NEAR_IN_PROVINCE = 80  # the same, of a town in a province that is named
_NEAR_AND_LONGER = 90  # the same, of a name with another within it: "preesident roxas" is not Roxas
_TYPO_WORDS = 3  # of a city's name that is looked for with a typo

Runs = Sequence[tuple[Span, str]]
"""Every run of words that could be a name, with its key."""
Candidate = tuple[Span, Town, float]
"""Where a city or town is named, which, and how sure its name alone is."""
Named = tuple["Span", str, float]  # where a province stands, which, and how sure that is


def towns_named(words: Sequence[Word], runs: Runs, provinces: Sequence[Named]) -> Iterator[Candidate]:
    """Every city and town that is named, how sure its name alone is; with a typo where nothing else explains it.

    Args:
        words: Of an address.
        runs: Its `spans`.
        provinces: What `provinces_named` gives.
    """
    exact = list(_longest(_to_the_letter(words, runs, provinces), {name for _, name, _ in provinces}))
    told = [span for span, town, _ in exact if not province_named(name_at(words, span))]
    nearly = list(_with_a_typo(words, runs, told, provinces))
    yield from (each for each in exact if not any(_is_inside(each[0], span) for span, _, _ in nearly))
    yield from nearly


def _to_the_letter(words: Sequence[Word], runs: Runs, provinces: Sequence[Named]) -> Iterator[Candidate]:
    named = towns_by_name()
    for span, name in runs:
        bearing = named.get(name, ())
        is_inside = bearing and any(_is_inside(span, at) for at, _, _ in provinces)
        if bearing and not is_inside and not names_other(words, span):  # "surigao" of "surigao del norte"; "mabini st"
            for town in bearing:
                yield span, town, _of_name(words, span, name, town)


def _with_a_typo(
    words: Sequence[Word], runs: Runs, told: Sequence[Span], provinces: Sequence[Named]
) -> Iterator[Candidate]:
    """Towns of a province that is named, else cities; within it a name to the letter only where it is nearer."""
    for span, name in runs:
        if len(name) < 4 or any(map(str.isdigit, name)) or province_named(name):
            continue
        met = [other for other in told if span.meets(other)]
        if any(not _is_inside(other, span) for other in met) or names_other(words, span):
            continue
        if any(_is_inside(span, longer) and is_barangay(called) for longer, called in runs):
            continue  # "Tandang Sora" is no Tandag
        before = words[span.start - 1].said if span.start else ""
        if BARANGAY & {before, words[span.start].said} or words[span.end - 1].said in BEHIND_NAME:
            continue
        least = _NEAR_AND_LONGER if met else NEAR_IN_PROVINCE
        for at, province, _ in provinces:
            known = names_in(province)
            near = process.extractOne(name, tuple(known), scorer=fuzz.ratio, score_cutoff=least)
            if near and not at.meets(span):
                yield span, known[near[0]], _of_name(words, span, name, known[near[0]]) - 2
        if told or provinces or span.end - span.start > _TYPO_WORDS:
            continue
        city = process.extractOne(name, city_keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
        for town in towns_by_name()[city[0]] if city else ():
            if town.is_city:
                yield span, town, _of_name(words, span, name, town) - 2


def _longest(towns: Iterable[Candidate], provinces: Set[str]) -> Iterator[Candidate]:
    """Those whose name is not part of a longer one: "puerto" of "puerto princesa", "roxas" of "president roxas"."""
    found = list(towns)
    for each in found:
        is_told = each[1].province in provinces
        if not any(
            _is_inside(each[0], span) and (town is each[1] or not is_told or town.province in provinces)
            for span, town, _ in found
        ):
            yield each


def name_at(words: Sequence[Word], span: Span) -> str:
    """The words of a span as a `key`."""
    return key(" ".join(word.said for word in words[span.start : span.end]))


def _of_name(words: Sequence[Word], span: Span, name: str, town: Town) -> float:
    score = 8.0 + (span.end - span.start) * 0.2
    if name.endswith(" city") or _CALLED.match(name):
        score += 4
    if province_named(name):
        score -= 9  # a province's name is the province's, where anything else can be the city
    elif name in CITY_NAMES:
        score += 1 - 2.5 * town.has(name)  # "Novaliches QC": what is a part of the city is not its name beside it
    if town.is_city:
        score += 1.5
    if town.province == "Metro Manila":
        score += 1
    return score + around(words, span)


def provinces_named(words: Sequence[Word], runs: Runs) -> list[Named]:
    """Every province that is named, and how sure that is; of names within each other the longest.

    Args:
        words: Of an address.
        runs: Its `spans`.
    """
    letters = [(span, name) for span, name in runs if not any(map(str.isdigit, name))]
    exact = [(span, province) for span, name in letters if (province := province_named(_PROVINCE.sub("", name)))]
    exact = [(span, province) for span, province in exact if not any(_is_inside(span, other) for other, _ in exact)]
    found: list[Named] = []
    for span, province in exact:
        rest = [word for word in words[span.end :] if word.said and not word.said.isdigit()]
        sure = 3.0 + (2 if not rest else 0) + around(words, span)
        if sure > 0 and not follows_number(words, span) and not names_other(words, span):
            found.append((span, province, sure))
    for span, name in letters:
        if span.end - span.start < 2:
            continue
        is_new = all(_is_inside(other, span) for other, _ in exact if other.meets(span))
        if is_new and (province := province_like(name, _NEAR)):
            if any(other == province and at.meets(span) for at, other in exact):
                continue  # "cdo misamis oriental": what is written to the letter is the province
            found = [each for each in found if not each[0].meets(span)]  # "eastrn samar" is not Samar
            found.append((span, province, 4.0))
    return found


def _is_inside(span: Span, other: Span) -> bool:
    return span != other and other.start <= span.start and span.end <= other.end

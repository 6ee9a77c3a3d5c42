"""The district, village or mall that an address names in place of a city: "12 Acacia St Cubao", "sm north"."""

from collections.abc import Mapping, Sequence
from functools import cache

from bot.language.country.gazetteer import Town, key, towns
from bot.language.country.mentions import Reading
from bot.language.country.named import name_at
from bot.language.country.philippines import DISTRICTS
from bot.language.country.spans import Span, Word, follows_number, names_other, spans

_SCORE = 6.0
"""How sure a district is of its city, beside a city's own name."""


@cache
def districts() -> Mapping[str, Town]:
    """The city of each district, village or mall by whose name people say where they are, by its `key`."""
    by_city = {town.city: town for town in sorted(towns(), key=lambda town: town.is_city)}
    return {key(name): by_city[city] for name, city in DISTRICTS.items()}


def district_in(words: Sequence[Word], *, is_alone: bool = False) -> Reading | None:
    """The reading of an address that names a district and no city; None where it names none.

    Args:
        words: Of the address.
        is_alone: Whether it must be all that is said.
    """
    known, whole = districts(), Span(0, len(words))
    found = [
        span
        for span, name in spans(words)
        if name in known
        and (span == whole if is_alone else not (names_other(words, span) or follows_number(words, span)))
    ]
    if not found:
        return None
    span = max(found, key=lambda span: (span.end - span.start, span.start))
    town = known[name_at(words, span)]
    is_part = town.has(name_at(words, span))
    return Reading(
        town=town,
        province=town.province,
        barangay_span=span if is_part else None,
        score=_SCORE,
        why=(("a district of the city is named", _SCORE),),
    )

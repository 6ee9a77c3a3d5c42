"""A place alone, as people type it where it is asked for: a city, a province, the region that it lies in."""

import re
from collections.abc import Iterable

import msgspec
from rapidfuzz import fuzz, process

from bot.language.country.districts import districts
from bot.language.country.gazetteer import (
    city_keys,
    is_barangay_often,
    key,
    province_keys,
    province_named,
    towns_by_name,
)
from bot.language.country.philippines import CITY_NAMES, REGIONS
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for

_BEFORE = re.compile(rf"^(?:{pattern('place.before')} )+")
_BEHIND = re.compile(rf"(?: {pattern('place.after', 'small.polite', 'small.particle')})+$")
_SURE = 88  # of 100: a name that is this near is the one meant, where no other is as near
_LIKELY = 70
_WIDER = words_for("place.wider") | {fold(region) for region in REGIONS}
"""Islands and regions, which hold provinces."""
_REGION_OF = {name: region for region, names in REGIONS.items() for name in names.split(", ")}


class Place(msgspec.Struct, frozen=True):
    """A city with its province, or a province alone.

    Attributes:
        city: As it is usually written, empty for a province.
        province: As it is usually written.
    """

    city: str
    province: str

    @property
    def region(self) -> str:
        """The region that it lies in, empty for a place of elsewhere."""
        return _REGION_OF.get(self.province, "")


def city_of(text: str, province: str = "") -> Place | None:
    """The city or town that a text names: "Q.C.", "quezon cty", "Cebu"; None where it is none, or one of several.

    A name that is written as the register has it is never taken for another that is like it: Tanay is not Tanjay.

    Args:
        text: What was typed.
        province: The province, where it is known.
    """
    said = _bare(text)
    named = towns_by_name()
    known = named.get(said, ())
    if said in _NICKNAMES and not province:
        known = tuple(town for town in known if town.is_called(_NICKNAMES[said]))
    elif province_named(said) and not province:
        return None
    if not known and (town := districts().get(said)):
        known = (town,)
    if not known and (near := _nearest(said, city_keys())):
        known = named[near]
    if province:
        known = tuple(town for town in known if town.province == province)
    if len(known) != 1:
        return None
    town = known[0]
    return Place(town.city, town.province) if province or town.is_city or not is_barangay_often(said) else None


def province_of(text: str, covered: Iterable[str] = ()) -> str | None:
    """The province that a text names, with small typos; None where that is not sure.

    Args:
        text: What was typed.
        covered: Places that the shop's zones name, which count as provinces too.
    """
    said = _bare(text)
    names = {**{fold(name): name for name in covered}, **province_keys()}
    if said in names:
        return names[said]
    near = _nearest(said, names)
    return names[near] if near else None


def names_place(text: str) -> bool:
    """Whether a text is the name of a city, a town or a province, and nothing else.

    Args:
        text: What was typed, or what is left of it.
    """
    return bool(text) and (fold(text) in _WIDER or bool(city_of(text) or province_of(text)))


def is_called_place(text: str) -> bool:
    """Whether a text is, to the letter, what a region, a province or a city is called: "La Union", "Cebu City".

    Args:
        text: What was typed.
    """
    said = key(_BEHIND.sub("", fold(text)))
    if not said:
        return False
    return said in _WIDER or bool(province_named(said)) or any(town.is_city for town in towns_by_name().get(said, ()))


def town_and_province(text: str) -> Place | None:
    """A place with its province behind it, such as "Sta. Maria Bulacan"; None where no province stands at the end.

    Args:
        text: What was typed, on one line.
    """
    words = text.split()
    for count in (3, 2, 1):
        if len(words) > count and (province := province_named(key(" ".join(words[-count:])))):
            city = " ".join(words[:-count]).rstrip(",")
            return city_of(city, province) or Place(city, province)
    return None


def provinces_like(text: str, covered: Iterable[str] = (), *, most: int = 5) -> tuple[str, ...]:
    """The provinces that a text may have meant, the likeliest first.

    Args:
        text: What was typed.
        covered: Places that the shop's zones name.
        most: How many.
    """
    names = {**{fold(name): name for name in covered}, **province_keys()}
    said = _bare(text)
    whole = [name for name in names if len(name) > 3]  # "ne" is like anything
    scored = process.extract(said, whole, scorer=fuzz.WRatio, score_cutoff=_LIKELY, limit=most * 2)
    return tuple(dict.fromkeys(names[name] for name, _, _ in scored))[:most]


def provinces_with(city: str) -> tuple[str, ...]:
    """The provinces that have a city or town of a name, in the order of the table.

    Args:
        city: Such as "San Juan".
    """
    return tuple(dict.fromkeys(town.province for town in towns_by_name().get(_bare(city), ())))


_NICKNAMES = {key(nickname): city for nickname, city in CITY_NAMES.items()}


def _bare(text: str) -> str:
    """A text as a `key`, without what stands around a place: "dito sa" and "province po"."""
    said = key(_BEHIND.sub("", _BEFORE.sub("", fold(text))))
    if said in towns_by_name() or province_named(said):
        return said
    letters = said.split()
    return "".join(letters) if letters and all(len(letter) == 1 for letter in letters) else said  # "q c"


def _nearest(said: str, names: Iterable[str]) -> str | None:
    """The one name that a text with a typo is near to."""
    if len(said) < 4:
        return None
    scored = process.extract(
        said, [name for name in names if len(name) > 3], scorer=fuzz.ratio, score_cutoff=_SURE, limit=2
    )
    if not scored or (len(scored) == 2 and scored[0][1] == scored[1][1]):
        return None
    return str(scored[0][0])

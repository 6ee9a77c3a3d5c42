"""Places of the Philippines as people type them: a city, a province, the zone that they lie in."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec
from rapidfuzz import fuzz, process

from bot.language.fold import fold
from bot.language.lexicon import pattern
from bot.language.philippines import CITIES, CITY_NAMES, PROVINCE_NAMES, REGIONS

_BEFORE = re.compile(rf"^(?:{pattern('place.before')} )+")
_BEHIND = re.compile(rf"(?: {pattern('place.after', 'small.polite', 'small.particle')})+$")
_TOWN_FILE = Path(__file__).with_name("towns.txt")
_SURE = 88  # of 100: a name that is this near is the one meant, where no other is as near
_LIKELY = 70


class Place(msgspec.Struct, frozen=True):
    """A city with its province, or a province alone.

    Attributes:
        city: As it is usually written, empty for a province.
        province: As it is usually written.
        is_shared: Whether barangays elsewhere bear the name too, so that it names the place only beside its province.
    """

    city: str
    province: str
    is_shared: bool = False

    @property
    def region(self) -> str:
        """The region that it lies in, empty for a place of elsewhere."""
        return _REGION_OF.get(self.province, "")


_REGION_OF = {name: region for region, names in REGIONS.items() for name in names.split(", ")}
_PROVINCES: Mapping[str, str] = MappingProxyType(
    {fold(name): name for name in _REGION_OF} | PROVINCE_NAMES,
)


def _cities() -> Mapping[str, tuple[Place, ...]]:
    places: dict[str, tuple[Place, ...]] = {}
    for province, names in CITIES.items():
        for city in names.split(", "):
            known = fold(city)
            short = known.removesuffix(" city")
            for name in {known, short, f"{short} city", f"city of {short}"}:
                if name not in _PROVINCES or name == "manila":
                    places[name] = (*places.get(name, ()), Place(city, province))
    for name, city in CITY_NAMES.items():
        places[name] = places[fold(city)]
    return MappingProxyType(places)


_CITIES = _cities()


@cache
def _towns() -> Mapping[str, tuple[Place, ...]]:
    """Every town by its name; many share theirs."""
    places: dict[str, tuple[Place, ...]] = {}
    for line in _TOWN_FILE.read_text(encoding="utf-8").splitlines():
        province, _, names = line.partition(": ")
        for town in names.split(", ") if not line.startswith("#") else ():
            place = Place(town.removesuffix("*"), province, is_shared=town.endswith("*"))
            places[fold(place.city)] = (*places.get(fold(place.city), ()), place)
    return MappingProxyType(places)


def city_of(text: str, province: str = "") -> Place | None:
    """The city or town that a text names: "Q.C.", "quezon cty", "Cebu"; None where it is none, or one of several.

    A name that is written as the register has it is never taken for another that is like it: Tanay is not Tanjay.

    Args:
        text: What was typed.
        province: The province, where it is known.
    """
    said = _bare(text)
    if said in CITY_NAMES and not province:
        return _CITIES[said][0]
    places = (*_CITIES.get(said, ()), *_towns().get(said, ()))
    if not places and (near := _nearest(said, _CITIES)):
        places = _CITIES[near]
    if province:
        places = tuple(place for place in places if place.province == province)
    return places[0] if len(set(places)) == 1 and (province or not places[0].is_shared) else None


def is_city(text: str, province: str = "") -> bool:
    """Whether a text is one city's name to the letter, in one of the ways in which it is written.

    A town counts only where its province is known: streets and barangays bear the names of towns everywhere.

    Args:
        text: What was typed.
        province: The province, where it is known.
    """
    said = fold(text)
    cities, towns = _CITIES.get(said, ()), _towns().get(said, ())
    if province:
        return len({place for place in (*cities, *towns) if place.province == province}) == 1
    return len(set(cities)) == 1 and (not towns or said in CITY_NAMES)


def is_province(text: str) -> bool:
    """Whether a text is a province's name to the letter, in one of the ways in which it is written.

    Args:
        text: What was typed.
    """
    return fold(text) in _PROVINCES


def is_nickname(text: str) -> bool:
    """Whether a text is what people call a city and nothing else, such as "cdo" or "gensan".

    Args:
        text: What was typed.
    """
    return fold(text) in CITY_NAMES


def province_of(text: str, covered: Iterable[str] = ()) -> str | None:
    """The province that a text names, with small typos; None where that is not sure.

    Args:
        text: What was typed.
        covered: Places that the shop's zones name, which count as provinces too.
    """
    said = _bare(text)
    names = {**{fold(name): name for name in covered}, **_PROVINCES}
    if said in names:
        return names[said]
    near = _nearest(said, names)
    return names[near] if near else None


def town_and_province(text: str) -> Place | None:
    """A town with its province behind it, such as "Sta. Maria Bulacan"; None where no province stands at the end.

    Args:
        text: What was typed, on one line.
    """
    words = text.split()
    for count in (3, 2, 1):
        if len(words) > count and (province := _PROVINCES.get(fold(" ".join(words[-count:])))):
            return Place(" ".join(words[:-count]).rstrip(","), province)
    return None


def provinces_like(text: str, covered: Iterable[str] = (), *, most: int = 5) -> tuple[str, ...]:
    """The provinces that a text may have meant, the likeliest first.

    Args:
        text: What was typed.
        covered: Places that the shop's zones name.
        most: How many.
    """
    names = {**{fold(name): name for name in covered}, **_PROVINCES}
    said = _bare(text)
    scored = process.extract(said, list(names), scorer=fuzz.WRatio, score_cutoff=_LIKELY, limit=most * 2)
    return tuple(dict.fromkeys(names[name] for name, _, _ in scored))[:most]


def _bare(text: str) -> str:
    """A text in `fold` letters, without what stands around a place: "dito sa" and "province po"."""
    said = _BEHIND.sub("", _BEFORE.sub("", fold(text)))
    said = said.replace(" cty", " city").replace(" ciy", " city")
    if said in _CITIES or said in _PROVINCES:
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

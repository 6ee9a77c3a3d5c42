"""The country's places as a table: every city and town with its barangays, found by any way of writing its name."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

import msgspec
from rapidfuzz import fuzz, process

from bot.language.country.packed import Known, Names
from bot.language.country.philippines import CITY_NAMES, PROVINCE_NAMES, REGIONS
from bot.language.fold import fold
from bot.language.lexicon import words_for

_FILE = Path(__file__).with_name("barangays.txt")
_NUMBERS = {
    "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10", "xi": "11",
    "xii": "12", "xiii": "13", "xiv": "14", "xv": "15",
    "uno": "1", "dos": "2", "tres": "3", "quatro": "4", "kwatro": "4", "cuatro": "4", "singko": "5", "cinco": "5",
    "1st": "1", "2nd": "2", "3rd": "3", "4th": "4",
}  # fmt: skip
_TWICE = re.compile(r"^([a-z]{3,})2x?$")  # such as "lapu2x", which is "lapu lapu"
_WHOLE = {
    "sta": "santa", "sto": "santo", "sn": "san", "gen": "general", "pob": "poblacion", "mt": "mount",
    "bry": "barangay", "cty": "city", "ciy": "city", "hts": "heights", "gov": "governor", "pres": "president",
    "proj": "project", "poblasyon": "poblacion", "nva": "nueva",
    "vill": "village", "capt": "captain", "occ": "occidental",
} | _NUMBERS | dict.fromkeys(words_for("address.barangay"), "barangay")  # fmt: skip
_INITIALS = re.compile(r"\b(?:[A-Z]\. ?){2,}")
"""Such as those of "B.F. Homes", which people write as "BF Homes"."""
_SIDES = frozenset(
    {"north", "south", "east", "west", "norte", "sur", "este", "oeste", "central", "centro", "proper", "upper", "lower"}
    | {"district", "barangay", "poblacion"}
)
"""Words that tell barangays of one name apart, and name none."""
_LIKE = 86  # of 100: a barangay's name with a typo, where its city is known
_reading = Lock()


class Town(msgspec.Struct, frozen=True, eq=False):
    """A city or a town.

    Attributes:
        city: As it is usually written, such as "Lipa City" or "Sariaya".
        province: As it is usually written, or "Metro Manila".
        barangays: The keys of its barangays' names.
        parts: The keys of other names that people use for parts of it, such as "cubao".
    """

    city: str
    province: str
    barangays: Names
    parts: frozenset[str]

    @property
    def is_city(self) -> bool:
        """Whether it is a city rather than a town."""
        return "City" in self.city or self.province == "Metro Manila"

    def is_called(self, name: str) -> bool:
        """Whether it is the one of a name, with its province or without.

        Args:
            name: Such as "Lipa City" or "San Fernando City, Pampanga".
        """
        return name in (self.city, f"{self.city}, {self.province}")

    def has(self, name: str) -> bool:
        """Whether a barangay or part of it is called so, to the letter.

        Args:
            name: A `key`.
        """
        return name in self.barangays or name in self.parts

    def has_within(self, name: str) -> bool:
        """Whether barangays of it are called so with a word more: "Signal Village" is three of them.

        Args:
            name: A `key`.
        """
        is_name = len(name) > 4 and not set(name.split()) <= _SIDES
        return is_name and self.barangays.has_within(name)

    def like(self, name: str) -> bool:
        """Whether a barangay of it is written nearly so.

        Args:
            name: A `key`.
        """
        if len(name) < 4:
            return False
        called = tuple(self.barangays)
        if process.extractOne(name, called, scorer=fuzz.ratio, score_cutoff=_LIKE):
            return True
        said = _sound(name)
        return any(_sound(barangay) == said for barangay in called if abs(len(barangay) - len(name)) < 4)


_SAME_SOUND = (
    ("qu", "k"),
    ("c", "k"),
    ("z", "s"),
    ("v", "b"),
    ("f", "p"),
    ("w", "u"),
    ("y", "i"),
    ("o", "u"),
    ("h", ""),
)


@lru_cache(maxsize=8192)
def _sound(name: str) -> str:
    """A name as it sounds in Filipino, its words in the order of the alphabet: "Marawoy" is "Marauoy"."""
    for written, said in _SAME_SOUND:
        name = name.replace(written, said)
    return " ".join(sorted(re.sub(r"(.)\1+", r"\1", name).split()))


@lru_cache(maxsize=2048)
def key(name: str) -> str:
    """A place's name as it is compared: `fold` letters, abbreviations written out, numerals as digits.

    Args:
        name: Such as "Sta. Rosa", "Pasong Camachile II" or "Wack-Wack".
    """
    words = [_TWICE.sub(r"\1 \1", word) for word in fold(name).split()]
    return " ".join(
        "1" if word == "i" and len(words) > 1 and at == len(words) - 1 else _WHOLE.get(word, word)
        for at, word in enumerate(words)
    )


def _keys(name: str) -> Iterator[str]:
    """Every key of a barangay's name: "Bgy. No. 42, Apaya" is "42 apaya", "apaya" and "42", too."""
    bare, _, inner = name.partition("(")
    for written in {
        bare,
        f"{bare} {inner}" if inner else bare,
        _INITIALS.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", bare),
    }:
        whole = key(written)
        yield whole
        short = re.sub(r"^(?:barangay )(?:no |number )?", "", whole)
        yield short
        yield whole.replace(" ", "")
        yield re.sub(r"^\d+(?: [a-z])? (?=[a-z]{2})", "", short)
        if short.startswith("poblacion "):
            yield short.removeprefix("poblacion ").strip()
        if short.endswith(" poblacion"):
            yield short.removesuffix(" poblacion").strip()
        if numbered := re.match(r"(?:poblacion |zone |district )?(\d+(?: [a-z])?)\b", short):
            yield numbered[1]


def towns() -> tuple[Town, ...]:
    """Every city and town of the country: the same ones for everybody, whoever asks first, in whatever thread."""
    with _reading:  # or two would read them, and a city be taken for two of one name
        return _read_towns()


@cache
def _read_towns() -> tuple[Town, ...]:
    made: list[Town] = []
    province = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "postal codes|")):
            continue
        if not line.startswith(" "):
            province = line
            continue
        city, parts, inner = line[1:].split("|")
        made.append(
            Town(
                city,
                province,
                Names(one for name in inner.split("; ") for one in _keys(name) if one),
                frozenset(key(name) for name in parts.split("; ") if name),
            )
        )
    key.cache_clear()  # nobody types most of them
    return tuple(made)


@cache
def postal_codes() -> frozenset[str]:
    """Every postal code."""
    last = _FILE.read_text(encoding="utf-8").rstrip().rpartition("\n")[2]
    return frozenset(last.partition("|")[2].split())


@cache
def towns_by_name() -> Mapping[str, tuple[Town, ...]]:
    """The cities and towns that bear a name, by every key of it: "lipa", "lipa city" and "city of lipa"."""
    named: dict[str, list[Town]] = {}
    for town in towns():
        short = key(town.city).removesuffix(" city")
        names = {
            short,
            f"{short} city",
            f"city of {short}",
            f"science city of {short}",
            f"lungsod ng {short}",
            f"municipality of {short}",
            f"bayan ng {short}",
        }
        if not town.is_city:
            names.discard(f"{short} city")
            names.discard(f"city of {short}")
        for name in names | {short.replace(" ", "")}:
            named.setdefault(name, []).append(town)
    for nickname, city in CITY_NAMES.items():
        short = key(nickname)
        meant = [town for town in towns() if town.is_called(city)]
        for name in {short, f"{short} city"} if all(town.is_city for town in meant) else {short}:
            bearing = named.setdefault(name.replace(" city city", " city"), [])
            bearing.extend(town for town in meant if town not in bearing)
    return {name: tuple(bearing) for name, bearing in named.items()}


@cache
def city_keys() -> tuple[str, ...]:
    """The names of cities. A town is taken by the letter only where no province is named: towns are called alike."""
    return tuple(name for name, named in towns_by_name().items() if any(town.is_city for town in named))


def is_barangay_often(name: str) -> bool:
    """Whether barangays of several cities and towns bear a name, so that it does not tell a town by itself.

    Args:
        name: A `key`.
    """
    return name in _names_borne_often()


@cache
def _names_borne_often() -> Known:
    bearing = Counter(name for town in towns() for name in town.barangays)
    return Known(name for name, times in bearing.items() if times > 1)


@cache
def _names_borne() -> Known:
    return Known(name for town in towns() for name in (*town.barangays, *town.parts))


def is_barangay(name: str) -> bool:
    """Whether a barangay of any city or town, or a part of it, is called so, to the letter.

    Args:
        name: A `key`.
    """
    return name in _names_borne()


@cache
def names_in(province: str) -> Mapping[str, Town]:
    """The cities and towns of a province by their keys, without "city".

    Args:
        province: As it is usually written.
    """
    return {key(town.city).removesuffix(" city"): town for town in towns() if town.province == province}


_PROVINCES: Mapping[str, str] = {
    **{key(name): name for names in REGIONS.values() for name in names.split(", ")},
    **{key(name): province for name, province in PROVINCE_NAMES.items()},
}


def province_keys() -> Mapping[str, str]:
    """Every province by the keys of the ways in which it is written."""
    return _PROVINCES


def province_like(name: str, least: int) -> str:
    """The province whose name is nearest to a key, empty where none is near enough.

    Args:
        name: A `key`.
        least: How near it must be, of 100.
    """
    near = process.extractOne(name, tuple(_PROVINCES), scorer=fuzz.ratio, score_cutoff=least)
    return _PROVINCES[near[0]] if near else ""


def province_named(name: str) -> str:
    """The province that a key names to the letter, empty where it names none.

    Args:
        name: A `key`.
    """
    return _PROVINCES.get(name, "")

"""Addresses made of the whole table of places, with slips, in other orders, beside landmarks: no wrong city unasked."""

import random
from collections.abc import Callable, Mapping

import pytest

from bot.language.addressing import parse
from bot.language.country.gazetteer import key, towns, towns_by_name

_MADE = 150
_RIGHT_LEAST = 0.95
STREETS = ("12 rizal st", "88 mabini ave", "blk 5 lot 9 camella homes", "unit 4 acacia bldg")
BESIDE = ("malapit sa simbahan", "tapat po ng palengke", "near 7-eleven", "duol sa merkado", "sa may tulay")
Made = Callable[[str, str, str, str, random.Random], str]


def slipped(word: str, chance: random.Random) -> str:
    """A word with one letter left out, doubled or swapped with the next."""
    if len(word) < 6:
        return word
    at = chance.randrange(1, len(word) - 2)
    ways = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return chance.choice(ways)


SHAPES: Mapping[str, Made] = {
    "without commas": lambda street, barangay, town, province, _: f"{street} brgy {barangay} {town} {province}",
    "the city first": lambda street, barangay, town, province, _: f"{town} {province} brgy {barangay} {street}",
    "the province first": lambda street, barangay, town, province, _: f"{province}, {town}, brgy {barangay}, {street}",
    "a slip in the city": lambda street, barangay, town, province, chance: (
        f"{street} brgy {barangay} {slipped(town, chance)} {province}"
    ),
    "a slip in the province": lambda street, barangay, town, province, chance: (
        f"{street}, brgy {barangay}, {town}, {slipped(province, chance)}"
    ),
    "beside something": lambda street, barangay, town, province, chance: (
        f"{street} {chance.choice(BESIDE)}, brgy {barangay}, {town} {province}"
    ),
    "carried": lambda street, barangay, town, province, _: (
        f"dito po sa {street} brgy {barangay} {town} {province} po".upper()
    ),
    "without the province": lambda street, barangay, town, _, __: f"{street}, brgy {barangay}, {town}",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_made_address_is_read_and_no_other_city_is_taken(shape: str) -> None:
    chance = random.Random(f"addresses {shape}")
    right = 0
    for town in chance.sample([town for town in towns() if town.province], _MADE):
        barangay = chance.choice(sorted(name for name in town.barangays if " " in name or len(name) > 4))
        called = key(town.city).removesuffix(" city")
        parsed = parse(SHAPES[shape](chance.choice(STREETS), barangay, called, town.province, chance))
        is_city = parsed.city == town.city and parsed.province in ("", town.province)
        may_be = (town.city, town.province) in parsed.doubts or len(towns_by_name()[called]) > 1
        assert is_city or not parsed.city or may_be, f"{town.city}, {town.province} is taken for {parsed}"
        right += (is_city or may_be) and key(parsed.barangay).replace(" ", "") == barangay.replace(" ", "")
    assert right >= _RIGHT_LEAST * _MADE

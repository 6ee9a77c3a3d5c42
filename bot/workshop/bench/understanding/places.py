"""Real barangays in addresses without commas: is the city right, and is a wrong one ever taken unasked?"""

import csv
import gzip
import random
from pathlib import Path

from bot.language.addressing import parse
from bot.language.country.gazetteer import key, towns
from bot.workshop.bench.understanding.row import Row, share

_SEED = 10
_DRAWN = 300


def measure(shared: Path) -> list[Row]:
    """The row of the barangays, drawn with a fixed seed.

    Args:
        shared: The folder whose `data/places/` is drawn from.
    """
    folder = shared / "data" / "places"
    with (folder / "psgc_2026-10-12_places.csv").open(encoding="utf-8", newline="") as file:
        names = {line["psgc"]: line for line in csv.DictReader(file)}
    with gzip.open(folder / "psgc_2026-10-12_barangays.csv.gz", "rt", encoding="utf-8", newline="") as file:
        barangays = list(csv.DictReader(file))
    bearing = {(_bare(town.city), key(town.province)): town for town in towns()}
    drawn: list[tuple[str, str, str, str]] = []
    for line in random.Random(_SEED).sample(barangays, len(barangays)):  # noqa: S311  (a sample, no secret)
        town = names.get(line["parent"])
        province = names.get(town["parent"]) if town else None
        if town and province and province["level"] == "province":
            known = bearing.get((_bare(town["name"]), key(province["name"])))
            if known:
                drawn.append(
                    (line["name"].partition(" (")[0], town["name"].partition(" (")[0], known.city, known.province)
                )
        if len(drawn) == _DRAWN:
            break
    right, unasked, misses = 0, 0, list[str]()
    for barangay, town_name, city, province_name in drawn:
        text = f"12 rizal st brgy {barangay} {town_name} {province_name}".lower()
        parsed = parse(text)
        is_city = (parsed.city, parsed.province) == (city, province_name)
        is_right = is_city and _named(parsed.barangay) == _named(barangay)
        right += is_right
        unasked += bool(parsed.city) and not is_city
        if not is_right:
            misses.append(
                f"{text!r}: {parsed.barangay or 'no barangay'}, {parsed.city or 'no city'}, {parsed.province}"
            )
    ours = f"{share(right, len(drawn)):.3f}; {unasked} wrong cities unasked".removeprefix("0")
    return [Row(what=f"barangays without commas ({len(drawn)})", ours=ours, aim=".93; 0", misses=misses)]


def _bare(name: str) -> str:
    """A city's name as it is compared, without "City of"."""
    return key(name.partition(" (")[0]).removeprefix("city of ").removesuffix(" city")


def _named(barangay: str) -> str:
    """A barangay's name as it is compared: "Barangay 4" is "4"."""
    return key(barangay).removeprefix("barangay ")

"""Shipping zones as merchants change them, and what they leave out; the bot reads them in `orders/shipping.py`."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache

import msgspec

from bot.language.country.gazetteer import towns
from bot.language.country.philippines import REGIONS
from bot.language.fold import fold
from repository.database.connection import Connection
from repository.orders.shipping import Zone, find_zone
from repository.settings.row import MustStay
from repository.settings.rows import Rows
from repository.staff.by import By
from repository.staff.versions import Noun


class ZoneBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a zone that a merchant decides.

    Attributes:
        zone_name: What shoppers read.
        zone_type: "metro", "provincial", "island" or "international".
        base_fee: What a parcel costs.
        per_kg_fee: What each kilogram costs on top.
        weight_steps: See `Zone.weight_steps`.
        free_shipping_threshold: For how much one must buy to have it sent free; 0 is never.
        estimated_days: Such as "2-3 days", or empty.
        covers: Provinces, cities, towns and regions in it; everything that no other zone names where there is none.
        display_order: Its place in the list; the lowest one has a place that two zones name.
        is_active: Whether the shop sends there.
    """

    zone_name: str
    zone_type: str = "provincial"
    base_fee: Decimal = Decimal(0)
    per_kg_fee: Decimal = Decimal(0)
    weight_steps: tuple[str, ...] = ()
    free_shipping_threshold: Decimal = Decimal(5000)
    estimated_days: str = ""
    covers: tuple[str, ...] = ()
    display_order: int = 0
    is_active: bool = True

    def zone(self, zone_id: int) -> Zone:
        """It as the bot knows it.

        Args:
            zone_id: `shipping_zones.id`; 0 while it has none.
        """
        return Zone(
            zone_id,
            self.zone_name,
            self.zone_type,
            self.base_fee,
            self.per_kg_fee,
            self.free_shipping_threshold or None,
            self.estimated_days,
            self.covers,
            self.weight_steps,
        )


class _Zones(Rows[ZoneBody]):
    async def delete(self, conn: Connection, *, subject_id: int, version: int, by: By) -> int:
        """See `Rows`.

        Raises:
            MustStay: An order goes there, or went.
        """
        await self._lock(conn)
        used = "SELECT id FROM orders WHERE shipping_zone_id = %(id)s LIMIT 1"
        if await conn.value(used, id=subject_id) is not None:
            raise MustStay(self.noun.kind)
        return await super().delete(conn, subject_id=subject_id, version=version, by=by)


ZONES = _Zones(
    Noun("zone", ZoneBody, audited="zone", called=lambda _, body: body.zone_name[:100], many="zones"),
    "shipping_zones",
    empty={"weight_steps": "'[]'", "free_shipping_threshold": "0", "estimated_days": "''", "covers": "'[]'"},
)


class ProvincePlaces(msgspec.Struct, frozen=True):
    """A province, as zones are drawn.

    Attributes:
        name: As it is usually written.
        towns: Its cities and towns.
    """

    name: str
    towns: tuple[str, ...]


class Gap(msgspec.Struct, frozen=True):
    """A province that no zone covers, or not all of it.

    Attributes:
        province: Which.
        region: The region that it lies in.
        without: Its cities and towns without a zone.
        of: How many it has.
    """

    province: str
    region: str
    without: tuple[str, ...]
    of: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is covered."""
        return len(self.without) == self.of


class Overlap(msgspec.Struct, frozen=True):
    """A place that more than one zone names.

    Attributes:
        place: As the first of them writes it; empty for zones that name none, of which there may be one only.
        zones: What they are called; the first one has it.
    """

    place: str
    zones: tuple[str, ...]


class Coverage(msgspec.Struct, frozen=True):
    """What the zones leave out, and what they name twice.

    Attributes:
        gaps: By province, in the order of the regions.
        overlaps: By place.
    """

    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]


@cache
def country() -> Mapping[str, tuple[ProvincePlaces, ...]]:
    """The country's cities and towns by region and province."""
    within: dict[str, list[str]] = {}
    for town in towns():
        within.setdefault(town.province, []).append(town.city)
    return {
        region: tuple(ProvincePlaces(name, tuple(sorted(within.get(name, ())))) for name in names.split(", "))
        for region, names in REGIONS.items()
    }


def town_cover(town: str, province: str) -> str:
    """How a zone names a town, so that no other one of that name is meant.

    Args:
        town: As it is usually written.
        province: Its province.
    """
    return f"{town} ({province})"


@cache
def known_covers() -> frozenset[str]:
    """Every way in which a zone can name a place of the country by being picked."""
    return frozenset(_covers())


def _covers() -> Iterator[str]:
    for region, provinces in country().items():
        yield region
        for province in provinces:
            yield province.name
            yield from (town_cover(town, province.name) for town in province.towns)


@lru_cache(maxsize=8)
def coverage(zones: tuple[Zone, ...]) -> Coverage:
    """What zones leave out, and what they name twice, by the very finder that checkout uses.

    Args:
        zones: Every zone that the shop sends to, in the merchant's order.
    """
    gaps = []
    for region, provinces in country().items():
        for province in provinces:
            without = tuple(
                town
                for town in province.towns
                if find_zone(zones, city=town, province=province.name, region=region) is None
            )
            if without:
                gaps.append(Gap(province.name, region, without, len(province.towns)))
    return Coverage(tuple(gaps), overlaps(zones))


def overlaps(zones: tuple[Zone, ...]) -> tuple[Overlap, ...]:
    """The places that more than one zone names.

    Args:
        zones: Every zone that the shop sends to, in the merchant's order.
    """
    named: dict[str, tuple[str, list[str]]] = {}
    for zone in zones:
        for cover in zone.covers or ("",):
            names = named.setdefault(fold(cover), (cover, []))[1]
            if zone.name not in names:
                names.append(zone.name)
    return tuple(Overlap(place, tuple(names)) for place, names in named.values() if len(names) > 1)

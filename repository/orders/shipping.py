"""Where the shop sends to, and what that costs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

import msgspec

from bot.language.fold import fold
from bot.language.places import Place
from repository.database.connection import Connection, Statement
from repository.database.errors import UnknownZone

CENT = Decimal("0.01")


class Zone(msgspec.Struct, frozen=True):
    """Where something can be sent at one price.

    Attributes:
        id: `shipping_zones.id`.
        name: What people call it.
        zone_type: "metro", "provincial", "island" or "international".
        base_fee: What a parcel costs.
        per_kg_fee: What each kilogram costs on top.
        free_from: For how much one must buy to have it sent free; None is never.
        estimated_days: Such as "2-3 days", or empty.
        covers: Provinces, cities and regions in it; the whole country where there is none. A town that shares its name
            with others is written with its province: "Rizal (Palawan)".
        weight_steps: What a parcel costs up to some weight, in place of the base fee: "3: 120" is 120 up to 3 kg. The
            lightest stands first.
    """

    id: int
    name: str
    zone_type: str
    base_fee: Decimal
    per_kg_fee: Decimal
    free_from: Decimal | None
    estimated_days: str
    covers: tuple[str, ...]
    weight_steps: tuple[str, ...] = ()


ZONE_COLUMNS = """id, zone_name, zone_type, base_fee, per_kg_fee, free_shipping_threshold,
    COALESCE(estimated_days, ''), COALESCE(covers, '[]'), COALESCE(weight_steps, '[]')"""


async def zones(conn: Connection) -> tuple[Zone, ...]:
    """Where the shop sends to, in the merchant's order.

    Args:
        conn: An open connection.
    """
    zones = await conn.all(
        Zone,
        f"SELECT {ZONE_COLUMNS} FROM shipping_zones WHERE is_active ORDER BY display_order, id",
    )
    return tuple(zones)


async def zone(conn: Connection, *, zone_id: int) -> Zone:
    """One zone to which the shop sends.

    Args:
        conn: An open connection.
        zone_id: `shipping_zones.id`.

    Raises:
        UnknownZone: There is none, or it is not served.
    """
    (rows,) = await conn.batch(zone_statement(zone_id))
    if not rows.rows:
        raise UnknownZone(f"zone {zone_id}")
    return conn.read(Zone, rows.rows[0])


def zone_statement(zone_id: int) -> Statement:
    """What reads a zone, to be sent together with something else.

    Args:
        zone_id: `shipping_zones.id`.
    """
    return Statement(
        f"SELECT {ZONE_COLUMNS} FROM shipping_zones WHERE id = %(zone_id)s AND is_active",
        {"zone_id": zone_id},
    )


class Found(msgspec.Struct, frozen=True):
    """The zone in which a place lies.

    Attributes:
        zone: The zone.
        by: What it names of the address: "town", "province", "city", "region", or "everywhere" where it names nothing.
        cover: What it names, as the merchant wrote it; empty for everywhere.
    """

    zone: Zone
    by: str
    cover: str


class _Index(msgspec.Struct, frozen=True):
    """Which zone names a place, by the place's letters; the zone that stands higher in the list where two do."""

    towns: Mapping[str, tuple[Zone, str]]
    named: Mapping[str, tuple[Zone, str]]
    plain: Mapping[str, tuple[Zone, str]]
    everywhere: Zone | None


def find_zone(zones: Iterable[Zone], *, city: str, province: str, region: str = "") -> Found | None:
    """The zone in which a place lies, and why: one that names its town with the province, else its province, its city,
    its region, or the one zone for all.

    The province comes before the city, for towns share their names: there is a San Juan in La Union and a Rizal in
    Palawan. Names are compared as they stand before "City" is left out, for Quezon City does not lie in Quezon.

    Args:
        zones: Every zone that the shop sends to.
        city: City or municipality.
        province: Province, or "Metro Manila".
        region: Region; that of the province where it is empty.
    """
    index = _index(tuple(zones))
    for same in (_named, _plain):
        if city and province and (found := index.towns.get(same(f"{city} {province}"))):
            return Found(found[0], "town", found[1])
    for same, known in ((_named, index.named), (_plain, index.plain)):
        for by, place in (("province", province), ("city", city)):
            found = known.get(same(place)) if place else None
            if found and not (by == "city" and province and Place("", found[1]).region):  # Rizal in Kalinga is no Rizal
                return Found(found[0], by, found[1])
    for place in (region, Place(city, province).region):
        if place and (found := index.plain.get(_plain(place))):
            return Found(found[0], "region", found[1])
    return Found(index.everywhere, "everywhere", "") if index.everywhere else None


def zone_of(zones: Sequence[Zone], *, city: str, province: str, region: str = "") -> Zone | None:
    """The zone in which a place lies, see `find_zone`; None where it lies in none.

    Args:
        zones: Every zone that the shop sends to.
        city: City or municipality.
        province: Province, or "Metro Manila".
        region: Region, may be empty.
    """
    found = find_zone(zones, city=city, province=province, region=region)
    return found.zone if found else None


@lru_cache(maxsize=8)
def _index(zones: tuple[Zone, ...]) -> _Index:
    covers = [(zone, cover) for zone in zones for cover in zone.covers]

    def by(same: Callable[[str], str], *, towns: bool) -> dict[str, tuple[Zone, str]]:
        found: dict[str, tuple[Zone, str]] = {}
        for zone, cover in covers:
            if towns is ("(" in cover) and (key := same(cover)):
                found.setdefault(key, (zone, cover))
        return found

    everywhere = [zone for zone in zones if not zone.covers]
    return _Index(
        by(_plain, towns=True) | by(_named, towns=True),
        by(_named, towns=False),
        by(_plain, towns=False),
        everywhere[0] if len(everywhere) == 1 else None,
    )


def fee(zone: Zone, *, subtotal: Decimal, weight_kg: Decimal) -> Decimal:
    """What sending costs (contract/rules.md, "shipping").

    Args:
        zone: Where it goes.
        subtotal: What the goods cost, before any discount.
        weight_kg: What they weigh.
    """
    if zone.free_from is not None and subtotal >= zone.free_from:
        return Decimal("0.00")
    base, over = zone.base_fee, weight_kg
    try:
        steps = steps_of(zone.weight_steps)
    except ValueError:
        steps = []  # written at a SQL prompt: better the base fee than a shopper who cannot order
    for kg, costs in steps:
        base, over = costs, max(weight_kg - kg, Decimal(0))
        if not over:
            break
    return (base + zone.per_kg_fee * over).quantize(CENT, ROUND_HALF_UP)


def steps_of(steps: Iterable[str]) -> list[tuple[Decimal, Decimal]]:
    """Kilograms and the fee up to them, the lightest first.

    A parcel that is heavier than the last step costs that fee, and the fee per kilogram for what it weighs more.

    Args:
        steps: As `Zone.weight_steps` has them.

    Raises:
        ValueError: One of them is none.
    """
    read = []
    for step in steps:
        kg, mark, costs = step.replace("kg", "").replace("\u20b1", "").partition(":")
        try:
            pair = Decimal(kg.strip()), Decimal(costs.strip()).quantize(CENT)
        except InvalidOperation:
            raise ValueError(step) from None
        if not (mark and 0 < pair[0] <= 10_000 and 0 <= pair[1] <= 1_000_000):
            raise ValueError(step)
        read.append(pair)
    return sorted(read)


def _named(place: str) -> str:
    """A place in `fold` letters without "province"."""
    return " ".join(word for word in fold(place).split() if word != "province")


def _plain(place: str) -> str:
    """A place as people mean it: also without "City of", "City" and "Municipality"."""
    return " ".join(word for word in _named(place).split() if word not in {"city", "of", "municipality"})

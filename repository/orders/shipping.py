"""Where the shop sends to, and what that costs."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from bot.language.fold import fold
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
        covers: Provinces, cities and regions in it; the whole country where there is none.
    """

    id: int
    name: str
    zone_type: str
    base_fee: Decimal
    per_kg_fee: Decimal
    free_from: Decimal | None
    estimated_days: str
    covers: tuple[str, ...]


ZONE_COLUMNS = """id, zone_name, zone_type, base_fee, per_kg_fee, free_shipping_threshold,
    COALESCE(estimated_days, ''), COALESCE(covers, '[]')"""


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


def zone_of(zones: Sequence[Zone], *, city: str, province: str, region: str = "") -> Zone | None:
    """The zone in which a place lies: one that names its province, else its city, its region, or the one zone for all.

    The province comes first, for towns share their names: there is a San Juan in La Union and a Rizal in Palawan.
    Names are compared as they stand before "City" is left out, for Quezon City does not lie in Quezon.

    Args:
        zones: Every zone that the shop sends to.
        city: City or municipality.
        province: Province, or "Metro Manila".
        region: Region, may be empty.
    """
    for same in (_named, _plain):
        for place in (same(province), same(city)):
            for zone in zones:
                if place and place in {same(covered) for covered in zone.covers}:
                    return zone
    for zone in zones:
        if region and _plain(region) in {_plain(covered) for covered in zone.covers}:
            return zone
    everywhere = [zone for zone in zones if not zone.covers]
    return everywhere[0] if len(everywhere) == 1 else None


def fee(zone: Zone, *, subtotal: Decimal, weight_kg: Decimal) -> Decimal:
    """What sending costs (contract/rules.md, "shipping").

    Args:
        zone: Where it goes.
        subtotal: What the goods cost, before any discount.
        weight_kg: What they weigh.
    """
    if zone.free_from is not None and subtotal >= zone.free_from:
        return Decimal("0.00")
    return (zone.base_fee + zone.per_kg_fee * weight_kg).quantize(CENT, ROUND_HALF_UP)


def _named(place: str) -> str:
    """A place in `fold` letters without "province"."""
    return " ".join(word for word in fold(place).split() if word != "province")


def _plain(place: str) -> str:
    """A place as people mean it: also without "City of", "City" and "Municipality"."""
    return " ".join(word for word in _named(place).split() if word not in {"city", "of", "municipality"})

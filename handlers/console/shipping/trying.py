"""Trying an address on the spot: the zone that checkout would find, what it would charge, and why."""

from decimal import Decimal
from typing import Annotated

import msgspec
from aiohttp import web

from dialogs.checkout.draft import with_address
from dialogs.states import Draft
from handlers.console.base.forms import Field, Form
from handlers.console.base.visit import Visit
from repository.orders import shipping
from repository.orders.shipping import Found, Zone, fee, find_zone

_WHY = {
    "town": "names the town itself, {cover}",
    "province": "names the province, {cover}",
    "city": "names the city, {cover}",
    "region": "names the region, {cover}",
    "everywhere": "names no place, so it is for everything that no other zone names",
}


class TryForm(msgspec.Struct, frozen=True, kw_only=True):
    """What is tried."""

    address: Annotated[
        str, Field(label="An address", most=300, placeholder="12 Mabini St, Brgy San Roque, Basco Batanes")
    ]
    amount: Annotated[Decimal, Field(label="Goods for", most=100_000_000)]
    weight: Annotated[Decimal, Field(label="Kilograms", most=10_000)]


class Fallen(msgspec.Struct, frozen=True):
    """Where an address falls.

    Attributes:
        city: The city that is read from it, or empty.
        province: Its province, or empty.
        zone: The zone; None where it lies in none.
        why: Why that one, behind its name.
        fee: What sending costs.
        before: What it would cost if nothing were sent free.
    """

    city: str
    province: str
    zone: Zone | None
    why: str
    fee: Decimal
    before: Decimal


_FORM = Form(TryForm)


async def show(visit: Visit) -> web.Response:
    """The page; with an address, what comes of it."""
    typed, filled = _FORM.asked({"weight": "1", "amount": "500", **visit.request.query})
    fallen = None
    if typed.address and not filled.is_wrong:
        async with visit.shop.database.connection() as conn:
            known = await shipping.zones(conn)
        fallen = falls(typed.address, known, subtotal=typed.amount, weight_kg=typed.weight)
    return await visit.page("trying.html", form=filled, fallen=fallen)


def falls(address: str, zones: tuple[Zone, ...], *, subtotal: Decimal, weight_kg: Decimal) -> Fallen:
    """Where an address falls, read and found as checkout does.

    Args:
        address: As a shopper types it.
        zones: Every zone that the shop sends to.
        subtotal: What the goods cost.
        weight_kg: What they weigh.
    """
    draft = with_address(Draft(), address)
    found: Found | None = find_zone(zones, city=draft.city, province=draft.province, region=draft.region)
    if found is None:
        return Fallen(draft.city, draft.province, None, "", Decimal(0), Decimal(0))
    charged = fee(found.zone, subtotal=subtotal, weight_kg=weight_kg)
    unfree = msgspec.structs.replace(found.zone, free_from=None)
    before = fee(unfree, subtotal=subtotal, weight_kg=weight_kg)
    why = _WHY[found.by].format(cover=found.cover)
    return Fallen(draft.city, draft.province, found.zone, why, charged, before)

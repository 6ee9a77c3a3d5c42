"""A zone in its form, with what a parcel into it costs beside it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated

import msgspec

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.preview import Sentence, Tried
from handlers.console.base.visit import Visit
from handlers.console.settings.rows import RowEditor, Shown, list_of
from replies.environment import money
from repository.database.connection import Connection
from repository.desk import zones
from repository.desk.zones import ZoneBody
from repository.orders import shipping
from repository.orders.shipping import Zone, fee, steps_of

HOME = "/shipping"
KINDS: Mapping[str, str] = {
    "metro": "Metro",
    "provincial": "Provincial",
    "island": "Island",
    "international": "Abroad",
}
_STEPS = "Such as “1: 85, 3: 120”: ₱85 up to 1 kg, ₱120 up to 3 kg. Empty if the fee is one for all weights."
_PLACE = "The lowest one stands first, and has a place that two zones name."
_MOST = 1_000_000


def _steps(typed: str) -> str:
    try:
        pairs = steps_of(part for part in typed.split(",") if part.strip())
    except ValueError as wrong:
        return f"“{str(wrong).strip()}” is no step. Please write the kilograms, a colon and the fee, such as 3: 120."
    return "" if len({kg for kg, _ in pairs}) == len(pairs) else "Two steps have the same weight."


class ZoneForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a zone."""

    zone_name: Annotated[str, Field(label="Name", needed="Please write what shoppers call it.", most=100)]
    zone_type: Annotated[str, Field(label="Kind", choices=KINDS)]
    base_fee: Annotated[Decimal, Field(label="Fee", needed="Please write what a parcel costs; 0 is free.", most=_MOST)]
    per_kg_fee: Annotated[Decimal, Field(label="Each kilogram more", help="On top of the fee.", most=_MOST)]
    weight_steps: Annotated[tuple[str, ...], Field(label="Fee by weight", help=_STEPS, check=_steps)]
    free_shipping_threshold: Annotated[
        Decimal, Field(label="Free from", help="For how much one must buy. 0 is never.", most=100_000_000)
    ]
    estimated_days: Annotated[str, Field(label="How long it takes", placeholder="2-3 days", most=50)]
    covers: Annotated[tuple[str, ...], Field(label="Places")]
    display_order: Annotated[int, Field(label="Place in the list", help=_PLACE, most=1000)]
    is_active: Annotated[bool, Field(label="Shoppers can order to it", in_history="State")]


_FORM = Form(ZoneForm)


class ZoneEditor(RowEditor[ZoneBody]):
    """The pages of a zone."""

    saved = "Saved. The next order is charged so."
    last = "Orders went there, so it stays in your books. Close it instead: switch “Shoppers can order to it” off."
    switched_on = "It is open. Shoppers can order to it."
    switched_off = "It is closed. Nobody can order to it; its orders stay as they are."

    def blank(self, visit: Visit) -> ZoneBody:  # noqa: ARG002  (what nouns may ask)
        return ZoneBody(zone_name="")

    def title(self, body: ZoneBody) -> str:
        return body.zone_name

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        """What a parcel costs, and what else is to be known of the zone."""
        typed = _FORM.typed(filled)
        currency = visit.shop.settings.shop_currency
        body = ZoneBody(**msgspec.structs.asdict(typed))
        zone = body.zone(int(visit.request.match_info.get("id", "0")[:18]))
        if filled.fields["weight_steps"].wrong:
            zone = msgspec.structs.replace(zone, weight_steps=())
        async with visit.shop.database.connection() as conn:
            others = [one for one in await shipping.zones(conn) if one.id != zone.id and one.name != zone.name]
        told = [Sentence(text) for text in costs(zone, lambda amount: money(amount, currency))]
        told.append(Sentence(reach(body.covers)))
        if not body.is_active:
            told.append(Sentence("It is closed: nobody can order to it.", is_new=True))
        for twice in zones.overlaps((zone, *others)) if body.is_active else ():
            if zone.name in twice.zones:
                rest = " and ".join(f"“{name}”" for name in twice.zones if name != zone.name)
                place = twice.place or "Everywhere else"
                told.append(Sentence(f"{place} is in {rest} too.", is_new=True))
        return Tried(messages=(), sentences=tuple(told))

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:  # noqa: ARG002  (what nouns show)
        return {"country": zones.country(), "town_cover": zones.town_cover, "known": zones.known_covers()}


def costs(zone: Zone, said: Callable[[Decimal], str]) -> list[str]:
    """What parcels into a zone cost, in sentences.

    Args:
        zone: The zone.
        said: How an amount is written.
    """
    weighed = [Decimal(1), Decimal(3), Decimal(10)]
    fees = [fee(zone, subtotal=Decimal(0), weight_kg=kg) for kg in weighed]
    free_always = zone.free_from is not None and zone.free_from <= 0
    if free_always or not any(fees):
        return ["Every parcel is sent free."]
    if len(set(fees)) == 1:
        told = [f"A parcel costs {said(fees[0])}, whatever it weighs."]
    else:
        told = [f"{kg} kg costs {said(one)}." for kg, one in zip(weighed, fees, strict=True)]
    if zone.free_from is not None:
        told.append(f"Free from {said(zone.free_from)}.")
    return told


def reach(covers: tuple[str, ...]) -> str:
    """What a zone covers, in a sentence.

    Args:
        covers: What it names.
    """
    if not covers:
        return "It names no place: it is for everything that no other zone names."
    if len(covers) <= 3:
        return f"It covers {', '.join(covers)}."
    return f"It covers {covers[0]}, {covers[1]} and {len(covers) - 2} more places."


ZONE = ZoneEditor(
    zones.ZONES,
    _FORM,
    template="zone.html",
    home=HOME,
    called="zone",
    edits="shipping.edit",
    views="shipping.view",
    deletes="shipping.edit",
)


def _tell(visit: Visit, body: ZoneBody) -> Shown:
    currency = visit.shop.settings.shop_currency
    words = " ".join((*costs(body.zone(0), lambda amount: money(amount, currency)), reach(body.covers)))
    tags = tuple(filter(None, (KINDS.get(body.zone_type, body.zone_type), body.estimated_days)))
    return Shown(body.zone_name, words, tags)


async def _facts(conn: Connection) -> Mapping[str, object]:
    known = await shipping.zones(conn)
    return {"coverage": zones.coverage(known), "open_zones": len(known)}


LIST = list_of(ZONE, _tell, template="zones.html", many="zones", facts=_facts)

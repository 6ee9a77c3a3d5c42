"""Zones: where an address falls, what is left out, and that shoppers pay what was just saved."""

import html
from decimal import Decimal

import msgspec
import pytest

from handlers.console.shipping.trying import falls
from repository.desk.zones import ZoneBody, coverage
from repository.orders.shipping import Zone, fee, find_zone
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.settings.test_rules import form_in
from tests.handlers.console.test_console import Visitor, nena, version_of
from tests.support.buying import COD, CONFIRM, puts_in_cart

__all__ = ["nena"]


def zone(number: int, *covers: str, steps: tuple[str, ...] = (), **terms: object) -> Zone:
    body = ZoneBody(zone_name=f"zone {number}", base_fee=Decimal(80), covers=covers, weight_steps=steps)
    return msgspec.structs.replace(body, **terms).zone(number)


VISAYAS, METRO_CEBU = zone(1, "Cebu", "Bohol"), zone(2, "Cebu City (Cebu)", "Mandaue City (Cebu)")
PALAWAN, MIMAROPA = zone(3, "Rizal (Palawan)"), zone(4, "MIMAROPA")
REST = zone(5)


@pytest.mark.parametrize(
    ("city", "province", "found"),
    [
        ("Cebu City", "Cebu", (2, "town")), ("Argao", "Cebu", (1, "province")), ("Rizal", "Palawan", (3, "town")),
        ("Rizal", "Nueva Ecija", (5, "everywhere")), ("Calapan City", "Oriental Mindoro", (4, "region")),
        ("Bohol", "Albay", (5, "everywhere")),
    ],
)  # fmt: skip
def test_the_narrowest_zone_has_a_place(city: str, province: str, found: tuple[int, str]) -> None:
    there = find_zone((VISAYAS, METRO_CEBU, PALAWAN, MIMAROPA, REST), city=city, province=province)
    assert there is not None
    assert (there.zone.id, there.by) == found


@pytest.mark.parametrize(
    ("kg", "costs"), [("0", "85.00"), ("1", "85.00"), ("1.001", "120.00"), ("3", "120.00"), ("4.5", "150.00")]
)
def test_a_fee_goes_in_steps_of_weight(kg: str, costs: str) -> None:
    stepped = zone(1, steps=("3: 120", "1: 85"), per_kg_fee=Decimal(20), free_shipping_threshold=Decimal(0))
    assert fee(stepped, subtotal=Decimal(9999), weight_kg=Decimal(kg)) == Decimal(costs)


def test_steps_that_cannot_be_read_leave_the_base_fee() -> None:
    assert fee(zone(1, steps=("heavy",)), subtotal=Decimal(1), weight_kg=Decimal(1)) == Decimal("80.00")


def test_what_no_zone_covers_is_told_by_province_and_what_two_name_by_place() -> None:
    found = coverage((VISAYAS, METRO_CEBU, zone(6, "Bohol")))
    assert "Batanes" in {gap.province for gap in found.gaps if gap.is_whole}
    assert {"Cebu", "Bohol"}.isdisjoint(gap.province for gap in found.gaps)
    assert [(one.place, one.zones) for one in found.overlaps] == [("Bohol", ("zone 1", "zone 6"))]
    part = coverage((METRO_CEBU,)).gaps
    assert next(gap.is_whole for gap in part if gap.province == "Cebu") is False
    assert coverage((REST,)).gaps == ()


def test_an_address_is_read_as_checkout_reads_it() -> None:
    tried = falls("12 Mabini St, Lahug, Cebu City", (VISAYAS, METRO_CEBU), subtotal=Decimal(6000), weight_kg=Decimal(1))
    assert tried.zone == METRO_CEBU
    assert [tried.fee, tried.before] == [Decimal(0), Decimal(80)]
    assert tried.why == "names the town itself, Cebu City (Cebu)"
    nowhere = falls("1 Rizal St, Basco, Batanes", (VISAYAS,), subtotal=Decimal(1), weight_kg=Decimal(1))
    assert (nowhere.province, nowhere.zone) == ("Batanes", None)


async def test_a_zone_is_drawn_tried_changed_by_two_and_closed(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.run("DELETE FROM shipping_zones")
    await nena.logs_in()
    assert 'href="/console/shipping"' in await nena.opens("/start")
    await nena.opens("/shipping/new")
    new = {"zone_name": "North", "zone_type": "island", "base_fee": "", "per_kg_fee": "0", "covers": "Batanes, Abra"}
    new |= {"weight_steps": "1 85", "free_shipping_threshold": "0", "is_active": "on"}
    await nena.sends("/shipping/new", **new)
    assert nena.status == 422
    shown = html.unescape(nena.page)
    assert "Please write what a parcel costs" in shown
    assert "“1 85” is no step." in shown
    assert 'value="North"' in shown
    assert 'value="Batanes" checked' in shown
    await nena.sends("/shipping/new", **(new | {"base_fee": "150", "weight_steps": "1: 185.50, 3: 220"}))
    where = nena.path.removeprefix("/console")
    await nena.opens("/shipping/try?address=Basco, Batanes&weight=1&amount=500")
    assert "₱185.50" in nena.page
    assert "names the province, Batanes" in nena.page
    await nena.opens("/shipping")
    assert "<b>Cebu</b>" in nena.page
    assert "<b>Batanes</b>" not in nena.page
    await nena.opens(where)
    old = form_in(nena.page) | {"covers": "Batanes"}
    await nena.sends(where, **(old | {"base_fee": "160"}))
    assert "The next order is charged so." in nena.page
    await nena.sends(where, **(old | {"base_fee": "170"}))
    assert nena.status == 409
    assert "Save over theirs" in nena.page
    await nena.opens(where)
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Ana Cruz", "0917 123 4567", "1 Abad St, San Antonio, Basco, Batanes", "skip")
    ana.hears("Shipping to Basco (North): ₱185.50")
    await ana.taps(COD)
    await ana.taps(CONFIRM)
    assert await shop.texts("SELECT CONCAT(shipping_fee, ' ', total_amount) FROM orders") == ["185.50 305.50"]
    await nena.sends(f"{where}/delete", version=version_of(nena.page))
    assert "Close it instead" in html.unescape(nena.page)
    await nena.opens(where)
    await nena.sends(f"{where}/switch", version=version_of(nena.page), to="off")
    assert "It is closed." in nena.page
    assert await shop.texts("SELECT action FROM console_audit WHERE action LIKE 'zone.%' ORDER BY id") == [
        "zone.created",
        "zone.changed",
        "zone.switched_off",
    ]

"""Addresses and the zones in which they lie."""

from decimal import Decimal

import pytest
from msgspec.structs import asdict, replace

from repository.chats import shoppers
from repository.database.connection import Database
from repository.database.errors import UnknownAddress, UnknownZone
from repository.orders import addresses, shipping
from repository.orders.shipping import Zone
from tests.support.keeper import HOME, Keeper


async def test_the_same_address_is_saved_once_and_the_newest_comes_first(keeper: Keeper, database: Database) -> None:
    ana, ben = await keeper.shopper(), await keeper.shopper("Ben")
    work = replace(HOME, address_line1="5 Ayala Ave", address_line2="", landmark="")
    async with database.transaction() as conn:
        first = await addresses.save(conn, shopper_id=ana, draft=HOME)
        second = await addresses.save(conn, shopper_id=ana, draft=work)
        assert [each.id for each in await addresses.addresses(conn, shopper_id=ana)] == [second.id, first.id]
        again = await addresses.save(conn, shopper_id=ana, draft=replace(HOME, city="MAKATI ", landmark="blue gate"))
        assert (again.id, again.landmark, again.is_default) == (first.id, "blue gate", True)
        both = await addresses.addresses(conn, shopper_id=ana)
        assert [(each.id, each.is_default) for each in both] == [(first.id, True), (second.id, False)]
        assert asdict(both[1]) == {**asdict(work), "id": second.id, "is_default": False}
        assert await addresses.addresses(conn, shopper_id=ben) == ()
        with pytest.raises(UnknownAddress):
            await addresses.address(conn, shopper_id=ben, address_id=first.id)
        assert (await addresses.address(conn, shopper_id=ana, address_id=first.id)).phone == "+639171234567"


async def test_an_endless_address_is_cut(keeper: Keeper, database: Database) -> None:
    ana = await keeper.shopper()
    async with database.transaction() as conn:
        saved = await addresses.save(conn, shopper_id=ana, draft=replace(HOME, address_line1="é" * 20_000))
    assert saved.address_line1 == "é" * 255


async def test_a_zone_is_found_by_province_then_by_city(keeper: Keeper, database: Database) -> None:
    await keeper.zone("Cebu")
    await keeper.run("UPDATE shipping_zones SET covers = JSON_ARRAY('Cebu', 'City of Lapu-Lapu'), display_order = 2")
    metro = await keeper.zone("Metro Manila")
    async with database.connection() as conn:
        everywhere = await shipping.zones(conn)
        assert [each.name for each in everywhere] == ["Metro Manila", "Cebu"]

        def name(city: str, province: str) -> str | None:
            found = shipping.zone_of(everywhere, city=city, province=province)
            return found.name if found else None

        assert name("Makati", "metro manila") == "Metro Manila"
        assert name("Lapu-Lapu City", "Somewhere") == "Cebu"
        assert name("Cebu City", "Cebu") == "Cebu"
        assert name("Davao", "Davao del Sur") is None
        assert name("", "") is None
        assert (await shipping.zone(conn, zone_id=metro)).estimated_days == "2-3 days"
        await keeper.run("UPDATE shipping_zones SET is_active = FALSE WHERE id = %(id)s", id=metro)
        with pytest.raises(UnknownZone):
            await shipping.zone(conn, zone_id=metro)


@pytest.mark.parametrize(
    ("subtotal", "weight", "fee"),
    [("100.00", "0", "80.00"), ("100.00", "1.275", "105.50"), ("4999.99", "10", "280.00"), ("5000.00", "10", "0.00")],
)
def test_what_sending_costs(subtotal: str, weight: str, fee: str) -> None:
    zone = Zone(1, "Metro", "metro", Decimal(80), Decimal(20), Decimal(5000), "", ())
    assert shipping.fee(zone, subtotal=Decimal(subtotal), weight_kg=Decimal(weight)) == Decimal(fee)


def test_some_zones_are_never_free() -> None:
    zone = Zone(1, "Palawan", "island", Decimal(250), Decimal("12.345"), None, "", ())
    assert shipping.fee(zone, subtotal=Decimal(10**6), weight_kg=Decimal(1)) == Decimal("262.35")


async def test_a_shopper_is_known_with_the_language_they_chose(keeper: Keeper, database: Database) -> None:
    ana = await keeper.shopper()
    async with database.transaction() as conn:
        await shoppers.set_language(conn, shopper_id=ana, language="fil")
    assert await keeper.look("SELECT CONCAT_WS('|', language, customer_tier) FROM users") == "fil|regular"

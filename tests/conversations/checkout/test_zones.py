"""What a parcel costs goes by the province that stands behind a town, and never by a city of the same name."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import puts_in_cart


@pytest.mark.parametrize(
    ("address", "shipping"),
    [
        ("12 Rizal St, Brgy Ayuti, Lucban, Quezon", "Shipping to Lucban (Luzon): ₱110.00"),
        ("12 Mabini St, Poblacion, San Juan, La Union", "Shipping to San Juan (Luzon): ₱110.00"),
        ("1 Main St, Poblacion, Rizal, Palawan", "Shipping to Rizal (Luzon islands): ₱150.00"),
        ("8 Kalayaan Ave, Brgy Malaya, Quezon City", "Shipping to Quezon City (Metro Manila): ₱80.00"),
    ],
)
async def test_a_town_pays_the_fee_of_its_province(shop: Shop, ana: Chat, address: str, shipping: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.run(
        "INSERT INTO shipping_zones (zone_name, zone_type, base_fee, covers) VALUES"
        " ('Luzon', 'provincial', 110, '[\"Quezon\", \"La Union\"]'), ('Luzon islands', 'island', 150, '[\"Palawan\"]')"
    )
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Ana Cruz", "0917 123 4567")
    await ana.says(address)
    await ana.says("skip")
    ana.hears(shipping)

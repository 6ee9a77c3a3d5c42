"""The zone that a place lies in."""

import pytest

from repository.orders.shipping import zone_of
from tests.dialogs.stock import ZONES


@pytest.mark.parametrize(
    ("city", "province", "zone"),
    [
        ("Makati", "Metro Manila", "Metro Manila"), ("Cebu City", "Cebu", "Visayas"),
        ("Carcar City", "Cebu", "Visayas"),
        ("Isabela City", "Basilan", "Mindanao"), ("Ilagan City", "Isabela", "Luzon"),
        ("Tayabas City", "Quezon", "Luzon"),
        ("Quezon City", "Metro Manila", "Metro Manila"), ("QUEZON CITY", "", "Metro Manila"),
        ("davao", "", "Mindanao"),
        ("Lucban", "Quezon", "Luzon"), ("Argao", "Cebu", "Visayas"), ("San Juan", "Quezon", "Luzon"),
        ("Manila", "Isabela", "Luzon"),
        ("Jurong", "Singapore", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_zones(city: str, province: str, zone: str) -> None:
    found = zone_of(ZONES, city=city, province=province, region="")
    assert (found.name if found else "") == zone

"""Two spellings of one door are one text, and a whole town is nobody's door."""

import pytest

from repository.orders.addresses import compared_address


@pytest.mark.parametrize(
    "line",
    ["12 Mabini St.", "12 mabini street", "No. 12 Mabini Str", "#12, MABINI ST", "12  Mabiní   st"],
)
def test_spellings_of_one_door_are_one_text(line: str) -> None:
    same = compared_address(line=line, barangay="Brgy. Poblacion", city="City of Makati")
    assert same == "12 mabini street, poblacion, makati"


@pytest.mark.parametrize(("line", "city"), [("", "Makati"), ("12 Mabini St", ""), ("...", "Makati"), ("12", "City of")])
def test_half_an_address_is_nobodys(line: str, city: str) -> None:
    assert compared_address(line=line, barangay="Poblacion", city=city) == ""


def test_other_doors_are_other_texts() -> None:
    assert compared_address(line="12 Mabini St", city="Makati") != compared_address(line="21 Mabini St", city="Makati")


def test_the_longest_address_fits_its_column() -> None:
    assert len(compared_address(line="Mabini " * 60, barangay="Poblacion" * 11, city="Makati " * 14)) <= 255

"""`quicksell places`: what an address is read as, and why."""

import msgspec
from click.testing import CliRunner

from bot.commands.places import places


def test_an_address_is_printed_for_scripts() -> None:
    done = CliRunner().invoke(places, ["--json", "purok 3 brgy san isidro, lipa city batangas near sm 4217"])
    assert done.exit_code == 0
    assert msgspec.json.decode(done.output) == {
        "line": "purok 3",
        "barangay": "san isidro",
        "city": "Lipa City",
        "province": "Batangas",
        "region": "CALABARZON",
        "postal_code": "4217",
        "landmark": "near sm",
        "doubts": [],
    }


def test_what_is_in_doubt_is_explained() -> None:
    done = CliRunner().invoke(places, ["12 Mabini St, Brgy San Isidro, Naga"])
    assert "Naga City, Camarines Sur; Naga, Zamboanga Sibugay" in done.output
    assert "a barangay of it is named" in done.output

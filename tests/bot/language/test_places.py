"""Places and addresses as people type them."""

import subprocess
import sys

import pytest

from bot.language.addressing import Parsed, bare_barangay, parse, postal_code_in
from bot.language.country.gazetteer import postal_codes, towns
from bot.language.country.philippines import CITY_NAMES, PROVINCE_NAMES, REGIONS
from bot.language.places import city_of, province_of, provinces_like, provinces_with
from tests.support.workers.rows import rows


@rows(
    ("text", "city", "province"),
    [
        ("QC", "Quezon City", "Metro Manila"), ("Q.C.", "Quezon City", "Metro Manila"), ("Cebu", "Cebu City", "Cebu"),
        ("quezon cty", "Quezon City", "Metro Manila"), ("Makati City", "Makati", "Metro Manila"),
        ("Marikna", "Marikina", "Metro Manila"), ("paranaque", "Parañaque", "Metro Manila"),
        ("City of Manila", "Manila", "Metro Manila"), ("CDO", "Cagayan de Oro City", "Misamis Oriental"),
        ("gensan", "General Santos City", "South Cotabato"), ("Lapu-lapu", "Lapu-Lapu City", "Cebu"),
        ("Isabela City", "Isabela City", "Basilan"), ("bacoor", "Bacoor City", "Cavite"),
    ],
)  # fmt: skip
def test_cities(text: str, city: str, province: str) -> None:
    place = city_of(text)
    assert place
    assert (place.city, place.province) == (city, province)
    assert place.region


@pytest.mark.parametrize(
    "text", ["San Fernando", "Naga", "Talisay", "San Jose", "Santa Maria", "xyz", "", "Cavite", "me"]
)
def test_a_city_that_could_be_several_or_none_is_not_guessed(text: str) -> None:
    assert city_of(text) is None


def test_a_city_of_several_is_told_apart_by_its_province() -> None:
    place = city_of("Naga", "Camarines Sur")
    assert place
    assert place.city == "Naga City"
    assert city_of("Makati", "Cebu") is None


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("cebu", "Cebu"), ("bulacn", "Bulacan"), ("NCR", "Metro Manila"), ("Cavte", "Cavite"),
        ("camsur", "Camarines Sur"),
        ("Quezon province", "Quezon"), ("lalawigan ng Rizal", "Rizal"), ("batanggas po", "Batangas"),
    ],
)  # fmt: skip
def test_provinces_with_typos(text: str, province: str) -> None:
    assert province_of(text) == province


def test_a_province_that_is_not_sure() -> None:
    assert province_of("Negros") is None
    assert provinces_like("Negros") == ("Negros Occidental", "Negros Oriental")
    assert provinces_like("zzzzz") == ()


@rows(
    ("text", "parsed"),
    [
        ("12 Mabini St, Brgy San Roque, Marikina City 1801",
         Parsed("12 Mabini St", "San Roque", "Marikina", "Metro Manila", "1801")),
        ("12 Mabini St\nBrgy. San Roque\nMarikina\n1801",
         Parsed("12 Mabini St", "San Roque", "Marikina", "Metro Manila", "1801")),
        ("12 Mabini St Brgy San Roque Marikina City", Parsed("12 Mabini St", "San Roque", "Marikina", "Metro Manila")),
        ("Blk 4 Lot 5 Sunrise Subd, Brgy Poblacion, Sta. Maria, Bulacan",
         Parsed("Blk 4 Lot 5 Sunrise Subd", "Poblacion", "Santa Maria", "Bulacan")),
        ("Unit 5, Tower 1, 32nd Street, BGC, Taguig",
         Parsed("Unit 5, Tower 1, 32nd Street", "BGC", "Taguig", "Metro Manila")),
        ("Purok 3, Barangay Tibungco, Davao City, Davao del Sur, Philippines",
         Parsed("Purok 3", "Tibungco", "Davao City", "Davao del Sur")),
        ("12 Mabini St, San Roque, Cebu", Parsed("12 Mabini St", "San Roque", "Cebu City", "Cebu")),
        ("Address: 12 Mabini St, City: QC", Parsed("12 Mabini St", "", "Quezon City", "Metro Manila")),
        ("12 Rizal", Parsed("12 Rizal")), ("1234 Taft Avenue", Parsed("1234 Taft Avenue")), ("", Parsed()),
        (",,,", Parsed()),
        ("Makati", Parsed("", "", "Makati", "Metro Manila")), ("Cavite", Parsed("", "", "", "Cavite")),
    ],
)  # fmt: skip
def test_addresses_in_one_message(text: str, parsed: Parsed) -> None:
    assert parse(text) == parsed


def test_barangays_and_postal_codes() -> None:
    assert bare_barangay("Brgy. San Roque") == "San Roque"
    assert bare_barangay("Barangay 123") == "123"
    assert bare_barangay("San Roque") == "San Roque"
    assert postal_code_in("beside the chapel, zip code 1801") == ("1801", "beside the chapel")
    assert postal_code_in("green gate #1234") == ("", "green gate #1234")
    assert postal_code_in("1801") == ("1801", "")


def test_the_list_of_places_is_whole() -> None:
    provinces = [name for names in REGIONS.values() for name in names.split(", ")]
    assert len(REGIONS) == 18
    assert len(set(provinces)) == len(provinces) == 83, "82 provinces and Metro Manila"
    assert {town.province for town in towns()} == set(provinces)
    assert set(PROVINCE_NAMES.values()) <= set(provinces)
    for city in CITY_NAMES.values():
        assert sum(town.is_called(city) for town in towns()) == 1, city
    # The register has 150 cities, Isabela City twice, and 1,493 towns, one of them in Metro Manila: Pateros
    assert len(towns()) == 149 + 1493
    assert sum(town.is_city for town in towns()) == 149 + 1
    assert len(postal_codes()) > 1700


@rows(
    ("text", "parsed"),
    [
        (
            "blk 4 lot 5 ph 2 Mabuhay subd brgy san roque cainta rizal near 7-11",
            Parsed("blk 4 lot 5 ph 2 Mabuhay subd", "san roque", "Cainta", "Rizal", landmark="near 7-11"),
        ),
        (
            "123 rizal st brgy 4 poblacion naga city cam sur",
            Parsed("123 rizal st", "4 poblacion", "Naga City", "Camarines Sur"),
        ),
        ("purok 5 brgy. tibagan san miguel bulacan", Parsed("purok 5", "tibagan", "San Miguel", "Bulacan")),
        ("12 rizal st brgy balubal sariaya quezon", Parsed("12 rizal st", "balubal", "Sariaya", "Quezon")),
        (
            "lot 3 blk 7 villa verde, brgy. buhay na tubig, imus, cavite near sm",
            Parsed("lot 3 blk 7 villa verde", "buhay na tubig", "Imus City", "Cavite", landmark="near sm"),
        ),
        ("P-3 Brgy Lapasan CDO", Parsed("P-3", "Lapasan", "Cagayan de Oro City", "Misamis Oriental")),
        ("brgy lahug cebu city, 88 gorordo ave", Parsed("88 gorordo ave", "lahug", "Cebu City", "Cebu")),
        ("Davao po, buhangin", Parsed("", "buhangin", "Davao City", "Davao del Sur")),
        ("TAYTAY RIZAL", Parsed("", "", "Taytay", "Rizal")),
        ("Mabini Batangas", Parsed("", "", "Mabini", "Batangas")),
        ("12 rizal st brgy tolosa malabyoc cebu", Parsed("12 rizal st", "tolosa", "Malabuyoc", "Cebu")),
        ("Brgy. 76-A Bucana Davao city", Parsed("", "76-A Bucana", "Davao City", "Davao del Sur")),
        (
            "Brgy San Vicente Sn Pedro Laguna 11 Rosal St",
            Parsed("11 Rosal St", "San Vicente", "San Pedro City", "Laguna"),
        ),
        (", Marikina, Metropolitan Manila", Parsed("", "", "Marikina", "Metro Manila")),
        (
            "45 Sampaguita St, Brgy Holy Spirit, Quezon City / COD po",
            Parsed("45 Sampaguita St", "Holy Spirit", "Quezon City", "Metro Manila"),
        ),
        (
            "gensan, brgy lagao, 10 aparente st",
            Parsed("10 aparente st", "lagao", "General Santos City", "South Cotabato"),
        ),
        ("15 quezon ave lucena", Parsed("15 quezon ave", "", "Lucena City", "Quezon")),
        ("1 Roxas Blvd Manila", Parsed("1 Roxas Blvd", "", "Manila", "Metro Manila")),
        ("dorm 4, UP Diliman QC", Parsed("dorm 4", "UP Diliman", "Quezon City", "Metro Manila")),
        (
            "12 Mabini St near 7-11, Brgy San Roque, Marikina",
            Parsed("12 Mabini St", "San Roque", "Marikina", "Metro Manila", landmark="near 7-11"),
        ),
        ("12 Mabini St, Brgy. Rizal", Parsed("12 Mabini St", "Rizal")),
        ("house 5 brgy quezon", Parsed("house 5", "quezon")),
        ("12 rizal", Parsed("12 rizal")),
        ("Unit 1 Rizal", Parsed("Unit 1 Rizal")),
        ("12 Cebu St", Parsed("12 Cebu St")),
    ],
)
def test_an_address_without_commas_and_with_its_landmark(text: str, parsed: Parsed) -> None:
    assert parse(text) == parsed


@pytest.mark.parametrize(
    ("text", "city", "province"),
    [
        ("12 Rizal St, Brgy Ayuti, Lucban, Quezon", "Lucban", "Quezon"),
        ("1 Main St, Poblacion, Argao, Cebu", "Argao", "Cebu"),
        ("2 Main St, Brgy Uno, Oton, Iloilo", "Oton", "Iloilo"),
        ("12 Mabini St, Poblacion, San Juan, La Union", "San Juan", "La Union"),
        ("Purok 1, Poblacion, Rizal, Palawan", "Rizal", "Palawan"),
        ("Purok 2, Poblacion, Quezon, Bukidnon", "Quezon", "Bukidnon"),
        ("12 Mabini St, Brgy San Isidro, Tanay", "Tanay", "Rizal"),
        ("88 Gorordo Ave, Lahug, Cebu", "Cebu City", "Cebu"),
        ("8 Kalayaan Ave, Brgy Malaya, Quezon City", "Quezon City", "Metro Manila"),
    ],
)
def test_a_town_lies_in_the_province_behind_it(text: str, city: str, province: str) -> None:
    parsed = parse(text)
    assert (parsed.city, parsed.province) == (city, province)


@pytest.mark.parametrize("name", ["San Roque", "Calamba", "Naga", "Rizal", "Mabuhay"])
def test_a_name_that_several_places_bear_is_asked_for_its_province(name: str) -> None:
    assert city_of(name) is None


def test_the_provinces_of_a_name_that_several_bear_are_known() -> None:
    assert set(provinces_with("San Juan")) == {
        "Abra", "Batangas", "Ilocos Sur", "La Union", "Metro Manila", "Siquijor", "Southern Leyte",
    }  # fmt: skip
    assert provinces_with("Atlantis") == ()


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("12 Mabini St, San Juan", 7),
        ("45 Main Rd, San Isidro, Naga", 2),
    ],
)
def test_what_is_in_doubt_is_said_and_not_decided(text: str, doubts: int) -> None:
    parsed = parse(text)
    assert len(parsed.doubts) == doubts
    assert parsed.province == ""


def test_towns_are_the_same_for_two_threads_that_ask_at_once() -> None:
    script = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from bot.language.country.gazetteer import towns, towns_by_name\n"
        "with ThreadPoolExecutor(4) as threads:\n"
        "    first, *others = threads.map(lambda _: (towns(), towns_by_name())[0], range(4))\n"
        "assert all(other is first for other in others)\n"
        "assert len(towns_by_name()['cebu']) == 1\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)

"""Stand-ins: nothing personal is left, the same is the same everywhere, and what is nobody's stays."""

import re

import pytest

from dialogs.reading.context import Context
from dialogs.reading.explaining import explain
from handlers.transcripts.personal.known import Known, place_words, shop_words
from handlers.transcripts.personal.names import FIRST, LAST
from handlers.transcripts.personal.standins import StandIns

PEOPLE = Known(
    names=("María Clara Peñaflor", "Rose Lim"),
    streets=("88-B Kalayaan Ave",),
    barangays=("Malusak", "12"),
    words=("katapat ng 7-Eleven",),
)


@pytest.fixture
def standins() -> StandIns:
    made = StandIns(goods=("Blue Mug", "Rose Soap"))
    made.know(PEOPLE)
    return made


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Salamat po, Clara!", "clara"),
        ("CLARA PENAFLOR / maria_clara23", "clara penaflor maria"),
        ("sa 88-b  kalayaan ave., brgy malusak", "kalayaan malusak"),
        ("sa Kalayaan Ave lang", "kalayaan"),
        ("Katapat ng 7-Eleven po", "eleven"),
        ("0917 555 0199, +63 (917) 555-0199, 63917.555.0199, 09175550199", "5550199 555 0199"),
        ("0 9 1 7 5 5 5 0 1 9 9", "5 5 5 0 1 9 9"),
        ("clara.p@mail.com.ph @clarap m.me/clarap https://fb.com/clarap?x=1", "clara clarap"),
        ("ref 1234 5678 90123, passport P1234567A, TIN 123-456-789-000", "5678 1234567 456"),
        ("I couldn't find “mug para kay Peña…”", "peña"),
    ],
)
def test_nothing_of_a_person_is_left(standins: StandIns, text: str, gone: str) -> None:
    said = standins.text(text)
    plain = said.lower() + re.sub(r"[\s.()+-]", "", said.lower())
    assert [word for word in gone.split() if word in plain and len(word) > 2] == [], said
    assert standins.text(text) == said


def test_the_same_is_the_same_in_any_spelling(standins: StandIns) -> None:
    first, last = standins.text("Clara Peñaflor").split()
    assert standins.text("CLARA penaflor") == f"{first.upper()} {last.lower()}"
    phones = {re.sub(r"\D", "", standins.text(text))[-10:] for text in ("0917 555 0199", "+639175550199")}
    assert len(phones) == 1
    assert phones.pop().startswith("917")


@pytest.mark.parametrize(
    "text",
    [
        "₱1,234.00 for 12 mugs, 3 days, WELCOME10, 5 Rizal St",
        "Where shall we deliver? Like: 12 Mabini St, Brgy San Roque, Marikina City",
        "Which number can the rider call? Like 0917 123 4567.",
        "ship to Marikina City, Metro Manila by 2026-12-24",
        "Magkano po ang Blue Mug? Salamat",
    ],
)
def test_what_is_nobodys_stays(standins: StandIns, text: str) -> None:
    standins.hear(text)
    if "5 Rizal" not in text:
        assert standins.text(text) == text


def test_a_name_that_is_a_word_too_is_a_name_where_somebody_is_spoken_to(standins: StandIns) -> None:
    assert "Rose" not in standins.text("Hi Rose! How are you?")
    assert standins.tree({"title": "Rose Soap", "payload": "open_product:7"}) == {
        "title": "Rose Soap",
        "payload": "open_product:7",
    }


@pytest.mark.parametrize(
    "text",
    [
        "ako po si liwayway Panlilio",
        "my name is Liwayway Panlilio",
        "Liwayway Panlilio",
        "para kay Liwayway po",
        "pakisabi kay manang na Panlilio ang apelyido ni Liwayway",
        "Receiver: Liwayway Panlilio",
        "Liwayway Panlilio po ang tatanggap",
    ],
)
def test_names_that_are_typed_are_known_by_how_they_stand(text: str) -> None:
    standins = StandIns()
    standins.hear(text)
    assert not re.search("liwayway|panlilio", standins.text(text), re.IGNORECASE), standins.text(text)


def test_ids_and_pictures_in_json_are_stand_ins_too(standins: StandIns) -> None:
    event = {
        "psid": "3722578946458403",
        "mid": "m_abc",
        "sent_at": "2026-11-29T14:44:28Z",
        "attachments": [{"url": "https://scontent.fbcdn.net/x.jpg?oh=1", "latitude": 14.55, "title": "Clara's place"}],
    }
    made = standins.tree(event)
    assert made == standins.tree(event)
    for word in ("3722578946458403", "m_abc", "fbcdn", "14.55", "Clara"):
        assert word not in str(made)
    assert "2026-11-29T14:44:28Z" in str(made)


@pytest.mark.parametrize("name", [*FIRST, *LAST])
def test_a_stand_in_is_nobodys_word(name: str) -> None:
    assert name.lower() not in shop_words() | place_words()
    for text in ("si {}", "{} po", "hi {}", "kay {} po ito"):
        meant, usual = (explain(text.format(each), Context()).decision for each in (name, "Tessie"))
        assert (meant.row, meant.kind) == (usual.row, usual.kind), f"{text.format(name)!r} is read as something else"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("0 9 1 8 7 6 5 4 3 2 1 po", "0 9 1 7 0 0 0 0 0 0 1 po"),
        ("o918 765 4321", "0917 000 0001"),
        ("zero nine one eight seven six five four three two one", "0917 000 0001"),
        ("IMG_09187654321.jpg", "IMG_09170000001.jpg"),
        ("ref no. 1234 567 890123", "ref no. 7777 777 777771"),
        ("24 Mabini", "1 Sampaguita St"),
        ("blk 5 lot 12", "unit 1 unit 2"),
        ("2 Red Rice", "2 Red Rice"),
        ("1 po, two mugs, tatlo", "1 po, two mugs, tatlo"),
    ],
)
def test_what_is_personal_is_known_in_each_of_its_shapes(typed: str, shown: str) -> None:
    standins = StandIns(["Organic Red Rice 2 kg"])
    standins.hear(typed)
    assert standins.text(typed) == shown


def test_a_number_is_one_stand_in_however_it_is_written() -> None:
    standins = StandIns()
    said = (
        "0918 765 4321",
        "+63 918-765-4321",
        "o9187654321",
        "sero nine uno otso siyete sais five four three two one",
    )
    shown = [standins.text(text) for text in said]
    assert shown == ["0917 000 0001", "+63 917-000-0001", "09170000001", "0917 000 0001"]


@pytest.mark.parametrize(
    ("known", "typed", "gone"),
    [
        ("Juan Dela Cruz", "juan po ito|jaun dela cruz po|Hi Jhuan|juan2x|juan♥ cruz", "juan jaun jhuan cruz"),
        ("Maria Lourdes Abad", "ma. lourdes|malou abad|ako po si malou", "lourdes malou abad"),
        ("Princess Joy", "joy po|si joy po ito|Princess Joy", "princess joy"),
        ("", "padala po kay Tita Baby|kay tita baby po", "baby"),
        ("", "order ni kuya boyet|c/o Ate Nene|pick up ni mang kanor|kay lola consuelo", "boyet nene kanor consuelo"),
        ("", "Si Bb. Pilar at G. Tomas ang tatanggap|attn Engr. Rodel Magsino", "pilar tomas rodel magsino"),
        (
            "",
            "Name: rosa mystica santos|receiver po: analiza bautista / 0920 111 2222",
            "rosa mystica analiza bautista",
        ),
        ("", "GARCIA, PEDRO P.|pedro po", "garcia pedro"),
        ("", "my wife Christine|my name is jose rizal|thanks! -Analyn", "christine jose analyn"),
        ("", "juan dot cruz at gmail dot com|juancruz @ yahoo . com", "juan cruz juancruz"),
        ("", "plate no ABC 1234|plate number: 123 XYZ", "1234 xyz"),
        ("", "maps.google.com/?q=14.5547,121.0244|pin: 14.554712,121.024445", "5547 554712 024445"),
        ("", "blk 5 lot 12 phase 2 greenwoods|77 kalaw st malate", "greenwoods kalaw"),
        ("", "born 5 march 1990|bday 03/05/1991|March 5, 1992", "march 05 1991 1992"),
        ("", "mpin ko 1234|otp 482913|wifi pass: hunter2024|PRC 0123456", "1234 482913 hunter2024 0123456"),
    ],
)
def test_what_is_told_in_passing_is_known_by_how_it_is_told(known: str, typed: str, gone: str) -> None:
    standins = StandIns(["Blue Mug"])
    standins.know(Known(names=(known,)))
    for text in typed.split("|"):
        standins.hear(text)
    said = [standins.text(text) for text in typed.split("|")]
    left = set(re.findall(r"[^\W\d_]+|\d+", " ".join(said).lower())) & set(gone.split())
    assert not left, said


def test_a_name_and_a_door_are_the_same_however_they_are_typed() -> None:
    standins = StandIns()
    standins.know(Known(names=("Juan Cruz",), streets=("24 Kalaw St",)))
    for text in ("jaun po", "24 kalaw"):
        standins.hear(text)
    assert standins.text("Juan, jaun, JUAN") == "Alon, alon, ALON"
    assert (
        standins.text("24 Kalaw St / 24 kalaw / 24 Kalaw Street")
        == "1 Sampaguita St / 1 sampaguita / 1 Sampaguita Street"
    )
    assert standins.text("San Juan, Sta. Rosa, Gen. Santos") == "San Juan, Sta. Rosa, Gen. Santos"


@pytest.mark.parametrize(
    "text",
    [
        "kuya magkano po|ate pa add po|sir pwede cod|boss available pa|ask ko lang ate",
        "May discount ba pag Senior?|Happy Fiesta po|sabi ng kuya rider wala daw",
        "LBC branch Dagupan|San Juan City|order 1234567.50|500 1000",
    ],
)
def test_what_is_said_to_somebody_is_no_name(text: str) -> None:
    standins = StandIns()
    for each in text.split("|"):
        standins.hear(each)
    assert [standins.text(each) for each in text.split("|")] == text.split("|")

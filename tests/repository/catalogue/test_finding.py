"""The search in memory: what is found, however it is typed."""

import pytest

from bot.language.nearness import nearness
from repository.catalogue.finding.index import Index
from repository.catalogue.finding.sold import Sold

NAMES = (
    "Blue enamel mug",
    "Mug rack with six hooks for the kitchen wall",
    "Coffee beans 250g",
    "Wireless mouse",
    "Mechanical keyboard",
    "Piña table runner",
    "Home theater outlet",
    "Women's watch",
    "Mug with lid",
    "Rice wine vinegar 500 ml",
    "Soy sauce 350ml",
    "Insignia™ vehicle charger",
    "Notebook cooler",
    "Note card and book cover, cooler blue",
    "Basketball, star size",
    "Semi gloss star paint",
    "Stainless thermos",
)
INDEX = Index(Sold(number, name, "Sari", "Shop", f"NO-{number}", "") for number, name in enumerate(NAMES))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mug", "Blue enamel mug"),
        ("mugs", "Blue enamel mug"),
        ("may blue mug po ba kayo?", "Blue enamel mug"),
        ("wireles mouse", "Wireless mouse"),
        ("keybaord", "Mechanical keyboard"),
        ("key board", "Mechanical keyboard"),
        ("mechanicel kyboard", "Mechanical keyboard"),
        ("hometheater outlet", "Home theater outlet"),
        ("women s wach", "Women's watch"),
        ("mug with", "Mug with lid"),
        ("PIÑA", "Piña table runner"),
        ("vinegar 500ml", "Rice wine vinegar 500 ml"),
        ("500 ml vinegar", "Rice wine vinegar 500 ml"),
        ("sauce 350 ml", "Soy sauce 350ml"),
        ("insignia charger", "Insignia™ vehicle charger"),
        ("insigniatm charger", "Insignia™ vehicle charger"),
        ("note book cooler", "Notebook cooler"),
        ("smi gloss", "Semi gloss star paint"),
        ("therm", "Stainless thermos"),
        ("stainliss", "Stainless thermos"),
        ("mechonicel", "Mechanical keyboard"),
    ],
)
def test_the_likeliest_comes_first(text: str, first: str) -> None:
    assert [NAMES[number] for number in INDEX.find(text).ids][:1] == [first]


def test_a_known_word_may_still_be_a_slip_where_nothing_has_all_the_words() -> None:
    index = Index(Sold(number, name, "", "", "", "") for number, name in enumerate(("Blue kart", "Red kat", "Kat bed")))
    assert index.find("blue kat").ids == [0]
    assert set(index.find("kat").ids) >= {1, 2}


def test_a_model_that_is_there_is_no_slip_of_another() -> None:
    names = ("Headset WH1001", "Wireless noise cancelling headset with microphone and case, WH1000")
    index = Index(Sold(number, name, "", "", "", "") for number, name in enumerate(names))
    assert index.find("wh1000").ids == [1]
    assert set(index.find("wh100").ids) == {0, 1}


def test_words_that_stand_together_come_first() -> None:
    names = ("Cover for book and note", "Long black note book cover")
    index = Index(Sold(number, name, "", "", "", "") for number, name in enumerate(names))
    assert index.find("note book").ids == [1, 0]


def test_what_changes_is_found_as_it_is_now() -> None:
    index = Index(Sold(number, name, "", "", "", "") for number, name in enumerate(("Blue mug", "Red mug")))
    index.put(Sold(0, "Blue tumblers", "", "", "", ""))
    index.put(Sold(2, "Thermos mug", "Sari", "", "", "Keeps warm"))
    assert index.find("mug").ids == [1, 2]
    assert index.find("tumbler").ids == index.find("tumblrs").ids == index.find("tumb").ids == [0]
    assert index.find("thermus").ids == index.find("sari").ids == [2]
    index.forget(2)
    index.forget(7)
    assert index.find("thermos").ids == []
    assert index.find("thermos mug").ids == [1], "most of what is left, not of what is gone"
    assert (len(index), index.changed) == (2, 2)


@pytest.mark.parametrize("text", ["", "???", "refrigerator", "red sofa bed", "po ba", "%", "\\", "x" * 20_000])
def test_nothing_is_found_for_what_the_shop_has_not(text: str) -> None:
    assert INDEX.find(text).ids == []


def test_slips_of_a_finger_and_of_the_ear_are_nearer_than_others() -> None:
    assert nearness("msue", "muse") > nearness("mzse", "muse"), "two letters swapped"
    assert nearness("shelp", "shelf") > nearness("shelq", "shelf"), "p for f"
    assert nearness("moude", "mouse") > nearness("moupe", "mouse"), "d lies beside s"
    assert nearness("table", "mouse") == 0

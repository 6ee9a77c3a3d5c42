"""The search in memory: what is found, however it is typed."""

import pytest

from bot.language.nearness import nearness
from repository.catalogue.finding import Index
from repository.catalogue.search import Unread

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
)
INDEX = Index(Unread(number, name, "Sari", "Shop", f"NO-{number}", "") for number, name in enumerate(NAMES))


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
    ],
)
def test_the_likeliest_comes_first(text: str, first: str) -> None:
    assert [NAMES[number] for number in INDEX.find(text)][:1] == [first]


@pytest.mark.parametrize("text", ["", "???", "refrigerator", "red sofa bed", "po ba", "%", "\\", "x" * 20_000])
def test_nothing_is_found_for_what_the_shop_has_not(text: str) -> None:
    assert INDEX.find(text) == []


def test_slips_of_a_finger_and_of_the_ear_are_nearer_than_others() -> None:
    assert nearness("msue", "muse") > nearness("mzse", "muse"), "two letters swapped"
    assert nearness("shelp", "shelf") > nearness("shelq", "shelf"), "p for f"
    assert nearness("moude", "mouse") > nearness("moupe", "mouse"), "d lies beside s"
    assert nearness("table", "mouse") == 0

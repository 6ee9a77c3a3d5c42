"""What a text says of what is shown: how many, which, whether it takes or asks, and the words that are left."""

import pytest

from bot.language.buying.pointing import LAST, pointed
from tests.support.workers.rows import rows


@rows(
    ("text", "quantity", "rest"),
    [
        ("isa po nito", 1, ""), ("ito po 2", 2, ""), ("2 po nito", 2, ""), ("One please", 1, ""), ("2 navy", 2, "navy"),
        ("Yes, I would like to order one of those, thank you.", 1, ""), ("2 red L", 2, "red l"), ("mine po", None, ""),
        ("mine 2 red L", 2, "red l"), ("mine po tshirt black L 2pcs", 2, "tshirt black l"), ("teal po", None, "teal"),
        ("pa reserve po ng tsinelas size 8", None, "tsinelas 8"), ("add 5 kettles", 5, "kettles"),
        ("two bath towels in teal please", 2, "bath towels teal"), ("daster medium 2pcs", 2, "daster medium"),
        ("size 38 sandals", None, "38 sandals"), ("isang dosena po", 12, ""),
        ("tumbler 600 ml", None, "tumbler 600 ml"),
        ("dalawa nga po nung huli", 2, ""), ("kunin ko po to", None, ""), ("this one?", None, ""),
    ],
)  # fmt: skip
def test_pieces_and_the_words_that_are_left(text: str, quantity: int | None, rest: str) -> None:
    told = pointed(text)
    assert told
    assert (told.quantity, told.said) == (quantity, rest)


@pytest.mark.parametrize(
    ("text", "place"),
    [("yung una", 1), ("the second one please", 2), ("number 2 po", 2), ("yung pangatlo po", 3), ("nung huli", LAST),
     ("the last one", LAST), ("last price po", 0), ("first name", 0), ("mug", 0)],
)  # fmt: skip
def test_a_place_in_a_list(text: str, place: int) -> None:
    told = pointed(text)
    assert told
    assert told.place == place


def test_taking_claiming_asking_pointing() -> None:
    for text, flags in {
        "mine po": "takes claims", "kunin ko po to": "points takes", "hm po ito?": "points asks", "mug": "",
        "may blue?": "asks", "isa po nito": "points", "pabili 2": "takes", "pa reserve po": "takes claims",
    }.items():  # fmt: skip
        told = pointed(text)
        assert told
        assert " ".join(flag for flag in ("points", "takes", "claims", "asks") if getattr(told, flag)) == flags
    assert pointed("word " * 30) is None
    assert pointed("") is None

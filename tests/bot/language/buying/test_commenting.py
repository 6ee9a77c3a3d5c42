"""Comments below posts: what each asks for, and which ask for nothing."""

import pytest

from bot.language.buying.commenting import CommentRead, Picked, code_key, read_comment
from tests.support.workers.rows import rows

CODES = {"a12", "a13", "b2", "7", "mug"}


def read(text: str) -> CommentRead:
    return read_comment(text, CODES)


@rows(
    ("text", "rest"),
    [
        ("mine", ""), ("MINE PO!!", "po"), ("mine 2 red L", "2 red l"), ("sold", ""), ("Sold po", "po"),
        ("steal", ""), ("grab 2", "2"), ("akin yan", "yan"), ("pa reserve po 1", "po 1"), ("pabili isa", "isa"),
        ("+1", "1"), ("2", "2"), ("2 pcs po", "2 pcs po"), ("order ako ng black", "ako ng black"), ("mine hm", ""),
        ("ℳine".replace("ℳ", "m"), ""), ("ｍｉｎｅ", ""), ("paadd 3 blue", "3 blue"), ("mine kettle", "kettle"),
    ],
)  # fmt: skip
def test_a_claim_without_a_code(text: str, rest: str) -> None:
    assert read(text) == CommentRead(claims=True, rest=rest)


@rows(
    ("text", "picks"),
    [
        ("A12", [("a12", None)]), ("a12 mine", [("a12", None)]), ("mine a12 po", [("a12", None)]),
        ("#A-12!", [("a12", None)]), ("a 12", [("a12", None)]), ("minea12", [("a12", None)]),
        ("A12mine", [("a12", None)]), ("A12x2", [("a12", 2)]), ("A12 x2", [("a12", 2)]), ("A12 x 2", [("a12", 2)]),
        ("A12 X3 po", [("a12", 3)]), ("2x A12", [("a12", 2)]), ("2 x A12", [("a12", 2)]), ("2xA12", [("a12", 2)]),
        ("A12×4", [("a12", 4)]), ("a12*2", [("a12", 2)]), ("A12 2pcs", [("a12", 2)]), ("A12 2 pcs", [("a12", 2)]),
        ("3pcs a12", [("a12", 3)]), ("A12, A13 x2", [("a12", None), ("a13", 2)]), ("sold A12", [("a12", None)]),
        ("7", [("7", None)]), ("mine 7 x2", [("7", 2)]), ("MUG", [("mug", None)]), ("a12 a12", [("a12", None)]),
        ("Ａ１２", [("a12", None)]), ("A12 for my sister ❤", [("a12", None)]), ("get ko a12", [("a12", None)]),
    ],
)  # fmt: skip
def test_a_claim_by_its_code(text: str, picks: list[tuple[str, int | None]]) -> None:
    found = read(text)
    assert found.claims
    assert [(pick.code, pick.quantity) for pick in found.picks] == picks


@pytest.mark.parametrize(
    ("text", "picks"),
    [
        ("a12 red l, b2 blue", (Picked("a12", None, "red l"), Picked("b2", None, "blue"))),
        ("red a12 blue b2", (Picked("a12", None, "blue"), Picked("b2", None, ""))),
        ("red A12, blue B2 x2", (Picked("a12", None, "blue"), Picked("b2", 2, ""))),
    ],
)
def test_words_belong_to_the_code_before_them(text: str, picks: tuple[Picked, ...]) -> None:
    assert read(text).picks == picks


@rows(
    "text",
    [
        "hm", "hm po?", "how much", "Magkano po ito", "magkano A12", "A12 hm", "available pa po?", "may stock pa",
        "pm po", "interested", "interested po how to order", "how to order A12?", "cod po?", "sold out na?", "sold na?",
        "ubos na po ba", "A12 available?", "what sizes", "pila ni", "price?",
    ],
)  # fmt: skip
def test_a_question_is_answered_and_holds_nothing(text: str) -> None:
    found = read(text)
    assert (found.claims, found.asks) == (False, True)


@rows(
    "text",
    [
        "", "😍😍", "ang ganda!", "wow nice", "@Ana Cruz tingnan mo", "sana all", "mine sana kung may pera",
        "wag na po A12", "not mine", "good evening po", "hello from Cebu", "happy birthday!", "location nyo po",
        "I will get one for my mother next year maybe when the children are back from school in June",
    ],
)  # fmt: skip
def test_what_is_no_wish(text: str) -> None:
    found = read(text)
    assert (found.claims, found.asks) == (False, False)


def test_codes_are_compared_by_their_letters_and_digits() -> None:
    assert {code_key(code) for code in ("A-12", "a 12", "A.12", "#a12", "Ａ１２")} == {"a12"}
    assert code_key("!!") == ""


def test_a_comment_of_any_size_is_read() -> None:
    assert read("mine " * 5000).claims is False
    assert read("a12 " * 500).picks == (Picked("a12"),)


@pytest.mark.parametrize(
    "text", ["a1 pa po", "isa pa po a1", "a1 2 pa", "2 more a1", "dagdag 1 a1 po", "another A1 please"]
)
def test_so_many_on_top_of_what_was_claimed(text: str) -> None:
    read = read_comment(text, {"a1"})
    assert read.claims
    assert read.more


@pytest.mark.parametrize(
    "text", ["pa a1 po", "pa mine a1", "a1 pa order po", "a1 pa-mine", "a1 x2", "meron pa a1?", "mine a1", "a1"]
)
def test_pa_that_asks_for_something_wants_no_more(text: str) -> None:
    assert not read_comment(text, {"a1"}).more


@pytest.mark.parametrize(
    ("text", "drops", "picks"),
    [
        ("cancel mine", True, []), ("Cancel po A12", True, ["a12"]), ("mine a12 cancel po", True, ["a12"]),
        ("hindi na po pala", True, []), ("pa cancel ng a12 at a13", True, ["a12", "a13"]), ("ayaw ko na", True, []),
        ("pwede pa po ba i cancel?", False, []), ("sana all", False, []), ("next time na lang", False, []),
        ("mine a12", False, ["a12"]), ("cancel na po ba ang a12?", False, ["a12"]),
    ],
)  # fmt: skip
def test_what_gives_back_a_claim(text: str, drops: bool, picks: list[str]) -> None:
    heard = read(text)
    assert (heard.drops, [one.code for one in heard.picks]) == (drops, picks)
    assert not (heard.drops and (heard.claims or heard.asks))

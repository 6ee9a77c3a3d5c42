"""Stars are read however they are typed, and a number of things is no rating of one."""

import pytest

from bot.language.afterwards.rating import praises, stars_in, surely_rates
from tests.support.workers.rows import rows


@rows(
    ("text", "stars"),
    [
        ("⭐⭐⭐⭐⭐ ang ganda", (5, "ang ganda")), ("5", (5, "")), ("5.", (5, "")), ("3 stars", (3, "")),
        ("⭐ 4", (4, "")),
        ("⭐⭐⭐⭐⭐⭐⭐", (5, "")), ("4/5 ok lang", (4, "ok lang")), ("4 out of 5", (4, "")),
        ("5 great!", (5, "great!")),
        ("2 mugs", (0, "")), ("6", (0, "")), ("0", (0, "")), ("5 kg rice", (0, "")), ("15 stars", (0, "")),
        ("mug", (0, "")),
    ],
)  # fmt: skip
def test_how_many_stars(text: str, stars: tuple[int, str]) -> None:
    assert stars_in(text) == stars


@pytest.mark.parametrize(
    "text", ["ang ganda po", "sulit!", "good quality", "very nice, fast delivery", "maganda at matibay"]
)
def test_praise(text: str) -> None:
    assert praises(text)


@pytest.mark.parametrize("text", ["good morning", "magandang mug", "do you have nice mugs", "salamat po", "mug"])
def test_no_praise(text: str) -> None:
    assert not praises(text)


@pytest.mark.parametrize(
    "text",
    [
        "⭐⭐⭐⭐",
        "★★★ ok lang",
        "5 stars",
        "5 stars po",
        "ang ganda po 5 stars",
        "5/5",
        "4 stars, mabilis dumating",
        "1 star",
    ],
)
def test_what_can_only_be_stars(text: str) -> None:
    assert surely_rates(text)


@pytest.mark.parametrize(
    "text",
    ["5", "4.", "5 great!", "near 5 Star Hotel", "5 Star Hardware, Brgy Uno", "4/5 Mabini St", "0917 123 4567",
     "ang ganda", "katapat ng 5 stars bakery"],
)  # fmt: skip
def test_what_may_be_an_answer_too(text: str) -> None:
    assert not surely_rates(text)

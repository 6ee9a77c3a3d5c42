"""What is asked, in whatever words: questions that mean the same find the same keyword."""

import pytest

from bot.language.meaning import likeness, meaning
from tests.support.workers.rows import rows

SAME = [
    ("san po shop nyo", "saan kayo"),
    ("san po shop nyo", "location"),
    ("nasaan kayo", "located"),
    ("where is your store?", "location"),
    ("loc po", "location"),
    ("open ba kayo ngayon", "store hours"),
    ("bukas po ba kayo", "anong oras"),
    ("what time do you close", "opening hours"),
    ("pano po bayad", "paano magbayad"),
    ("how can i pay", "payment methods"),
    ("mode of payment po", "how to pay"),
    ("pwede po installment", "hulugan"),
    ("bayad pag dating pwede?", "cod"),
    ("may stock pa ba", "available pa ba"),
    ("on hand po?", "available"),
    ("magkano po ito", "how much"),
    ("may discount po ba", "tawad"),
    ("anong sizes meron", "size chart"),
    ("ibang kulay po", "other colors"),
    ("pano magreturn", "return policy"),
    ("can i return this", "return policy"),
    ("paano po mag refund", "refund"),
    ("basag po dumating", "damaged"),
    ("authentic po ba", "original"),
    ("trusted seller po ba", "legit"),
    ("pano po bumili", "paano umorder"),
    ("nagdedeliver po ba kayo", "shipping"),
    ("ilang days bago dumating", "gaano katagal delivery"),
    ("pano icancel order ko", "cancel my order"),
    ("change ko po address", "change my address"),
    ("authentik po ba", "original"),
]
DIFFERENT = [
    ("power bank po", "bank transfer"),
    ("red shirt available?", "available"),
    ("magkano yung kawali", "magkano"),
    ("shopping bag", "shipping"),
    ("anong oras", "how to order"),
    ("where", "where is my order"),
    ("birthday ko bukas", "store hours"),
    ("saan po", "location"),
    ("may error po sa payment", "payment methods"),
    ("paano mag order", "cancel my order"),
    ("kumusta po kayo", "saan kayo"),
]


@rows(("text", "keyword"), SAME)
def test_questions_that_mean_the_same(text: str, keyword: str) -> None:
    assert meaning(text).is_clear
    assert likeness(meaning(text), meaning(keyword)) > 0


@pytest.mark.parametrize(("text", "keyword"), DIFFERENT)
def test_what_only_looks_alike(text: str, keyword: str) -> None:
    assert likeness(meaning(text), meaning(keyword)) == 0


@pytest.mark.parametrize(
    ("text", "nearer", "farther"),
    [
        ("pano po mag cancel ng order", "cancel my order", "how to order"),
        ("magkano shipping po", "shipping fee", "how much"),
        ("paano magbayad ng gcash", "gcash", "cod"),
        ("i want to change my delivery address", "change my address", "shipping fee"),
        ("pwede po refund", "refund", "return policy"),
    ],
)
def test_the_nearer_keyword_answers(text: str, nearer: str, farther: str) -> None:
    asked = meaning(text)
    assert likeness(asked, meaning(nearer)) > likeness(asked, meaning(farther))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("magkano po yung blue mug?", ("blue", "mug")),
        ("may tumbler po ba kayo", ("tumbler",)),
        ("san po shop nyo", ()),
        ("x" * 20_000, ("x" * 32,)),
        ("", ()),
    ],
)
def test_what_is_named_besides(text: str, rest: tuple[str, ...]) -> None:
    assert meaning(text).rest == rest

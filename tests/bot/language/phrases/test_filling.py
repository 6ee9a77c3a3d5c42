"""What is filled into canned replies: only what we know, with the merchant's words for the rest."""

import pytest

from bot.language.phrases.filling import BLANKS, filled, filling_problem, names_in
from tests.support.workers.rows import rows

KNOWN = {name: blank.example for name, blank in BLANKS.items()}


@rows("blank", BLANKS.values(), ids=list(BLANKS))
def test_each_can_be_written_as_it_is_offered(blank: object) -> None:
    written = getattr(blank, "written")  # noqa: B009  (a struct of the table)
    assert filling_problem(f"Hi {written}!", has_product=True) is None
    assert filled(f"Hi {written}!", KNOWN) == f"Hi {getattr(blank, 'example')}!"  # noqa: B009
    assert "{" not in filled(f"Hi {written}!", {}) or not getattr(blank, "fallback")  # noqa: B009


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Hi {first_name|suki}!", "Hi suki!"),
        ("Hi { first_name | suki po }!", "Hi suki po!"),
        ("Hi {first_name}!", "Hi {first_name}!"),
        ("{code} {} { } {a b} {{ name|x }} {% if name %}", "{code} {} { } {a b} {{ name|x }} {% if name %}"),
        ("{first_name|{name|x}}", "{first_name|{name|x}}"),
        ("no braces", "no braces"),
        ("{first_name|a\nb}", "{first_name|a\nb}"),
    ],
)
def test_what_is_not_known_is_said_in_the_merchants_words(words: str, said: str) -> None:
    assert filled(words, {}) == said


def test_a_value_is_no_place_for_another_one() -> None:
    assert filled("{name|x} {shop_name}", {"name": "{shop_name}", "shop_name": "A\\1"}) == "{shop_name} A\\1"


def test_only_names_that_are_filled_in_are_asked_for() -> None:
    assert names_in("{name|x} {code} {{ today }} {price|y}") == {"name", "price"}


@pytest.mark.parametrize(
    ("words", "line", "says"),
    [
        ("a\nHi {frist_name|x}", 2, "Did you mean {first_name|suki}?"),
        ("{xyz}", 1, "You can use first_name"),
        ("{{ name }}", 1, "One brace is enough"),
        ("{% if name %}", 1, "One brace is enough"),
        ("{first_name}", 1, "not always known"),
        ("{first_name| }", 1, "not always known"),
        ("Hi\n{first_name|{name|x}}", 2, "not closed as it should be"),
        ("{first_name|a\nb}", 1, "not closed as it should be"),
        ("{first_name|suki", 1, "not closed as it should be"),
        ("{price|x}", 1, "of the product on the card"),
        ("{shop_name|" + "x" * 81 + "}", 1, "80 characters at most"),
    ],
)
def test_what_cannot_be_filled_in_is_a_plain_sentence(words: str, line: int, says: str) -> None:
    problem = filling_problem(words, has_product=False)
    assert problem is not None
    assert problem.line == line
    assert says in problem.reason

"""Forms: what was typed becomes values, or stays as it is with a sentence beside it."""

from typing import Annotated

import msgspec

from handlers.console.base.forms import Field, Form


def _no_digit(typed: str) -> str:
    return "No digits, please." if any(letter.isdigit() for letter in typed) else ""


class Banner(msgspec.Struct, frozen=True, kw_only=True):
    """A form with a field of every sort."""

    title: Annotated[str, Field(label="Title", needed="Please write a title.", most=10, check=_no_digit)]
    words: Annotated[str, Field(label="Words", rows=3)]
    place: Annotated[str, Field(label="Place", choices={"top": "At the top", "end": "At the end"})]
    weight: Annotated[int, Field(label="Weight", least=-5, most=5)]
    marks: Annotated[tuple[str, ...], Field(label="Marks")]
    is_on: Annotated[bool, Field(label="On")]


FORM = Form(Banner)
GOOD = {
    "title": " Big  sale",
    "words": "One\n two",
    "place": "end",
    "weight": "-3",
    "marks": "a, b,a,",
    "is_on": "on",
}


def test_what_was_typed_becomes_values() -> None:
    typed, filled = FORM.asked(GOOD)
    assert typed == Banner(title="Big sale", words="One\n two", place="end", weight=-3, marks=("a", "b"), is_on=True)
    assert not filled.is_wrong
    assert FORM.of(typed, version=7).version == 7
    assert FORM.asked({name: one.text for name, one in FORM.of(typed).fields.items()})[0] == typed


def test_what_cannot_be_stays_in_the_form_with_a_sentence_beside_it() -> None:
    for name, text, sentence in (
        ("title", "", "Please write a title."),
        ("title", "sale 2", "No digits, please."),
        ("weight", "many", "Please write a whole number."),
        ("weight", "6", "Please write a number from -5 to 5."),
        ("weight", "-6", "Please write a number from -5 to 5."),
    ):
        _, filled = FORM.asked({**GOOD, name: text})
        assert filled.is_wrong
        assert {field: one.wrong for field, one in filled.fields.items() if one.wrong} == {name: sentence}
        assert filled.fields[name].text == text


def test_a_choice_that_nobody_offered_is_the_first_one() -> None:
    typed, filled = FORM.asked({**GOOD, "place": "<script>"})
    assert typed.place == "top"
    assert filled.fields["place"].text == "top"


def test_an_address_holds_only_what_is_asked_for() -> None:
    _, filled = FORM.asked({"title": "sale", "evil": "x"})
    assert filled.address == {"title": "sale", "place": "top"}
    assert FORM.asked({"title": "x" * 999})[0].title == "x" * 10

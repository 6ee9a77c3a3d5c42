"""Words with chips: every template comes back as it was, and what was typed means what it says."""

import pytest

from replies.checking import WordingError, check
from replies.chips import TooMuch, chips_of, pieces_of, template_of
from replies.words import own_words

WORDS = sorted(own_words())
_BEYOND = 12  # of our own blocks that say more than chips can show


def with_chips() -> dict[tuple[str, str], str]:
    shown = {}
    for key in WORDS:
        try:
            shown[key] = chips_of(own_words()[key])
        except TooMuch:
            continue
    return shown


SHOWN = with_chips()


def test_nearly_every_block_can_be_edited_with_chips() -> None:
    assert len(WORDS) - len(SHOWN) <= _BEYOND, sorted(set(WORDS) - set(SHOWN))


@pytest.mark.parametrize("key", SHOWN, ids="-".join)
def test_a_block_that_nobody_changes_comes_back_byte_for_byte(key: tuple[str, str]) -> None:
    template = own_words()[key]
    assert "".join(piece.source for piece in pieces_of(template)) == template
    assert template_of(SHOWN[key], template) == template
    changed = template_of(f"Hi! {SHOWN[key]}\nBye.", template)
    assert changed == f"Hi! {template}\nBye.", "what stands around it changes nothing of it"


@pytest.mark.parametrize("key", SHOWN, ids="-".join)
def test_a_block_that_is_typed_anew_means_the_same(key: tuple[str, str]) -> None:
    """Without the template that it came from, only blanks inside of braces may differ."""
    anew = template_of(SHOWN[key])
    check(anew)
    assert chips_of(anew) == SHOWN[key]


def test_only_the_chip_that_was_changed_is_written_anew() -> None:
    assert chips_of("{% if status == 'paid' %}x{% endif %}") == '{when status is "paid"}x{end}'
    was = "{%- if left -%}{{left}} left{%  else%}{{ name|upper }}{%endif%} of {{total|money}}"
    shown = chips_of(was)
    assert shown == "{when left}{left} left{otherwise}{name as upper}{end} of {total as money}"
    said = shown.replace("{name as upper}", "{name}").replace(" left{", " are left{")
    assert template_of(said, was) == "{%- if left -%}{{left}} are left{%  else%}{{ name }}{%endif%} of {{total|money}}"


@pytest.mark.parametrize(
    ("typed", "template"),
    [
        ("Hi {first_name|suki}!", 'Hi {{ first_name or "suki" }}!'),
        ("{total as money}", "{{ total|money }}"),
        ("{ total  as  money }", "{{ total|money }}"),
        ("{when left is 0}Gone{or when left is at most 5}Few{otherwise}Many{end}",
         "{% if left == 0 %}Gone{% elif left <= 5 %}Few{% else %}Many{% endif %}"),
        ('{when status is not "paid" and not first_name}x{end}',
         '{% if status != "paid" and not first_name %}x{% endif %}'),
        ("{when address.city}{address.city}{end}", "{% if address.city %}{{ address.city }}{% endif %}"),
        ("No chips at all", "No chips at all"),
    ],
)  # fmt: skip
def test_what_is_typed_means_what_it_says(typed: str, template: str) -> None:
    assert template_of(typed) == template
    check(template)
    assert template_of(chips_of(template)) == template


@pytest.mark.parametrize(
    ("typed", "line", "says"),
    [
        ("Hi {name", 1, "A brace stands alone"),
        ("a\nHi {{ name }}", 2, "A brace stands alone"),
        ("a }", 1, "A brace stands alone"),
        ("{when left}Few", 1, "not closed"),
        ("Few{end}", 1, "ends nothing"),
        ("{otherwise}", 1, "stands in no condition"),
        ("{when left}a{otherwise}b{otherwise}c{end}", 1, "stands in no condition"),
        ("{name as html}", 1, "cannot be read"),
        ("{na me}", 1, "cannot be read"),
        ('{name|say "hi"}', 1, "cannot be read"),
        ("{name|}", 1, "cannot be read"),
        ("one\ntwo {when left of 2}x{end}", 2, "cannot be read"),
        ("{when left.__class__ is 1 %}x{end}", 1, "cannot be read"),
        ("{}", 1, "cannot be read"),
    ],
)
def test_what_means_nothing_is_said_with_its_line(typed: str, line: int, says: str) -> None:
    with pytest.raises(WordingError, match=says) as refused:
        template_of(typed)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{# a remark #}Hi", "remark"),
        ("a { b", "brace"),
        ('{{ "a" if left else "b" }}', "works something out"),
        ("{% if left|lower == name %}x{% endif %}", "more than chips"),
        ("{% if (left and name) or total %}x{% endif %}", "more than chips"),
        ("{% if left not in name %}x{% endif %}", "more than chips"),
    ],
)
def test_what_chips_cannot_show_stays_in_the_plain_editor_and_says_why(template: str, says: str) -> None:
    with pytest.raises(TooMuch, match=says):
        chips_of(template)
    assert template_of("Hi {name}", template) == "Hi {{ name }}"

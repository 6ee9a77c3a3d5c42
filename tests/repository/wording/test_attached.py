"""Buttons and quick replies as merchants write them, held to what Messenger shows."""

import pytest

from replies.parts import COMMON
from repository.wording.attached import PLACES, choices, choices_problem, in_order, written


def test_every_place_is_one_that_a_tap_leads_to() -> None:
    assert set(PLACES) <= COMMON.keys()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Our page=https://shop.example/?a=b&c=d#e", "Our page = https://shop.example/?a=b&c=d#e"),
        ("  Our   page  =  www.shop.example ", "Our page = https://www.shop.example"),
        ("Call = 0917 123 4567", "Call = +639171234567"),
        ("Call = +1 (555) 010-9999", "Call = +15550109999"),
        ("Shop = PRODUCTS\n\nMug = product MUG 01\nHours = Reply opening hours", None),
        ("🛒 Cart = cart", "🛒 Cart = cart"),
    ],
)
def test_what_is_written_is_kept_and_comes_back(typed: str, kept: str | None) -> None:
    assert choices_problem(typed, are_buttons=True) == ""
    kept = kept or "Shop = products\nMug = product MUG 01\nHours = reply opening hours"
    assert in_order(typed) == kept
    assert written(choices(kept)) == kept


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Our page", "Write what it does behind a “=”"),
        ("Our page = ", "Write what it does behind a “=”"),
        ("= menu", "Write what stands on it"),
        ("x = somewhere", "Write what it does behind a “=”"),
        ("x = http://shop.example", "no link that Messenger opens"),
        ("x = javascript://shop.example", "no link that Messenger opens"),
        ("x = https://user@shop.example", "no link that Messenger opens"),
        ("x = https://[shop", "no link that Messenger opens"),
        ("x = https://localhost", "no link that Messenger opens"),
        ("x = 5550109", "no phone number"),
        ("a" * 21 + " = menu", "has 21 characters; Messenger shows 20"),
        ("a = menu\nA = cart", "Line 2: there is a button “A” already"),
        ("a = menu\nb = cart\nc = orders\nd = promos", "These are 4 buttons; Messenger shows 3."),
    ],
)
def test_what_messenger_would_not_take_is_said_with_its_line(typed: str, says: str) -> None:
    assert says in choices_problem(typed, are_buttons=True)


def test_quick_replies_open_no_links_and_are_thirteen_at_most() -> None:
    assert "cannot open a link" in choices_problem("x = https://shop.example", are_buttons=False)
    lines = "\n".join(f"q{number} = menu" for number in range(14))
    assert choices_problem(lines, are_buttons=False) == "These are 14 quick replies; Messenger shows 13."
    assert choices_problem(lines.rpartition("\n")[0], are_buttons=False) == ""

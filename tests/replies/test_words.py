"""Our own words: in both languages, allowed, and with nothing missing."""

import itertools
import string
from typing import get_type_hints

import msgspec
import pytest

from handlers.console.wording.glossary import meaning
from replies.base import About, Reply
from replies.checking import check, variables_of
from replies.words import LANGUAGES, duration, limit_of, own_words
from tests.replies.everything import kinds

OWN = own_words()
BLOCKS = sorted({name for name, _ in OWN})


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_is_there_in_both_languages(block: str) -> None:
    for language in LANGUAGES:
        file, _, name = block.partition(".")
        assert OWN.get((block, language)), f"the block {name} is missing in replies/{language}/{file}.j2"


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_passes_the_check_that_merchants_words_pass(block: str) -> None:
    for language in LANGUAGES:
        check(OWN[block, language])


@pytest.mark.parametrize("block", BLOCKS)
def test_filipino_uses_no_variable_that_english_has_not(block: str) -> None:
    assert variables_of(OWN[block, "fil"]) <= variables_of(OWN[block, "en"])


@pytest.mark.parametrize("block", BLOCKS)
def test_what_stands_on_a_button_is_short(block: str) -> None:
    if block.partition(".")[2].startswith(("button_", "quick_")) and "{" not in OWN[block, "en"]:
        for language in LANGUAGES:
            assert len(OWN[block, language]) <= limit_of(block)


def test_every_reply_has_a_name_and_words_of_its_own() -> None:
    found = [kind.name for kind in kinds()]
    assert len(found) == len(set(found))
    for kind in kinds():
        assert msgspec.json.encode(kind.example()), "turns are recorded as JSON"
        assert kind.name in BLOCKS or kind.name in ("summary.receipt", "checkout.ask"), kind.name
        assert isinstance(kind.example(), Reply)
        assert kind.__doc__
        assert kind.__doc__[0] in string.ascii_uppercase


@pytest.mark.parametrize("block", BLOCKS)
def test_no_line_break_is_lost_behind_a_tag(block: str) -> None:
    """A line break right behind a tag is not shown: where one is wanted after words, it stands there twice."""
    for language in LANGUAGES:
        for line, following in itertools.pairwise(OWN[block, language].split("\n")):
            if line.endswith("%}") and not line.startswith("{%") and following and not following.startswith("{%"):
                raise AssertionError(f"{line!r} runs into {following!r}")


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_every_reply_is_explained_to_merchants(kind: type[Reply]) -> None:
    assert getattr(kind, "about", ""), f"{kind.__module__}.{kind.__name__} needs an `about`"
    hints = get_type_hints(kind, include_extras=True)
    used = variables_of(OWN.get((kind.name, "en"), ""))
    silent = [
        name
        for name in kind.__struct_fields__
        if name in used and not is_explained(hints[name]) and not meaning(kind.name, name)
    ]
    assert not silent, f"{kind.__module__}.{kind.__name__}: give {silent} an About(...)"


def is_explained(hint: object) -> bool:
    return any(isinstance(note, About) for note in getattr(hint, "__metadata__", ()))


@pytest.mark.parametrize(
    ("written", "filipino"),
    [("1-3 days", "1-3 araw"), ("2 to 4 weeks", "2 hanggang 4 linggo"), ("5 working days", "5 araw na may pasok")],
)
def test_how_long_delivery_takes_is_said_in_the_language_of_the_chat(written: str, filipino: str) -> None:
    assert duration(written, "fil") == filipino
    assert duration(written, "en") == written

"""The one normaliser: what is alike folds alike, whatever was typed and however much of it."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.fold import fold, fold_signs, same, unaccented
from tests.support.workers.rows import rows

ROOT = Path(__file__).resolve().parents[3]
FOLDED = [
    ("Magkano PO?!", "magkano po"),
    ("  12 Mabini St.,\n Brgy-5 ", "12 mabini st brgy 5"),
    ("Parañaque, Las Piñas", "paranaque las pinas"),
    ("Cafe\u0301 Ångström", "cafe angstrom"),
    ("what's don’t ʼwag", "whats dont wag"),
    ("STRASSE straße", "strasse strasse"),
    ("\uff34\uff49\uff4e\uff44\uff41 ① ﬁt 𝐦𝐮𝐠", "tinda 1 fit mug"),
    ("snake_case", "snake case"),
    ("1️⃣", "1"),
    ("👍 ok", "ok"),
    ("👍", ""),
    ("\u0301", ""),
    ("", ""),
]
MARKED = ["ですか", "ガス", "हिन्दी", "ภาษาไทย", "한국어", "العربية"]
"""Words whose marks are letters of theirs."""
LONG = {
    "words": "isa pa ",
    "accents that pile up": "a" + "\u0301\u0316" * 50,
    "points of Hebrew in the wrong order": "\u05b0\u05bd\u0591\u05c1",
    "apostrophes": "'’",
    "a ligature that comes apart into a sentence": "ﷺ",
    "emoji": "👩‍👩‍👧",
    "letters and marks without a space": "ですか",
}


@rows(("text", "folded"), FOLDED)
def test_what_a_text_folds_to(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("word", MARKED)
def test_a_mark_that_makes_another_letter_stays(word: str) -> None:
    assert fold(f"«{word}»?") == word
    assert fold(unicodedata.normalize("NFD", word)) == word


@given(st.text(max_size=300))
def test_what_is_folded_is_words_and_stays_as_it_is(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())
    assert not any(part.isupper() for part in folded)
    assert fold(text.replace(" ", "  ")) == folded


def test_a_very_long_text_takes_time_that_grows_no_faster_than_it() -> None:
    """200,000 characters at a time: what took the square of that would take an hour, and this takes half a second."""
    program = (
        "import sys; from bot.language.fold import fold, unaccented\n"
        "for text in sys.argv[1:]:\n"
        "    whole = (text * 200_000)[:200_000]\n"
        "    fold(whole); unaccented(whole)"
    )
    done = subprocess.run([sys.executable, "-c", program, *LONG.values()], cwd=ROOT, timeout=300, check=False)
    assert done.returncode == 0


def test_signs_without_words_are_compared_as_signs() -> None:
    assert same("👍", " 👍 ")
    assert same("❤", "❤\ufe0f")
    assert not same("👍", "👎")
    assert not same("👍", "")
    assert not same("", "")
    assert not same("ok 👍", "👍")
    assert same("Yes, empty it", "yes empty it")


def test_the_variants_keep_what_they_are_for() -> None:
    assert unaccented("  {{ Piñata }}!\n") == "{{ pinata }}!"
    assert fold_signs("Piñata's  👍, ok?") == "piñatas 👍 ok"
    assert fold_signs("ですか?") == "ですか"

"""Texts are cut between characters as people see them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger import limits
from bot.messenger.wording import clip, clip_bytes, fits, is_boundary, one_line, size, split_text
from tests.support.workers.rows import rows

FAMILY = "👨‍👩‍👧‍👦"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
WHOLE = [FAMILY, ENGLAND, "🇵🇭", "👍🏽", "❤️", "e\u0301", "n\u0303", "\u1100\u1161\u11a8", "नि", "क्ष", "1️⃣", "\r\n"]
PIECES = [*WHOLE, "Salamat po! ", "₱120.00 ", "\n\n", "\n", "word ", "x" * 30]
texts = st.text(st.characters(codec="utf-8") | st.sampled_from("  \n.!?"), max_size=300)
chats = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@rows("whole", WHOLE)
def test_what_is_one_character_to_people_is_never_torn(whole: str) -> None:
    text = whole * 7
    assert [at for at in range(len(text) + 1) if is_boundary(text, at)] == [len(whole) * n for n in range(8)]
    for most in range(2, len(text)):
        kept = clip(text, most)
        assert len(kept) <= most
        body = kept.removesuffix("…")
        assert text.startswith(body)
        assert len(body) % len(whole) == 0 or most <= len(whole)


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("Add to cart", 20, "Add to cart"),
        ("Idagdag sa aking cart", 20, "Idagdag sa aking ca…"),
        ("Handcrafted blue mug", 13, "Handcrafted…"),
        ("🇵🇭🇵🇭🇵🇭", 5, "🇵🇭🇵🇭…"),
    ],
)
def test_titles_end_in_an_ellipsis_where_they_are_cut(text: str, most: int, kept: str) -> None:
    assert clip(text, most) == kept


def test_a_title_is_one_line_and_never_empty() -> None:
    assert one_line("  Blue \n mug\t", 20) == "Blue mug"
    assert one_line(" \n ", 20) == "…"


@given(texts, st.integers(4, 50))
def test_clipped_texts_fit(text: str, most: int) -> None:
    assert len(clip(text, most)) <= most
    assert size(clip_bytes(text, most)) <= most
    if len(text) <= most:
        assert clip(text, most) == text
    if fits(text, most):
        assert clip_bytes(text, most) == text


@given(texts | chats, st.integers(12, 120))
def test_split_texts_fit_and_lose_nothing_but_white_space(text: str, most: int) -> None:
    parts = split_text(text, most)
    assert all(part and fits(part, most) and part == part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(chats)
def test_split_chats_tear_no_character(text: str) -> None:
    rest = text
    for part in split_text(text, 60):
        at = text.index(part, len(text) - len(rest))
        assert is_boundary(text, at)
        assert is_boundary(text, at + len(part))
        rest = text[at + len(part) :]


def test_a_text_is_split_between_paragraphs_then_lines_then_sentences_then_words() -> None:
    assert split_text("aaaa bbbb. cc\n\ndddd eeee", 20) == ["aaaa bbbb. cc", "dddd eeee"]
    assert split_text("aaaa bbbb. cc\ndddd eeee", 20) == ["aaaa bbbb. cc", "dddd eeee"]
    assert split_text("aaaa bbbb. cc dddd eeee", 20) == ["aaaa bbbb.", "cc dddd eeee"]
    assert split_text("aaaa bbbb, cc dddd eeee", 20) == ["aaaa bbbb, cc dddd", "eeee"]
    assert split_text("a" * 45, 20) == ["a" * 20, "a" * 20, "a" * 5]


def test_short_and_blank_texts() -> None:
    assert split_text("Salamat po!") == ["Salamat po!"]
    assert split_text(" \n ") == []
    assert [len(part) for part in split_text("x" * 5000)] == [limits.TEXT, limits.TEXT, 5000 - 2 * limits.TEXT]

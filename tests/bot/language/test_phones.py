"""Phone numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.phones import METRO_MANILA, odd_phone_in, phone_in
from tests.support.workers.rows import rows

AROUND = st.text("abc xyz,:;\n", max_size=20)
GAPS = st.sampled_from(["", " ", "-", ".", " - ", "_"])


@rows(
    "text",
    [
        "0917 123 4567", "09171234567", "+63 917-123-4567", "639171234567", "9171234567", "0063 917 123 4567",
        "(0917) 123.4567", "cp# ko 0917-123-4567 po", "+63 (0) 917 123 4567", "0917 123 4567 / 0918 765 4321",
        "٠٩١٧١٢٣٤٥٦٧", "+63 0917 123 4567", "0 9 1 7 1 2 3 4 5 6 7", "0917123456\u200b7", "O9171234567",
        "0917_123_4567", "0917 123 4567 5pm onwards", "Brgy 5 0917 123 4567",
        "blk 5 lot 12 phase 3, cp 09171234567",
        "eto po 09171234567.",
        "Ana Reyes 0917 123 4567 12 Mabini St Marikina",
        "zip 1012 0917 123 4567", "0917 123 4567 1012",
        "2 mugs 09171234567",
    ],
)  # fmt: skip
def test_a_mobile_in_any_usual_spelling(text: str) -> None:
    assert phone_in(text) == "+639171234567"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("(02) 8123 4567", "+63281234567"),
        ("032 255 1234", "+63322551234"),
        ("tel. (032) 255-1234 po", "+63322551234"),
        ("0895 555 0137 po", "+638955550137"),
        ("0917 wait lng", None),
        ("double five lang po", None),
        ("number ko zero nine one seven triple five zero one four five", "+639175550145"),
    ],
)
def test_a_landline_and_what_is_spelled_out(text: str, phone: str | None) -> None:
    assert phone_in(text) == phone


@pytest.mark.parametrize("text", ["8123-4567", "8123 4567 po", "tel 81234567"])
def test_a_landline_of_metro_manila_needs_no_area_code_there(text: str) -> None:
    assert phone_in(text, area=METRO_MANILA) == "+63281234567"
    assert phone_in(text) is None


@rows(
    "text",
    [
        "", "0917", "123", "0917 123 456", "+1 415 555 2671", "12 Mabini St", "none", "0917 wait lng", "0917 sandali",
        "Ana Cruz, 45 Mabini St, Brgy 123, Tondo, Manila 1012", "9am to 5pm lang po 11-30-2026",
        "SSS ID ko po 34-1234567",
        "ref no 1023456789012", "0033 807 526547", "ORD-20260917-1234567", "091712345678", "1-800-10-123-4567",
        "09/17/2026 12:34", "0917l123456", "wala po akong number",
    ],
)  # fmt: skip
def test_no_philippine_phone(text: str) -> None:
    assert phone_in(text) is None


@pytest.mark.parametrize("prefix", ["0904", "0913", "0940", "0941"])
def test_a_mobile_with_a_prefix_that_no_list_has_is_odd(prefix: str) -> None:
    assert phone_in(f"{prefix} 123 4567") is None
    assert odd_phone_in(f"tawag po sa {prefix}-123-4567") == f"+63{prefix[1:]}1234567"
    assert odd_phone_in("0917 123 4567") is None


@given(
    st.lists(GAPS, min_size=10, max_size=10), st.text("abc xyz,:;\n", max_size=20), st.text("abc xyz,:;\n", max_size=20)
)
def test_words_around_a_number_change_nothing(gaps: list[str], before: str, behind: str) -> None:
    typed = "".join(digit + gap for digit, gap in zip("09171234567", [*gaps, ""], strict=True))
    assert phone_in(f"{before} {typed} {behind}") == "+639171234567"

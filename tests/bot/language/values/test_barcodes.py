"""Barcodes as they are scanned, typed and kept."""

import pytest

from bot.language.values.barcodes import is_fit, is_mistyped, tidy, ways


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 4 806530 000123 ", "4806530000123"),
        ("978-0-306-40615-7", "9780306406157"),
        ("00012345", "00012345"),
        ("MUG-12", "MUG-12"),
        ("12-34", "12-34"),
        ("", ""),
    ],
)
def test_digits_in_groups_stand_together(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@pytest.mark.parametrize("code", ["4806530000123", "036000291452", "96385074", "10614141000415", "MUG-1", "123456"])
def test_what_shops_sell_fits(code: str) -> None:
    assert is_fit(code)
    assert not is_mistyped(code)


@pytest.mark.parametrize("code", ["4806530000124", "036000291453", "96385075"])
def test_a_slip_in_a_number_is_seen(code: str) -> None:
    assert is_mistyped(code)


@pytest.mark.parametrize("text", ["x" * 49, "kód", "", "one\ntwo"])
def test_what_no_scanner_reads(text: str) -> None:
    assert not is_fit(text)


def test_a_number_of_twelve_digits_is_one_of_thirteen_with_a_zero() -> None:
    assert ways("036000291452") == ["036000291452", "0036000291452"]
    assert ways("0036000291452") == ["0036000291452", "036000291452"]
    assert ways("4806530000123") == ["4806530000123"]
    assert ways("mug") == ["mug"]

"""Prices and pieces as people type them."""

import pytest

from repository.sheets.numbers import Refused, decimal_sign, money, pieces


@pytest.mark.parametrize(
    ("text", "sign", "amount", "currency"),
    [
        ("₱1,299.00", ".", "1299.00", "PHP"),
        ("PHP 1,299", ".", "1299.00", "PHP"),
        ("P1,299.50", ".", "1299.50", ""),
        ("1.299,00", ",", "1299.00", ""),
        ("1.299,00", ".", "1299.00", ""),
        ("1.299", ",", "1299.00", ""),
        ("1.299", ".", "1.30", ""),
        ("18,5", ".", "18.50", ""),
        ("12,50 €", ",", "12.50", "EUR"),
        ("LKR 15000", ".", "15000.00", "LKR"),
        ("$95.00", ".", "95.00", "$"),
        ("1'299.00", ".", "1299.00", ""),
        ("1 299,00", ",", "1299.00", ""),
        ("1,23,456.00", ".", "123456.00", ""),
        ("250,-", ",", "250.00", ""),
        (".5", ".", "0.50", ""),
    ],
)
def test_a_price(text: str, sign: str, amount: str, currency: str) -> None:
    read = money(text, sign=sign)
    assert (str(read.amount), read.currency) == (amount, currency)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("TBA", "is no price"),
        ("free", "is no price"),
        ("variable", "at the till"),
        ("13o", "130"),
        ("8O", "80"),
        ("21.2519.5", "no number"),
        ("\\", "is no price"),
        ("100-200", "is more than one price"),
        ("", "there is no price"),
        ("=A1*2", "formula"),
        ("-5", "below zero"),
        ("999999999999", "larger"),
    ],
)
def test_no_price(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        money(text)


def test_the_decimal_sign_is_the_columns() -> None:
    assert decimal_sign(["1200", "6354,65", "12358,8"]) == ","
    assert decimal_sign(["1,299", "10.50"]) == "."
    assert decimal_sign(["1.299.000", "5.000"]) == ","
    assert decimal_sign(["7", "x"]) == "."


def test_pieces() -> None:
    assert [pieces("9769.000"), pieces("-36.000"), pieces("1,200"), pieces("7")] == [9769, -36, 1200, 7]
    with pytest.raises(Refused, match="whole number"):
        pieces("2.5")


@pytest.mark.parametrize(
    ("text", "unit", "count"),
    [
        ("20 bote", "", 20),
        ("5 pirasong natitira", "", 5),
        ("12 na piraso", "", 12),
        ("3 boxes left", "", 3),
        ("5 pa", "", 5),
        ("25kg", "kg", 25),
        ("25 kilos", "Kilo", 25),
        ("40 metro", "meter", 40),
    ],
)
def test_what_is_counted_in_what_it_is_sold_in(text: str, unit: str, count: int) -> None:
    assert pieces(text, unit=unit) == count


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("3 dosena", "", "are dozens: write how many of what you sell"),
        ("2 doz", "pack", "are dozens"),
        ("25kg", "", "is no number of pieces: write how many, or what one kg costs"),
        ("500 g", "kg", "or what one g costs"),
        ("2.5 kg", "kg", "no whole number"),
    ],
)
def test_what_is_measured_otherwise_is_never_taken_for_pieces(text: str, unit: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        pieces(text, unit=unit)

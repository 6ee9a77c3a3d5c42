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

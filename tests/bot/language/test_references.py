"""The number of a transfer, found in what people type, and never in what is something else."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.references import money_in, reference_in, says_paid
from tests.support.workers.rows import rows

GAPS = st.sampled_from(["", " ", "  ", "-", "\n", " \n", "."])


@rows(
    ("text", "number", "method"),
    [
        ("0033 807 526547", "0033807526547", "gcash"),
        ("0033 807\n526547", "0033807526547", "gcash"),
        ("Ref. No. 0033 807\n526547\nNov 28, 2026 3:45 PM", "0033807526547", "gcash"),
        ("1002345678901", "1002345678901", "gcash"),
        ("ito po 1002 345 678901 salamat", "1002345678901", "gcash"),
        ("9O12 3l5 67B901", None, None),
        ("9O12 3l5 678901", "9012315678901", "gcash"),
        ("OO33 8O7 5265I7", "0033807526517", "gcash"),
        ("paid na po ORD-20261128-K7M2Q9XA ref 1002 345 678901", "1002345678901", "gcash"),
        ("Sent ₱692.25 to 0917 123 4567\nRef No 1002 345 678901", "1002345678901", "gcash"),
        ("Maya ref id 4D7F 2A91 B3C8", "4D7F2A91B3C8", "paymaya"),
        ("EB8C C4C5 C67B", "EB8CC4C5C67B", "paymaya"),
        ("eb8cc4c5c67b", "EB8CC4C5C67B", "paymaya"),
        ("Reference ID\n4D7F 2A91\nB3C8", "4D7F2A91B3C8", "paymaya"),
        ("4D7F 2A9I B3CO", "4D7F2A91B3C0", "paymaya"),
        ("4829 1034 5567", "482910345567", "paymaya"),
        ("ref no: IB20-884512", "IB20884512", "bank_transfer"),
        ("trace no 884512", "884512", "bank_transfer"),
        ("transaction id BPI202611281234", "BPI202611281234", "bank_transfer"),
        ("reference number is 7781 0023 91", "7781002391", "bank_transfer"),
        ("20034455667788", "20034455667788", "bank_transfer"),
    ],
)
def test_a_reference_is_found(text: str, number: str | None, method: str | None) -> None:
    found = reference_in(text)
    assert (found.number if found else None, found.method if found else None) == (number, method)


@rows(
    "text",
    [
        "0917 123 4567",
        "+63 917 123 4567",
        "+639171234567",
        "639171234567",
        "00639171234567",
        "call me at 09171234567 po",
        "(02) 8123 4567",
        "ORD-20261128-K7M2Q9XA",
        "where is ORD-20261128-12345678",
        "₱1,234,567.00",
        "PHP 12345678.00",
        "1,500.00 po",
        "2026-11-28",
        "11/28/2026",
        "20261128",
        "Nov 28, 2026 3:45 PM",
        "12 Mabini St, 1801 Marikina",
        "face cafe dead",
        "2 po nito",
        "oil oil oil oil oil oil",
        "",
    ],
)
def test_what_is_something_else_is_no_reference(text: str) -> None:
    assert reference_in(text) is None


def test_where_it_was_asked_for_less_is_enough() -> None:
    assert reference_in("ABC12345") is None
    found = reference_in("ABC12345", asked=True)
    assert found
    assert found.number == "ABC12345"
    assert reference_in("884512 po", asked=True)
    assert reference_in("wala pa po", asked=True) is None
    assert reference_in("0917 123 4567", asked=True) is None
    assert reference_in("san ko po makikita yung 13 digits?", asked=True) is None


@given(st.from_regex(r"[1-8][0-9]{12}", fullmatch=True), GAPS, GAPS, st.booleans())
@example("1009111111111", "", "", True)  # no phone of which two zeros are letters
def test_thirteen_digits_are_a_reference_however_they_are_spaced(digits: str, one: str, two: str, slip: bool) -> None:
    typed = f"{digits[:4]}{one}{digits[4:7]}{two}{digits[7:]}"
    if slip and digits.count("0") < 5:
        typed = typed.replace("0", "O")
    found = reference_in(f"ref no {typed} po")
    assert found
    assert (found.number, found.method) == (digits, "gcash")


@given(st.from_regex(r"[0-9A-F]{4}", fullmatch=True), st.from_regex(r"[0-9A-F]{2}[A-F][0-9]", fullmatch=True), GAPS)
def test_twelve_hexadecimal_digits_are_a_reference(first: str, second: str, gap: str) -> None:
    found = reference_in(f"maya {first}{gap}{second}{gap}12B4")
    assert found
    assert (found.number, found.method) == (f"{first}{second}12B4", "paymaya")


@given(st.from_regex(r"9[0-9]{9}", fullmatch=True), st.sampled_from(["0", "+63", "63", "+63 ", "0063"]), GAPS, GAPS)
def test_a_phone_number_is_never_a_reference(number: str, before: str, one: str, two: str) -> None:
    typed = f"{before}{number[:3]}{one.strip(chr(10))}{number[3:6]}{two.strip(chr(10))}{number[6:]}"
    assert reference_in(typed) is None
    assert reference_in(f"number ko po {typed}", asked=True) is None


AMOUNTS = st.decimals(min_value=1, max_value=9_999_999, places=2)
DAYS = st.sampled_from(["%Y-%m-%d", "%m/%d/%Y", "%b %d, %Y", "%d %B %Y"])


@given(AMOUNTS, st.sampled_from(["₱{:,}", "PHP {}", "{:,.2f} po", "P{}"]))
def test_an_amount_is_never_a_reference(amount: Decimal, form: str) -> None:
    assert reference_in(form.format(amount)) is None


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)), DAYS)
def test_a_date_is_never_a_reference(day: date, form: str) -> None:
    assert reference_in(f"kahapon po {day:{form}}") is None


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    found = reference_in(text, asked=True)
    assert found is None or (found.number.isalnum() and len(found.number) >= 4)
    assert says_paid(text) in (True, False)
    assert money_in(text) is None or money_in(text) >= 0  # type: ignore[operator]


@rows(
    "text",
    [
        "bayad na po",
        "Bayad na po ako",
        "nagsend na po ako",
        "nagsend na po ako sa gcash",
        "nag-send na po ako ng 692.25",
        "paid na",
        "paid na po, thank you",
        "sent na po",
        "Payment sent",
        "done payment",
        "I already paid via gcash",
        "nagbayad na ako kanina",
        "nakapagbayad na po ako sa maya",
        "eto na po nag gcash na ako",
        "na send ko na po ang bayad",
        "Maya ref id 4D7F 2A91 B3C8 bayad na po",
    ],
)
def test_somebody_says_that_they_paid(text: str) -> None:
    assert says_paid(text)


@rows(
    "text",
    [
        "hindi pa po bayad",
        "not yet paid",
        "paid na po ba?",
        "bayad pagdating",
        "magbabayad ako mamaya",
        "paano magbayad",
        "pwede po bang bayad na lang sa rider?",
        "I sent the wrong address",
        "nagbayad ako pero hindi dumating",
        "if I paid would you ship today",
        "cod po",
        "gcash",
        "hello po",
        "",
    ],
)
def test_somebody_says_something_else(text: str) -> None:
    assert not says_paid(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("nagsend po ako ng ₱692.25", "692.25"),
        ("sent PHP 1,500.00 ref 1002 345 678901", "1500.00"),
        ("500 pesos po", "500"),
        ("1002 345 678901", None),
        ("₱500 at ₱200", None),
        ("0917 123 4567", None),
        ("bayad na", None),
    ],
)
def test_the_amount_that_was_sent(text: str, amount: str | None) -> None:
    assert money_in(text) == (Decimal(amount) if amount else None)

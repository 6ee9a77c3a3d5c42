"""When an order shall come, said with the months of both languages."""

import pytest

from bot.language.references import reference_in
from bot.language.values.times import delivery_wish_in


@pytest.mark.parametrize(
    "text",
    [
        "sa Disyembre 5 po sana",
        "24 Disyembre na lang po",
        "5 ng Nobyembre",
        "Dec. 5 po",
        "deliver po sa Hunyo 12, 2027",
        "before Sept 3 please",
        "Jan 8 na lang po",
        "bukas ng hapon po sana",
    ],
)
def test_a_day_is_a_wish_for_the_delivery(text: str) -> None:
    assert delivery_wish_in(text) == text


@pytest.mark.parametrize("text", ["marble 5", "mayonnaise 2", "junior 3", "decaf 2"])
def test_what_only_begins_like_a_month_is_none(text: str) -> None:
    assert delivery_wish_in(text) == ""


@pytest.mark.parametrize(
    "text", ["ref no. Disyembre 5, 2026", "kahapon po, 30 Nobyembre 2026", "Setyembre 3, 2026 10:15 AM"]
)
def test_a_day_of_a_payment_is_no_reference(text: str) -> None:
    assert reference_in(text) is None

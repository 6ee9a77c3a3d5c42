"""Which way to pay a text names."""

import pytest

from bot.language.payments import method_alone, method_in


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("C.O.D.", "cod"),
        ("cash on deliver po", "cod"),
        ("kash na lang", "cod"),
        ("g cash", "gcash"),
        ("sa gkash nlng po", "gcash"),
        ("Pay Maya", "paymaya"),
        ("sa bdo po", "bank_transfer"),
        ("debit card", "credit_card"),
        ("gcash or cod", ""),
        ("bahala na", ""),
    ],
)
def test_the_answer_to_how_to_pay(text: str, method: str) -> None:
    assert method_in(text) == method


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("maya po", "paymaya"),
        ("bank transfer nlng", "bank_transfer"),
        ("cash on delivery po", "cod"),
        ("gcash payment", "gcash"),
        ("Bank", ""),
        ("near BDO", ""),
        ("delivery po", ""),
        ("Brgy Maya", ""),
        ("cash or gcash", ""),
        ("", ""),
    ],
)
def test_a_text_that_says_nothing_but_how_to_pay(text: str, method: str) -> None:
    assert method_alone(text) == method


def test_maya_is_a_person_where_a_name_is_asked() -> None:
    assert method_alone("Maya po", may_be_name=True) == ""
    assert method_alone("gcash po", may_be_name=True) == "gcash"
    assert method_alone("paymaya", may_be_name=True) == "paymaya"

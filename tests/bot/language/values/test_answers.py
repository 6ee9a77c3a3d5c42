"""Yes and no, alone and with a rest."""

import pytest

from bot.language.values.answers import YesNo, yes_no_in
from tests.support.workers.rows import rows


@rows(
    "text",
    ["yes", "opo", "oo naman", "okay po", "sige po", "g", "yezzz", "yess po", "yes that's correct", "ok na po yan",
     "tama po",     "confirm na po", "go na po", "oo nga po", "syempre", "all right", "okayyy", "cge po", "push na",
     "yes po tama po yan", "oo sige", "yup yup", "sure po"],
)  # fmt: skip
def test_a_yes(text: str) -> None:
    assert yes_no_in(text) == YesNo(yes=True)


@pytest.mark.parametrize(
    "text", ["no", "hindi po", "wag na", "ayoko na", "nope", "di na po", "ay hindi po", "noooo", "ayaw ko po"]
)
def test_a_no(text: str) -> None:
    assert yes_no_in(text) == YesNo(yes=False)


@pytest.mark.parametrize(
    ("text", "yes", "rest"),
    [
        ("oo pero gawin mong gcash", True, "gawin mong gcash"), ("yes but make it 2", True, "make it 2"),
        ("hindi muna, next time na lang", False, ""), ("opo, cod po", True, "cod po"),
        ("sige po kaso wala akong gcash", True, "wala akong gcash"),
    ],
)  # fmt: skip
def test_an_answer_with_a_rest(text: str, yes: bool, rest: str) -> None:
    assert yes_no_in(text) == YesNo(yes=yes, rest=rest)


@pytest.mark.parametrize(
    "text", ["magkano total?", "", "mug", "12 Mabini St, Brgy 5", "not sure", "hindi ok", "magkano, opo"]
)
def test_anything_else_is_neither(text: str) -> None:
    assert yes_no_in(text) is None

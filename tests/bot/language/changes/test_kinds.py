"""Which kind something shall have instead, in whatever order it is said."""

import pytest

from bot.language.changes.back import put_back_in
from bot.language.changes.kinds import KindChange, kind_change_in


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("yung 41 pala gawing 42", KindChange("42", "41")),
        ("payong gawin mong mango", KindChange("mango", "payong")),
        ("large pala yung mango", KindChange("large", "mango")),
        ("cocoa pala yung wallet", KindChange("cocoa", "wallet")),
        ("change the mug to navy", KindChange("navy", "mug")),
        ("palitan mo yung mug ng navy", KindChange("navy", "mug")),
        ("palitan ng double yung bedsheet", KindChange("double", "bedsheet")),
        ("swap the navy for cream", KindChange("cream", "navy")),
        ("mango instead of navy", KindChange("mango", "navy")),
        ("mint na lang dalawa", KindChange("mint", quantity=2)),
        ("navy pala yung ibig ko sabihin", KindChange("navy")),
    ],
)
def test_a_kind_instead(text: str, meant: KindChange) -> None:
    assert kind_change_in(text) == meant


@pytest.mark.parametrize(
    "text",
    ["gawin mong 3 yung mug", "palitan ng 1 yung kandila", "palitan address ng makati", "gcash na lang yung payment",
     "change number to 09171234567", "isa na lang pala yung mug", "pwede palitan yung kulay?", "huwag pala yung mug"],
)  # fmt: skip
def test_no_kind(text: str) -> None:
    assert kind_change_in(text) is None


@pytest.mark.parametrize(
    ("text", "goods"),
    [("ibalik mo yung mug", "mug"), ("ibalik nyo po", ""), ("ibalik ko yung mug", None), ("ibalik nyo pera ko", None),
     ("balik mo ulit yung medyas", "medyas"), ("ibalik nyo yung sira", None)],
)  # fmt: skip
def test_what_is_put_back(text: str, goods: str | None) -> None:
    assert put_back_in(text) == goods

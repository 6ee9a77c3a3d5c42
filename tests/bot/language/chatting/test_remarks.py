"""What is only said to be nice, or for a laugh: it wants no search."""

import pytest

from bot.language.texts import is_polite
from bot.language.values.money import goods_of


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("ang cute naman ng shop nyo", True),
        ("haha ang kulit ng bot", True),
        ("ang bilis nyo sumagot", True),
        ("wow ang dami nyo palang tinda", True),
        ("next time na lang po, salamat", True),
        ("cute mug nyo", False),
        ("mabilis ba kayo magdeliver", False),
        ("maganda ba ang mug nyo", False),
        ("cute", False),
    ],
)
def test_a_remark_about_the_shop_is_polite(text: str, remark: bool) -> None:
    assert is_polite(text) == remark


@pytest.mark.parametrize(
    ("about", "goods"),
    [
        ("gift ideas", ""),
        ("regalo nanay", ""),
        ("something lolas birthday", ""),
        ("regalo inaanak 5 yrs old boy", "kids"),
        ("gift bags", None),
        ("mug nanay", None),
    ],
)
def test_a_present_names_for_whom_it_is(about: str, goods: str | None) -> None:
    assert goods_of(about) == goods

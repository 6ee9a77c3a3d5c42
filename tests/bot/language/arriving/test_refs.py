"""What a ref asks for, however merchants write theirs."""

import pytest

from bot.language.arriving.refs import CODES_MOST, Sought, read_ref
from tests.support.workers.rows import rows


@rows(
    ("ref", "products"),
    [
        ("p7", "7"), ("p_7", "7"), ("product_7", "7"), ("PRODUCT_7", "7"), ("product-7", "7"), ("productid=7", "7"),
        ("item:7", "7"), ("sku=KIT-1", "KIT-1"), ("sku_KIT-1", "KIT-1"), ("slug=blue-mug", "blue-mug"),
        ("product_blue-mug", "blue-mug"), ("p=7&utm_source=fb", "7"), ("product%5F7", "7"),
        ("product_7_promo_SUKI50_campaign_x", "7"),
    ],
)  # fmt: skip
def test_a_product(ref: str, products: str) -> None:
    assert products in read_ref(ref).products
    assert read_ref(ref).is_plain


@pytest.mark.parametrize(
    ("ref", "promo"),
    [
        ("promo_SUKI50", "SUKI50"), ("code=SUKI50", "SUKI50"), ("voucher-SUKI50", "SUKI50"),
        ("product_7_promo_SUKI50", "SUKI50"), ("p=7;coupon=SUKI50", "SUKI50"),
    ],
)  # fmt: skip
def test_a_promo(ref: str, promo: str) -> None:
    assert promo in read_ref(ref).promos


@pytest.mark.parametrize(
    ("ref", "category"),
    [
        ("c_kitchen", "kitchen"),
        ("category=kitchen", "kitchen"),
        ("cat-5", "5"),
        ("collection_home_decor", "home-decor"),
    ],
)
def test_a_category(ref: str, category: str) -> None:
    assert category in read_ref(ref).categories


@pytest.mark.parametrize(
    ("ref", "code"),
    [
        ("blue-mug", "blue-mug"), ("blue_mug", "blue-mug"), ("KIT-001", "KIT-001"), ("SUKI50", "SUKI50"),
        ("campaign_SUKI50", "SUKI50"), ("fb_ad_blue-mug", "blue-mug"), ("cat-food", "cat-food"), ("12", "12"),
    ],
)  # fmt: skip
def test_a_bare_code_may_be_of_anything(ref: str, code: str) -> None:
    assert code in read_ref(ref).anything


@pytest.mark.parametrize(
    "ref", ["x" * 2000, "product_" + "9" * 1992, "_" * 2000, "p=" * 1000, "%" * 2000, "<script>alert(1)</script>", "🛒"]
)
def test_whatever_it_holds_it_is_read(ref: str) -> None:
    sought = read_ref(ref)
    assert max(map(len, (sought.products, sought.categories, sought.promos, sought.anything))) <= CODES_MOST
    assert all(len(code) <= 500 for code in (*sought.products, *sought.anything))


def test_nothing_asks_for_nothing() -> None:
    assert read_ref("") == Sought()
    assert not read_ref("campaign_xmas").is_plain
    assert "3" not in read_ref("facebook_ad_3").anything

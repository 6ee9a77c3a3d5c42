"""Limits of a price, as shoppers type them."""

from decimal import Decimal

import pytest

from bot.language.values.money import Limits, limits_in
from tests.support.workers.rows import rows


@rows(
    ("text", "least", "most", "about"),
    [
        ("speaker below 1k", 0, 1000, "speaker"), ("bag under 300", 0, 300, "bag"),
        ("shoes 300-500", 300, 500, "shoes"),
        ("fan na 500 to 600", 500, 600, "fan"), ("pang regalo budget 500", 0, 500, ""),
        ("100 pababa", 0, 100, ""), ("may tsinelas po ba kayo na 200 pababa?", 0, 200, "tsinelas"),
        ("relo hanggang 1.5k", 0, 1500, "relo"), ("mga 500 na bag", 400, 600, "bag"), ("₱1,299.00 pababa", 0, 1299, ""),
        ("budget ko po 1,000 para sa kettle", 0, 1000, "kettle"), ("payong max 250", 0, 250, "payong"),
        ("1-2k na speaker", 1000, 2000, "speaker"), ("between 200 and 400 mug", 200, 400, "mug"),
        ("200 hanggang 350 na kumot", 200, 350, "kumot"), ("less than 300 pesos na payong", 0, 300, "payong"),
        ("kumot hindi lalagpas ng 400", 0, 400, "kumot"), ("lampshade up to php 800", 0, 800, "lampshade"),
        ("around 300 na wallet", 240, 360, "wallet"), ("bag na tig 150", 120, 180, "bag"),
        ("not more than 500 shoes", 0, 500, "shoes"), ("P200 below na medyas", 0, 200, "medyas"),
    ],
)  # fmt: skip
def test_limits_are_read(text: str, least: int, most: int, about: str) -> None:
    assert limits_in(text) == Limits(Decimal(least), Decimal(most), about)


@pytest.mark.parametrize(
    ("text", "least"), [("bag above 500", 500), ("500 pataas na sapatos", 500), ("watch 1k up", 1000)]
)
def test_a_least_alone_has_no_most(text: str, least: int) -> None:
    limits = limits_in(text)
    assert limits
    assert (limits.least, limits.most) == (Decimal(least), None)


@rows(
    "text",
    ["0917 555 0123", "8123-4567", "12 Mabini St, Brgy San Roque", "size 39", "2 pcs po", "kettle 500ml", "mug",
     "2-3 days po ba?", "9am to 5pm", "ORD-20261128-AB12CD", "11-30-2026", ""],
)  # fmt: skip
def test_anything_else_is_no_limit(text: str) -> None:
    assert limits_in(text) is None

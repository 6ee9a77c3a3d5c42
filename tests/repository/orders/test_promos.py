"""Promos: what each kind takes off, and why it may not."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from repository.database.connection import Database
from repository.database.errors import PromoRefused
from repository.orders import promos
from repository.orders.carts import CartLine
from repository.orders.promos import Buyer, Promo, discount
from tests.support.keeper import Keeper

NOW = datetime(2026, 7, 1, tzinfo=UTC)
PROMO = Promo(
    1, "SALE", "Sale", "", "percentage", Decimal(10), None, None, None, 0, True,
    NOW - timedelta(days=1), NOW + timedelta(days=1), (),
)  # fmt: skip
LINES = (
    CartLine(1, 7, None, "Mug", "", 2, Decimal("100.00"), Decimal("200.00"), 9, ""),
    CartLine(2, 8, None, "Lamp", "", 1, Decimal("333.33"), Decimal("333.33"), 9, ""),
)


def off(promo: Promo | None, used: int = 0, tier: str = "regular", away: int | None = None) -> Decimal:
    buyer = Buyer(used, tier, away)
    return discount(promo, lines=LINES, shipping_fee=Decimal("80.00"), buyer=buyer, now=NOW)


@pytest.mark.parametrize(
    ("changes", "amount"),
    [
        ({}, "53.33"),
        ({"value": Decimal("12.5")}, "66.67"),
        ({"most": Decimal(50)}, "50.00"),
        ({"product_ids": (8,)}, "33.33"),
        ({"promo_type": "fixed_amount", "value": Decimal(100)}, "100.00"),
        ({"promo_type": "fixed_amount", "value": Decimal(9999)}, "533.33"),
        ({"promo_type": "fixed_amount", "value": Decimal(9999), "product_ids": (7,)}, "200.00"),
        ({"promo_type": "free_shipping", "value": None}, "80.00"),
        ({"promo_type": "free_shipping", "value": None, "most": Decimal(50)}, "50.00"),
        ({"promo_type": "bundle", "value": Decimal(60), "product_ids": (7, 8)}, "60.00"),
        ({"minimum": Decimal("533.33")}, "53.33"),
        ({"usage_limit": 5, "usage_count": 4}, "53.33"),
    ],
)
def test_what_a_promo_takes_off(changes: dict[str, object], amount: str) -> None:
    assert off(replace(PROMO, **changes)) == Decimal(amount)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"starts_at": NOW + timedelta(seconds=1)}, "not_started"),
        ({"ends_at": NOW - timedelta(seconds=1)}, "ended"),
        ({"usage_limit": 5, "usage_count": 5}, "used_up"),
        ({"product_ids": (9,)}, "wrong_products"),
        ({"promo_type": "bundle", "product_ids": (7, 9)}, "wrong_products"),
        ({"minimum": Decimal("533.34")}, "minimum"),
    ],
)
def test_why_a_promo_does_not_apply(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(PromoRefused) as refused:
        off(replace(PROMO, **changes))
    assert refused.value.reason == reason


def test_free_shipping_is_not_spent_where_shipping_is_free_already() -> None:
    promo = replace(PROMO, promo_type="free_shipping", value=None)
    with pytest.raises(PromoRefused) as refused:
        discount(promo, lines=LINES, shipping_fee=Decimal(0), buyer=None, now=NOW)
    assert refused.value.reason == "free_already"


def test_once_per_shopper_unless_set() -> None:
    with pytest.raises(PromoRefused) as refused:
        off(PROMO, used=1)
    assert refused.value.reason == "used_by_shopper"
    assert off(replace(PROMO, once_per_shopper=False), used=1) == Decimal("53.33")
    with pytest.raises(PromoRefused) as refused:
        off(None)
    assert refused.value.reason == "unknown"


async def test_only_what_runs_is_shown(keeper: Keeper, database: Database) -> None:
    mug = await keeper.stocks("Mug")
    await keeper.promo("LATER", ends=9, products=(mug,))
    await keeper.promo("SOON", ends=2)
    await keeper.promo("OVER", starts=-9, ends=-2)
    await keeper.promo("NEXT", starts=2, ends=9)
    await keeper.run("UPDATE promos SET usage_limit = 0 WHERE id = %(id)s", id=await keeper.promo("USED"))
    await keeper.run("UPDATE promos SET is_active = FALSE WHERE id = %(id)s", id=await keeper.promo("OFF"))
    async with database.connection() as conn:
        running = await promos.live(conn)
    assert [(promo.code, promo.product_ids) for promo in running] == [("SOON", ()), ("LATER", (mug,))]

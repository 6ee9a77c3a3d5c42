"""Promos: what the form says, what it takes off, what clashes, and that shoppers pay just that."""

import html
from decimal import Decimal

import pytest
from msgspec.structs import replace

from handlers.console.promos.example import promo_of, reckoned, wanted
from handlers.console.promos.promo import clashes, problems
from handlers.console.promos.sentence import mistaken, sentence
from repository.desk.promos import PromoBody, Standing
from repository.orders.carts import CartLine
from repository.orders.shipping import Zone
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.settings.test_rules import form_in
from tests.handlers.console.test_console import Visitor, nena, version_of
from tests.support.buying import ADDRESS, COD, CONFIRM, puts_in_cart

__all__ = ["nena"]
MUGS = PromoBody(
    promo_code="MUGS",
    title="Mugs",
    discount_value=Decimal(10),
    min_purchase_amount=Decimal(500),
    usage_limit=100,
    start_date="2026-11-01 00:00",
    end_date="2026-11-30 23:59",
    products=("MUG-1", "MUG-2"),
    is_active=True,
)
CART = (
    CartLine(1, 1, None, "Mug", "", 3, Decimal("199.50"), Decimal("598.50"), 9, ""),
    CartLine(2, 2, None, "Tee", "", 1, Decimal(100), Decimal(100), 9, ""),
)
MANILA = Zone(1, "Manila", "metro", Decimal(80), Decimal(0), None, "", ())


def pesos(amount: Decimal) -> str:
    return f"₱{amount:,.0f}"


def test_a_promo_reads_as_a_sentence() -> None:
    told = "10 % off 2 products, when spending ₱500, until 30 Nov 2026, once per shopper, first 100"
    assert sentence(MUGS, pesos) == told
    free = replace(MUGS, promo_type="free_shipping", products=(), usage_limit=0, once_per_shopper=False)
    assert sentence(free, pesos) == "Free shipping, when spending ₱500, until 30 Nov 2026"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"discount_value": Decimal(101)}, "discount_value"), ({"discount_value": Decimal(0)}, "discount_value"),
        ({"end_date": "2026-10-30T23:59"}, "end_date"), ({"promo_code": ""}, "promo_code"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_beside_its_field(change: dict[str, object], field: str) -> None:
    assert list(problems(replace(MUGS, **change))) == [field]


def test_what_can_be_is_told_nothing() -> None:
    assert problems(MUGS) == {}
    assert problems(replace(MUGS, promo_code="", is_active=False)) == {}
    assert problems(replace(MUGS, promo_type="fixed_amount", discount_value=Decimal(150))) == {}


def test_a_cart_is_reckoned_line_by_line() -> None:
    found = reckoned(promo_of(MUGS, (1, 9)), CART, MANILA, Decimal(1))
    assert [(line.text, line.amount) for line in found.lines] == [
        ("3 × Mug", Decimal("598.50")),
        ("1 × Tee", Decimal(100)),
        ("Shipping to Manila", Decimal("80.00")),
        ("MUGS", Decimal("-59.85")),
        ("To pay", Decimal("718.65")),
    ]
    assert reckoned(promo_of(MUGS, (2,)), CART[1:], MANILA, Decimal(1)).refused == "minimum"
    assert reckoned(promo_of(MUGS, ()), CART, MANILA, Decimal(1)).refused == "wrong_products"


def test_a_cart_is_read_as_it_is_typed() -> None:
    assert wanted("MUG-1 x2, TEE ×  3,, CAP") == [("MUG-1", 2), ("TEE", 3), ("CAP", 1)]


def test_codes_that_are_misread_are_told() -> None:
    assert mistaken("SALE1O") == "Shoppers may take the O in SALE1O for a 0."
    assert mistaken("HELLO") == ""


def test_promos_that_meet_are_told() -> None:
    body = replace(MUGS, promo_code="OTHER", products=())
    other = Standing(promo=promo_of(body, ()), is_on=True, first=0, last=9, phase="running")
    assert len(clashes(MUGS, (1,), [other])) == 1
    assert clashes(MUGS, (1,), [Standing(promo=other.promo, is_on=False, first=0, last=9, phase="draft")]) == []
    apart = replace(other.promo, product_ids=(7,))
    assert clashes(MUGS, (1,), [Standing(promo=apart, is_on=True, first=0, last=9, phase="running")]) == []


async def test_a_promo_is_made_used_to_the_centavo_and_paused(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="199.55")
    sku = (await shop.texts("SELECT sku FROM products"))[0]
    category = (await shop.texts("SELECT name FROM categories"))[0]
    await nena.logs_in()
    await nena.opens("/promos/new")
    new = form_in(nena.page) | {"title": "Mugs", "promo_code": "mugs", "discount_value": "110", "is_active": "on"}
    await nena.sends("/promos/new", **new)
    assert nena.status == 422
    assert "100 percent are the most." in nena.page
    assert 'value="mugs"' in nena.page
    await nena.sends("/promos/new", **(new | {"discount_value": "15", "products": "No such thing"}))
    assert "called “No such thing”" in html.unescape(nena.page)
    await nena.sends("/promos/new", **(new | {"discount_value": "15", "products": category, "usage_limit": "5"}))
    where = nena.path.removeprefix("/console")
    await nena.opens(where)
    assert "?ref=promo_MUGS" in nena.page
    assert f'value="{sku}"' in nena.page
    assert "MUGS: -₱29.93" in html.unescape(nena.page)
    await nena.opens("/promos/new")
    await nena.sends("/promos/new", **(new | {"discount_value": "5"}))
    assert "Another promo has this code." in nena.page
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Ana Cruz", "0917 123 4567", ADDRESS, "skip")
    await ana.taps(COD)
    await ana.taps("Add promo code")
    await ana.says("mugs")
    ana.hears("29.93")
    await ana.taps(CONFIRM)
    paid = await shop.texts("SELECT CONCAT(promo_code, ' ', discount_amount, ' ', total_amount) FROM orders")
    fee = Decimal((await shop.texts("SELECT shipping_fee FROM orders"))[0])
    assert paid == [f"MUGS 29.93 {Decimal('169.62') + fee}"]
    await nena.opens(where)
    assert "1 used, 4 of 5 left" in nena.page
    await nena.sends(f"{where}/delete", version=version_of(nena.page))
    assert "Pause it instead" in html.unescape(nena.page)
    await nena.opens(where)
    await nena.sends(f"{where}/switch", version=version_of(nena.page), to="off")
    assert "It is paused." in nena.page
    assert '<span class="badge">paused</span>' in await nena.opens("/promos")


async def test_a_promo_for_suki_says_so_and_keeps_it(nena: Visitor) -> None:
    suki = replace(MUGS, for_tier="gold", away_days=30, products=())
    assert "for Gold suki and up whose last order was 30 days ago or more" in sentence(suki, pesos)
    assert "for Platinum suki," in sentence(replace(suki, for_tier="platinum", away_days=0), pesos)
    assert "for shoppers whose last order was 7 days ago or more" in sentence(
        replace(suki, for_tier="", away_days=7), pesos
    )
    await nena.logs_in()
    await nena.opens("/promos/new")
    new = form_in(nena.page) | {"title": "Suki", "promo_code": "suki", "discount_value": "15", "is_active": "on"}
    await nena.sends("/promos/new", **(new | {"for_tier": "gold", "away_days": "30"}))
    where = nena.path.removeprefix("/console")
    await nena.opens(where)
    assert form_in(nena.page)["away_days"] == "30"
    assert '<option value="gold" selected>' in nena.page
    assert "for Gold suki and up whose last order" in html.unescape(nena.page)

"""A cart from Facebook's own shop: our products, our prices, what is left; and whatever else may be in it."""

from decimal import Decimal

import pytest

from repository.database.connection import Database
from repository.referrals import sent_carts
from repository.referrals.sent_carts import SentLine, TakenCart
from repository.rules import Rules
from tests.support.keeper import Keeper


@pytest.fixture
async def ana(keeper: Keeper) -> int:
    return await keeper.shopper()


async def take(database: Database, ana: int, *lines: SentLine, rules: Rules | None = None) -> TakenCart:
    async with database.transaction() as conn:
        return await sent_carts.take_cart(conn, shopper_id=ana, lines=lines, rules=rules or Rules())


def whys(taken: TakenCart) -> list[tuple[str, str, int, int]]:
    return [(one.why, one.name, one.wanted, one.put) for one in taken.differences]


async def test_quantities_are_kept_and_prices_are_ours(keeper: Keeper, database: Database, ana: int) -> None:
    mug = await keeper.stocks("Blue mug", price="120.00")
    await keeper.stocks("Kettle", price="599.00")
    await keeper.run("UPDATE products SET sku = CONCAT('S-', id)")
    lines = (
        SentLine(code=f"S-{mug}", quantity=2, unit_price="120.0", currency="PHP"),
        SentLine(code="unheard-of", title="Kettle", quantity=1, unit_price="₱549.00", currency="PHP"),
    )
    taken = await take(database, ana, *lines)
    assert [(line.name, line.quantity) for line in taken.cart.lines] == [("Blue mug", 2), ("Kettle", 1)]
    assert (taken.put, taken.cart.subtotal) == (3, Decimal("839.00"))
    (price,) = taken.differences
    assert (price.why, price.price, price.theirs, price.currency) == (
        "price", Decimal("599.00"), Decimal("549.00"), "",
    )  # fmt: skip
    again = await take(database, ana, *lines)
    assert again.cart == taken.cart


@pytest.mark.parametrize("said", ["", "free", "-1", "1e999", "NaN", "9" * 400, "1.2.3", "12,000"])
async def test_whatever_the_price_says_ours_holds(keeper: Keeper, database: Database, ana: int, said: str) -> None:
    await keeper.stocks("Blue mug", price="120.00")
    taken = await take(database, ana, SentLine(title="Blue mug", unit_price=said, currency="PHP"))
    assert taken.cart.subtotal == Decimal("120.00")


async def test_what_cannot_be_had_is_said(keeper: Keeper, database: Database, ana: int) -> None:
    await keeper.stocks("Blue mug", left=3)
    await keeper.stocks("Lamp", left=0)
    await keeper.stocks("Bag", left=500)
    gone = await keeper.stocks("Old radio")
    await keeper.stocks("Shirt", sizes={"S": 4, "L": 2})
    await keeper.run("UPDATE products SET status = 'discontinued' WHERE id = %(id)s", id=gone)
    taken = await take(
        database,
        ana,
        SentLine(title="Blue mug", quantity=1_000_000),
        SentLine(title="Lamp"),
        SentLine(title="Bag", quantity=10**30),
        SentLine(title="Old radio"),
        SentLine(title="Shirt", quantity=2),
        SentLine(title="Never heard of it"),
        SentLine(title="Bag", quantity=0),
        SentLine(code="", title=""),
        rules=Rules(line_quantity_most=20),
    )
    assert sorted((why, name, put) for why, name, _, put in whys(taken)) == [
        ("fewer", "Blue mug", 3),
        ("gone", "Old radio", 0),
        ("none", "Bag", 0),
        ("sold_out", "Lamp", 0),
        ("too_many", "Bag", 20),
        ("unknown", "", 0),
        ("unknown", "Never heard of it", 0),
        ("variant", "Shirt", 0),
    ]
    assert [(line.name, line.quantity) for line in taken.cart.lines] == [("Blue mug", 3), ("Bag", 20)]


async def test_a_variant_by_its_suffix_and_a_foreign_price(keeper: Keeper, database: Database, ana: int) -> None:
    shirt = await keeper.stocks("Shirt", price="200.00", sizes={"L": ("10.00", 2)})
    await keeper.run("UPDATE products SET sku = 'CLO-1' WHERE id = %(id)s", id=shirt)
    await keeper.run("UPDATE product_variants SET sku_suffix = '-L'")
    taken = await take(database, ana, SentLine(code="CLO-1-L", quantity=1, unit_price="210.00", currency="USD"))
    assert [(line.variant, line.unit_price) for line in taken.cart.lines] == [("Size: L", Decimal("210.00"))]
    assert [(one.why, one.currency) for one in taken.differences] == [("price", "USD")]


async def test_a_hundred_lines(keeper: Keeper, database: Database, ana: int) -> None:
    for number in range(6):
        await keeper.stocks(f"Thing {number}", left=90)
    lines = [SentLine(title=f"Thing {number % 10}", quantity=1) for number in range(150)]
    taken = await take(database, ana, *lines, rules=Rules(cart_lines_most=4))
    assert [(line.name, line.quantity) for line in taken.cart.lines] == [(f"Thing {number}", 10) for number in range(4)]
    assert [why for why, *_ in whys(taken)].count("full") == 2
    assert [why for why, *_ in whys(taken)].count("unknown") == 40


async def test_lines_that_lay_there_stay(keeper: Keeper, database: Database, ana: int) -> None:
    mug, lamp = await keeper.stocks("Blue mug", left=5), await keeper.stocks("Lamp")
    await keeper.puts(ana, mug, 4)
    await keeper.puts(ana, lamp, 1)
    taken = await take(database, ana, SentLine(title="Blue mug", quantity=2))
    assert [(line.name, line.quantity) for line in taken.cart.lines] == [("Blue mug", 2), ("Lamp", 1)]
    assert taken.put == 2

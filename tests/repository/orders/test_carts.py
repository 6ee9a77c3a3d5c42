"""A cart: what may be put in it, and what it says afterwards."""

from decimal import Decimal

import pytest

from repository.database.connection import Connection, Database
from repository.database.errors import (
    CartFull,
    OutOfStock,
    TooMany,
    UnknownLine,
    UnknownProduct,
    VariantNeeded,
)
from repository.orders import carts
from repository.rules import Rules
from tests.support.keeper import Keeper

RULES = Rules(line_quantity_most=5, cart_lines_most=2)


@pytest.fixture
async def ana(keeper: Keeper) -> int:
    return await keeper.shopper()


async def add(conn: Connection, ana: int, product: int, quantity: int = 1, variant: int | None = None) -> carts.Cart:
    return await carts.add_line(
        conn, shopper_id=ana, product_id=product, variant_id=variant, quantity=quantity, rules=RULES
    )


async def test_the_whole_cart_comes_back_with_each_change(keeper: Keeper, database: Database, ana: int) -> None:
    mug = await keeper.stocks("Mug", price="120.50", left=4, weight="0.400", picture="https://shop.example/mug.png")
    shirt = await keeper.stocks("Shirt", price="200.00", left=0, sizes={"Large": ("25.00", 3)}, weight="0.200")
    large = await keeper.variant(shirt, "Large")
    async with database.transaction() as conn:
        await add(conn, ana, mug)
        await add(conn, ana, shirt, variant=large)
        cart = await add(conn, ana, mug, 2)
    mugs, shirts = cart.lines
    assert (mugs.name, mugs.quantity, mugs.total, mugs.left) == ("Mug", 3, Decimal("361.50"), 4)
    assert mugs.picture_url == "https://shop.example/mug.png"
    assert (shirts.variant, shirts.unit_price, shirts.left) == ("Size: Large", Decimal("225.00"), 3)
    assert (cart.subtotal, cart.count, cart.weight_kg) == (Decimal("586.50"), 4, Decimal("1.400"))


async def test_never_more_than_can_be_sold(keeper: Keeper, database: Database, ana: int) -> None:
    mug = await keeper.stocks("Mug", left=2)
    async with database.transaction() as conn:
        await add(conn, ana, mug, 2)
        with pytest.raises(OutOfStock) as refused:
            await add(conn, ana, mug)
        assert refused.value.left == 2
        assert (await carts.cart(conn, shopper_id=ana)).count == 2


async def test_what_cannot_be_added(keeper: Keeper, database: Database, ana: int) -> None:
    mug = await keeper.stocks("Mug", left=50)
    hidden = await keeper.stocks("Hidden")
    await keeper.run("UPDATE products SET status = 'inactive' WHERE id = %(id)s", id=hidden)
    shirt = await keeper.stocks("Shirt", sizes={"Large": ("0", 3), "Gone": ("0", 3)})
    gone = await keeper.variant(shirt, "Gone")
    await keeper.run("UPDATE product_variants SET is_available = FALSE WHERE id = %(id)s", id=gone)
    async with database.transaction() as conn:
        for product, variant, refusal in (
            (hidden, None, UnknownProduct),
            (999_999_999, None, UnknownProduct),
            (shirt, None, VariantNeeded),
            (shirt, gone, UnknownProduct),
            (mug, await keeper.variant(shirt, "Large"), UnknownProduct),
        ):
            with pytest.raises(refusal):
                await add(conn, ana, product, variant=variant)
        with pytest.raises(TooMany) as many:
            await add(conn, ana, mug, 6)
        assert many.value.most == 5
        await add(conn, ana, mug)
        await add(conn, ana, await keeper.stocks("Plate"))
        with pytest.raises(CartFull) as full:
            await add(conn, ana, await keeper.stocks("Spoon"))
        assert full.value.most == 2
        await add(conn, ana, mug)


async def test_a_line_is_changed_and_taken_out(keeper: Keeper, database: Database, ana: int) -> None:
    ben = await keeper.shopper("Ben")
    mug = await keeper.stocks("Mug", left=3)
    async with database.transaction() as conn:
        line = (await add(conn, ana, mug)).lines[0].id
        cart = await carts.set_quantity(conn, shopper_id=ana, line_id=line, quantity=3, rules=RULES)
        assert cart.count == 3
        with pytest.raises(OutOfStock):
            await carts.set_quantity(conn, shopper_id=ana, line_id=line, quantity=4, rules=RULES)
        with pytest.raises(TooMany):
            await carts.set_quantity(conn, shopper_id=ana, line_id=line, quantity=6, rules=RULES)
        for change in (1, 0):
            with pytest.raises(UnknownLine):
                await carts.set_quantity(conn, shopper_id=ben, line_id=line, quantity=change, rules=RULES)
        cart = await carts.set_quantity(conn, shopper_id=ana, line_id=line, quantity=0, rules=RULES)
        assert cart.lines == ()
        with pytest.raises(UnknownLine):
            await carts.remove_line(conn, shopper_id=ana, line_id=line)


async def test_emptying_leaves_other_carts_alone(keeper: Keeper, database: Database, ana: int) -> None:
    ben, mug = await keeper.shopper("Ben"), await keeper.stocks("Mug")
    async with database.transaction() as conn:
        await add(conn, ana, mug)
        await add(conn, ben, mug)
        await carts.empty(conn, shopper_id=ana)
        assert (await carts.cart(conn, shopper_id=ana)).lines == ()
        assert (await carts.cart(conn, shopper_id=ben)).count == 1


async def test_adding_takes_one_round_trip(keeper: Keeper, database: Database, ana: int) -> None:
    mug = await keeper.stocks("Mug")
    async with database.transaction() as conn:
        before = database.counts.round_trips
        await add(conn, ana, mug)
        assert database.counts.round_trips - before == 1


async def test_what_is_no_longer_sold_stays_visible_with_none_left(
    keeper: Keeper, database: Database, ana: int
) -> None:
    mug = await keeper.stocks("Mug")
    async with database.transaction() as conn:
        await add(conn, ana, mug)
    await keeper.run("UPDATE products SET status = 'discontinued'")
    async with database.connection() as conn:
        assert [line.left for line in (await carts.cart(conn, shopper_id=ana)).lines] == [0]

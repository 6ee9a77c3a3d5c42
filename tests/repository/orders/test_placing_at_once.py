"""Placing orders at the same moment: each once, nothing sold twice, no deadlock."""

import asyncio
from random import Random

from repository.database.connection import Database
from repository.database.errors import OutOfStock, PromoRefused
from repository.orders import placed_orders
from repository.orders.placed_orders import Placed
from tests.support.keeper import Keeper


async def test_two_taps_at_the_same_moment_place_one_order(keeper: Keeper) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug = await keeper.stocks("Mug", price="100.00", left=10, weight="0")
    await keeper.puts(ana, mug, 2)
    placed = await asyncio.gather(*(_confirms(keeper, ana, zone, "280.00", "same") for _ in range(4)))
    assert len({each.order_id for each in placed}) == 1
    assert sorted(each.already for each in placed) == [False, True, True, True]
    assert await keeper.left(mug) == 8


async def test_the_last_piece_is_sold_once(keeper: Keeper) -> None:
    zone, mug = await keeper.zone(), await keeper.stocks("Last mug", price="100.00", left=1, weight="0")
    shoppers = [await keeper.shopper(name) for name in ("Ana", "Ben", "Carlo", "Dina")]
    for shopper in shoppers:
        await keeper.puts(shopper, mug)
    results = await asyncio.gather(
        *(_confirms(keeper, shopper, zone, "180.00", f"n{shopper}") for shopper in shoppers), return_exceptions=True
    )
    assert sum(isinstance(result, Placed) for result in results) == 1
    refusals = [result for result in results if isinstance(result, OutOfStock)]
    assert [(refusal.left, refusal.product) for refusal in refusals] == [(0, "Last mug")] * 3
    assert await keeper.left(mug) == 0
    assert await keeper.look("SELECT COUNT(*) FROM orders") == 1
    assert await keeper.look("SELECT COUNT(*) FROM cart_items") == 3


async def test_the_last_variant_is_sold_once(keeper: Keeper) -> None:
    zone = await keeper.zone()
    shirt = await keeper.stocks("Shirt", left=0, price="100.00", sizes={"Small": ("0", 1)}, weight="0")
    small = await keeper.variant(shirt, "Small")
    shoppers = [await keeper.shopper(name) for name in ("Ana", "Ben", "Carlo")]
    for shopper in shoppers:
        await keeper.puts(shopper, shirt, 1, small)
    results = await asyncio.gather(
        *(_confirms(keeper, shopper, zone, "180.00", f"n{shopper}") for shopper in shoppers), return_exceptions=True
    )
    assert sum(isinstance(result, Placed) for result in results) == 1
    refusals = [result for result in results if isinstance(result, OutOfStock)]
    assert [(refusal.left, refusal.product) for refusal in refusals] == [(0, "Shirt (Size: Small)")] * 2
    assert await keeper.look("SELECT COUNT(*) FROM orders") == 1


async def test_many_shoppers_of_the_same_things_never_deadlock(keeper: Keeper, database: Database) -> None:
    zone = await keeper.zone()
    chance = Random(7)
    things = [await keeper.stocks(f"Thing {n}", left=60, sizes={"A": ("0", 60)} if n % 2 else None) for n in range(5)]
    variants = {thing: await keeper.variant(thing, "A") for thing in things[1::2]}

    async def shop(shopper: int) -> None:
        for number in range(3):
            for thing in chance.sample(things, 4):
                await keeper.puts(shopper, thing, 1, variants.get(thing))
            placed = await keeper.orders(shopper, zone, nonce=f"{shopper}-{number}")
            if number:
                async with database.transaction() as conn:
                    await placed_orders.cancel(conn, shopper_id=shopper, order_id=placed.order_id, reason="")

    shoppers = [await keeper.shopper(f"Shopper {number}") for number in range(10)]
    await asyncio.gather(*(shop(shopper) for shopper in shoppers))
    assert await keeper.look("SELECT COUNT(*) FROM orders") == 30
    left = await keeper.look(
        "SELECT (SELECT SUM(stock_quantity) FROM products WHERE id NOT IN (SELECT product_id FROM product_variants))"
        " + (SELECT SUM(stock_quantity) FROM product_variants)"
    )
    assert left == 5 * 60 - 10 * 4


async def test_the_last_use_of_a_promo_is_given_once(keeper: Keeper) -> None:
    zone = await keeper.zone()
    await keeper.promo("LAST", value="10", limit=1)
    shoppers = [await keeper.shopper(name) for name in ("Ana", "Ben", "Carlo")]
    for shopper in shoppers:
        # Each wants something else, so that no lock on a product keeps them apart.
        await keeper.puts(shopper, await keeper.stocks(f"Thing {shopper}", price="100.00", weight="0"))
    results = await asyncio.gather(
        *(_confirms(keeper, shopper, zone, "170.00", f"n{shopper}", "LAST") for shopper in shoppers),
        return_exceptions=True,
    )
    assert sum(isinstance(result, Placed) for result in results) == 1
    assert [refusal.reason for refusal in results if isinstance(refusal, PromoRefused)] == ["used_up"] * 2
    assert await keeper.look("SELECT usage_count FROM promos") == 1
    assert await keeper.look("SELECT COUNT(*) FROM orders") == 1


async def _confirms(keeper: Keeper, shopper: int, zone: int, total: str, nonce: str, promo: str = "") -> Placed:
    return await keeper.orders(shopper, zone, total=total, nonce=nonce, promo=promo)

"""What becomes of an order that was placed: cancelled with its stock given back, or only looked at."""

import asyncio
from decimal import Decimal

import pytest

from repository.database.connection import Database
from repository.database.errors import NotCancellable, UnknownOrder
from repository.orders import placed_orders
from tests.support.keeper import Keeper


async def test_cancelling_gives_stock_and_promo_back(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug = await keeper.stocks("Mug", price="1000.00", left=4)
    await keeper.promo("ONCE", limit=1)
    await keeper.puts(ana, mug, 3)
    placed = await keeper.orders(ana, zone, promo="ONCE")
    assert await keeper.left(mug) == 1
    async with database.transaction() as conn:
        order = await placed_orders.cancel(conn, shopper_id=ana, order_id=placed.order_id, reason="Changed my mind")
    assert (order.status, order.can_cancel) == ("cancelled", False)
    assert await keeper.left(mug) == 4
    assert await keeper.look("SELECT usage_count FROM promos") == 0
    assert (
        await keeper.look(
            "SELECT CONCAT_WS('|', from_status, to_status, changed_by_type, reason) FROM order_state_history"
            " ORDER BY id DESC LIMIT 1"
        )
        == "pending|cancelled|customer|Changed my mind"
    )
    await keeper.puts(ana, mug)
    again = await keeper.orders(ana, zone, promo="ONCE", nonce="n2")
    assert (await keeper.order(ana, again.order_id)).discount == Decimal("100.00")


async def test_cancelling_twice_gives_back_once(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug = await keeper.stocks("Mug", left=4)
    await keeper.puts(ana, mug, 3)
    placed = await keeper.orders(ana, zone)

    async def cancel() -> object:
        async with database.transaction() as conn:
            return await placed_orders.cancel(conn, shopper_id=ana, order_id=placed.order_id, reason="")

    results = await asyncio.gather(cancel(), cancel(), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["NotCancellable", "Order"]
    assert await keeper.left(mug) == 4


async def test_somebody_elses_order_is_unknown(keeper: Keeper, database: Database) -> None:
    ana, ben, zone = await keeper.shopper(), await keeper.shopper("Ben"), await keeper.zone()
    await keeper.puts(ana, await keeper.stocks("Mug"))
    placed = await keeper.orders(ana, zone)
    async with database.transaction() as conn:
        with pytest.raises(UnknownOrder):
            await placed_orders.order(conn, shopper_id=ben, order_id=placed.order_id)
        with pytest.raises(UnknownOrder):
            await placed_orders.cancel(conn, shopper_id=ben, order_id=placed.order_id, reason="")
    assert (await keeper.order(ana, placed.order_id)).status == "pending"


async def test_a_shipped_order_cannot_be_taken_back(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    await keeper.puts(ana, await keeper.stocks("Mug"))
    placed = await keeper.orders(ana, zone)
    await keeper.run("UPDATE orders SET order_status = 'shipped'")
    with pytest.raises(NotCancellable) as refused:
        async with database.transaction() as conn:
            await placed_orders.cancel(conn, shopper_id=ana, order_id=placed.order_id, reason="")
    assert refused.value.status == "shipped"


async def test_orders_are_listed_newest_first(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    for name in ("Mug", "Plate", "Spoon"):
        await keeper.puts(ana, await keeper.stocks(name), 2)
        await keeper.orders(ana, zone, nonce=name)
    async with database.connection() as conn:
        first = await placed_orders.orders(conn, shopper_id=ana, page=1, page_size=2)
        last = await placed_orders.orders(conn, shopper_id=ana, page=9, page_size=2)
    assert [(each.first_item, each.item_count) for each in first.items] == [("Spoon", 2), ("Plate", 2)]
    assert [each.first_item for each in last.items] == ["Mug"]
    assert (first.pages, last.page) == (2, 2)

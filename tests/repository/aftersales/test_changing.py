"""Changing what is in an order: stock and sums stay right whatever is changed, by however many at once."""

import asyncio
import random
from contextlib import suppress
from decimal import Decimal

import pytest

from repository.aftersales import changing
from repository.aftersales.changing import Changed, Item
from repository.database.connection import Connection, Database
from repository.database.errors import NotChangeable, NothingToOrder, OutOfStock, ShopError, Stale, UnknownOrder
from repository.orders.history import Actor
from repository.orders.moves import WORKER, move
from repository.rules import Rules
from tests.support.keeper import Keeper

ROSA = Actor("Rosa", "admin")
RULES = Rules()
SUMS = """SELECT o.subtotal = SUM(i.total_price) AND o.total_amount = o.subtotal + o.shipping_fee - o.discount_amount
    AND MIN(i.total_price = i.unit_price * i.quantity) AND o.remaining_balance = o.total_amount
    FROM orders o JOIN order_items i ON i.order_id = o.id WHERE o.id = %(id)s
    GROUP BY o.id, o.subtotal, o.total_amount, o.shipping_fee, o.discount_amount, o.remaining_balance"""
HELD = """SELECT COALESCE(SUM(quantity), 0) FROM inventory_reservations
    WHERE order_id = %(id)s AND product_id = %(product)s AND status IN ('reserved', 'committed')"""
ORDERED = "SELECT COALESCE(SUM(quantity), 0) FROM order_items WHERE order_id = %(id)s AND product_id = %(product)s"


async def changes(
    database: Database, order_id: int, *items: Item, shopper_id: int | None = None, opened: int | None = None
) -> Changed:
    """Change what is in an order, in a transaction of its own."""

    async def work(conn: Connection) -> Changed:
        return await changing.change_items(
            conn, order_id=order_id, items=items, rules=RULES, shopper_id=shopper_id, opened=opened
        )

    return await database.retry(work)


async def moves(database: Database, order_id: int, to: str, actor: Actor = ROSA) -> None:
    async def work(conn: Connection) -> None:
        await move(conn, order_id=order_id, to=to, actor=actor, rules=RULES)

    await database.retry(work)


@pytest.mark.parametrize("is_confirmed", [False, True])
async def test_stock_and_sums_add_up_after_any_changes(keeper: Keeper, database: Database, is_confirmed: bool) -> None:
    chance = random.Random(5)
    ana, zone = await keeper.shopper(), await keeper.zone()
    products = [await keeper.stocks(name, price=price, left=9) for name, price in (("Mug", "10.05"), ("Pan", "99.99"))]
    await keeper.puts(ana, products[0], 2)
    order_id = (await keeper.orders(ana, zone)).order_id
    if is_confirmed:
        await moves(database, order_id, "confirmed", WORKER)
    for _ in range(25):
        items = [Item(product, None, chance.randint(0, 11)) for product in products]
        with suppress(OutOfStock, NothingToOrder):
            await changes(database, order_id, *items)
        assert await keeper.look(SUMS, id=order_id) == 1
        for product in products:
            held = int(str(await keeper.look(HELD, id=order_id, product=product)))
            assert await keeper.left(product) + held == 9, "no piece is lost and none is made"
            assert held == int(str(await keeper.look(ORDERED, id=order_id, product=product)))
    assert await keeper.look("SELECT COUNT(*) > 5 FROM order_edits WHERE what = 'items'") == 1


async def test_a_preview_leaves_everything_as_it_was(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug = await keeper.stocks("Mug", price="100.00", left=9)
    await keeper.puts(ana, mug, 2)
    order_id = (await keeper.orders(ana, zone)).order_id
    before = await keeper.look("SELECT CONCAT_WS('|', version, total_amount) FROM orders")
    async with database.transaction() as conn:
        shown = await changing.preview_items(
            conn, order_id=order_id, shopper_id=ana, items=[Item(mug, None, 5)], rules=RULES
        )
    assert (shown.was.subtotal, shown.sums.subtotal) == (Decimal("200.00"), Decimal("500.00"))
    assert await keeper.look("SELECT CONCAT_WS('|', version, total_amount) FROM orders") == before
    assert await keeper.left(mug) == 7
    assert await keeper.look("SELECT COUNT(*) FROM order_edits") == 0


async def test_what_was_ordered_keeps_its_price_and_what_is_new_has_todays(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug, pan = await keeper.stocks("Mug", price="100.00"), await keeper.stocks("Pan", price="50.00")
    await keeper.puts(ana, mug, 1)
    order_id = (await keeper.orders(ana, zone)).order_id
    await keeper.run("UPDATE products SET base_price = base_price * 2")
    changed = await changes(database, order_id, Item(mug, None, 3), Item(pan, None, 1))
    assert [line.unit_price for line in changed.lines] == [Decimal("100.00"), Decimal("100.00")]
    assert changed.sums.subtotal == Decimal("400.00")


async def test_somebody_elses_a_stale_and_a_packed_order_stay_as_they_are(keeper: Keeper, database: Database) -> None:
    ana, ben, zone = await keeper.shopper(), await keeper.shopper("Ben"), await keeper.zone()
    mug = await keeper.stocks("Mug", left=9)
    await keeper.puts(ana, mug, 1)
    order_id = (await keeper.orders(ana, zone)).order_id
    with pytest.raises(UnknownOrder):
        await changes(database, order_id, Item(mug, None, 2), shopper_id=ben)
    with pytest.raises(Stale):
        await changes(database, order_id, Item(mug, None, 2), opened=99)
    await moves(database, order_id, "confirmed", WORKER)
    await moves(database, order_id, "processing")
    with pytest.raises(NotChangeable) as refused:
        await changes(database, order_id, Item(mug, None, 2), shopper_id=ana)
    assert (refused.value.reason, refused.value.status) == ("status", "processing")
    assert await keeper.left(mug) == 8


async def test_changing_packing_and_cancelling_at_once_loses_no_piece(keeper: Keeper, database: Database) -> None:
    ana, zone = await keeper.shopper(), await keeper.zone()
    mug, pan = await keeper.stocks("Mug", left=30), await keeper.stocks("Pan", left=30)
    await keeper.run("UPDATE users SET total_orders = 9")
    orders = []
    for number in range(5):
        await keeper.puts(ana, mug, 2)
        orders.append((await keeper.orders(ana, zone, nonce=f"n{number}")).order_id)
    for order_id in orders:
        await moves(database, order_id, "confirmed", WORKER)

    async def once(order_id: int, what: int) -> None:
        with suppress(ShopError):
            if what == 0:
                await changes(database, order_id, Item(pan, None, 1), Item(mug, None, 3))
            elif what == 1:
                await changes(database, order_id, Item(mug, None, 1))
            else:
                await moves(database, order_id, "processing" if what == 2 else "cancelled")

    await asyncio.gather(*(once(order_id, what) for order_id in orders for what in (0, 1, 2, 3)))
    for product in (mug, pan):
        held = "SELECT COALESCE(SUM(quantity), 0) FROM inventory_reservations WHERE product_id = %(id)s"
        live = f"{held} AND status IN ('reserved', 'committed')"
        assert await keeper.left(product) + int(str(await keeper.look(live, id=product))) == 30
    assert await keeper.look("SELECT COUNT(*) FROM orders WHERE order_status IN ('processing', 'cancelled')") == 5

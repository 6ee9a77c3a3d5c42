"""Stock that a person changes: with a reason, counted, never below what orders hold, and a history that adds up."""

import pytest

from repository.database.connection import Database
from repository.database.errors import Unfit
from repository.notices import merchants
from repository.staff.by import By
from repository.stock import ledger, moving, standing
from repository.stock.moving import Item
from repository.stock.standing import Wanted
from tests.support.keeper import Keeper

NOBODY = By()


async def test_each_change_stands_in_a_history_that_adds_up(keeper: Keeper, database: Database) -> None:
    mug = Item(await keeper.stocks("Mug", left=10))
    async with database.transaction() as conn:
        await moving.adjust(conn, item=mug, change=5, reason="received", note="from Laguna", by=NOBODY)
        await moving.adjust(conn, item=mug, change=-2, reason="damaged", by=NOBODY)
        with pytest.raises(Unfit, match="Only 13 can be taken off"):
            await moving.adjust(conn, item=mug, change=-14, reason="lost", by=NOBODY)
        assert (await moving.count(conn, item=mug, counted=12, was=13, by=NOBODY)).left == 12
        with pytest.raises(Unfit, match="1 left meanwhile, so there should be 12 now"):
            await moving.count(conn, item=mug, counted=11, was=13, by=NOBODY)
        told = [(one.change, one.left, one.note) for one in await ledger.movements(conn, item=mug, limit=9)]
        assert told == [
            (-1, 12, "Counted"),
            (-2, 13, "Damaged or expired"),
            (5, 15, "New stock came in: from Laguna"),
            (10, 10, "Opening stock"),
        ]
        assert (await ledger.total(conn, item=mug)).adds_up


async def test_what_orders_hold_is_on_the_shelf_but_not_for_sale(keeper: Keeper, database: Database) -> None:
    mug = await keeper.stocks("Mug", left=10)
    ana = await keeper.shopper()
    await keeper.puts(ana, mug, 3)
    await keeper.orders(ana, await keeper.zone())
    shirt = await keeper.stocks("Shirt", sizes={"S": 2, "L": 0})
    async with database.transaction() as conn:
        (large, small) = sorted(await standing.of_product(conn, product_id=shirt), key=lambda line: line.variant)
        assert (small.left, large.left) == (2, 0)
        lines = await standing.page(conn, wanted=Wanted(), limit=9)
        assert [(line.name, line.variant) for line in lines] == [
            ("Shirt", "Size: S"),
            ("Shirt", "Size: L"),
            ("Mug", ""),
        ]
        again = await standing.page(conn, wanted=Wanted(), limit=9, place=lines[0].item)
        assert [line.item for line in again] == [line.item for line in lines[1:]]
        assert (lines[2].left, lines[2].held, lines[2].on_hand, lines[2].sold, lines[2].days_left) == (7, 3, 10, 3, 70)
        assert [(one.pieces, one.shopper) for one in await standing.held(conn, item=Item(mug))] == [(3, "Ana Cruz")]
        with pytest.raises(Unfit, match="3 are reserved"):
            await moving.count(conn, item=Item(mug), counted=2, was=10, by=NOBODY)
        back = await standing.page(conn, wanted=Wanted(), limit=9, place=Item(mug), backwards=True)
        assert [line.item for line in back] == [lines[1].item, lines[0].item]
        assert [line.variant for line in await standing.page(conn, wanted=Wanted(state="out"), limit=9)] == ["Size: L"]


async def test_a_merchant_is_told_once_that_something_runs_low(keeper: Keeper, database: Database) -> None:
    mug = Item(await keeper.stocks("Mug", left=7))
    async with database.connection() as conn:
        start = await merchants.newest_change(conn)
    async with database.transaction() as conn:
        for change in (-2, -1, -1):
            await moving.adjust(conn, item=mug, change=change, reason="sold", by=NOBODY)
    async with database.connection() as conn:
        upto = await merchants.newest_change(conn)
        assert await merchants.gather(conn, after=start, upto=upto) == 1
        assert await merchants.gather(conn, after=start, upto=upto) == 0

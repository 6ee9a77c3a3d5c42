"""Many wishes: followed in few statements, each told once, whoever dies in between, and nobody before whoever asked."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.base.settings import DatabaseSettings, Settings
from bot.messenger.window import open_after
from dialogs.conversation import TABLE
from handlers.jobs.wishlist.watching import look_at_goods, watch
from handlers.turns.in_force import Shop
from repository.database.connection import Database
from repository.database.scalars import number
from repository.rules import Rules
from repository.wishlist import watching
from repository.wishlist.watching import AT_ONCE, When
from repository.workshop.mass import wishes as mass
from tests.conftest import empty
from tests.support.keeper import Keeper

WISHES = 3000
RULES = Rules(night_from=0, night_until=0)
ONCE = "SELECT COUNT(*), COUNT(DISTINCT user_id) FROM notification_queue WHERE template_name = 'unasked.wish_news'"


@pytest.fixture(autouse=True)
async def _leaves_nothing(database: Database) -> AsyncIterator[None]:
    """A shop that starts before it is emptied for its test would know five hundred products of these."""
    yield
    await empty(database)


async def fill(database: Database, wishes: int, *, in_stock: bool = True) -> None:
    async with database.connection() as conn:
        await mass.fill(conn, wishes=wishes, in_stock=in_stock)
        if in_stock:
            await mass.make_cheaper(conn)
        else:
            await mass.restock(conn, pieces=3)


async def follow(database: Database) -> tuple[int, int]:
    """Follow what has changed; statements and rows that it took."""
    async with database.connection() as conn:
        rows = await mass.rows_read(conn)
    statements = database.counts.statements
    await look_at_goods(database, RULES)
    statements = database.counts.statements - statements
    async with database.connection() as conn:
        return statements, await mass.rows_read(conn) - rows


async def test_many_drops_are_followed_in_few_statements_and_each_is_told_once(
    keeper: Keeper, database: Database
) -> None:
    await fill(database, WISHES)
    statements, _ = await follow(database)
    per_good, per_step = 2, 2
    assert statements <= 8 + per_good * mass.GOODS + per_step * WISHES // AT_ONCE
    assert await keeper.look("SELECT COUNT(*), SUM(dropped_at IS NOT NULL) FROM wishlists") == (WISHES, WISHES)
    assert await keeper.look(ONCE) == (WISHES // 10, WISHES // 10)
    waiting = await keeper.look("SELECT COUNT(*) FROM notification_queue WHERE waits_for = 'window'")
    assert waiting == WISHES // 10 * 9 // 10
    statements, _ = await follow(database)
    assert statements <= 5, "nothing has changed since"
    assert await keeper.look(ONCE) == (WISHES // 10, WISHES // 10)


async def test_whoever_comes_after_one_who_died_goes_on(keeper: Keeper, database: Database) -> None:
    await fill(database, WISHES)
    now = datetime.now(UTC)
    when = When(open_after=open_after(now), at=now, hold_minutes=120)
    async with database.transaction() as conn:
        assert (await watching.look(conn)).cheaper
    async with database.transaction() as conn:
        some = (await watching.cheaper(conn, 0))[:AT_ONCE]
        await watching.mark_cheaper(conn, wishes=some, when=when)
    await keeper.run("UPDATE wishlists SET dropped_at = NULL")  # all of these were told meanwhile
    await keeper.run("UPDATE notification_queue SET status = 'sent'")
    await follow(database)
    assert await keeper.look("SELECT SUM(dropped_at IS NOT NULL) FROM wishlists") == WISHES - AT_ONCE
    assert await keeper.look("SELECT COUNT(*) FROM watched_goods WHERE price <> price_new") == 0


async def test_as_many_are_told_as_there_are_pieces_whoever_asked_first(keeper: Keeper, database: Database) -> None:
    await fill(database, WISHES, in_stock=False)
    await follow(database)
    told = await keeper.look(
        "SELECT MAX(told), SUM(told), SUM(first) FROM (SELECT COUNT(*) AS told, SUM(place <= 3) AS first FROM ("
        " SELECT w.id, w.product_id, w.noticed_at, ROW_NUMBER() OVER (PARTITION BY w.product_id ORDER BY w.id) AS place"
        " FROM stock_waits w JOIN users u ON u.id = w.user_id JOIN conversations c ON c.psid = u.messenger_id"
        " WHERE c.window_expires_at > NOW()) line WHERE noticed_at IS NOT NULL GROUP BY product_id) each_good"
    )
    assert isinstance(told, tuple)
    most, told_now, first = map(number, told)
    assert most == 3
    assert told_now == first > 0
    away = "SELECT COUNT(*) FROM notification_queue WHERE waits_for = 'window'"
    assert await keeper.look(away) == WISHES // 10 * 9 // 10


async def test_one_process_of_all_looks(keeper: Keeper, database: Database, schema: DatabaseSettings) -> None:
    await fill(database, WISHES // 10)
    shop = Shop(Settings(database=schema, secret_key="a secret for tests"), database, TABLE)
    await asyncio.gather(*(watch(shop, RULES) for _ in range(4)))
    await watch(shop, RULES)
    assert await keeper.look(ONCE) == (WISHES // 100, WISHES // 100)


@pytest.mark.long
@pytest.mark.parametrize("in_stock", [True, False], ids=["cheaper", "back"])
async def test_a_hundred_thousand_wishes(keeper: Keeper, database: Database, *, in_stock: bool) -> None:
    wishes = 100_000
    await fill(database, wishes, in_stock=in_stock)
    statements, rows = await follow(database)
    assert statements <= 60 + 2 * mass.GOODS + 2 * (wishes // AT_ONCE + 10)
    assert rows <= 30 * wishes
    told = await keeper.look(ONCE)
    assert isinstance(told, tuple)
    assert told[0] == told[1] >= (wishes // 10 if in_stock else wishes // 10 * 9 // 10)

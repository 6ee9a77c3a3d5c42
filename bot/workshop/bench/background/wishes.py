"""`bench wishes`: how long it takes to follow changed prices and stocks of many wishes, and what turns feel of it."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.bench.figures import Figure, figure, percentile
from bot.workshop.database.private import PrivateServer
from handlers.jobs.wishlist.watching import look_at_goods
from repository.chats import conversations
from repository.database.connection import Connection, Database
from repository.rules import Rules
from repository.schema.base.session import opener
from repository.schema.change.init import init
from repository.wishlist import saved
from repository.workshop.mass import wishes as mass

LIMIT = 5.0
"""Seconds in which the wishes of the issue are followed."""
_RULES = Rules(night_from=0, night_until=0)


async def wishes(*, count: int) -> list[Figure]:
    """Figures of a run over this many wishes, of a look that finds nothing, and of turns beside the runs.

    Args:
        count: Wishes, a multiple of ten.
    """
    return [
        *await _run("cheaper", count, in_stock=True, change=mass.make_cheaper),
        *await _run("back in stock", count, in_stock=False, change=partial(mass.restock, pieces=3)),
    ]


async def _run(
    name: str, count: int, *, in_stock: bool, change: Callable[[Connection], Awaitable[None]]
) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, PrivateServer.start(Path(folder) / "server") as server:
        account = DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)
        offset = Settings().offset
        await init(opener(account, offset, database=False), account.name)
        database = Database(account, offset, most=4)
        async with database.connection() as conn:
            await mass.fill(conn, wishes=count, in_stock=in_stock)
        idle = await _seconds(look_at_goods(database, _RULES))
        _, alone = await _beside(database, asyncio.sleep(2))
        async with database.connection() as conn:
            await change(conn)
        took, beside = await _beside(database, look_at_goods(database, _RULES))
        await database.close()
    return [
        figure(f"{name}: {count:,} wishes followed", took, "s", LIMIT),
        figure(f"{name}: a look that finds nothing", idle * 1000, "ms"),
        figure(f"{name}: a turn alone, 99 of 100", percentile(alone, 0.99) * 1000, "ms"),
        figure(f"{name}: a turn beside it, 99 of 100", percentile(beside, 0.99) * 1000, "ms"),
    ]


async def _seconds(work: Coroutine[object, object, None]) -> float:
    began = clock.monotonic()
    await work
    return clock.monotonic() - began


async def _beside(database: Database, work: Coroutine[object, object, None]) -> tuple[float, list[float]]:
    """How long something took, and each turn of a shopper beside it who saves things one after the other."""
    took: list[float] = []
    async with database.connection() as conn:
        shopper_id = int(str(await conn.value("SELECT MAX(id) FROM users")))
        first = int(str(await conn.value("SELECT MIN(id) FROM products WHERE sku LIKE 'W-%%'")))
        psid = str(await conn.value("SELECT messenger_id FROM users WHERE id = %(id)s", id=shopper_id))
    over = asyncio.create_task(_seconds(work))
    while not over.done():
        began = clock.monotonic()
        async with database.transaction() as conn:
            await conversations.open_turn(conn, psid=psid)
            await saved.save(conn, shopper_id=shopper_id, product_id=first + len(took) % 40)
        took.append(clock.monotonic() - began)
        await asyncio.sleep(0.005)
    return await over, took

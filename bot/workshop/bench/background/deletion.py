"""`bench deletion`: how long it takes to forget a shopper, and what turns of others feel of it."""

import asyncio
import tempfile
from collections.abc import Coroutine
from pathlib import Path

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.bench.figures import Figure, figure, percentile
from bot.workshop.database.private import PrivateServer
from handlers.jobs.erasing import erase_due
from repository.chats import conversations
from repository.database.connection import Database
from repository.privacy import requests
from repository.schema.base.session import opener
from repository.schema.change.init import init
from repository.workshop.mass import talker

LIMIT = 5.0
"""Seconds in which a shopper with five thousand messages is forgotten."""
_OTHER = "26000001"


async def deletion(*, messages: int, orders: int) -> list[Figure]:
    """Figures of one deletion, with another shopper's turns beside it.

    Args:
        messages: That the shopper has written, each of them answered.
        orders: That they have.
    """
    with tempfile.TemporaryDirectory() as folder, PrivateServer.start(Path(folder) / "server") as server:
        account = DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)
        offset = Settings().offset
        await init(opener(account, offset, database=False), account.name)
        database = Database(account, offset, most=4)
        async with database.connection() as conn:
            await talker.fill(conn, psid=_OTHER, messages=10, orders=1)
            shopper_id = await talker.fill(conn, psid="26000002", messages=messages, orders=orders)
        _, alone = await _beside(database, asyncio.sleep(2))
        async with database.transaction() as conn:
            await requests.ask_deletion(conn, shopper_id=shopper_id)
        took, beside = await _beside(database, erase_due(database))
        await database.close()
    return [
        figure(f"a shopper with {messages:,} messages forgotten", took, "s", LIMIT),
        figure("a turn of another alone, 99 of 100", percentile(alone, 0.99) * 1000, "ms"),
        figure("a turn of another beside it, 99 of 100", percentile(beside, 0.99) * 1000, "ms"),
    ]


async def _beside(database: Database, work: Coroutine[object, object, None]) -> tuple[float, list[float]]:
    """How long something took, and each turn of another shopper beside it, one after the other."""
    took: list[float] = []
    began = clock.monotonic()
    over = asyncio.ensure_future(work)
    while not over.done():
        at = clock.monotonic()
        async with database.transaction() as conn:
            await conversations.open_turn(conn, psid=_OTHER)
        took.append(clock.monotonic() - at)
        await asyncio.sleep(0.002)
    await over
    return clock.monotonic() - began, took

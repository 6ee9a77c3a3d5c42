"""The workers of one process, and what shoppers heard of their work."""

from collections.abc import Sequence

import msgspec

from bot.base.settings import Settings
from dialogs.engine.table import Table
from handlers.jobs.workers import Workers
from handlers.turns.in_force import Shop
from repository.database.connection import Database
from repository.rules import Rules
from tests.support.keeper import EASY, Keeper


class Crew:
    """Workers of one process, and whom they woke the outbox for."""

    def __init__(self, database: Database, *, name: str = "") -> None:
        self.woken: list[str] = []
        self.shop = Shop(Settings(), database, Table(()))
        self.workers = Workers(self.shop, on_outbox=self.wake, sweep_every=0, name=name)

    def wake(self, psid: str, messages: Sequence[int]) -> None:
        assert messages
        self.woken.append(psid)

    async def work(self) -> None:
        await self.workers.run_due()


async def said(keeper: Keeper) -> list[str]:
    async with keeper.database.connection() as conn:
        rows = (await conn.run("SELECT message FROM outbox ORDER BY id")).rows
    return [str(msgspec.json.decode(str(message))["text"]) for (message,) in rows]


async def order(keeper: Keeper, shopper: int, *, rules: Rules = EASY, payment: str = "cod", left: int = 3) -> int:
    zone = await keeper.zone()
    await keeper.puts(shopper, await keeper.stocks(f"Mug {zone}", price="100.00", left=left, weight="0"))
    return (await keeper.orders(shopper, zone, nonce=f"n{zone}", rules=rules, payment=payment)).order_id

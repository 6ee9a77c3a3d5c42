"""Conversations in which anything may go wrong at any moment: Facebook, the way to us, a process, the database."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.database.private import PrivateServer
from bot.workshop.emulator.emulator import Emulator
from repository.database.connection import Database
from repository.schema.base.session import opener
from repository.schema.change.init import init
from tests.broken import books
from tests.broken.books import Bought
from tests.broken.lives import Womb
from tests.broken.shop import STOCK, TWO, Broken, Buyer, closes, stocks_mugs, story
from tests.conftest import MANILA

NAME = "quicksell_faults"
MANY = 10_000
AT_ONCE = 12
FAULTS = {
    "slow": 0.3,
    "http_500": 0.0,
    "accepted_then_timeout": 0.2,
    "temporary": 0.0,
    "twice": 0.0,
    "late": 0.5,
    "out_of_order": 0.1,
    "one_batch": 0.1,
    "echo_lost": 0.0,
}
"""What the emulator can do, with its seconds."""
REFUSALS = ("http_500", "temporary")
ARMED_MOST = 3
MOST_OFTEN = 12
"""So many faults for each time that something is killed."""


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    emulator = Emulator()
    emulator.courier.pauses = (0.05,) * 2000
    await emulator.start()
    yield emulator
    await emulator.stop()


class Fate:
    """Lets things go wrong.

    Attributes:
        broken: What, and how often.
    """

    def __init__(self, shop: Broken, emulator: Emulator, *, seed: int) -> None:
        self.broken: Counter[str] = Counter()
        self._shop = shop
        self._emulator = emulator
        self._chance = random.Random(seed)
        self._heard = 0

    async def strikes(self) -> None:
        """Let one thing after the other go wrong."""
        while True:
            if not self._chance.randrange(MOST_OFTEN):
                await self._kills()
            name = self._chance.choice(tuple(FAULTS))
            if self._may_strike(name):
                self._emulator.faults.arm(name, seconds=FAULTS[name])
                self.broken[name] += 1
            await asyncio.sleep(self._chance.expovariate(8))

    def ends(self) -> None:
        """Nothing goes wrong any more."""
        for fault, left in self._emulator.faults.armed():
            self.broken[fault.name] -= left or 0
        self._emulator.faults.clear()

    def _may_strike(self, name: str) -> bool:
        """Whether it is time for it: a message that meets nothing but refusals is rightly given up."""
        if len(self._emulator.faults.armed()) >= ARMED_MOST:
            return False
        if name not in REFUSALS:
            return True
        heard = sum(len(one.sent) for one in self._emulator.facebook.people)
        if heard < self._heard + AT_ONCE:
            return False
        self._heard = heard
        return True

    async def _kills(self) -> None:
        victim = self._chance.choice(("a server", "the worker", "the database"))
        self.broken[f"{victim} killed"] += 1
        if victim == "the database":
            await self._shop.loses_the_database()
        else:
            await self._shop.loses(0 if victim == "a server" else 1)


@pytest.mark.long
async def test_conversations_in_which_anything_goes_wrong(
    emulator: Emulator,
    unused_tcp_port: int,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    server = await asyncio.to_thread(PrivateServer.start, tmp_path / "server", database=NAME)
    settings = DatabaseSettings(
        socket=str(server.socket), user=server.admin_user, password=server.admin_password, name=NAME
    )
    await init(opener(settings, MANILA, database=False), NAME)
    database = Database(settings, MANILA)
    product = await stocks_mugs(database)
    (tmp_path / "life").mkdir()

    async def buys(purchases: int) -> list[Bought]:
        return [await Buyer(emulator, database).buys() for _ in range(purchases)]

    async with Womb() as womb:
        shop = Broken(womb, settings, emulator, unused_tcp_port, tmp_path / "life", kinds=TWO, server=server)
        await shop.opens()
        bought = await buys(1)
        fate = Fate(shop, emulator, seed=MANY)
        striking = asyncio.create_task(fate.strikes())
        for some in await asyncio.gather(*(buys(-(-MANY // AT_ONCE)) for _ in range(AT_ONCE))):
            bought += some
        striking.cancel()
        await asyncio.gather(striking, return_exceptions=True)
        fate.ends()
        await shop.rests()
        await closes(database, len(bought))
        found = await books.read(database, bought, stock={product: STOCK})
        assert found.wrong == (), dict(fate.broken)
        for one in bought:
            assert story(one.person) == story(bought[0].person), "everybody hears the same, whatever goes wrong"
        told = ", ".join(f"{name} {count}" for name, count in sorted(fate.broken.items()))
        record_property(
            "broken", f"{len(bought)} conversations; {told}; {found.sent_again} messages came twice and were counted"
        )
        assert not any(await shop.closes())
    await database.close()
    assert shop.server is not None
    await asyncio.to_thread(shop.server.stop)

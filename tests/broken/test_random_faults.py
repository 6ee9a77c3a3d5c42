"""Conversations in which anything may go wrong at any moment: Facebook, the way to us, a process, the database."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.workshop.emulator.emulator import Emulator
from repository.database.connection import Database
from tests.broken.books import BY_TIME, Bought
from tests.broken.crowd import ends_well
from tests.broken.lives import Womb
from tests.broken.own import OwnDatabase
from tests.broken.shop import TWO, Broken, Buyer, stocks_mugs

pytestmark = pytest.mark.xdist_group("own server")
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
MESSAGES = 8
"""So many messages, on average, for each fault."""


class Fate:
    """Lets things go wrong, the more the more is said: a slow machine sees as much of it as a fast one.

    Attributes:
        broken: What, and how often.
    """

    def __init__(self, shop: Broken, emulator: Emulator, *, seed: int) -> None:
        self.broken: Counter[str] = Counter()
        self._shop = shop
        self._emulator = emulator
        self._chance = random.Random(seed)
        self._refused_at = 0

    async def strikes(self) -> None:
        """Let one thing after the other go wrong."""
        while True:
            if not self._chance.randrange(MOST_OFTEN):
                await self._kills()
            name = self._chance.choice(tuple(FAULTS))
            if self._may_strike(name):
                self._emulator.faults.arm(name, seconds=FAULTS[name])
                self.broken[name] += 1
            until = self._emulator.facebook.sends + self._chance.randint(1, 2 * MESSAGES)
            while self._emulator.facebook.sends < until:  # noqa: ASYNC110  (it tells nobody)
                await asyncio.sleep(0.01)

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
        if self._emulator.facebook.sends < self._refused_at + AT_ONCE:
            return False
        self._refused_at = self._emulator.facebook.sends
        return True

    async def _kills(self) -> None:
        victim = self._chance.choice(("a server", "the worker", "the database"))
        self.broken[f"{victim} killed"] += 1
        if victim == "the database":
            await self._shop.loses_the_database()
        else:
            await self._shop.loses(0 if victim == "a server" else 1)


@pytest.mark.parametrize("many", [pytest.param(24, id="some"), pytest.param(MANY, id="many", marks=pytest.mark.long)])
async def test_conversations_in_which_anything_goes_wrong(
    own: OwnDatabase,
    its_database: Database,
    emulator: Emulator,
    unused_tcp_port: int,
    life: Path,
    many: int,
    record_property: Callable[[str, object], None],
) -> None:
    product = await stocks_mugs(its_database)

    async def buys(purchases: int) -> list[Bought]:
        return [await Buyer(emulator, its_database).buys() for _ in range(purchases)]

    async with Womb() as womb:
        shop = Broken(womb, own.settings, emulator, unused_tcp_port, life, kinds=TWO, own=own)
        await shop.opens()
        bought = await buys(1)
        fate = Fate(shop, emulator, seed=MANY)
        striking = asyncio.create_task(fate.strikes())
        for some in await asyncio.gather(*(buys(-(-many // AT_ONCE)) for _ in range(AT_ONCE))):
            bought += some
        striking.cancel()
        await asyncio.gather(striking, return_exceptions=True)
        fate.ends()
        # Whoever is killed before it has written that two messages were sent leaves that to their echoes, which come in
        # any order: that the messages were heard in theirs is read from what shoppers have.
        found = await ends_well(shop, its_database, bought, product, beside={BY_TIME})
    told = ", ".join(f"{name} {count}" for name, count in sorted(fate.broken.items()))
    record_property(
        "broken",
        f"{len(bought)} conversations: lost 0, doubled 0, wrong 0; {told};"
        f" {found.sent_again} messages came twice and were counted",
    )

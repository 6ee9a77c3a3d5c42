"""Shoppers who buy one thing after the other while the shop is broken, and how it is looked whether all is well."""

import asyncio
import time
from collections import Counter
from collections.abc import Container, Sequence

from bot.workshop.emulator.company import Delivery
from bot.workshop.emulator.emulator import Emulator
from repository.database.connection import Database
from tests.broken import books
from tests.broken.books import Bought, Found, story
from tests.broken.shop import STOCK, Broken, Buyer, closes


class Crowd:
    """Shoppers who buy one mug after the other until they are told to stop.

    Args:
        emulator: Their Messenger.
        database: The shop's, which they ask whether they are answered.
        buyers: How many they are.
        reads: What stands before that question, as in `Buyer`.

    Attributes:
        bought: Their purchases.
    """

    def __init__(self, emulator: Emulator, database: Database, *, buyers: int = 6, reads: str = "") -> None:
        self.bought: list[Bought] = []
        self._emulator = emulator
        self._database = database
        self._reads = reads
        self._over = False
        self._tasks = [asyncio.create_task(self._buys()) for _ in range(buyers)]

    async def _buys(self) -> None:
        while not self._over:
            self.bought.append(await Buyer(self._emulator, self._database, reads=self._reads).buys())

    async def goes_on(self, purchases: int = 0) -> float:
        """Wait for so many more purchases; gives the seconds until the first message came.

        Args:
            purchases: How many; one for each of them where it is 0.
        """
        purchases = purchases or len(self._tasks)
        began, before, heard = time.monotonic(), len(self.bought), self._heard
        first = 0.0
        while len(self.bought) < before + purchases:
            self._must_live()
            if not first and self._heard > heard:
                first = time.monotonic() - began
            await asyncio.sleep(0.02)
        return first

    async def hears(self) -> float:
        """Wait until somebody hears something; gives the seconds until then."""
        began, heard = time.monotonic(), self._heard
        while self._heard == heard:
            self._must_live()
            await asyncio.sleep(0.01)
        return time.monotonic() - began

    async def stops(self) -> None:
        """Let everybody end what they have begun."""
        self._over = True
        await asyncio.gather(*self._tasks)

    def _must_live(self) -> None:
        for task in self._tasks:
            if task.done():
                task.result()

    @property
    def _heard(self) -> int:
        return self._emulator.facebook.sends


async def ends_well(
    shop: Broken, database: Database, bought: Sequence[Bought], product: int, *, beside: Container[str] = ()
) -> Found:
    """Nothing is broken any more: wait until everything is done, read the books, and stop everybody.

    Args:
        shop: The shop.
        database: Its database.
        bought: Every purchase.
        product: What was bought.
        beside: What the books cannot tell, as in `books.read`.
    """
    await shop.rests()
    await closes(database, len(bought))
    found = await books.read(database, bought, stock={product: STOCK}, beside=beside)
    assert found.wrong == (), found.wrong
    for one in bought:
        assert story(one.person) == story(bought[0].person), "everybody hears the same, whatever is broken"
    assert not any(await shop.closes())
    return found


def answers_of(outcomes: Sequence[Delivery]) -> str:
    """How webhooks were answered, in words; every one was, with 200 or 503.

    Args:
        outcomes: The answers.
    """
    statuses = Counter(one.status for one in outcomes)
    assert set(statuses) <= {200, 503}, statuses
    slowest = max(one.seconds for one in outcomes)
    return f"webhooks answered with {dict(sorted(statuses.items()))}, the slowest after {slowest:.1f} s"

"""Many people at once, doing everything that may be done to few products, in random order."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import pymysql

from bot.base.settings import DatabaseSettings
from tests.sql.attack.acts import Acts
from tests.sql.attack.invariants import broken
from tests.sql.prompt import Row
from tests.sql.shop import Shop

RETRIED = {1020, 1205, 1213, 30009}
LOST = {1053, 1317, 1927, 2003, 2006, 2013, 2055}
EXPECTED = {1451, 3819, 4025}  # what has a history is not deleted; stock is never negative
EVERYDAY = ("place", "confirm", "cancel", "again", "sweep", "edit_stock", "retire", "add_and_delete")
"""What every attack must have done at least once."""
ATTEMPTS = 8
PATIENCE = 1800.0
"""Seconds after which an attack ends though it has not done enough. Only a machine that stands still needs them."""


class Attack:
    """Connections that attack a small shop until they have done enough, however long that takes them.

    Attributes:
        answers: How often each act was answered.
        killed: How many connections and statements were killed.
        failures: What nobody may see.
        broken: Which invariant was found broken meanwhile, and the rows that say so.
    """

    def __init__(self, account: DatabaseSettings, *, acts: float, kills: int = 0, seed: int = 1) -> None:
        """The shop is stocked, nobody attacks yet.

        Args:
            account: Whose database.
            acts: How many acts must be answered, at least; infinity to go on until the server is gone.
            kills: How many connections or their statements are to be killed, at least.
            seed: For chance.
        """
        self._account = account
        self._acts = acts
        self._kills = kills
        self._seed = seed
        self._connections: dict[int, int] = {}
        self._expected = 0
        self._answered = threading.Condition()
        self._ends = time.monotonic() + PATIENCE
        self.answers: Counter[str] = Counter()
        self.killed = 0
        self.retries: Counter[int] = Counter()
        self.failures: list[str] = []
        self.broken: dict[str, list[Row]] = {}
        shop = Shop(account)
        self._people = Acts(shop, seed)
        shop.close()

    def run(self, workers: int = 32) -> None:
        """Attack, look meanwhile, and look at the end."""
        threads = [threading.Thread(target=self._work, args=(number,)) for number in range(workers)]
        killers = [threading.Thread(target=self._kill)] if self._kills else []
        watcher = Shop(self._account)
        self._expected = workers
        for thread in (*threads, *killers):
            thread.start()
        with suppress(pymysql.err.MySQLError, ConnectionError):  # the server may have been killed
            while any(thread.is_alive() for thread in threads) and not self.broken:
                self.broken = broken(watcher)
                threads[0].join(0.2)
        watcher.drop()
        for thread in (*threads, *killers):
            thread.join()

    @property
    def missing(self) -> dict[str, float]:
        """What the attack has not done yet: how often each act, how many acts in all, how many kills."""
        lacks: dict[str, float] = {act: 1 - self.answers[act] for act in EVERYDAY}
        lacks |= {"acts": self._acts - self.answers.total(), "kills": self._kills - self.killed}
        return {what: count for what, count in lacks.items() if count > 0}

    def is_under_way(self) -> bool:
        """Wait until everybody is connected and every everyday act was answered; False where that never came."""

        def goes_on() -> bool:
            return len(self._connections) == self._expected and all(self.answers[act] for act in EVERYDAY)

        with self._answered:
            return self._answered.wait_for(goes_on, PATIENCE)

    def _is_over(self) -> bool:
        return bool(self.broken) or not self.missing or time.monotonic() > self._ends

    def _kill(self) -> None:
        chance = random.Random(self._seed)
        killer = Shop(self._account)
        while not self._is_over():
            time.sleep(0.1)
            kind, victims = chance.choice(["CONNECTION", "QUERY"]), list(self._connections.values())
            with suppress(pymysql.err.OperationalError):  # it is gone already
                if victims:
                    killer.run(f"KILL {kind} {chance.choice(victims)}")
                    self.killed += 1
        killer.close()

    def _work(self, number: int) -> None:
        chance = random.Random(self._seed * 1000 + number)
        shop: Shop | None = None
        acts = self._people.every
        while not self._is_over():
            shop = self._do(chance.choice(acts), shop, chance, number)
            if shop is None and not self._kills:
                return  # nobody kills connections, so the server is gone
        if shop is not None:
            shop.drop()

    def _do(
        self, act: Callable[[Shop, random.Random], object], shop: Shop | None, chance: random.Random, number: int
    ) -> Shop | None:
        """Do one act, again where it must be; gives the connection to go on with."""
        name = getattr(act, "__name__", "")
        for attempt in range(ATTEMPTS + 1):
            try:
                if shop is None:
                    shop = Shop(self._account)
                    self._connections[number] = shop.thread
                act(shop, chance)
                with self._answered:
                    self.answers[name] += 1
                    self._answered.notify_all()
                return shop
            except (pymysql.err.MySQLError, ConnectionError) as failure:
                code = failure.args[0] if failure.args else 0
                shop = self._after(shop, code, name)
                if code not in RETRIED or (shop is None and not self._kills):
                    return shop
                self.retries[code] += 1
                if attempt == ATTEMPTS:
                    self.failures.append(f"{name}: {failure} even after {ATTEMPTS} retries")
                time.sleep(chance.random() * 0.01 * 2**attempt)
        return shop

    def _after(self, shop: Shop | None, code: int, act: str) -> Shop | None:
        """The connection to go on with after a failure, as the program does it: one that broke is dropped."""
        if shop is None or code in LOST or code == 0 or not isinstance(code, int):
            if shop is not None:
                shop.drop()
            time.sleep(0.02)
            return None
        if not 30001 <= code <= 30008 and code not in RETRIED | EXPECTED:
            self.failures.append(f"{act}: error {code}")
        try:
            shop.raw.rollback()
        except (pymysql.err.MySQLError, ConnectionError):
            shop.drop()
            return None
        return shop

"""A shop of several processes that are killed one after the other, and shoppers who go on buying meanwhile."""

import asyncio
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import aiohttp

from bot.base.settings import DatabaseSettings
from bot.workshop.emulator import phone
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.shopper import Shopper
from repository import rules
from repository.database.connection import Database
from repository.database.errors import DatabaseError
from repository.work.jobs import ATTEMPTS_MOST
from tests.broken.books import Bought
from tests.broken.lives import Life, Womb
from tests.broken.own import OwnDatabase
from tests.support.buying import buys
from tests.support.process import environment
from tests.support.waiting import PATIENCE

STOCK = 100_000
ONE: Sequence[Sequence[str]] = (("serve",),)
TWO: Sequence[Sequence[str]] = (("serve", "--no-workers"), ("work",))
FOUR: Sequence[Sequence[str]] = (*(("serve", "--shared", "--no-workers"),) * 3, ("work",))
NAME = "Ana Cruz"


class Buyer(Shopper):
    """A shopper who buys a mug, however long it takes.

    Attributes:
        did: How many things they did.
    """

    def __init__(
        self, emulator: Emulator, database: Database, *, timeout: float = 10 * PATIENCE, reads: str = ""
    ) -> None:
        super().__init__(emulator, NAME, idle=lambda: rests(database, reads=reads), timeout=timeout)
        self.person.hides_profile = True  # or it depends on the machine whether it is known in time
        self.did = 0

    async def _bring(self, items: list[phone.Did], answered: bool) -> None:
        self.did += len(items)
        await super()._bring(items, answered)

    async def buys(self) -> Bought:
        """Go from "mug" to the order number."""
        number = await buys(self, "mug", types_name=True)
        return Bought(self.person, self.did, number)


async def rests(database: Database, *, reads: str = "") -> None:
    """Wait until the shop has taken every turn, and said everything.

    Args:
        database: The shop's.
        reads: What stands before the question: a node of a cluster must be told to catch up first.
    """
    while True:
        with suppress(DatabaseError):
            async with database.connection() as conn:
                busy = await conn.value(
                    f"{reads}SELECT (SELECT COUNT(*) FROM chat_logs WHERE turn_status = 'received')"
                    " + (SELECT COUNT(*) FROM outbox WHERE status = 'queued')"
                )
            if busy == 0:
                return
        await asyncio.sleep(0.02)


_OPEN = {
    "orders": "SELECT id, order_status FROM orders WHERE order_status <> 'confirmed'",
    "messages": "SELECT id, status, error_code, error_message, due_at FROM outbox WHERE status <> 'sent'",
    "notices": "SELECT id, status, waits_for, error_message FROM notification_queue WHERE status <> 'sent'",
    "work": "SELECT id, status, queue_type, attempts, scheduled_at, result, error_message"
    " FROM order_processing_queue WHERE status <> 'completed'",
}


async def closes(database: Database, orders: int) -> None:
    """Wait until every order is confirmed and everything is said, whoever does it.

    Args:
        database: The shop's.
        orders: How many there are.
    """
    left: dict[str, object] = {}
    placed: object = None
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(DatabaseError):
            async with database.connection() as conn:
                left = {name: rows for name, sql in _OPEN.items() if (rows := (await conn.run(sql)).rows)}
                placed = await conn.value("SELECT COUNT(*) FROM orders")
            if not left and placed == orders:
                return
        await asyncio.sleep(0.05)
    raise AssertionError(f"of {orders} orders there are {placed!r}, and this is left: {left}")


async def stocks_mugs(database: Database) -> int:
    """Put mugs on the shelf of an empty shop that verifies nobody; gives the product's id."""
    async with database.transaction() as conn:
        await conn.run("INSERT INTO categories (name, slug) VALUES ('Mugs', 'mugs')")
        await conn.run("INSERT INTO brands (name, slug) VALUES ('House', 'house')")
        product = await conn.run(
            "INSERT INTO products (sku, name, slug, category_id, brand_id, base_price, stock_quantity)"
            " SELECT 'mug', 'Blue mug', 'mug', c.id, b.id, 120, %(stock)s FROM categories c JOIN brands b",
            stock=STOCK,
        )
        await conn.run(
            "INSERT INTO shipping_zones (zone_name, zone_type, base_fee, covers)"
            " VALUES ('Metro Manila', 'metro', 80, '[\"Metro Manila\"]')"
        )
        for name in ("verification_orders", "risk_tap_from", "risk_person_from"):
            await rules.change(conn, name=name, value=1000 if name != "verification_orders" else 0, admin_id=None)
    return product.last_id


class Broken:
    """Keeps the processes of a shop alive, and lets one of them die after the other.

    Args:
        womb: Gives birth to them.
        settings: Their database, or how each of them reaches it.
        emulator: Their Facebook.
        port: Where the servers listen.
        folder: What they know together of the places where somebody dies.
        kinds: Their commands.
        share: One place in so many is died at, at none where it is 0.
        own: The database's server, where it may be broken.
        kills_it: Whether it is the one that dies at the places.

    Attributes:
        url: Where the servers listen.
    """

    def __init__(
        self,
        womb: Womb,
        settings: DatabaseSettings | Sequence[DatabaseSettings],
        emulator: Emulator,
        port: int,
        folder: Path,
        *,
        kinds: Sequence[Sequence[str]],
        share: int = 0,
        own: OwnDatabase | None = None,
        kills_it: bool = False,
    ) -> None:
        self._womb = womb
        each = [settings] * len(kinds) if isinstance(settings, DatabaseSettings) else settings
        self._environments = [environment(one, emulator, port) | {"METRICS_PORT": "0"} for one in each]
        self.url = f"http://127.0.0.1:{port}"
        self._folder = folder
        self._share = share
        self._kinds = kinds
        self._lives: list[Life] = []
        self._closing = False
        self._keeping: list[asyncio.Task[None]] = []
        self._own = own
        self._victim = own if kills_it else None
        emulator.webhook_url = f"{self.url}/webhook"

    @property
    def places(self) -> list[str]:
        """Where somebody died."""
        file = self._folder / "places"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes as they run now."""
        return [life.pid for life in self._lives]

    async def opens(self) -> None:
        """Start everybody, and keep them alive from now on."""
        self._lives = [await self._bear(at) for at in range(len(self._kinds))]
        self._keeping = [asyncio.create_task(self._keep(at)) for at in range(len(self._kinds))]
        await self._is_ready()

    async def orders_deaths(self, database: Database, most: int) -> None:
        """Let somebody die, again and again, each time as soon as everybody has recovered.

        Not while the same piece of work has killed so many already that it would be buried for it.

        Args:
            database: The shop's.
            most: How often.
        """
        order = self._folder / "order"
        while True:
            if not order.exists():
                await self._has_its_database()
            if not order.exists() and len(self.places) < most and await _most_attempts(database) < ATTEMPTS_MOST // 2:
                await self._is_ready()
                written = order.with_suffix(".new")
                written.write_text(str(self._victim.pid if self._victim else 0))
                written.rename(order)
            await asyncio.sleep(0.02)

    def jumps(self, seconds: float) -> None:
        """Let the clocks of all processes be that much ahead of the world's from now on, or behind it.

        Args:
            seconds: By how much; below 0 where they are behind.
        """
        (self._folder / "clock").write_text(str(seconds))
        for life in self._lives:
            life.gets(signal.SIGUSR2)

    async def loses(self, at: int) -> None:
        """Kill one of the processes, and wait until the servers answer again.

        Args:
            at: Which, as in `kinds`.
        """
        await self._lives[at].dies()
        await self._is_ready()

    async def loses_the_database(self) -> None:
        """Kill the database, start it again, and wait until the servers answer again."""
        assert self._own is not None
        await self._own.dies()
        await self._own.starts()
        await self._is_ready()

    async def rests(self) -> None:
        """Nobody dies any more, and the database is back."""
        with suppress(FileNotFoundError):
            (self._folder / "order").unlink()
        await self._has_its_database()
        await self._is_ready()

    async def closes(self) -> list[int]:
        """Stop everybody as systemd does; gives their exit codes.

        One that has just been born, and is stopped before it has begun to listen to that, ends well too: it has nothing
        in hand.
        """
        self._closing = True
        for keeping in self._keeping:
            keeping.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        codes = await asyncio.gather(*(life.stops() for life in self._lives))
        return [0 if code == -signal.SIGTERM else code for code in codes]

    async def _has_its_database(self) -> None:
        if self._own is not None:
            await self._own.starts()

    async def _bear(self, at: int) -> Life:
        return await self._womb.bears(self._kinds[at], self._environments[at], folder=self._folder, share=self._share)

    async def _keep(self, at: int) -> None:
        while True:
            code = await asyncio.shield(self._lives[at].ended)
            if self._closing:
                return
            assert code == -signal.SIGKILL, f"it ended by itself, with {code}"
            self._lives[at] = await self._bear(at)

    async def _is_ready(self) -> None:
        async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
            while True:
                if self._victim is not None:  # it may die only now: whoever kills it takes the order first
                    await self._has_its_database()
                is_whole = all(life.is_alive for life in self._lives)
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with http.get(f"{self.url}/readyz", timeout=aiohttp.ClientTimeout(total=5)) as answer:
                        if answer.status == 200 and is_whole:
                            return
                for keeping in self._keeping:
                    if keeping.done():
                        keeping.result()
                await asyncio.sleep(0.02)


async def _most_attempts(database: Database) -> int:
    """How often the work on an order was begun that is not done yet, the most often begun one."""
    with suppress(DatabaseError):
        async with database.connection() as conn:
            return int(
                str(
                    await conn.value(
                        "SELECT COALESCE(MAX(attempts), 0) FROM order_processing_queue WHERE status <> 'completed'"
                    )
                )
            )
    return 0

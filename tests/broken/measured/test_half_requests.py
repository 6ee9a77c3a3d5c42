"""Thousands of requests that never end, and come again as soon as they are cut off: others are answered as before."""

import asyncio
import resource
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from statistics import quantiles

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.emulator import phone
from bot.workshop.emulator.emulator import Emulator
from repository.database.connection import Database
from tests.broken.lives import Womb
from tests.broken.shop import ONE, Broken, rests
from tests.support.waiting import until

HALVES = (
    b"POST /webhook HTTP/1.1\r\nHost: shop\r\nX-Hub-Signa",
    b"POST /webhook HTTP/1.1\r\nHost: shop\r\nX-Hub-Signature-256: sha256=00\r\nX-Forwarded-For: %s\r\n"
    b"Content-Length: 5000\r\n\r\n{half of",
)
MANY = 5000
TEXTS = 100


class Stranger(asyncio.Protocol):
    """Says half of something on one connection, and begins anew when it is cut off."""

    def __init__(self, crowd: "Strangers", number: int) -> None:
        self._crowd = crowd
        self._number = number

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._crowd.open.add(transport)
        half = HALVES[self._number % 2]
        address = b"203.%d.%d.7" % (self._number % 100, self._number // 100)
        transport.write(half % address if b"%s" in half else half)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._crowd.open.discard(self._transport)
        self._crowd.cut_off += 1
        self._crowd.comes(self._number)


class Strangers:
    """So many of them, from as many networks.

    Attributes:
        open: The connections that stand.
        cut_off: How many were cut off so far.
    """

    def __init__(self, port: int, many: int) -> None:
        self.open: set[asyncio.Transport] = set()
        self.cut_off = 0
        self._port = port
        self._many = many
        self._coming: set[asyncio.Task[None]] = set()
        self._is_over = False

    async def come(self) -> None:
        """Open all connections."""
        for number in range(self._many):
            await self._connect(number)

    def comes(self, number: int) -> None:
        """Open one connection again."""
        if not self._is_over:
            task = asyncio.create_task(self._connect(number))
            self._coming.add(task)
            task.add_done_callback(self._coming.discard)

    async def go(self) -> None:
        """Close all connections."""
        self._is_over = True
        for task in [*self._coming]:
            task.cancel()
        await asyncio.gather(*self._coming, return_exceptions=True)
        for transport in [*self.open]:
            transport.abort()
        await asyncio.sleep(0)

    async def _connect(self, number: int) -> None:
        with suppress(OSError):
            await asyncio.get_running_loop().create_connection(lambda: Stranger(self, number), "127.0.0.1", self._port)


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    emulator = Emulator()
    await emulator.start()
    yield emulator
    await emulator.stop()


async def slowest(emulator: Emulator, database: Database) -> float:
    """Say something, again and again; gives the 99th of a hundred times in which it was acknowledged, in seconds."""
    people = [emulator.meet(f"Shopper {number}") for number in range(10)]
    seconds: list[float] = []
    for number in range(TEXTS):
        person = people[number % len(people)]
        brought = await emulator.courier.bring(person.psid, *phone.types(emulator.facebook, person, "menu"))
        assert brought is not None
        assert (brought.status, brought.attempt) == (200, 1)
        seconds.append(brought.seconds)
    await rests(database)
    return quantiles(seconds, n=100)[-1]


@pytest.mark.long
async def test_others_are_answered_while_half_requests_stay(
    schema: DatabaseSettings,
    database: Database,
    emulator: Emulator,
    unused_tcp_port: int,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4 * MANY)), hard))
    strangers = Strangers(unused_tcp_port, MANY)
    async with Womb() as womb:
        shop = Broken(womb, schema, emulator, unused_tcp_port, tmp_path, kinds=ONE)
        await shop.opens()
        before = await slowest(emulator, database)
        await strangers.come()
        await asyncio.to_thread(until, lambda: len(strangers.open) >= MANY * 0.9, "they stand at the door")
        during = await slowest(emulator, database)
        record_property(
            "broken",
            f"{len(strangers.open)} half requests: webhooks answered within {1000 * during:.0f} ms (p99),"
            f" {1000 * before:.0f} ms without; {strangers.cut_off} cut off meanwhile",
        )
        await strangers.go()
        assert not any(await shop.closes())
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

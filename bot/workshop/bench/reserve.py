"""`bench reserve`: baskets that the procedure reserves in a second, beside the bare statements that it is made of."""

import asyncio
import os
import random
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.bench import upkeep
from bot.workshop.bench.buyer import Place, Report, Round
from bot.workshop.bench.figures import Figure, figure
from bot.workshop.bench.folder import on_disk
from bot.workshop.database.private import PrivateServer
from repository.database.connection import Database
from repository.workshop import baskets
from repository.workshop.baskets import Basket, Books

HOT = range(1, 7)
WIDE = range(7, 10_007)
PLENTY = 10_000_000
SCARCE = 300
"""Pieces of each hot product in the last round, which more baskets want than there are pieces for."""

DEADLOCKS = (1213, 1205)
SOLD_OUT = 30004


class Raced(msgspec.Struct, frozen=True, kw_only=True):
    """What one round came to.

    Attributes:
        rate: Baskets a second, all connections together.
        server: Microseconds of the server's processor time for each.
        client: Share of one core that the clients used.
        errors: Statements that failed, by error number.
    """

    rate: float
    server: float
    client: float
    errors: Counter[int]


class Way(msgspec.Struct, frozen=True):
    """A way to reserve a basket."""

    statements: Callable[[Basket], list[str]]
    first: tuple[str, ...] = ()


PROCEDURE = Way(baskets.by_procedure)
BARE = Way(baskets.bare, baskets.BY_HAND)
TOGETHER = Way(baskets.bare_together, baskets.BY_HAND)


async def reserve(*, connections: int = 32, each: int = 60, rounds: int = 5) -> list[Figure]:
    """Measure reserving and its limit, one after the other, several times, on a few goods and on many.

    Args:
        connections: How many at once, each a process of its own.
        each: How many baskets each reserves in a round.
        rounds: How often.
    """
    with on_disk() as place:
        server = await asyncio.to_thread(PrivateServer.start, place / "database")
        try:
            settings = Settings(
                database=DatabaseSettings(
                    socket=str(server.socket), user=server.admin_user, password=server.admin_password
                )
            )
            made = await upkeep.made(settings.database)
            database = Database(settings.database, settings.offset, most=1)
            try:
                async with _buyers(settings.database, connections) as buyers:
                    return await _Race(database, server.pid, buyers, each).run(rounds) + made
            finally:
                await database.close()
        finally:
            await asyncio.to_thread(server.stop)


class _Race:
    """Rounds of one server, one database and the same connections."""

    def __init__(self, database: Database, server: int, buyers: "list[asyncio.subprocess.Process]", each: int) -> None:
        self._database = database
        self._server = server
        self._buyers = buyers
        self._each = each
        self._chance = random.Random(4)  # noqa: S311  (which goods are bought is no secret)

    async def run(self, rounds: int) -> list[Figure]:
        async with self._database.transaction() as conn:
            await baskets.fill(conn, products=WIDE.stop - 1, stock=PLENTY)
        figures: list[Figure] = []
        ran: list[Raced] = []
        for way in (PROCEDURE, BARE, TOGETHER):  # every session has the procedure and the tables open then
            await self._round(way, WIDE, 5)
        for name, goods in (("6 hot goods", HOT), ("10,000 goods", WIDE)):
            bare, procedure, together = [], [], []
            for _ in range(rounds):
                bare.append(await self._round(BARE, goods, self._each))
                procedure.append(await self._round(PROCEDURE, goods, self._each))
                together.append(await self._round(TOGETHER, goods, self._each))
            ran += procedure
            figures += _compared(name, procedure, bare, together)
        async with self._database.transaction() as conn:
            await baskets.restock(conn, products=HOT, stock=SCARCE)
        scarce = await self._round(PROCEDURE, HOT, self._each)
        async with self._database.connection() as conn:
            books = await baskets.audit(conn)
        return figures + _kept([*ran, scarce], scarce, books)

    async def _round(self, way: Way, goods: range, each: int) -> Raced:
        async with self._database.transaction() as conn:
            ordered = await baskets.order(conn, baskets=each * len(self._buyers), products=goods, chance=self._chance)
        await asyncio.gather(
            *(
                _told(
                    buyer,
                    Round(
                        first=list(way.first), baskets=[way.statements(b) for b in ordered[number :: len(self._buyers)]]
                    ),
                )
                for number, buyer in enumerate(self._buyers)
            )
        )
        used = _cpu(self._server)
        for buyer in self._buyers:
            assert buyer.stdin is not None
            buyer.stdin.write(b"go\n")
        reports = [msgspec.json.decode(await _heard(buyer), type=Report) for buyer in self._buyers]
        used = _cpu(self._server) - used
        seconds = max(report.ended for report in reports) - min(report.began for report in reports)
        return Raced(
            rate=len(ordered) / seconds,
            server=1e6 * used / len(ordered),
            client=sum(report.cpu for report in reports) / seconds,
            errors=sum((Counter(report.errors) for report in reports), Counter()),
        )


def _compared(name: str, procedure: list[Raced], bare: list[Raced], together: list[Raced]) -> list[Figure]:
    def middle(of: list[Raced], what: str) -> float:
        return float(statistics.median(getattr(raced, what) for raced in of))

    rate, cost = middle(procedure, "rate"), middle(procedure, "server")
    return [
        figure(f"{name}, reserved", rate, "baskets/s", middle(bare, "rate")),
        figure(f"{name}, against one bare transaction each", rate, "baskets/s", middle(together, "rate")),
        figure(f"{name}, server's processor time", cost, "us/basket", middle(bare, "server")),
        figure(f"{name}, clients' processor time", middle(procedure, "client"), "cores", middle(bare, "client")),
    ]


def _kept(ran: list[Raced], scarce: Raced, books: Books) -> list[Figure]:
    errors = sum((raced.errors for raced in ran), Counter[int]())
    return [
        figure("deadlocks that a caller saw", sum(errors[number] for number in DEADLOCKS), "calls", 0),
        figure("refused because sold out, of the last round", scarce.errors[SOLD_OUT], "calls"),
        figure("other errors", sum(errors.values()) - sum(errors[n] for n in (*DEADLOCKS, SOLD_OUT)), "calls", 0),
        figure("lowest stock", books.lowest_stock, "pieces", 0),
        figure("stock + reserved is not what was received", books.wrong_stock, "products", 0),
        figure("log does not add up to the stock", books.wrong_logs, "products", 0),
        figure("half reserved", books.half_reserved, "orders", 0),
    ]


@asynccontextmanager
async def _buyers(account: DatabaseSettings, connections: int) -> "AsyncIterator[list[asyncio.subprocess.Process]]":
    place = Place(
        socket=account.socket,
        user=account.user,
        password=account.password,
        database=account.name,
        session=list(baskets.SESSION),
    )
    buyers: list[asyncio.subprocess.Process] = []
    try:
        for _ in range(connections):
            buyer = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.workshop.bench.buyer", stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            buyers.append(buyer)
            assert buyer.stdin is not None
            buyer.stdin.write(msgspec.json.encode(place) + b"\n")
        yield buyers
    finally:
        for buyer in buyers:
            if buyer.returncode is None:
                buyer.terminate()
            await buyer.wait()


async def _told(buyer: asyncio.subprocess.Process, task: Round) -> None:
    """Give a buyer its round, and wait until it is ready."""
    assert buyer.stdin is not None
    buyer.stdin.write(msgspec.json.encode(task) + b"\n")
    await buyer.stdin.drain()
    await _heard(buyer)


async def _heard(buyer: asyncio.subprocess.Process) -> bytes:
    assert buyer.stdout is not None
    said = await buyer.stdout.readline()
    if not said:
        raise RuntimeError("a client ended early; what it said stands above")
    return said


def _cpu(process: int) -> float:
    """Seconds of processor time that a process has used, its kernel time among them."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

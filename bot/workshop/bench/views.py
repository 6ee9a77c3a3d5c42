"""`bench views`: what a filtered question costs at a million orders, beside ten thousand."""

import asyncio
import statistics
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.bench import upkeep
from bot.workshop.bench.figures import Figure, figure
from bot.workshop.bench.folder import on_disk
from bot.workshop.database.options import SMALL
from bot.workshop.database.private import PrivateServer
from repository.database.connection import Connection, Database
from repository.schema.base.session import opener
from repository.schema.change.init import init
from repository.workshop.mass import orders as mass
from repository.workshop.questions import QUESTIONS, Question, at_ease, hurry, rows_read

LIMIT = 10.0
"""Milliseconds that each question may take, the issue's number."""

GROWTH = 3.0
"""Times what a question takes with few orders that it may take with many, the issue's number."""

TURNS = 20
_FILLING = 1024  # MiB of memory for the server while it is filled


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a question came to.

    Attributes:
        first: The median in milliseconds where each was about something that nobody had asked about before: most of
            it comes from the disk.
        milliseconds: The same, asked once more.
        rows: Rows read for each, on average.
    """

    first: float
    milliseconds: float
    rows: float


async def views(*, orders: int = 1_000_000, few: int = 10_000, tell: Callable[[str], None]) -> list[Figure]:
    """Fill two databases and ask both the same questions; then upgrade the large one while people write.

    Args:
        orders: How many orders the large one has, with three lines each.
        few: How many the small one has.
        tell: Told what is being done.
    """
    with on_disk() as place:
        server = await asyncio.to_thread(PrivateServer.start, place / "database")
        try:
            account = DatabaseSettings(
                socket=str(server.socket), user=server.admin_user, password=server.admin_password
            )
            small = await _filled(replace(account, name="quicksell_few"), few, tell)
            many = replace(account, name="quicksell_many")
            large = await _filled(many, orders, tell)
            tell(f"{orders:,} orders: an upgrade beside writers")
            upgrade = await upkeep.upgraded(many, orders)
        finally:
            await asyncio.to_thread(server.stop)
    return [
        line
        for question in QUESTIONS
        for line in (
            figure(f"{question.name}, {orders:,} orders", large[question.name].milliseconds, "ms", LIMIT),
            figure(f"{question.name}, nothing in memory", large[question.name].first, "ms", LIMIT),
            figure(
                f"{question.name}, beside {few:,} orders",
                large[question.name].milliseconds,
                "ms",
                small[question.name].milliseconds,
            ),
            figure(f"{question.name}, rows read", large[question.name].rows, "rows", small[question.name].rows),
        )
    ] + upgrade


async def _filled(account: DatabaseSettings, orders: int, tell: Callable[[str], None]) -> dict[str, Asked]:
    offset = Settings().offset
    await init(opener(account, offset, database=False), account.name)
    database = Database(account, offset, most=2)
    try:
        async with database.connection() as conn:
            await hurry(conn, mib=_FILLING)
        await mass.fill(database, orders=orders, tell=lambda step: tell(f"{orders:,} orders: {step}"))
        async with database.connection() as conn:
            await at_ease(conn, mib=_memory())
        return {question.name: await ask(database, question, orders) for question in QUESTIONS}
    finally:
        await database.close()


async def ask(database: Database, question: Question, orders: int) -> Asked:
    """Ask a question some times, each about something else, and then the same again.

    Args:
        database: Of a shop that `mass.orders.fill` has made.
        question: Which.
        orders: How many orders the shop has.

    Raises:
        ValueError: An answer has another number of rows than it should.
    """
    async with database.connection() as conn:
        first = await _asking(conn, question, orders)
        before = await rows_read(conn)
        again = await _asking(conn, question, orders)
        after = await rows_read(conn)
        counting = await rows_read(conn) - after  # what asking for the count itself reads
    return Asked(first=first, milliseconds=again, rows=(after - before - counting) / TURNS)


async def _asking(conn: Connection, question: Question, orders: int) -> float:
    """Milliseconds of the median of all turns."""
    took: list[float] = []
    for turn in range(TURNS):
        began = clock.monotonic()
        result = await conn.run(question.sql, **question.values(turn, orders))
        took.append(clock.monotonic() - began)
        if len(result.rows) != question.rows:
            raise ValueError(f"{question.name}: {len(result.rows)} rows instead of {question.rows}")
    return 1000 * statistics.median(took)


def _memory() -> int:
    """MiB of memory that a private server has by itself."""
    (given,) = (option for option in SMALL if option.startswith("--innodb-buffer-pool-size="))
    return int(given.partition("=")[2].removesuffix("M"))

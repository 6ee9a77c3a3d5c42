"""`bench desk`: how soon shoppers hear what clerks click at the order desk, and what large proofs take."""

import asyncio
import re
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import msgspec

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.bench.clerks import proofs
from bot.workshop.bench.clerks.clerk import hire, logged_in, opened
from bot.workshop.bench.figures import Figure, figure, percentile
from bot.workshop.bench.server import Job
from bot.workshop.bench.serving import SECRET, connected, prepare, serving
from bot.workshop.bench.shoppers import Graph, Measured, Walker
from bot.workshop.database.private import PrivateServer
from repository.database.connection import Database
from repository.database.scalars import number

HEARD = 300.0
"""Milliseconds from a clerk's click until the shopper's notice is at the Graph end, in any process."""
STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("confirm", {}),
    ("pack", {}),
    ("ship", {"courier": "LBC", "tracking": "1234567890"}),
    ("deliver", {}),
)
"""What a clerk clicks about each order, in turn, with what they type."""
_FIELD = re.compile(r'<input type="hidden" name="(csrf|version)" value="([^"]*)"')
_WAIT = 20.0  # seconds that a notice may take before the benchmark is given up
_PAUSE = 0.1  # seconds between a shopper's message and the click, so that none is still at work


class Clicked(msgspec.Struct):
    """Seconds from each click until its notice was at the Graph end.

    Attributes:
        here: In the process that has just talked with the shopper.
        there: In another.
    """

    here: list[float] = []
    there: list[float] = []


async def desk(*, orders: int = 25) -> list[Figure]:
    """Have shoppers order, and a clerk click each order through to its delivery; then have proofs sent.

    Args:
        orders: How many, with four clicks each, every second click in another process.
    """
    graph = Graph()
    with tempfile.TemporaryDirectory(prefix="quicksell-bench-") as folder:
        server = await asyncio.to_thread(PrivateServer.start, Path(folder) / "database")
        try:
            account = DatabaseSettings(
                socket=str(server.socket), user=server.admin_user, password=server.admin_password
            )
            settings = connected(account, await graph.start())
            await prepare(settings)
            database = Database(settings.database, settings.offset, most=2)
            await hire(database)
            clicked = await _clicked(settings, graph, database, orders)
            await database.close()
            pictures = await proofs.measured(settings)
        finally:
            await graph.stop()
            await asyncio.to_thread(server.stop)
    return [
        *_figures("a click at the desk until the shopper's notice", clicked.here),
        *_figures("the same, clicked in another process", clicked.there),
        *pictures,
    ]


def _figures(name: str, took: Sequence[float]) -> list[Figure]:
    return [
        figure(f"{name}, {what}", 1000 * value, "ms", HEARD)
        for what, value in (("p50", percentile(took, 0.5)), ("p95", percentile(took, 0.95)), ("worst", max(took)))
    ]


async def _clicked(settings: Settings, graph: Graph, database: Database, orders: int) -> Clicked:
    clicked = Clicked()
    job = Job(kind="shop", settings=settings, core=None)
    async with AsyncExitStack() as stack:
        (_, here), (_, there) = [await stack.enter_async_context(serving(job)) for _ in range(2)]
        http = await stack.enter_async_context(aiohttp.ClientSession())
        clerks = {url: await stack.enter_async_context(logged_in(url)) for url in (here, there)}
        for place in range(orders):
            walker = Walker(http, f"{here}/webhook", SECRET, graph, f"89{place:06}", Measured())
            await walker.buys(pay="cod")
            async with database.connection() as conn:
                order_id = number(await conn.value("SELECT MAX(id) FROM orders"))
            for step, (what, typed) in enumerate(STEPS):
                await walker.says("hello")
                await asyncio.sleep(_PAUSE)
                url, took = (here, clicked.here) if (place + step) % 2 else (there, clicked.there)
                took.append(await _click(clerks[url], f"{url}/console/orders/{order_id}/{what}", typed, graph, walker))
                if place == step == 0:  # the first of each process makes what later ones find made
                    took.clear()
    return clicked


async def _click(
    clerk: aiohttp.ClientSession, address: str, typed: dict[str, str], graph: Graph, walker: Walker
) -> float:
    """Seconds from the click until the notice."""
    fields = dict(_FIELD.findall(await opened(clerk, address))) | typed
    inbox = graph.inbox(walker.psid)
    while not inbox.empty():
        inbox.get_nowait()
    began = clock.monotonic()
    async with clerk.post(address, data=fields, allow_redirects=False) as answer:
        if answer.status != 303:
            raise RuntimeError(f"{address} answered {answer.status}")
    async with asyncio.timeout(_WAIT):
        await inbox.get()
    return clock.monotonic() - began

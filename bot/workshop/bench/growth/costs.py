"""What a turn costs in a shop as it is: processor time of the servers and of the database, and trips between them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
import msgspec

from bot.base import clock
from bot.base.settings import Settings
from bot.workshop.bench.growth.respects import Does
from bot.workshop.bench.server import Job
from bot.workshop.bench.serving import SECRET, processor_time, serving
from bot.workshop.bench.shoppers import Graph, Measured, Walker
from repository.database.counts import Counts

SHOPPERS = 8
"""How many do things at once, for each process that serves them."""
_WARM = 0.5  # seconds before anything is counted


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What a turn costs.

    Attributes:
        shop: Microseconds of processor time of the servers.
        database: Microseconds of processor time of the database's server.
        round_trips: Of the servers to the database.
        seconds: How long the turns took together; `turns` of them.
        turns: How many were measured.
    """

    shop: float
    database: float
    round_trips: float
    seconds: float
    turns: int


class Serving(msgspec.Struct, frozen=True):
    """Servers of one shop.

    Attributes:
        processes: Their numbers.
        urls: Their addresses.
        graph: The Graph end that they send to.
        database: The number of the database server's process.
    """

    processes: tuple[int, ...]
    urls: tuple[str, ...]
    graph: Graph
    database: int


@asynccontextmanager
async def served(settings: Settings, *, database: int, processes: int = 1) -> AsyncIterator[Serving]:
    """Serve a shop in some processes, until the block is left.

    Args:
        settings: The shop's.
        database: The number of the database server's process.
        processes: How many.
    """
    graph = Graph()
    connected = msgspec.structs.replace(settings, graph_api_url=await graph.start(), sends_a_second=0)
    try:
        async with AsyncExitStack() as stack:
            job = Job(kind="shop", settings=connected, core=None)
            started = [await stack.enter_async_context(serving(job)) for _ in range(processes)]
            yield Serving(tuple(pid for pid, _ in started), tuple(url for _, url in started), graph, database)
    finally:
        await graph.stop()


async def cost(serving: Serving, does: Does, *, name: str, seconds: float) -> Cost:
    """Let shoppers do one thing again and again, each when the reply to the last has come.

    Args:
        serving: Who serves them.
        does: What they do.
        name: Of the shoppers; others of another name have been in the shop before.
        seconds: For how long.
    """
    measured = Measured()
    count = SHOPPERS * len(serving.urls)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=2 * count)) as http:
        walkers = [
            Walker(
                http,
                f"{serving.urls[number % len(serving.urls)]}/webhook",
                SECRET,
                serving.graph,
                f"88{name.encode().hex()}{number:03}",
                measured,
            )
            for number in range(count)
        ]
        ends = clock.monotonic() + _WARM + seconds

        async def go(walker: Walker) -> None:
            time = 0
            while clock.monotonic() < ends:
                await does(walker, time)
                time += 1

        walking = asyncio.gather(*(go(walker) for walker in walkers))
        await asyncio.wait({walking}, timeout=_WARM)
        turns, before, began = measured.turns, await _used(http, serving), clock.monotonic()
        await walking
        after, turns = await _used(http, serving), measured.turns - turns
    shop, database, trips = (late - early for late, early in zip(after, before, strict=True))
    return Cost(
        shop=1e6 * shop / turns,
        database=1e6 * database / turns,
        round_trips=trips / turns,
        seconds=clock.monotonic() - began,
        turns=turns,
    )


async def _used(http: aiohttp.ClientSession, serving: Serving) -> tuple[float, float, float]:
    trips = sum([await _round_trips(http, url) for url in serving.urls])
    return sum(map(processor_time, serving.processes)), processor_time(serving.database), trips


async def _round_trips(http: aiohttp.ClientSession, url: str) -> int:
    async with http.get(f"{url}/bench/counts") as answer:
        return msgspec.json.decode(await answer.read(), type=Counts).round_trips


def total(costs: Sequence[Cost]) -> float:
    """Microseconds of processor time of a turn, the mean over several kinds of turns.

    Args:
        costs: What each kind costs.
    """
    return sum(each.shop + each.database for each in costs) / len(costs)

"""`bench turns`: how many turns one core takes, beside the least that a server on these libraries can do."""

import asyncio
import os
import tempfile
from pathlib import Path

import aiohttp
import msgspec

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.bench.figures import Figure, figure, percentile
from bot.workshop.bench.server import Job, Recording
from bot.workshop.bench.serving import SECRET, connected, prepare, processor_time, serving
from bot.workshop.bench.shoppers import Graph, Measured, Walker
from bot.workshop.database.private import PrivateServer
from repository.database.connection import Counts

COMMITS = 3  # a turn at most
RECORDING = 5  # percent of a turn's processor time at most
_WARM = 1.0  # seconds before anything is counted


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What one run of a server came to.

    Attributes:
        measured: What the shoppers saw.
        seconds: How long it was measured.
        cpu: Seconds of processor time that the server used meanwhile.
        counts: How often it spoke to the database meanwhile.
        recording: Seconds of that processor time that the recordings of turns took.
    """

    measured: Measured
    seconds: float
    cpu: float
    counts: Counts
    recording: float


async def turns(*, shoppers: int = 16, seconds: float = 8.0, rounds: int = 2) -> list[Figure]:
    """Measure turns and their limit, one after the other, several times.

    Args:
        shoppers: How many at once, each in a closed loop.
        seconds: How long each round of each kind is measured.
        rounds: How often.
    """
    with tempfile.TemporaryDirectory(prefix="quicksell-bench-") as folder:
        server = await asyncio.to_thread(PrivateServer.start, Path(folder) / "database")
        try:
            account = DatabaseSettings(
                socket=str(server.socket), user=server.admin_user, password=server.admin_password
            )
            settings = connected(account)
            await prepare(settings)
            shop: list[Load] = []
            bare: list[Load] = []
            for number in range(rounds):
                bare.append(await _measure("bare", settings, shoppers, seconds, f"b{number}"))
                shop.append(await _measure("shop", settings, shoppers, seconds, f"s{number}"))
            slow = await _measure("shop", settings, shoppers, min(seconds, 5.0), "slow", slow=1.0)
            calm = await _measure("shop", settings, 1, min(seconds, 3.0), "calm")
        finally:
            await asyncio.to_thread(server.stop)
    return _figures(shop, bare, slow, calm)


def _figures(shop: list[Load], bare: list[Load], slow: Load, calm: Load) -> list[Figure]:
    total = sum(load.measured.turns for load in shop)
    limit = sum(load.measured.turns for load in bare) / sum(load.cpu for load in bare)
    per_core = total / sum(load.cpu for load in shop)
    wall = total / sum(load.seconds for load in shop)
    bare_wall = sum(load.measured.turns for load in bare) / sum(load.seconds for load in bare)
    recorded = sum(load.recording for load in shop) / sum(load.cpu for load in shop)
    acknowledged = [seconds for load in shop for seconds in load.measured.acknowledged]
    replied = [seconds for load in shop for seconds in load.measured.replied]
    return [
        figure("turns on one core", per_core, "turns/s of processor time", limit),
        figure("turns, whole machine", wall, "turns/s", bare_wall),
        figure("processor time", 1e6 / per_core, "us/turn", 1e6 / limit),
        figure("share of recording", 100 * recorded, "% of that", RECORDING),
        figure("database round trips", sum(load.counts.round_trips for load in shop) / total, "a turn"),
        figure("statements", sum(load.counts.statements for load in shop) / total, "a turn"),
        figure("commits", sum(load.counts.commits for load in shop) / total, "a turn", COMMITS),
        figure("purchases", sum(load.measured.purchases for load in shop), "orders"),
        figure("acknowledgement, p50", 1000 * percentile(acknowledged, 0.5), "ms"),
        figure("acknowledgement, p99", 1000 * percentile(acknowledged, 0.99), "ms"),
        figure("reply, p50", 1000 * percentile(replied, 0.5), "ms"),
        figure("reply, p99", 1000 * percentile(replied, 0.99), "ms"),
        figure("acknowledgement, p99, Graph takes 1 s", 1000 * percentile(slow.measured.acknowledged, 0.99), "ms", 20),
        figure("reply, one shopper, p50", 1000 * percentile(calm.measured.replied, 0.5), "ms", 50),
        figure("reply, one shopper, p99", 1000 * percentile(calm.measured.replied, 0.99), "ms", 50),
    ]


async def _measure(kind: str, settings: Settings, shoppers: int, seconds: float, name: str, slow: float = 0.0) -> Load:
    graph = Graph(slow)
    connected = msgspec.structs.replace(settings, graph_api_url=await graph.start(), sends_a_second=0)
    try:
        async with serving(Job(kind=kind, settings=connected, core=_core())) as (process, url):
            connector = aiohttp.TCPConnector(limit=shoppers * 2)
            async with aiohttp.ClientSession(connector=connector) as http:
                return await _walk(kind, http, url, process, graph, shoppers, seconds, name)
    finally:
        await graph.stop()


async def _walk(
    kind: str,
    http: aiohttp.ClientSession,
    url: str,
    process: int,
    graph: Graph,
    shoppers: int,
    seconds: float,
    name: str,
) -> Load:
    measured = Measured()
    walkers = [
        Walker(http, f"{url}/webhook", SECRET, graph, f"77{name.encode().hex()}{number:04}", measured)
        for number in range(shoppers)
    ]
    ends = clock.monotonic() + _WARM + seconds

    async def go(walker: Walker) -> None:
        while clock.monotonic() < ends:
            await (walker.buys() if kind == "shop" else walker.says_hello())

    walking = asyncio.gather(*(go(walker) for walker in walkers))
    await asyncio.wait({walking}, timeout=_WARM)
    _forget(measured)
    recorded = await _recording(http, url)
    before, cpu, began = await _counts(http, url), processor_time(process), clock.monotonic()
    await asyncio.wait({walking}, timeout=max(0.0, ends - clock.monotonic()))
    seen = msgspec.structs.replace(measured, acknowledged=list(measured.acknowledged), replied=list(measured.replied))
    took, used, after = clock.monotonic() - began, processor_time(process) - cpu, await _counts(http, url)
    recorded = await _recording(http, url) - recorded
    await walking
    return Load(
        measured=seen,
        seconds=took,
        cpu=used,
        counts=Counts(
            after.round_trips - before.round_trips,
            after.statements - before.statements,
            after.commits - before.commits,
        ),
        recording=recorded,
    )


async def _counts(http: aiohttp.ClientSession, url: str) -> Counts:
    async with http.get(f"{url}/bench/counts") as answer:
        return msgspec.json.decode(await answer.read(), type=Counts)


async def _recording(http: aiohttp.ClientSession, url: str) -> float:
    async with http.get(f"{url}/bench/recording") as answer:
        return msgspec.json.decode(await answer.read(), type=Recording).seconds


def _forget(measured: Measured) -> None:
    measured.turns = measured.purchases = 0
    measured.acknowledged.clear()
    measured.replied.clear()


def _core() -> int | None:
    """The core that the server keeps to: one of its own, where the machine has more than one."""
    cores = sorted(os.sched_getaffinity(0))
    return cores[0] if len(cores) > 1 else None

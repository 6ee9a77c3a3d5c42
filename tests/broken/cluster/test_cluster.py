"""Two servers and a worker on three nodes, under load, while nodes are killed, cut off and come back."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings
from bot.workshop.emulator.emulator import Emulator
from handlers.doctor.cluster import look_at_node
from repository.database.connection import Database
from repository.schema.base.session import opener
from repository.schema.change.init import init
from tests.broken import books
from tests.broken.cluster.nodes import Cluster, Node
from tests.broken.cluster.proxy import Proxy
from tests.broken.crowd import Crowd
from tests.broken.lives import Womb
from tests.broken.shop import STOCK, Broken, closes, stocks_mugs
from tests.conftest import MANILA
from tests.support.waiting import comes

pytestmark = pytest.mark.long
KINDS = (("serve", "--shared", "--no-workers"), ("serve", "--shared", "--no-workers"), ("work",))
NAME = "quicksell_cluster"
BUYERS = 6
IN_STEP = "SET STATEMENT wsrep_sync_wait = 1 FOR "


@pytest.fixture
async def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Cluster]:
    """Three nodes with a shop in them that sells nothing yet."""
    cluster = Cluster(tmp_path)
    monkeypatch.setenv("PATH", cluster.path)
    try:
        await asyncio.to_thread(cluster.nodes[0].starts, first=True)
        await init(opener(cluster.settings(NAME), MANILA, database=False), NAME)
        await asyncio.to_thread(cluster.spreads)
        watching = [asyncio.create_task(node.watches()) for node in cluster.nodes]
        for node in cluster.nodes:
            await is_in_step(node)
        yield cluster
        for watch in watching:
            watch.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
    finally:
        cluster.ends()


async def is_in_step(node: Node) -> None:
    """Wait until a node may be used."""

    async def is_up() -> bool:
        return node.is_up

    await comes(is_up, "the node joins")


async def slowest_answer(url: str, until: "asyncio.Task[float]") -> float:
    """The longest that `/readyz` took to say anything, asked again and again."""
    worst = 0.0
    async with aiohttp.ClientSession() as http:
        while not until.done():
            began = time.monotonic()
            with suppress(aiohttp.ClientConnectionError):
                async with http.get(f"{url}/readyz") as answer:
                    assert answer.status in (200, 503)
            worst = max(worst, time.monotonic() - began)
            await asyncio.sleep(0.1)
    return worst


async def lights(database: Database) -> dict[str, str]:
    """What the doctor finds about the nodes that is not good; how often they undo each other is not looked at.

    Three servers that all write, each to a node of its own, are what the test is about.
    """
    async with database.connection() as conn:
        looks = await look_at_node(conn)
    assert any(look.what == "Node of the cluster" for look in looks)
    wrong = {look.what: str(look.light) for look in looks if look.light != "good"}
    wrong.pop("Commits that other nodes undo", None)
    return wrong


async def test_nodes_that_are_lost_lose_and_double_nothing(
    cluster: Cluster, unused_tcp_port: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    emulator = Emulator()
    emulator.courier.pauses = (0.05,) * 4000
    await emulator.start()
    a, b, c = cluster.nodes
    proxies = [Proxy(nodes) for nodes in ((a, b, c), (b, c, a), (c, a, b), (a, c, b))]
    for proxy in proxies:
        await proxy.starts()

    def through(proxy: Proxy) -> DatabaseSettings:
        return replace(cluster.settings(NAME), socket="", host="127.0.0.1", port=proxy.port)

    database = Database(through(proxies[-1]), MANILA, patience=20)
    product = await stocks_mugs(database)
    (tmp_path / "life").mkdir()
    async with Womb() as womb:
        shop = Broken(
            womb, [through(proxy) for proxy in proxies[:3]], emulator, unused_tcp_port, tmp_path / "life", kinds=KINDS
        )
        await shop.opens()
        crowd = Crowd(emulator, database, buyers=BUYERS, reads=IN_STEP)
        await crowd.goes_on()

        for node in (b, c):
            node.dies()
            first = await crowd.goes_on()
            record_property("broken", f"a node killed: first message after {first:.1f} s")
            assert await lights(database) == {"Nodes that see each other": "warning"}
            await asyncio.to_thread(node.starts)
            await is_in_step(node)
            await crowd.goes_on()
            assert await lights(database) == {}

        for node in (b, a):
            node.freezes()
            going = asyncio.create_task(crowd.goes_on())
            worst = await slowest_answer(shop.url, going)
            record_property(
                "broken",
                f"a node frozen: first message after {await going:.1f} s, /readyz answers within {worst:.1f} s",
            )
            node.thaws()
            await is_in_step(node)
            await crowd.goes_on()

        await crowd.stops()
        await closes(database, len(crowd.bought))
        for node in cluster.nodes:
            await is_in_step(node)
        found = await books.read(database, crowd.bought, stock={product: STOCK})
        assert found.wrong == ()
        record_property("broken", f"{len(crowd.bought)} orders over it, {found.sent_again} messages twice and counted")
        assert not any(await shop.closes())
    await database.close()
    for proxy in proxies:
        await proxy.ends()
    await emulator.stop()

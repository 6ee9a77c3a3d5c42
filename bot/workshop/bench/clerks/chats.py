"""`bench people`: how soon clerks see what shoppers write, and shoppers what clerks write, while many do both."""

import asyncio
import itertools
import re
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import msgspec

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.bench.clerks.clerk import hire, logged_in
from bot.workshop.bench.figures import Figure, figure, percentile
from bot.workshop.bench.server import Job
from bot.workshop.bench.serving import SECRET, connected, prepare, serving
from bot.workshop.bench.shoppers import Graph, Measured, Walker
from bot.workshop.database.private import PrivateServer
from repository.database.connection import Database
from repository.database.scalars import number

SEEN = 300.0
"""Milliseconds from a webhook until a clerk sees it, and from a clerk's click until the Graph end has it."""
SLOWER = 1.05
"""Times that a turn may take while the tabs are open."""
_PACE = 0.05  # seconds between two shoppers' messages
_WAIT = 20.0  # seconds that anything may take before the benchmark is given up
_FIELDS = {name: re.compile(rf'name="{name}" value="([^"]*)"') for name in ("csrf", "key", "typed")}


class Tab:
    """A clerk who has a chat open, as a browser has: it listens, and it can write.

    Args:
        http: Logged in.
        url: Of the shop's server.
        chat: `users.id` of the shopper.
    """

    def __init__(self, http: aiohttp.ClientSession, url: str, chat: int) -> None:
        self._http = http
        self._path = f"{url}/console/inbox/{chat}"
        self._awaited: dict[str, asyncio.Future[float]] = {}
        self._fields: dict[str, str] = {}
        self._listening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Open the page, and listen."""
        async with self._http.get(self._path) as answer:
            page = await answer.text()
        self._fields = {name: found[1] for name, shape in _FIELDS.items() if (found := shape.search(page))}
        self._listening = asyncio.create_task(self._listen())

    async def close(self) -> None:
        """Close the page."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)

    def sees(self, words: str) -> "asyncio.Future[float]":
        """When some words are on the screen, by the monotonic clock."""
        return self._awaited.setdefault(words, asyncio.get_running_loop().create_future())

    async def writes(self, words: str) -> None:
        """Write to the shopper."""
        fields = {**self._fields, "words": words}
        async with self._http.post(
            f"{self._path}/write", data=fields, headers={"Accept": "application/json"}
        ) as answer:
            told = msgspec.json.decode(await answer.read(), type=dict[str, str])
        if told["wrong"]:
            raise RuntimeError(f"not written: {told['wrong']}")
        self._fields["key"] = told["key"]

    async def _listen(self) -> None:
        while True:
            async with self._http.get(
                f"{self._path}/events",
                headers={"Accept": "text/event-stream"},
                timeout=aiohttp.ClientTimeout(total=None),
            ) as stream:
                async for line in stream.content:
                    self._look(line)

    def _look(self, line: bytes) -> None:
        for words, seen in self._awaited.items():
            if not seen.done() and words.encode() in line:
                seen.set_result(clock.monotonic())


async def people(*, clerks: int = 20, shoppers: int = 200, seconds: float = 8.0, rounds: int = 2) -> list[Figure]:
    """Have shoppers write, with and without clerks who look on, in turn; then have each clerk write.

    Args:
        clerks: How many have a chat open.
        shoppers: How many write, one after the other.
        seconds: How long each round takes.
        rounds: How often.
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
            await database.close()
            async with (
                serving(Job(kind="shop", settings=settings, core=None)) as (_, url),
                aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
            ):
                measured = Measured()
                walkers = [
                    Walker(http, f"{url}/webhook", SECRET, graph, f"88{number:06}", measured)
                    for number in range(shoppers)
                ]
                for walker in walkers:
                    await walker.says("hello")
                return await _measured(settings, url, graph, walkers, clerks, seconds, rounds)
        finally:
            await graph.stop()
            await asyncio.to_thread(server.stop)


async def _measured(
    settings: Settings,
    url: str,
    graph: Graph,
    walkers: Sequence[Walker],
    clerks: int,
    seconds: float,
    rounds: int,
) -> list[Figure]:
    alone: list[float] = []
    watched: list[float] = []
    seen: list[float] = []
    words = (f"hello number {number}." for number in itertools.count())
    chats = await _chats(settings)
    async with AsyncExitStack() as stack:
        tabs = {
            walker.psid: Tab(await stack.enter_async_context(logged_in(url)), url, chats[walker.psid])
            for walker in walkers[:clerks]
        }
        for number in range(rounds):
            alone += await _heard(walkers, {}, words, seconds, seen)
            for tab in tabs.values():
                await tab.open()
            watched += await _heard(walkers, tabs, words, seconds, seen)
            if number < rounds - 1:
                for tab in tabs.values():
                    await tab.close()
        sent = [await _typed(tab, graph, psid, next(words)) for psid, tab in tabs.items()]
        for tab in tabs.values():
            await tab.close()
    return [
        figure("a shopper's words on the clerk's screen, p50", 1000 * percentile(seen, 0.5), "ms", SEEN),
        figure("a shopper's words on the clerk's screen, worst", 1000 * max(seen), "ms", SEEN),
        figure("a clerk's words at the Graph end, p50", 1000 * percentile(sent, 0.5), "ms", SEEN),
        figure("a clerk's words at the Graph end, worst", 1000 * max(sent), "ms", SEEN),
        figure("a reply with nobody looking on, p50", 1000 * statistics.median(alone), "ms"),
        figure(
            f"a reply with {clerks} tabs open, p50",
            1000 * statistics.median(watched),
            "ms",
            SLOWER * 1000 * statistics.median(alone),
        ),
    ]


async def _heard(
    walkers: Sequence[Walker], tabs: Mapping[str, Tab], words: Iterator[str], seconds: float, seen: list[float]
) -> list[float]:
    """Seconds until each of some shoppers, one after the other, has a reply; when clerks saw them goes into `seen`."""
    replied: list[float] = []
    awaited: list[tuple[float, asyncio.Future[float]]] = []
    ends = clock.monotonic() + seconds
    for walker in itertools.cycle(walkers):
        said = next(words)
        tab = tabs.get(walker.psid)
        began = clock.monotonic()
        if tab is not None:
            awaited.append((began, tab.sees(said)))
        await walker.says(said)
        replied.append(clock.monotonic() - began)
        if clock.monotonic() > ends and (not tabs or walker is walkers[-1]):
            break
        await asyncio.sleep(max(0.0, began + _PACE - clock.monotonic()))
    async with asyncio.timeout(_WAIT):
        seen += [await when - began for began, when in awaited]
    return replied


async def _typed(tab: Tab, graph: Graph, psid: str, words: str) -> float:
    """Seconds from a clerk's click until the words are at the Graph end."""
    inbox = graph.inbox(psid)
    while not inbox.empty():
        inbox.get_nowait()
    began = clock.monotonic()
    await tab.writes(words)
    async with asyncio.timeout(_WAIT):
        while (await inbox.get()).text != words:
            pass
    return clock.monotonic() - began


async def _chats(settings: Settings) -> dict[str, int]:
    """`users.id` of each shopper, by PSID."""
    database = Database(settings.database, settings.offset, most=2)
    async with database.connection() as conn:
        found = await conn.run("SELECT messenger_id, id FROM users")
    await database.close()
    return {str(psid): number(shopper) for psid, shopper in found.rows}

"""How much memory one server has after many shoppers."""

import asyncio
import itertools
from collections.abc import Callable
from pathlib import Path

import aiohttp

from bot.base.settings import Settings
from bot.workshop.bench.growth.costs import served
from bot.workshop.bench.serving import SECRET
from bot.workshop.bench.shoppers import Measured, Walker

MOST = 130.0
"""Megabytes that a server may have, with the demo's products and the table of places, after 100,000 shoppers."""
_AT_ONCE = 32
_LOOKS = 20  # how often the memory is looked at, over all shoppers
_SAYS = ("hello po", "hm po yung blue mug 7", "taga Brgy San Isidro, Cainta, Rizal po ako")


async def memory(
    settings: Settings, *, database: int, shoppers: int, tell: Callable[[str], None]
) -> list[tuple[int, float]]:
    """Let many shoppers say something, each for the first time; returns megabytes by how many there were.

    Args:
        settings: The shop's.
        database: The number of the database server's process.
        shoppers: How many.
        tell: Told how far it is.
    """
    seen: list[tuple[int, float]] = []
    numbers = itertools.count()
    async with served(settings, database=database) as serving, aiohttp.ClientSession() as http:
        (process,), (url,) = serving.processes, serving.urls
        measured = Measured()

        async def go(until: int) -> None:
            while (number := next(numbers)) < until:
                psid = f"99{number:09}"
                walker = Walker(http, f"{url}/webhook", SECRET, serving.graph, psid, measured)
                await walker.says(_SAYS[number % len(_SAYS)])
                serving.graph.forget(psid)

        for look in range(_LOOKS + 1):
            until = max(_AT_ONCE, shoppers * look // _LOOKS)
            numbers = itertools.count(seen[-1][0] if seen else 0)
            await asyncio.gather(*(go(until) for _ in range(_AT_ONCE)))
            seen.append((until, _resident(process)))
            tell(f"{until:,} shoppers: {seen[-1][1]:.0f} MB")
    return seen


def _resident(process: int) -> float:
    """Megabytes of a process that lie in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6

"""`bench scale`: what a turn costs in a large shop beside a small one, with one process and more, and their memory."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.bench.figures import Figure, figure
from bot.workshop.bench.folder import on_disk
from bot.workshop.bench.growth.costs import Cost, cost, served, total
from bot.workshop.bench.growth.drawn import draw
from bot.workshop.bench.growth.memory import MOST, memory
from bot.workshop.bench.growth.respects import DOINGS, RESPECTS, Respect
from bot.workshop.bench.serving import connected, prepare
from bot.workshop.database.private import PrivateServer
from repository.database.connection import Database
from repository.workshop.questions import at_ease, hurry

GROWTH = 1.2
"""Times what a turn costs in a small shop that it may cost in a large one."""
PROCESSES = (1, 2, 4)
_FILLING, _MEMORY = 1024, 256  # MiB of memory for the database while it is filled, and when it is measured

Tell = Callable[[str], None]


async def scale(*, seconds: float, shoppers: int, share: float, plots: Path | None, tell: Tell) -> list[Figure]:
    """Figures of a shop that grows in one respect after the other, of several processes, and of memory.

    Args:
        seconds: How long each kind of turn is measured at each size.
        shoppers: After how many the memory is looked at.
        share: Of the large sizes that the shop grows to, at most 1.
        plots: The folder that the plots go into; None for none.
        tell: Told what is being done.
    """
    if plots is not None:
        plots.mkdir(parents=True, exist_ok=True)
    figures: list[Figure] = []
    for respect in RESPECTS:
        smaller = msgspec.structs.replace(respect, many=max(respect.few, round(respect.many * share)))
        figures += await _growing(smaller, seconds, plots, tell)
    figures += await _processes(seconds, plots, tell)
    return figures + await _memory(shoppers, plots, tell)


async def _growing(respect: Respect, seconds: float, plots: Path | None, tell: Tell) -> list[Figure]:
    costs: dict[str, list[Cost]] = {name: [] for name, _ in DOINGS}
    async with _shop() as (settings, server):
        for size in respect.sizes:
            tell(f"{size:,} {respect.name}")
            await _grow(settings, respect, size)
            async with served(settings, database=server.pid) as serving:
                for name, does in DOINGS:
                    costs[name].append(await cost(serving, does, name=f"{size}{name}", seconds=seconds))
    if plots is not None:
        lines = {
            name: [(float(size), each.shop + each.database) for size, each in zip(respect.sizes, measured, strict=True)]
            for name, measured in costs.items()
        }
        draw(plots / f"scale-{respect.name.replace(' ', '-')}.svg", f"us a turn by {respect.name}", lines)
    return [
        line
        for name, measured in costs.items()
        for small, large in ((measured[0], measured[-1]),)
        for line in (
            Figure(
                name=f"{name}, {respect.many:,} {respect.name} beside {respect.few:,}",
                value=large.shop + large.database,
                unit="us/turn",
                limit=GROWTH * (small.shop + small.database),
                ratio=(large.shop + large.database) / (small.shop + small.database),
            ),
            figure(f"{name}, round trips", large.round_trips, "a turn", small.round_trips),
        )
    ]


async def _processes(seconds: float, plots: Path | None, tell: Tell) -> list[Figure]:
    costs: dict[int, list[Cost]] = {}
    async with _shop() as (settings, server):
        for count in PROCESSES:
            tell(f"{count} processes")
            async with served(settings, database=server.pid, processes=count) as serving:
                costs[count] = [
                    await cost(serving, does, name=f"{count}p{name}", seconds=seconds) for name, does in DOINGS
                ]
    if plots is not None:
        lines = {"us a turn": [(float(count), total(each)) for count, each in costs.items()]}
        draw(plots / "scale-processes.svg", "us a turn by processes", lines)
    alone = total(costs[PROCESSES[0]])
    return [
        figure(f"a turn, {count} processes beside one", total(each), "us/turn", alone) for count, each in costs.items()
    ]


async def _memory(shoppers: int, plots: Path | None, tell: Tell) -> list[Figure]:
    async with _shop() as (settings, server):
        seen = await memory(settings, database=server.pid, shoppers=shoppers, tell=tell)
    if plots is not None:
        draw(plots / "scale-memory.svg", "MB of one server by shoppers", {"MB": [(float(x), y) for x, y in seen]})
    half = seen[len(seen) // 2][1]
    return [
        figure(f"memory after {shoppers:,} shoppers", seen[-1][1], "MB", MOST),
        figure("memory, beside half as many", seen[-1][1], "MB", half),
    ]


@asynccontextmanager
async def _shop() -> AsyncIterator[tuple[Settings, PrivateServer]]:
    """A shop that sells some things, on a database server of its own."""
    with on_disk() as place:
        server = await asyncio.to_thread(PrivateServer.start, place / "database")
        try:
            account = DatabaseSettings(
                socket=str(server.socket), user=server.admin_user, password=server.admin_password
            )
            settings = connected(account)
            await prepare(settings)
            await _grow(settings, RESPECTS[-1], RESPECTS[-1].few)  # or the keyword has no reply
            yield settings, server
        finally:
            await asyncio.to_thread(server.stop)


async def _grow(settings: Settings, respect: Respect, size: int) -> None:
    database = Database(settings.database, settings.offset, most=1, patience=None)
    try:
        async with database.connection() as conn:
            await hurry(conn, mib=_FILLING)
            await respect.grows(conn, size)
            await at_ease(conn, mib=_MEMORY)
    finally:
        await database.close()

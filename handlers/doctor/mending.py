"""What `--fix` does by itself: only what is safe, can be done twice, and takes nothing away from anybody."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from bot.base.settings import Settings, database_admin
from bot.messenger import connecting
from bot.messenger.errors import GraphError
from bot.messenger.subscriptions import FIELDS
from handlers.doctor.examining import graph_of, in_force
from handlers.doctor.looks import Look
from handlers.doctor.profiles import push
from replies.profile import profile as properties
from repository.database.connection import Database
from repository.database.errors import DatabaseError
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import opener
from repository.schema.change.upgrades import upgrade


async def mend(settings: Settings, folder: Path, looks: Sequence[Look]) -> list[str]:
    """Mend what can be mended of what was found.

    Args:
        settings: This process's settings.
        folder: Where the program works, with its `.env`.
        looks: What was found.

    Returns:
        What was done, a sentence each, and what could not be.
    """
    wanted = dict.fromkeys(look.mend for look in looks if look.mend and look.light != "good")
    told = []
    for name in wanted:
        try:
            told.append(await MENDS[name](settings, folder))
        except (GraphError, SchemaError, DatabaseError, OSError) as error:
            told.append(f"Could not be mended ({name}): {error}")
    return told


async def _env(_: Settings, folder: Path) -> str:
    (folder / ".env").chmod(0o600)
    return ".env can be read by its owner alone now."


async def _upgrades(settings: Settings, _: Path) -> str:
    done = await upgrade(opener(database_admin(settings), settings.offset, database=False), settings.database.name)
    return f"The database is up to date: {len(done.upgrades)} upgrades were run."


async def _subscription(settings: Settings, _: Path) -> str:
    graph = graph_of(settings)
    assert graph is not None, "it was just asked"
    try:
        await connecting.subscribe(graph, FIELDS)
    finally:
        await graph.close()
    return f"The page sends this app all {len(FIELDS)} fields now."


async def _profile(settings: Settings, _: Path) -> str:
    held = Database(settings.database, settings.offset, most=1)
    graph = graph_of(settings)
    assert graph is not None, "it was just asked"
    try:
        words, known = await in_force(held, settings)
        assert words is not None, "they were just read"
        await push(graph, properties(words, known))
    finally:
        await graph.close()
        await held.close()
    return "The greeting, Get Started, the menu and the questions are set."


MENDS: Mapping[str, Callable[[Settings, Path], Awaitable[str]]] = {
    "env": _env,
    "upgrades": _upgrades,
    "subscription": _subscription,
    "profile": _profile,
}
"""What can be mended, by the name that a `Look` gives."""

"""The whole examination: every group, side by side, each with its own limit of time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bot.base.settings import Settings
from bot.messenger.graph import Graph
from handlers.doctor import address, cluster, database, facebook, machine, said, shop, voices
from handlers.doctor.looks import Look, unseen
from replies.words import Wording, Words
from repository import rules
from repository.database.connection import Database
from repository.database.errors import DatabaseError
from repository.rules import Rules
from repository.settings import connections, pages
from repository.settings.secrets import Sealer
from repository.wording import wordings

SECONDS = 8.0
"""How long a group may take, so that all of them end within ten."""
GROUPS = (
    machine.GROUP,
    database.GROUP,
    shop.AT_WORK,
    shop.GROUP,
    address.HERE,
    address.GROUP,
    facebook.GROUP,
)
"""In the order in which they are told: what stands further up is what the others stand on."""


async def examine(settings: Settings, folder: Path) -> list[Look]:
    """Everything that a shop stands on, looked at without changing anything.

    Args:
        settings: This process's settings.
        folder: Where the program works, with its `.env`.

    Returns:
        What was found, group by group; nothing raises, what cannot be looked at says so.
    """
    held = Database(settings.database, settings.offset, most=2)
    graph = graph_of(settings)
    try:
        told = await asyncio.gather(
            _limited(machine.GROUP, lambda: asyncio.to_thread(machine.look, settings, folder)),
            _limited(database.GROUP, lambda: database.look(settings)),
            _limited(shop.AT_WORK, lambda: _at_work(held, settings)),
            _limited(address.HERE, lambda: address.look_at_port(settings)),
            _limited(address.GROUP, lambda: address.look(settings)),
            _limited(facebook.GROUP, lambda: _facebook(held, settings, graph)),
        )
    finally:
        await held.close()
        if graph is not None:
            await graph.close()
    looks = [look for some in told for look in some]
    return sorted(looks, key=lambda one: GROUPS.index(one.group))


async def connected(settings: Settings) -> Settings:
    """The settings of this process with what the console has connected on top, where the database lets us look.

    Args:
        settings: As this process was started.
    """
    if not settings.database.is_given:
        return settings
    held = Database(settings.database, settings.offset, most=1)
    try:
        async with asyncio.timeout(SECONDS / 4), held.connection() as conn:
            return await connections.in_force(conn, settings)
    except (DatabaseError, TimeoutError):
        return settings
    finally:
        await held.close()


def graph_of(settings: Settings) -> Graph | None:
    """The page's way to Facebook, with short patience; None where no page is connected.

    Args:
        settings: This process's settings.
    """
    if not settings.page_access_token or not settings.app_secret:
        return None
    return graph_for(settings, settings.page_access_token)


def graph_for(settings: Settings, token: str) -> Graph:
    """The way to Facebook of a page, with short patience.

    Args:
        settings: This process's settings.
        token: The page's.
    """
    return Graph(
        token,
        app_secret=settings.app_secret,
        base_url=settings.graph_api_url,
        version=settings.graph_api_version,
        seconds=SECONDS / 2,
    )


async def _limited(group: str, look: Callable[[], Awaitable[Sequence[Look]]]) -> Sequence[Look]:
    try:
        async with asyncio.timeout(SECONDS):
            return await look()
    except TimeoutError:
        return [unseen(group, "All of it", f"took longer than {SECONDS:.0f} s", "Look again when less goes on.")]


async def _at_work(held: Database, settings: Settings) -> Sequence[Look]:
    if not settings.database.is_given:
        return [unseen(shop.AT_WORK, "All of it", "no account of the database is set")]
    try:
        async with held.connection() as conn:
            return [
                *await database.look_at_clock(conn),
                *await cluster.look_at_node(conn),
                *await shop.look_at_work(conn),
                *await shop.look_at_shop(conn, shop_name=settings.shop_name, currency=settings.shop_currency),
                *await said.look_at_words(conn),
                *await voices.look_at_voices(conn),
            ]
    except DatabaseError:
        return [unseen(shop.AT_WORK, "All of it", "the database did not let us look", "See the group Database.")]


async def _facebook(held: Database, settings: Settings, graph: Graph | None) -> Sequence[Look]:
    words, known = await in_force(held, settings)
    looks = await facebook.look(settings, graph, words, rules=known)
    if graph is None or not settings.app_id or not settings.database.is_given:
        return looks
    try:
        async with held.connection() as conn:
            more = await pages.further(conn, sealer=Sealer(settings.secret_key))
            looks += await voices.look_at_strangers(conn)
    except DatabaseError:
        return looks  # the group Database says why
    for page in more:
        async with graph_for(settings, page.access_token) as way:
            looks += await facebook.look_at_further(settings, way, page.name)
    return looks


async def in_force(held: Database, settings: Settings) -> tuple[Words | None, Rules]:
    """The words and the rules in force: the merchant's; None and the settings' where they cannot be read.

    Args:
        held: The database.
        settings: This process's settings.
    """
    usual = Rules(shop_name=settings.shop_name, currency=settings.shop_currency)
    if not settings.database.is_given:
        return None, usual
    try:
        async with held.connection() as conn:
            rows = await wordings.active(conn)
            known = await rules.load(conn, shop_name=settings.shop_name, currency=settings.shop_currency)
    except DatabaseError:
        return None, usual
    own = [Wording(name=row.name, language=row.language, words=row.words) for row in rows]
    return Words(own, currency=settings.shop_currency), known

"""Somebody who has never been here: ask Facebook for their name, and begin a conversation."""

import asyncio

from bot.base import logs
from bot.messenger.errors import GraphError
from bot.messenger.graph import Graph
from dialogs.conversation import dump_state
from dialogs.engine.state import Idle
from handlers.outbound.ways import Ways
from handlers.turns.commented import go_on_from
from handlers.turns.in_force import Shop
from repository.chats import conversations, inbox, shoppers
from repository.database.connection import Connection
from repository.posts import answers

_log = logs.get("meeting")

PATIENCE = 0.8  # seconds that a first greeting may wait for the shopper's name


async def meet(shop: Shop, ways: Ways, psid: str) -> None:
    """Begin a conversation with somebody new, on the page that they have written to.

    Args:
        shop: The shop.
        ways: To Facebook, one for each page.
        psid: The shopper.
    """
    page_id = shop.settings.page_id
    if ways.are_several:
        async with shop.database.connection() as conn:
            page_id = await inbox.page_of(conn, psid=psid) or page_id
    name = await _name(ways.of(page_id), psid)
    async with shop.database.transaction() as conn:
        (said,) = await conversations.begin(
            conn,
            psid=psid,
            page_id=page_id,
            state=dump_state(Idle()),
            name=name[:255],
            beside=[answers.saying(psid)],
        )
        if said.rows:
            await go_on_from(conn, psid, conn.read(answers.Said, said.rows[0]), is_new=True)


async def begin_unasked(shop: Shop, conn: Connection, *, psid: str, page_id: str) -> None:
    """Begin a conversation with somebody whom a person of the shop wrote to first; Facebook is not asked for the name.

    Args:
        shop: The shop.
        conn: An open connection.
        psid: The shopper.
        page_id: The page that wrote.
    """
    await conversations.begin(
        conn, psid=psid, page_id=page_id or shop.settings.page_id, state=dump_state(Idle()), name=""
    )


async def learn_name(shop: Shop, graph: Graph | None, psid: str) -> None:
    """Ask Facebook for the name of somebody with whom a conversation was begun without.

    Args:
        shop: The shop.
        graph: The way to Facebook, None while no page is connected.
        psid: The shopper.
    """
    if name := await _name(graph, psid):
        async with shop.database.connection() as conn:
            await shoppers.note_name(conn, psid=psid, name=name[:255])


async def _name(graph: Graph | None, psid: str) -> str:
    """First and last name, else the name in one, empty where Facebook does not tell: no name is ever made up."""
    if graph is None:
        return ""
    try:
        async with asyncio.timeout(PATIENCE):
            profile = await graph.profile(psid)
    except (GraphError, TimeoutError) as error:
        _log.info("no name", error=type(error).__name__)
        return ""
    return f"{profile.first_name} {profile.last_name}".strip() or profile.name.strip()

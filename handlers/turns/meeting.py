"""Somebody who has never been here: ask Facebook for their name, and begin a conversation."""

import asyncio

from bot.base import logs
from bot.messenger.errors import GraphError
from bot.messenger.graph import Graph
from dialogs.conversation import dump_state
from dialogs.engine.state import Idle
from handlers.turns.in_force import Shop
from repository.chats import conversations

_log = logs.get("meeting")

PATIENCE = 0.8  # seconds that a first greeting may wait for the shopper's name


async def meet(shop: Shop, graph: Graph | None, psid: str) -> None:
    """Begin a conversation with somebody new.

    Args:
        shop: The shop.
        graph: The way to Facebook, None while no page is connected.
        psid: The shopper.
    """
    name = await _name(graph, psid)
    async with shop.database.transaction() as conn:
        await conversations.begin(
            conn, psid=psid, page_id=shop.settings.page_id, state=dump_state(Idle()), name=name[:255]
        )


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

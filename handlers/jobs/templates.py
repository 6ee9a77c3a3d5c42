"""Utility templates, followed: what Meta says of each is asked now and then, and when a merchant wants to know."""

from functools import partial

from bot.base import logs
from bot.messenger import utility
from bot.messenger.errors import GraphError
from bot.messenger.graph import Graph
from repository.database.connection import Database
from repository.notices import templates
from repository.notices.templates import Template

_log = logs.get("jobs")
_GONE = "Meta no longer has it. Write its words again and submit them."


async def follow(database: Database, graph: Graph | None, *, at_once: bool = False) -> bool:
    """Ask Meta about templates, as far as it is time to.

    Args:
        database: The shop's database.
        graph: The page's way to Facebook; None while no page is connected, and nothing is asked.
        at_once: Ask about all of them.

    Returns:
        Whether Meta answered every question.
    """
    if graph is None:
        return False
    async with database.connection() as conn:
        asked = await templates.to_check(conn, at_once=at_once)
    try:
        for template in asked:
            await _ask(database, graph, template)
    except GraphError as error:
        _log.warning("templates not followed", kind=type(error).__name__)
        return False
    return True


async def _ask(database: Database, graph: Graph, template: Template) -> None:
    states = await utility.look_up(graph, template.name)
    state = next((one for one in states if one.language == template.language), None)
    if state is None:
        told = partial(templates.reviewed, template_id=template.id, status="rejected", reason=_GONE)
    else:
        told = partial(
            templates.reviewed, template_id=template.id, status=state.stands, meta_id=state.id, reason=state.reason
        )
    await database.retry(told)

"""Utility templates, followed: what Meta says of each is asked now and then, and when a merchant wants to know."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from bot.base import logs
from bot.messenger import utility
from bot.messenger.errors import GraphError
from bot.messenger.graph import Graph
from handlers.outbound.ways import Ways
from repository.database.connection import Database
from repository.notices import page_templates, templates

_log = logs.get("jobs")
_GONE = "Meta no longer has it. Write its words again and submit them."


async def follow(database: Database, ways: Ways, *, at_once: bool = False) -> bool:
    """Ask Meta about the templates of every page, as far as it is time to.

    Args:
        database: The shop's database.
        ways: To Facebook, one for each page; while none is connected nothing is asked.
        at_once: Ask about all of them.

    Returns:
        Whether Meta answered every question.
    """
    if ways.first is None:
        return False
    answers = [await _follow_first(database, ways.first, at_once=at_once)]
    for page_id, graph in ways.further.items():
        answers.append(await _follow_further(database, page_id, graph, at_once=at_once))
    return all(answers)


async def _follow_first(database: Database, graph: Graph, *, at_once: bool) -> bool:
    async with database.connection() as conn:
        asked = await templates.to_check(conn, at_once=at_once)
    told = [(one.name, one.language, partial(templates.reviewed, template_id=one.id)) for one in asked]
    return await _ask(database, graph, told)


async def _follow_further(database: Database, page_id: str, graph: Graph, *, at_once: bool) -> bool:
    async with database.connection() as conn:
        asked = await page_templates.to_check(conn, page_id=page_id, at_once=at_once)
    note = partial(page_templates.reviewed, page_id=page_id)
    told = [(one.name, one.language, partial(note, template_id=one.template_id)) for one in asked]
    return await _ask(database, graph, told)


async def _ask(
    database: Database, graph: Graph, about: Sequence[tuple[str, str, Callable[..., Awaitable[None]]]]
) -> bool:
    """Ask a page about templates, each by its name and language, and note what Meta says by what stands behind."""
    try:
        for name, language, note in about:
            states = await utility.look_up(graph, name)
            state = next((one for one in states if one.language == language), None)
            if state is None:
                told = partial(note, status="rejected", reason=_GONE)
            else:
                told = partial(note, status=state.stands, meta_id=state.id, reason=state.reason)
            await database.retry(told)
    except GraphError as error:
        _log.warning("templates not followed", kind=type(error).__name__)
        return False
    return True

"""What is written in the background while a page says how far it is: it goes on when the page is closed."""

import asyncio
from collections.abc import AsyncIterator, Coroutine

from aiohttp import web

from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.sheets.last import HOME
from repository.importing import journal

QUICK = 2.0
"""Seconds after which whoever waits is shown how far it is."""
_WRITINGS: web.AppKey[dict[int, "asyncio.Task[Notice]"]] = web.AppKey("writings")


def set_up_writings(console: web.Application) -> None:
    """Let imports be written in the background.

    Args:
        console: The console.
    """
    console[_WRITINGS] = {}
    console.cleanup_ctx.append(_end)


async def _end(console: web.Application) -> AsyncIterator[None]:
    """What is under way stops between two pieces; the same file brings the rest."""
    yield
    tasks = list(console[_WRITINGS].values())
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def written(visit: Visit, key: int, work: Coroutine[None, None, Notice]) -> web.Response:
    """Write something, and go on to what came of it, or to the page that says how far it is.

    Args:
        visit: Of a POST.
        key: The draft that is written; twice at the same time is once.
        work: Writes it, and says what came of it.

    Raises:
        Declined: It could not be written.
    """
    writings = visit.request.app[_WRITINGS]
    if key in writings:
        work.close()
    else:
        writings[key] = asyncio.create_task(work)
    done, _ = await asyncio.wait({writings[key]}, timeout=QUICK)
    return _outcome(visit, key) if done else visit.to(f"{HOME}/{key}/running")


async def running(visit: Visit) -> web.Response:
    """How far an import is; once it is over, what came of it."""
    key = visit.number("id")
    task = visit.request.app[_WRITINGS].get(key)
    if task is not None and task.done():
        return _outcome(visit, key)
    async with visit.shop.database.connection() as conn:
        last = await journal.last(conn)
    if task is None and (last is None or last.status != "running"):
        return visit.to(HOME)
    return await visit.page("import_running.html", last=last)


def _outcome(visit: Visit, key: int) -> web.Response:
    task = visit.request.app[_WRITINGS].pop(key)
    try:
        return visit.to(HOME, task.result())
    except Declined as declined:
        raise Declined(declined.reason, declined.path) from None

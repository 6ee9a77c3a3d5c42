"""Shoppers who asked for it are deleted, step by step, each in a short transaction of its own."""

from functools import partial

from bot.base import logs
from repository.database.connection import Database
from repository.privacy import erasing, requests

_log = logs.get("erasing")


async def erase_due(database: Database) -> None:
    """Delete everybody whose request is due. One that is interrupted begins again and finds less to do.

    Args:
        database: The shop's database.
    """
    async with database.connection() as conn:
        wanted = await requests.due(conn)
    for one in wanted:
        if await _erase(database, one):
            _log.info("shopper deleted", request=one.id)


async def _erase(database: Database, one: requests.Due) -> bool:
    # First the name, by which the orders are found in the search.
    await database.retry(partial(erasing.erase_person, of=one))
    for piece in erasing.PIECES:
        while await database.retry(partial(erasing.erase_piece, piece=piece, of=one)) == erasing.MOST:
            pass
    after = 0
    while after := await database.retry(partial(erasing.erase_orders, of=one, after=after)):
        pass
    return await database.retry(partial(erasing.end, of=one))

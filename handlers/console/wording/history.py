"""Going back to an earlier save, of a canned reply or of the bot's own words."""

from aiohttp import web

from handlers.console.base import saves
from handlers.console.base.visit import Visit
from handlers.console.wording import canned, own


async def restore(visit: Visit) -> web.Response:
    """Go back to an earlier save. What was saved since stays in the history."""
    return await saves.restore(visit, (canned.EDITED, own.EDITED), back="/replies", called="reply")

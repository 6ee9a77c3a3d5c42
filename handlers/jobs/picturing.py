"""Fetches the pictures that imported sheets link to, some at a time, so that Facebook gets them from the shop."""

import asyncio
from collections.abc import Mapping

from bot.base import logs, metrics
from handlers.inbound.fetching import LinkFetcher
from handlers.turns.in_force import Shop
from handlers.turns.sent_pictures import NotFetched
from repository.catalogue.pictures import SIDE
from repository.files.pictures import NotKept, Picture, prepare
from repository.importing import fetches
from repository.importing.fetches import ToFetch

_log = logs.get("jobs")
AT_ONCE = 4
"""Pictures that are fetched, and decoded, at the same time."""
_WHY: Mapping[str, str] = {
    "dead": "nothing answers there",
    "elsewhere": "it leads into a private network",
    "too_large": "it has more than 10 MB",
    "not_a_picture": "it is no picture that we can read",
    "too_many_pixels": "it has more than 50 megapixels",
    "animated": "it moves",
}


class Picturing:
    """Fetches what is due.

    Args:
        shop: The shop.
        fetcher: Gets what a link holds.
    """

    def __init__(self, shop: Shop, fetcher: LinkFetcher) -> None:
        self._shop = shop
        self._fetcher = fetcher

    async def run_due(self) -> None:
        """Fetch every picture that is due. Costs one question where none is.

        Raises:
            DatabaseError: The database cannot be asked; what was taken is due again after some minutes.
        """
        while True:
            async with self._shop.database.transaction() as conn:
                taken = await fetches.take(conn, most=AT_ONCE)
            if not taken:
                return
            await asyncio.gather(*(self._fetch(one) for one in taken))

    async def _fetch(self, one: ToFetch) -> None:
        database = self._shop.database
        try:
            picture = await asyncio.to_thread(_prepared, await self._fetcher.get(one.link))
        except (NotFetched, NotKept) as refused:
            status = refused.status if isinstance(refused, NotFetched) else 0
            reason = f"the server there says {status}" if status else _WHY.get(refused.trouble, refused.trouble)
            for_good = refused.trouble != "dead" or 400 <= status < 500
            async with database.connection() as conn:
                await fetches.not_fetched(conn, one=one, reason=reason, for_good=for_good)
            metrics.jobs.labels("pictures", "refused").inc()
            _log.info("picture not fetched", fetch=one.id, trouble=refused.trouble, status=status)
            return
        settings = self._shop.settings
        base = settings.public_url.rstrip("/") or f"http://127.0.0.1:{settings.port}"
        async with database.transaction() as conn:
            await fetches.fetched(conn, one=one, picture=picture, base=base)
        metrics.jobs.labels("pictures", "fetched").inc()


def _prepared(content: bytes) -> Picture:
    return prepare(content, side=SIDE)

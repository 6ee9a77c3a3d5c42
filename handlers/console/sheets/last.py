"""Where a file is chosen, with the last import, how far its pictures are, and the way back; and pictures in a zip."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from handlers.console.base.visit import Declined, Notice, Visit
from repository.importing import fetches, journal, named, picturing
from repository.sheets.table import Unreadable

HOME = "/products/import"
ZIP_MOST = 24 * 1024 * 1024  # bytes of a zip of pictures, which the proxies of `deploy` let through
_SHOWN_MOST = 12


async def begin(visit: Visit) -> web.Response:
    """Where a file is chosen, with the last import."""
    async with visit.shop.database.connection() as conn:
        last = await journal.last(conn)
        pictures = await fetches.how_far(conn, import_id=last.id) if last else fetches.HowFar()
    return await visit.page("import.html", last=last, pictures=pictures)


async def bring_pictures(visit: Visit) -> Notice:
    """Give products the pictures of the zip that was sent; what came of it.

    Raises:
        Declined: It is no zip, or none of its pictures is named after a product without one.
    """
    settings = visit.shop.settings
    base = settings.public_url.rstrip("/") or str(visit.request.url.origin())
    try:
        with await asyncio.to_thread(named.opened, visit.files["pictures"]) as archive:
            found = await picturing.look(visit.shop.database, await asyncio.to_thread(named.of_zip, archive))
            if not found.of:
                raise Declined(f"None of its pictures goes to a product without one. {_nobodys(found.nobodys)}", HOME)
            done = await picturing.bring(visit.shop.database, found, called="pictures in a zip", base=base, by=visit.by)
    except Unreadable as refused:
        raise Declined(str(refused), HOME) from None
    told = f"{done.pictures:,} pictures of {done.products:,} products are there."
    if done.refused:
        names = _some([name for name, _ in done.refused])
        told += f" {len(done.refused):,} files are no pictures that we can keep: {names}."
    return Notice(f"{told} {_nobodys(found.nobodys)}".strip(), undo=f"{HOME}/revert")


def _nobodys(names: Sequence[str]) -> str:
    return f"{len(names):,} are named after no product: {_some(names)}." if names else ""


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN_MOST:,} more" if len(names) > _SHOWN_MOST else ""
    return ", ".join(name[:60] for name in names[:_SHOWN_MOST]) + more

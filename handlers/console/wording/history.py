"""The history of a reply, and going back to an earlier save."""

from aiohttp import web

from handlers.console.base.visit import Notice, Visit
from handlers.console.wording.diff import body_of, compare
from handlers.console.wording.own import which
from repository.database.connection import Connection
from repository.wording import canned_edits, versions, wording_edits
from repository.wording.canned_edits import CannedBody, KeywordTaken
from repository.wording.versions import Stale, UnknownReply

_PAGE = 20


async def of_canned(visit: Visit) -> web.Response:
    """Every save of a canned reply."""
    reply_id = visit.number("id")
    async with visit.shop.database.connection() as conn:
        found = await canned_edits.opened(conn, reply_id=reply_id)
    return await _page(visit, "canned", reply_id, found.body.keyword, f"/replies/canned/{reply_id}")


async def of_own(visit: Visit) -> web.Response:
    """Every save of the merchant's wording of a block."""
    block, language = which(visit)
    async with visit.shop.database.connection() as conn:
        found = await wording_edits.opened(conn, name=block.name, language=language)
    if found is None:
        raise UnknownReply(block.name)
    return await _page(visit, "words", found.id, block.title, f"/replies/own/{block.name}/{language}")


async def restore(visit: Visit) -> web.Response:
    """Go back to an earlier save. What was saved since stays in the history."""
    version_id, opened = visit.number("id"), visit.version()

    async def work(conn: Connection) -> tuple[str, bool]:
        version = await versions.one(conn, version_id=version_id)
        body = body_of(version)
        if body is None:
            raise UnknownReply(str(version_id))
        if isinstance(body, CannedBody):
            changed = await canned_edits.save(
                conn, reply_id=version.subject_id, body=body, version=opened, by=visit.by, action="restored"
            )
            return f"/replies/canned/{version.subject_id}", changed
        changed = await wording_edits.save(conn, body=body, version=opened, by=visit.by, action="restored")
        return f"/replies/own/{body.name}/{body.language}", changed

    try:
        path, changed = await visit.write(work)
    except Stale as stale:
        who = stale.version.saved_by or "Somebody"
        return visit.to(
            "/replies", Notice(f"{who} has changed that reply meanwhile. Please look at it first.", is_bad=True)
        )
    except KeywordTaken as taken:
        text = f"Reply {taken.reply_id} has that keyword now, so the earlier save cannot come back."
        return visit.to("/replies", Notice(text, is_bad=True))
    return visit.to(path, Notice("The earlier words are back." if changed else "It is the same as now."))


async def _page(visit: Visit, kind: str, subject_id: int, name: str, path: str) -> web.Response:
    typed = visit.request.query.get("before", "0")
    before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    async with visit.shop.database.connection() as conn:
        found = await versions.history(conn, kind=kind, subject_id=subject_id, limit=_PAGE + 1, before=before)
        newest = await versions.latest(conn, kind=kind, subject_id=subject_id)
    return await visit.page(
        "history.html",
        name=name,
        back=path,
        saves=list(compare(found))[:_PAGE],
        more=found[_PAGE - 1].id if len(found) > _PAGE else 0,
        version=newest.id if newest else 0,
    )

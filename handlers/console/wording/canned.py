"""Canned replies: writing one, with what shoppers will see beside it."""

import msgspec
from aiohttp import web

from handlers.console.base.visit import Notice, Visit
from handlers.console.wording.diff import compare, words_changed
from handlers.console.wording.forms import MATCH_NAMES, canned_body
from handlers.console.wording.trying import try_canned
from replies.words import LANGUAGES
from repository.wording import canned_edits, versions
from repository.wording.canned_edits import CannedBody, KeywordTaken
from repository.wording.versions import Stale, Version

_RECENT = 6
_TAKEN = "Another reply has this keyword in this language already. Please use another word, or change that one."


async def show_new(visit: Visit) -> web.Response:
    """An empty form."""
    wanted = visit.request.query.get("keyword", "")[:255]
    return await _form(visit, 0, CannedBody(keyword=wanted, response=""), version=0)


async def create(visit: Visit) -> web.Response:
    """Make a canned reply."""
    body, problems = canned_body(visit)
    taken = 0
    if not problems:
        try:
            reply_id = await visit.write(lambda conn: canned_edits.create(conn, body=body, by=visit.by))
            return visit.to(f"/replies/canned/{reply_id}", Notice(_saved(body)))
        except KeywordTaken as refusal:
            taken = refusal.reply_id
    return await _form(visit, 0, body, version=0, problems=problems, taken=taken, status=422)


async def show(visit: Visit) -> web.Response:
    """A canned reply in its form."""
    async with visit.shop.database.connection() as conn:
        found = await canned_edits.opened(conn, reply_id=visit.number("id"))
    return await _form(visit, found.id, found.body, version=found.version, used=found.usage_count)


async def save(visit: Visit) -> web.Response:
    """Change a canned reply."""
    reply_id, version = visit.number("id"), visit.version()
    body, problems = canned_body(visit)
    if problems:
        return await _form(visit, reply_id, body, version=version, problems=problems, status=422)
    try:
        changed = await visit.write(
            lambda conn: canned_edits.save(conn, reply_id=reply_id, body=body, version=version, by=visit.by)
        )
    except KeywordTaken as refusal:
        return await _form(visit, reply_id, body, version=version, taken=refusal.reply_id, status=422)
    except Stale as stale:
        return await _form(visit, reply_id, body, version=stale.version.id, theirs=stale.version, status=409)
    text = _saved(body) if changed else "Nothing was changed."
    return visit.to(f"/replies/canned/{reply_id}", Notice(text))


async def delete(visit: Visit) -> web.Response:
    """Delete a canned reply."""
    reply_id, version = visit.number("id"), visit.version()
    try:
        kept = await visit.write(
            lambda conn: canned_edits.delete(conn, reply_id=reply_id, version=version, by=visit.by)
        )
    except Stale as stale:
        who = stale.version.saved_by or "Somebody"
        return visit.to(
            f"/replies/canned/{reply_id}",
            Notice(f"{who} has just changed this. Please look before you delete it.", is_bad=True),
        )
    notice = Notice("Deleted.", undo="/replies/bring-back", fields=(("version", str(kept)),))
    return visit.to("/replies", notice)


async def _form(
    visit: Visit,
    reply_id: int,
    body: CannedBody,
    *,
    version: int,
    used: int = 0,
    problems: dict[str, str] | None = None,
    taken: int = 0,
    theirs: Version | None = None,
    status: int = 200,
) -> web.Response:
    words = await visit.words()
    async with visit.shop.database.connection() as conn:
        categories = await canned_edits.categories(conn)
        recent = await versions.history(conn, kind="canned", subject_id=reply_id, limit=_RECENT) if reply_id else []
    said = msgspec.json.decode(theirs.body, type=CannedBody).response if theirs else ""
    return await visit.page(
        "canned.html",
        status=status,
        reply_id=reply_id,
        body=body,
        version=version,
        used=used,
        problems={**(problems or {}), **({"keyword": _TAKEN} if taken else {})},
        taken=taken,
        theirs=theirs,
        difference=words_changed(said, body.response) if theirs else (),
        categories=categories,
        languages=LANGUAGES,
        match_names=MATCH_NAMES,
        recent=list(compare(recent)),
        tried=try_canned(body.response, words, body.language),
        read_only=not visit.may("replies.edit"),
    )


def _saved(body: CannedBody) -> str:
    return "Saved. The next shopper hears it." if body.is_active else "Saved. It is off, so shoppers do not hear it."

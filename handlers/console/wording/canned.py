"""Canned replies: writing one, with what shoppers will see beside it."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from aiohttp import web

from bot.language.fold import fold_signs
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.look import LANGUAGE_NAMES
from handlers.console.base.saves import Conflict, Edited
from handlers.console.base.visit import Notice, Refused, Visit
from handlers.console.wording.trying import canned_problem, try_canned
from repository.database.connection import Connection
from repository.database.errors import NotFound, Stale
from repository.staff.versions import SavedMeanwhile
from repository.wording import canned_edits
from repository.wording.canned_edits import CannedBody, KeywordTaken

_MATCHES: Mapping[str, str] = {
    "word": "has this word or phrase",
    "exact": "is exactly this",
    "starts_with": "starts with this",
    "contains": "has these letters anywhere",
}
_TAKEN = "Another reply has this keyword in this language already. Please use another word, or change that one."
_NO_WORD = "Please write the word or phrase that shoppers use."
_AS_WRITTEN = "Sent just as you write it. Emoji and links are fine."
_PRIORITY = "The higher one answers where two fit."
_TAGS_MOST = 10


def _keyword_problem(typed: str) -> str:
    return "" if fold_signs(typed) else _NO_WORD


def _words(typed: str) -> str:
    problem = canned_problem(typed)
    return f"Line {problem.line}: {problem.reason}" if problem else ""


def _tags_problem(typed: str) -> str:
    tags = {" ".join(part.split()) for part in typed.split(",")} - {""}
    is_fine = len(tags) <= _TAGS_MOST and all(len(tag) <= 30 for tag in tags)
    return "" if is_fine else f"{_TAGS_MOST} tags of 30 characters each are the most."


_NO_WORDS = _words("")


class CannedForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a canned reply."""

    keyword: Annotated[str, Field(label="Keyword", needed=_NO_WORD, most=255, check=_keyword_problem)]
    language: Annotated[str, Field(label="Language", choices=LANGUAGE_NAMES)]
    match_rule: Annotated[str, Field(label="When the message", choices=_MATCHES, in_history="Answers when the message")]
    response: Annotated[str, Field(label="The shop answers", help=_AS_WRITTEN, needed=_NO_WORDS, rows=7, check=_words)]
    category: Annotated[str, Field(label="Category", most=50)]
    tags: Annotated[tuple[str, ...], Field(label="Tags", placeholder="payment, faq", check=_tags_problem)]
    priority: Annotated[int, Field(label="Priority", help=_PRIORITY, least=-1000, most=1000)]
    is_active: Annotated[bool, Field(label="Answers shoppers", in_history="State")]


FORM = Form(CannedForm)


async def show_new(visit: Visit) -> web.Response:
    """An empty form."""
    wanted = visit.request.query.get("keyword", "")[:255]
    return await _page(visit, 0, FORM.of(CannedBody(keyword=wanted, response="")))


async def create(visit: Visit) -> web.Response:
    """Make a canned reply."""
    body, filled = FORM.read_as(visit, CannedBody)
    if filled.is_wrong:
        return await _page(visit, 0, filled, status=422)
    try:
        reply_id = await visit.write(lambda conn: canned_edits.create(conn, body=body, by=visit.by))
    except KeywordTaken as taken:
        return await _page(visit, 0, filled.refused(keyword=_TAKEN), taken=taken.reply_id, status=422)
    return visit.to(_path(reply_id), Notice(_saved(body)))


async def show(visit: Visit) -> web.Response:
    """A canned reply in its form."""
    async with visit.shop.database.connection() as conn:
        one = await canned_edits.opened(conn, reply_id=visit.number("id"))
    return await _page(visit, one.id, FORM.of(one.body, version=one.version), used=one.usage_count)


async def save(visit: Visit) -> web.Response:
    """Change a canned reply."""
    reply_id = visit.number("id")
    body, filled = FORM.read_as(visit, CannedBody)
    if filled.is_wrong:
        return await _page(visit, reply_id, filled, status=422)
    try:
        changed = await visit.write(
            lambda conn: canned_edits.save(conn, reply_id=reply_id, body=body, version=filled.version, by=visit.by)
        )
    except KeywordTaken as taken:
        return await _page(visit, reply_id, filled.refused(keyword=_TAKEN), taken=taken.reply_id, status=422)
    except SavedMeanwhile as stale:
        conflict = EDITED.conflict(stale.version, body.response)
        return await _page(visit, reply_id, filled.at(stale.version.id), conflict=conflict, status=409)
    return visit.to(_path(reply_id), Notice(_saved(body) if changed else "Nothing was changed."))


async def delete(visit: Visit) -> web.Response:
    """Delete a canned reply."""
    reply_id, version = visit.number("id"), visit.version()
    try:
        kept = await visit.write(
            lambda conn: canned_edits.delete(conn, reply_id=reply_id, version=version, by=visit.by)
        )
    except Stale as stale:
        text = f"{stale.saved_by} has just changed this. Please look before you delete it."
        raise Refused(text, _path(reply_id)) from None
    return visit.to("/replies", Notice("Deleted.", undo="/replies/bring-back", fields=(("version", str(kept)),)))


async def bring_back(visit: Visit) -> web.Response:
    """Undo a deletion."""
    try:
        reply_id = await visit.write(
            lambda conn: canned_edits.bring_back(conn, version_id=visit.version(), by=visit.by)
        )
    except KeywordTaken:
        raise Refused("There is a reply with that keyword already.", "/replies") from None
    except NotFound:
        raise Refused("That cannot be brought back.", "/replies") from None
    return visit.to(_path(reply_id), Notice("It is back."))


async def history(visit: Visit) -> web.Response:
    """Every save of a canned reply."""
    async with visit.shop.database.connection() as conn:
        one = await canned_edits.opened(conn, reply_id=visit.number("id"))
    return await EDITED.history(visit, one.id, name=one.body.keyword, path=_path(one.id))


async def _restore(conn: Connection, visit: Visit, reply_id: int, body: CannedBody, version: int) -> bool:
    try:
        return await canned_edits.save(
            conn, reply_id=reply_id, body=body, version=version, by=visit.by, action="restored"
        )
    except KeywordTaken as taken:
        text = f"Reply {taken.reply_id} has that keyword now, so the earlier save cannot come back."
        raise Refused(text, "/replies") from None


def _path(reply_id: int, _: object = None) -> str:
    return f"/replies/canned/{reply_id}"


EDITED = Edited(
    canned_edits.CANNED,
    FORM,
    called="reply",
    restored_at="/replies/versions",
    words="response",
    path=_path,
    save=_restore,
)


async def _page(
    visit: Visit,
    reply_id: int,
    filled: Filled,
    *,
    used: int = 0,
    taken: int = 0,
    conflict: Conflict | None = None,
    status: int = 200,
) -> web.Response:
    words = await visit.words()
    async with visit.shop.database.connection() as conn:
        categories = await canned_edits.categories(conn)
        recent = await EDITED.recent(conn, reply_id) if reply_id else []
    return await visit.page(
        "canned.html",
        status=status,
        reply_id=reply_id,
        form=filled,
        used=used,
        taken=taken,
        conflict=conflict,
        categories=categories,
        recent=recent,
        tried=try_canned(filled.fields["response"].text, words, filled.fields["language"].text),
        read_only=not visit.may("replies.edit"),
    )


def _saved(body: CannedBody) -> str:
    return "Saved. The next shopper hears it." if body.is_active else "Saved. It is off, so shoppers do not hear it."

"""The bot's own words: the merchant's wording of a block, in the place of ours."""

import msgspec
from aiohttp import web

from handlers.console.base.visit import Notice, Visit
from handlers.console.wording.blocks import Block, blocks, own_source, settled
from handlers.console.wording.diff import compare, words_changed
from handlers.console.wording.trying import own_problem, try_own
from replies.words import LANGUAGES
from repository.wording import versions, wording_edits
from repository.wording.versions import Stale, UnknownReply, Version
from repository.wording.wording_edits import OwnWording, WordsBody

_RECENT = 6


async def show(visit: Visit) -> web.Response:
    """A block in its form."""
    block, language = which(visit)
    return await _form(visit, block, language)


async def save(visit: Visit) -> web.Response:
    """Put the merchant's words in the place of ours."""
    block, language = which(visit)
    typed, version = visit.field("words"), visit.version()
    problem = own_problem(block, typed, currency=visit.shop.settings.shop_currency)
    if problem:
        text = f"Line {problem.line}: {problem.reason}"
        return await _form(visit, block, language, typed=typed, version=version, problem=text, status=422)
    there = await _opened(visit, block, language)
    if there is None and typed == own_source(block.name, language):
        return visit.to(_path(block, language), Notice("Those are our words already."))
    body = WordsBody(name=block.name, language=language, words=typed)
    try:
        changed = await visit.write(lambda conn: wording_edits.save(conn, body=body, version=version, by=visit.by))
    except Stale as stale:
        return await _form(
            visit, block, language, typed=typed, version=stale.version.id, theirs=stale.version, status=409
        )
    return visit.to(
        _path(block, language), Notice("Saved. The bot says so from now on." if changed else "Nothing was changed.")
    )


async def switch(visit: Visit) -> web.Response:
    """Go back to our words, or to the merchant's again."""
    block, language = which(visit)
    there = await _opened(visit, block, language)
    if there is None:
        raise UnknownReply(block.name)
    is_active = visit.form.get("to") == "on"
    body = WordsBody(name=block.name, language=language, words=there.words, is_active=is_active)
    action = "switched_on" if is_active else "switched_off"
    try:
        await visit.write(
            lambda conn: wording_edits.save(conn, body=body, version=visit.version(), by=visit.by, action=action)
        )
    except Stale as stale:
        who = stale.version.saved_by or "Somebody"
        return visit.to(_path(block, language), Notice(f"{who} has just changed this. Please look first.", is_bad=True))
    text = "Your words are in use again." if is_active else "The bot uses our words again. Yours are kept."
    undo = f"{_path(block, language)}/switch"
    there = await _opened(visit, block, language)
    fields = (("to", "off" if is_active else "on"), ("version", str(there.version if there else 0)))
    return visit.to(_path(block, language), Notice(text, undo=undo, fields=fields))


def which(visit: Visit) -> tuple[Block, str]:
    """The block and the language in the address.

    Raises:
        UnknownReply: There is no such block.
    """
    name, language = visit.request.match_info["name"], visit.request.match_info["language"]
    block = blocks().get(name)
    if block is None or language not in LANGUAGES:
        raise UnknownReply(name)
    return block, language


async def _opened(visit: Visit, block: Block, language: str) -> OwnWording | None:
    async with visit.shop.database.connection() as conn:
        return await wording_edits.opened(conn, name=block.name, language=language)


async def _form(
    visit: Visit,
    block: Block,
    language: str,
    *,
    typed: str | None = None,
    version: int | None = None,
    problem: str = "",
    theirs: Version | None = None,
    status: int = 200,
) -> web.Response:
    words = await visit.words()
    block = settled(block, shop_name=await visit.shop_name(), language=language)
    async with visit.shop.database.connection() as conn:
        there = await wording_edits.opened(conn, name=block.name, language=language)
        recent = await versions.history(conn, kind="words", subject_id=there.id, limit=_RECENT) if there else []
    ours = own_source(block.name, language)
    text = typed if typed is not None else there.words if there else ours
    said = msgspec.json.decode(theirs.body, type=WordsBody).words if theirs else ""
    return await visit.page(
        "own.html",
        status=status,
        block=block,
        language=language,
        languages=LANGUAGES,
        typed=text,
        ours=ours,
        there=there,
        version=version if version is not None else there.version if there else 0,
        problem=problem,
        theirs=theirs,
        difference=words_changed(said, text) if theirs else (),
        recent=list(compare(recent)),
        tried=try_own(block, language, text, words),
        read_only=not visit.may("replies.edit"),
    )


def _path(block: Block, language: str) -> str:
    return f"/replies/own/{block.name}/{language}"

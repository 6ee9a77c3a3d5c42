"""The bot's own words: the merchant's wording of a block, in the place of ours."""

from typing import Annotated

import msgspec
from aiohttp import web

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.saves import Conflict, Edited
from handlers.console.base.visit import Notice, Refused, Visit
from handlers.console.wording.blocks import Block, blocks, own_source, settled
from handlers.console.wording.trying import own_problem, try_own
from replies.words import LANGUAGES
from repository.database.connection import Connection
from repository.database.errors import NotFound, Stale
from repository.staff.versions import SavedMeanwhile
from repository.wording import wording_edits
from repository.wording.wording_edits import OwnWording, WordsBody


class WordsForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a block."""

    words: Annotated[str, Field(label="The bot says", rows=8)]


FORM = Form(WordsForm)


async def show(visit: Visit) -> web.Response:
    """A block in its form."""
    block, language = which(visit)
    there = await _opened(visit, block, language)
    body = there.body if there else WordsForm(words=own_source(block.name, language))
    return await _page(visit, block, language, FORM.of(body, version=there.version if there else 0))


async def save(visit: Visit) -> web.Response:
    """Put the merchant's words in the place of ours."""
    block, language = which(visit)
    typed, filled = FORM.read(visit)
    problem = own_problem(block, typed.words, currency=visit.shop.settings.shop_currency)
    if problem:
        refused = filled.refused(words=f"Line {problem.line}: {problem.reason}")
        return await _page(visit, block, language, refused, status=422)
    if await _opened(visit, block, language) is None and typed.words == own_source(block.name, language):
        return visit.to(_path(block.name, language), Notice("Those are our words already."))
    body = WordsBody(name=block.name, language=language, words=typed.words)
    try:
        changed = await visit.write(
            lambda conn: wording_edits.save(conn, body=body, version=filled.version, by=visit.by)
        )
    except SavedMeanwhile as stale:
        conflict = EDITED.conflict(stale.version, typed.words)
        return await _page(visit, block, language, filled.at(stale.version.id), conflict=conflict, status=409)
    text = "Saved. The bot says so from now on." if changed else "Nothing was changed."
    return visit.to(_path(block.name, language), Notice(text))


async def switch(visit: Visit) -> web.Response:
    """Go back to our words, or to the merchant's again."""
    block, language = which(visit)
    path, is_active = _path(block.name, language), visit.form.get("to") == "on"

    async def work(conn: Connection) -> int:
        there = await _written(conn, block, language)
        body = msgspec.structs.replace(there.body, is_active=is_active)
        action = "switched_on" if is_active else "switched_off"
        await wording_edits.save(conn, body=body, version=visit.version(), by=visit.by, action=action)
        return (await _written(conn, block, language)).version

    try:
        version = await visit.write(work)
    except Stale as stale:
        raise Refused(f"{stale.saved_by} has just changed this. Please look first.", path) from None
    text = "Your words are in use again." if is_active else "The bot uses our words again. Yours are kept."
    fields = (("to", "off" if is_active else "on"), ("version", str(version)))
    return visit.to(path, Notice(text, undo=f"{path}/switch", fields=fields))


async def history(visit: Visit) -> web.Response:
    """Every save of the merchant's wording of a block."""
    block, language = which(visit)
    async with visit.shop.database.connection() as conn:
        there = await _written(conn, block, language)
    return await EDITED.history(visit, there.id, name=block.title, path=_path(block.name, language))


def which(visit: Visit) -> tuple[Block, str]:
    """The block and the language in the address.

    Raises:
        NotFound: There is no such block.
    """
    name, language = visit.request.match_info["name"], visit.request.match_info["language"]
    block = blocks().get(name)
    if block is None or language not in LANGUAGES:
        raise NotFound(name)
    return block, language


async def _restore(conn: Connection, visit: Visit, _: int, body: WordsBody, version: int) -> bool:
    return await wording_edits.save(conn, body=body, version=version, by=visit.by, action="restored")


EDITED = Edited(
    wording_edits.WORDS,
    FORM,
    called="reply",
    restored_at="/replies/versions",
    words="words",
    path=lambda _, body: _path(body.name, body.language),
    save=_restore,
)


async def _opened(visit: Visit, block: Block, language: str) -> OwnWording | None:
    async with visit.shop.database.connection() as conn:
        return await wording_edits.opened(conn, name=block.name, language=language)


async def _written(conn: Connection, block: Block, language: str) -> OwnWording:
    there = await wording_edits.opened(conn, name=block.name, language=language)
    if there is None:
        raise NotFound(block.name)
    return there


async def _page(
    visit: Visit, block: Block, language: str, filled: Filled, *, conflict: Conflict | None = None, status: int = 200
) -> web.Response:
    words = await visit.words()
    block = settled(block, shop_name=await visit.shop_name(), language=language)
    async with visit.shop.database.connection() as conn:
        there = await wording_edits.opened(conn, name=block.name, language=language)
        recent = await EDITED.recent(conn, there.id) if there else []
    return await visit.page(
        "own.html",
        status=status,
        block=block,
        language=language,
        languages=LANGUAGES,
        form=filled,
        ours=own_source(block.name, language),
        there=there,
        conflict=conflict,
        recent=recent,
        tried=try_own(block, language, filled.fields["words"].text, words),
        read_only=not visit.may("replies.edit"),
    )


def _path(name: str, language: str) -> str:
    return f"/replies/own/{name}/{language}"

"""The bot's own words: the merchant's wording of a block, in the place of ours."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from handlers.console.base.forms import Field, Form
from handlers.console.base.nouns.editor import Editor
from handlers.console.base.nouns.preview import Tried
from handlers.console.base.visit import Visit, whole
from handlers.console.wording.blocks import Block, blocks, own_source, settled
from handlers.console.wording.trying import own_problem, try_own
from replies.words import LANGUAGES
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.staff.by import By
from repository.wording import wording_edits
from repository.wording.wording_edits import OwnWording, WordsBody


class WordsForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a block."""

    words: Annotated[str, Field(label="The bot says", rows=8)]


class OwnEditor(Editor[WordsBody]):
    """The pages of a block. None is made: there are those that the bot says, and ours until the merchant writes one."""

    saved = "Saved. The bot says so from now on."
    nothing_new = "Those are our words already."
    switched_on = "Your words are in use again."
    switched_off = "The bot uses our words again. Yours are kept."

    async def opened(self, conn: Connection, visit: Visit) -> OwnWording | None:
        block, language = _which(visit)
        return await wording_edits.opened(conn, name=block.name, language=language)

    def blank(self, visit: Visit) -> WordsBody:
        block, language = _which(visit)
        return WordsBody(name=block.name, language=language, words=own_source(block.name, language))

    async def write(self, conn: Connection, _: int, body: WordsBody, *, version: int, by: By, action: str) -> bool:
        return await wording_edits.save(conn, body=body, version=version, by=by, action=action)

    def problems(self, visit: Visit, body: WordsBody) -> Mapping[str, str]:
        problem = own_problem(blocks()[body.name], body.words, currency=visit.shop.settings.shop_currency)
        return {"words": f"Line {problem.line}: {problem.reason}"} if problem else {}

    def title(self, body: WordsBody) -> str:
        return blocks()[body.name].title

    async def tried(self, visit: Visit, words: str, _: str) -> Tried:
        block, language = _which(visit)
        block = settled(block, shop_name=await visit.shop_name(), language=language)
        return try_own(block, language, words, await visit.words(), use=whole(visit.form.get("use", "")))

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:
        block, language = _which(visit)
        block = settled(block, shop_name=(await visit.rules(conn)).shop_name, language=language)
        ours = own_source(block.name, language)
        return {"block": block, "language": language, "languages": LANGUAGES, "ours": ours}


OWN = OwnEditor(
    wording_edits.WORDS,
    Form(WordsForm),
    template="own.html",
    home="/replies",
    called="reply",
    words="words",
    views="replies.view",
    edits="replies.edit",
    address=r"/replies/own/{name:[a-z0-9_]+\.[a-z0-9_]+}/{language:[a-z]+}",
)


def _which(visit: Visit) -> tuple[Block, str]:
    """The block and the language in the address.

    Raises:
        NotFound: There is no such block.
    """
    name, language = visit.request.match_info["name"], visit.request.match_info["language"]
    if name not in blocks() or language not in LANGUAGES:
        raise NotFound(name)
    return blocks()[name], language

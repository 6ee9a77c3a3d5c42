"""The bot's own words: the merchant's wording of a block, in the place of ours."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.drafting import Drafting
from handlers.console.base.nouns.editable import Opened
from handlers.console.base.nouns.preview import Tried
from handlers.console.base.visit import Visit, whole
from handlers.console.wording.blocks import Block, blocks, own_source, settled
from handlers.console.wording.persons import choices, person
from handlers.console.wording.trying import own_problem, try_own
from replies.checking import WordingError
from replies.chips import TooMuch, chips_of, template_of
from replies.words import LANGUAGES
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.staff.by import By
from repository.wording import wording_edits
from repository.wording.wording_edits import OwnWording, WordsBody


class WordsForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a block."""

    words: Annotated[str, Field(label="The bot says", rows=8)]


class Notation(msgspec.Struct, frozen=True):
    """Words as the page shows them.

    Attributes:
        words: With chips; empty where they are shown as a template.
        why: Why chips cannot show them; empty where they can.
        line: Where that is.
    """

    words: str = ""
    why: str = ""
    line: int = 0

    @property
    def has_chips(self) -> bool:
        """Whether they are edited with chips."""
        return not self.why


_AS_TEMPLATE = "you asked for braces"


class OwnEditor(Drafting[WordsBody]):
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

    async def write_draft(self, conn: Connection, _: int, body: WordsBody, *, version: int, by: By) -> tuple[int, bool]:
        ours = own_source(body.name, body.language)
        return await wording_edits.draft(conn, body=body, ours=ours, version=version, by=by)

    async def drop_draft(self, conn: Connection, one: Opened[WordsBody], *, version: int, by: By) -> bool:
        body = one.body
        return await wording_edits.discard(conn, name=body.name, language=body.language, version=version, by=by)

    async def read(self, visit: Visit) -> tuple[msgspec.Struct, Filled]:
        """See `Editor`; what was typed with chips becomes the template that it means."""
        typed, filled = self.form.read(visit)
        if "chips" not in visit.form:
            return typed, filled
        try:
            words = template_of(visit.field("chips"), await self._opened_with(visit))
        except WordingError as wrong:
            filled = filled.saying("words", visit.field("chips"))
            return typed, filled.refused(words=f"Line {wrong.line}: {wrong.reason}")
        return msgspec.structs.replace(typed, words=words), filled.saying("words", words)

    async def _opened_with(self, visit: Visit) -> str:
        """The template that the form was opened with."""
        one = await self.now(visit)
        return (await self.begun(visit, one) if one else self.blank(visit)).words

    def problems(self, visit: Visit, body: WordsBody) -> Mapping[str, str]:
        problem = own_problem(blocks()[body.name], body.words, currency=visit.shop.settings.shop_currency)
        return {"words": f"Line {problem.line}: {problem.reason}"} if problem else {}

    def title(self, body: WordsBody) -> str:
        return blocks()[body.name].title

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        field, unread = filled.fields["words"], None
        words = field.text
        if "chips" in visit.form and field.wrong and field.text == visit.field("chips"):
            try:
                template_of(field.text)
            except WordingError as wrong:
                words, unread = await self._opened_with(visit), wrong
        block, language = _which(visit)
        block = settled(block, shop_name=await visit.shop_name(), language=language)
        use, whom = whole(visit.form.get("use", "")), await person(visit)
        tried = try_own(block, language, words, await visit.words(), use=use, whom=whom)
        return msgspec.structs.replace(tried, line=unread.line, reason=unread.reason) if unread else tried

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:
        block, language = _which(visit)
        block = settled(block, shop_name=(await visit.rules(conn)).shop_name, language=language)
        ours = own_source(block.name, language)
        return {
            "block": block,
            "language": language,
            "languages": LANGUAGES,
            "ours": ours,
            "notation": lambda words: _notation(visit, words),
            "chip": chip_of,
            "whom": await choices(conn, visit),
        }


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


def chip_of(snippet: str) -> str:
    """What is put into words with chips where a template has this.

    Args:
        snippet: Of a `Variable`.
    """
    return chips_of(snippet)


def _notation(visit: Visit, words: str) -> Notation:
    """Words as the page shows them: with chips, unless braces were asked for or something is beyond chips."""
    if "plain" in visit.request.query or "words" in visit.form:
        return Notation(why=_AS_TEMPLATE)
    if "chips" in visit.form:
        try:
            template_of(visit.field("chips"))
        except WordingError:
            return Notation(visit.field("chips"))  # what was typed, with what is wrong beside it
    try:
        return Notation(chips_of(words))
    except TooMuch as much:
        return Notation(why=much.reason, line=much.line)


def _which(visit: Visit) -> tuple[Block, str]:
    """The block and the language in the address.

    Raises:
        NotFound: There is no such block.
    """
    name, language = visit.request.match_info["name"], visit.request.match_info["language"]
    if name not in blocks() or language not in LANGUAGES:
        raise NotFound(name)
    return blocks()[name], language

"""The bot's own words in the list of everything the shop says."""

from handlers.console.base.nouns.known import Known, KnownPart
from handlers.console.base.nouns.listing import BROKEN, DRAFT, OFF, Badge, Row
from handlers.console.base.visit import Visit
from handlers.console.wording.asked import ListForm
from handlers.console.wording.blocks import Block, blocks
from handlers.console.wording.trying import own_problem, spoken
from replies.words import LANGUAGES, Words, own_words
from repository.database.connection import Connection
from repository.wording import wording_edits
from repository.wording.wording_edits import OwnWording, WordsBody

_OURS, _YOURS = Badge("our words", "quiet"), Badge("your words", "good")


class OwnPart(KnownPart[ListForm, WordsBody]):
    """The bot's own words, ours or the merchant's; one that the merchant has never written stays ours."""

    kind = "own"

    async def every(self, conn: Connection, visit: Visit) -> list[Known[WordsBody]]:
        """See `KnownPart`."""
        words = await visit.shop.words(conn, visit.who.words_version)
        shop_name = (await visit.rules(conn)).shop_name
        written = {(one.name, one.language): one for one in await wording_edits.every(conn)}
        there = {*own_words(), *written}
        return [
            _known(block, language, written.get((block.name, language)), words, shop_name)
            for block in blocks().values()
            for language in LANGUAGES
            if (block.name, language) in there
        ]


def _known(block: Block, language: str, theirs: OwnWording | None, words: Words, shop_name: str) -> Known[WordsBody]:
    is_off = theirs is not None and not theirs.is_active
    is_broken = theirs is not None and own_problem(block, theirs.words, currency=words.currency) is not None
    tags = (block.group,) if block.part == "Message" else (block.part, block.group)
    row = Row(
        pick=f"{block.name}:{language}",
        path=f"/replies/own/{block.name}/{language}",
        name=block.title,
        tags=(DRAFT, *tags) if theirs and theirs.is_drafted else tags,
        language=language,
        words=spoken(block, language, words, shop_name=shop_name),
        badge=BROKEN if is_broken else OFF if is_off else _YOURS if theirs else _OURS,
        is_dim=is_off,
        saved_at=theirs.updated_at if theirs else None,
        saved_by=theirs.saved_by if theirs else "",
    )
    source = words.source(block.name, language)
    return Known(row=row, saved=theirs, name=f"{block.title} {block.name}", said=source, category=block.group)

"""Words that mean the same where shoppers look for something: "jug" finds the flasks too."""

from typing import Annotated

import msgspec

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.preview import Sentence, Tried
from handlers.console.base.visit import Visit
from handlers.console.settings.rows import RowEditor, Shown, list_of
from repository.catalogue import search
from repository.catalogue.finding import standing, synonyms
from repository.catalogue.finding.synonyms import SYNONYMS as ROWS
from repository.catalogue.finding.synonyms import WORDS_MOST, SynonymBody
from repository.database.connection import Connection

HOME = "/products/words"
_SHOWN = 6  # words that are tried out while they are typed
_NAMED = 2  # products that are named of what each finds
_FORM_HELP = "With a comma between them, such as what your customers call it."


class SynonymForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about words that mean the same."""

    words: Annotated[
        str,
        Field(
            label="Words that mean the same",
            help=_FORM_HELP,
            needed="Please write at least two words, with a comma between them.",
            most=WORDS_MOST,
            placeholder="flask, jug, water bottle",
            check=synonyms.problem,
        ),
    ]
    display_order: Annotated[int, Field(label="Place in the list", help="The lowest one stands first.", most=100_000)]
    is_active: Annotated[bool, Field(label="Searches go by it", in_history="State")]


class SynonymEditor(RowEditor[SynonymBody]):
    """The pages of words that mean the same."""

    saved = "Saved. The next search goes by it."

    def blank(self, visit: Visit) -> SynonymBody:  # noqa: ARG002  (what nouns may ask)
        return SynonymBody(words="")

    def title(self, body: SynonymBody) -> str:
        return body.words

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        """What each of the words finds today."""
        words = [word.strip() for word in filled.fields["words"].text.split(",") if word.strip()]
        await standing.wait_until_read(visit.shop.database)
        async with visit.shop.database.connection() as conn:
            sentences = [Sentence(await self._finds(conn, word)) for word in words[:_SHOWN]]
        return Tried(messages=(), sentences=tuple(sentences))

    async def _finds(self, conn: Connection, word: str) -> str:
        found = await search.search(conn, text=word, page=1, page_size=_NAMED)
        named = ", ".join(card.name for card in found.items)
        if not found.total:
            return f"“{word}” finds nothing today."
        many = "1 product" if found.total == 1 else f"{found.total} products"
        return f"“{word}” finds {many} today: {named}{'' if found.total <= _NAMED else ' …'}"


WORDS = SynonymEditor(
    ROWS,
    Form(SynonymForm),
    template="word.html",
    home=HOME,
    called="row of words",
    edits="products.edit",
    views="products.view",
    deletes="products.edit",
)


def _told(_: Visit, body: SynonymBody) -> Shown:
    return Shown(body.words)


WORDS_LIST = list_of(WORDS, _told, template="words.html", many="rows of words")

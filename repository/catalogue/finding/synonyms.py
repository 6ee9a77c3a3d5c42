"""Words that mean the same where shoppers look for something, as merchants write them down."""

import msgspec

from bot.language.fold import fold
from repository.catalogue.finding.alike import Phrase, group_of
from repository.database.binding import Statement
from repository.database.connection import Result
from repository.settings.rows import Rows
from repository.staff.versions import Noun

WORDS_MOST = 500
"""Letters of one row."""
PHRASE_MOST = 4
"""Words of one thing in it."""
READING = Statement("SELECT words FROM search_synonyms WHERE is_active ORDER BY display_order, id")
"""What `groups` reads."""


class SynonymBody(msgspec.Struct, frozen=True, kw_only=True):
    """Words that mean the same.

    Attributes:
        words: With commas between them, such as "tsinelas, slippers, step-in".
        is_active: Whether searches go by it.
        display_order: Its place in the list.
    """

    words: str
    is_active: bool = True
    display_order: int = 0


SYNONYMS = Rows(
    Noun("synonym", SynonymBody, audited="synonym", called=lambda _, body: body.words[:100], many="rows of words"),
    "search_synonyms",
)


def groups(read: Result) -> list[tuple[Phrase, ...]]:
    """What means the same, as an index uses it.

    Args:
        read: What `READING` found.
    """
    return [group for (words,) in read.rows if len(group := group_of(str(words).split(","))) > 1]


def problem(words: str) -> str:
    """Why words cannot mean the same, as a sentence; empty where they can.

    Args:
        words: As a merchant types them.
    """
    written = [phrase.strip() for phrase in words.split(",") if phrase.strip()]
    for phrase in written:
        if not group_of([phrase]):
            return f"Searches pass over “{phrase}”. Please write a word that names something, of two letters or more."
        if len(fold(phrase).split()) > PHRASE_MOST:
            return f"“{phrase}” is too long: {PHRASE_MOST} words at most between two commas."
    if len(set(map(fold, written))) < 2:
        return "Please write at least two words, with a comma between them."
    return ""

"""What is wrong with all that the shop says, each with the one thing to do."""

from collections.abc import Iterator

import msgspec

from bot.language.phrases import conflicts as phrase_conflicts
from handlers.console.wording.blocks import blocks
from handlers.console.wording.canned import body_problems
from handlers.console.wording.trying import own_problem
from repository.database.connection import Connection
from repository.wording import canned_edits, conflicts, wording_edits
from repository.wording.canned_rows import OpenedCanned
from repository.wording.phrases import matcher_in_force
from repository.wording.wording_edits import OwnWording


class Finding(msgspec.Struct, frozen=True):
    """Something that is wrong.

    Attributes:
        called: A keyword, or the name of what the bot says.
        language: "en" or "fil".
        why: What.
        what_to_do: The one thing to do.
    """

    called: str
    language: str
    why: str
    what_to_do: str


async def findings(conn: Connection, *, currency: str) -> list[Finding]:
    """What cannot be said, or is never heard.

    Args:
        conn: An open connection.
        currency: ISO code of the shop's.
    """
    canned = [one for one in await canned_edits.every(conn) if one.body.is_active]
    own = [one for one in await wording_edits.every(conn) if one.is_active]
    return [*_unsayable(canned), *_broken(own, currency), *await _unheard(conn)]


def _unsayable(canned: list[OpenedCanned]) -> Iterator[Finding]:
    for one in canned:
        for why in body_problems(one.body).values():
            yield Finding(
                one.body.keyword, one.body.language, why, "Change its words in the console, or switch it off."
            )


def _broken(own: list[OwnWording], currency: str) -> Iterator[Finding]:
    for one in own:
        block = blocks().get(one.name)
        if block is None:
            yield Finding(
                one.name, one.language, "The bot says nothing of that name any more.", "Nothing: it is not used."
            )
        elif problem := own_problem(block, one.words, currency=currency):
            why = f"Line {problem.line}: {problem.reason}"
            yield Finding(one.name, one.language, why, "Change it in the console, or use our words again.")


async def _unheard(conn: Connection) -> list[Finding]:
    taught = (await matcher_in_force(conn)).taught.values()
    twice = [
        Finding(
            one.replies[0].phrases[0],
            one.replies[0].language,
            f"“{one.phrase}” is a phrase of {', '.join(f'“{reply.phrases[0]}”' for reply in one.replies[1:])} too.",
            "Take the phrase out of the reply that shall not answer it.",
        )
        for one in phrase_conflicts.same_phrases(taught)
    ]
    return twice + [
        Finding(
            one.reply.phrases[0],
            one.reply.language,
            f"“{one.phrase}” is answered by {f'“{one.instead.phrases[0]}”' if one.instead else 'no reply'}.",
            "Give it a higher priority, or take the phrase away.",
        )
        for one in await conflicts.unheard(conn)
    ]

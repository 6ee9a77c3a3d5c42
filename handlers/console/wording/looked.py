"""What the page of conflicts has found, looked for beside it: with thousands of replies that takes seconds once."""

import asyncio
from collections.abc import Sequence

import msgspec

from bot.language.phrases import conflicts as phrase_conflicts
from bot.language.phrases.conflicts import SamePhrase, Tie, Unheard
from bot.language.phrases.matcher import Matcher
from handlers.turns import conflicting
from handlers.turns.conflicting import Shadowed
from repository.database.connection import Connection

_KEPT = __name__
_WAITED = 0.1  # seconds in which a page waits for it


class Found(msgspec.Struct, frozen=True):
    """Where replies stand in each other's way, or in that of the bot's own words.

    Attributes:
        same: Phrases that more than one reply has.
        unheard: Phrases that never find their reply.
        ties: Replies that some recent messages are equally like.
        shadowed: Phrases that mean something to the shop itself.
        own: Phrases in the place of the shop's own answers.
    """

    same: list[SamePhrase]
    unheard: list[Unheard]
    ties: list[Tie]
    shadowed: list[Shadowed]
    own: list[Shadowed]


class _Looking(msgspec.Struct):
    matcher: Matcher
    newest: str
    task: "asyncio.Task[Found]"
    found: Found | None = None


async def found(conn: Connection, matcher: Matcher, texts: Sequence[str], *, minute: int) -> Found | None:
    """What there is; None while it is being looked for the first time since a reply was changed.

    Args:
        conn: An open connection.
        matcher: What replies answer to.
        texts: What shoppers have typed last, the newest first.
        minute: Minutes after midnight, in the shop.
    """
    newest = texts[0] if texts else ""
    looking = conn.kept.get(_KEPT)
    if not isinstance(looking, _Looking) or looking.matcher is not matcher or looking.newest != newest:
        before = looking.found if isinstance(looking, _Looking) and looking.matcher is matcher else None
        task = asyncio.create_task(asyncio.to_thread(_look, matcher, list(texts), minute))
        looking = _Looking(matcher, newest, task, before)
        conn.kept[_KEPT] = looking
    await asyncio.wait({looking.task}, timeout=_WAITED)
    if looking.task.done():
        looking.found = looking.task.result()
    return looking.found


def _look(matcher: Matcher, texts: Sequence[str], minute: int) -> Found:
    taught = matcher.taught.values()
    return Found(
        same=phrase_conflicts.same_phrases(taught),
        unheard=phrase_conflicts.unheard(matcher),
        ties=phrase_conflicts.ties(matcher, texts, minute=minute),
        shadowed=conflicting.answered_before(taught),
        own=conflicting.in_place_of_own(taught),
    )

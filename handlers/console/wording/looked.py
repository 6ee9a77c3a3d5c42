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
WAITED = 0.1
"""Seconds in which a page waits for it."""


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


class _Looking(msgspec.Struct, frozen=True):
    matcher: Matcher
    newest: str
    task: "asyncio.Task[Found]"
    before: Found | None

    @property
    def found(self) -> Found | None:
        return self.task.result() if self.task.done() else self.before


async def found(conn: Connection, matcher: Matcher, texts: Sequence[str], *, minute: int) -> Found | None:
    """What there is; None while it is being looked for the first time since a reply was changed.

    One look is ended before the next is begun: in a busy shop something new was typed whenever somebody asks.

    Args:
        conn: An open connection.
        matcher: What replies answer to.
        texts: What shoppers have typed last, the newest first.
        minute: Minutes after midnight, in the shop.
    """
    newest = texts[0] if texts else ""
    kept = conn.kept.get(_KEPT)
    looking = kept if isinstance(kept, _Looking) and kept.matcher is matcher else None
    if looking is None or (looking.newest != newest and looking.task.done()):
        task = asyncio.create_task(asyncio.to_thread(_look, matcher, list(texts), minute))
        looking = _Looking(matcher, newest, task, looking.found if looking else None)
        conn.kept[_KEPT] = looking
    await asyncio.wait({looking.task}, timeout=WAITED)
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

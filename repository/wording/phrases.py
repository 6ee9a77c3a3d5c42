"""What canned replies answer to, learned once and kept until somebody changes it.

`shop_versions.phrases` is counted up by triggers, whoever writes: the console, an older release, or SQL by hand. Of
many phrases, what is new is learned at once (`Learned.grown`), so that it is in force with the next message. All is
learned anew behind it, in a thread that lets the event loop have its turn every millisecond.
"""

import asyncio
import time
from collections.abc import Callable

import msgspec

from bot.base import clock
from bot.language.phrases.matcher import Matcher
from bot.language.phrases.taught import Taught
from repository.database.connection import Connection, Statement
from repository.wording import sentences

_KEPT, _LEARNING, _WHOLE = __name__, f"{__name__} is learned", f"{__name__} is learned anew"
_AT_ONCE = 0.001  # seconds for which learning keeps the interpreter
_MANY = 150  # phrases that are learned within some milliseconds: more are learned in a thread


class _InForce(msgspec.Struct):
    """A matcher with the version that it was made of, and whether it has learned everything anew."""

    version: int
    matcher: Matcher
    is_whole: bool = True


class _Row(msgspec.Struct, frozen=True):
    id: int
    keyword: str
    language: str
    match_rule: str
    priority: int
    opens: int | None
    closes: int | None


async def matcher_in_force(conn: Connection) -> Matcher:
    """What canned replies answer to, as it is now.

    Args:
        conn: An open connection.
    """
    matcher = await _in_force(conn)
    sentences.keep_up(conn.kept, matcher)
    return matcher


async def _in_force(conn: Connection) -> Matcher:
    if known := _known(conn, await _version(conn)):
        return known
    learning = conn.kept.setdefault(_LEARNING, asyncio.Lock())
    assert isinstance(learning, asyncio.Lock)
    async with learning:  # everybody who writes meanwhile waits for one learner, and learns nothing twice
        version = await _version(conn)
        if known := _known(conn, version):
            return known
        older, replies = conn.kept.get(_KEPT), await taught(conn)
        if sum(len(reply.phrases) for reply in replies) <= _MANY:
            conn.kept[_KEPT] = _InForce(version, matcher := Matcher(replies))
            return matcher
        before = older.matcher if isinstance(older, _InForce) and older.matcher.has_learned else None
        matcher = await asyncio.to_thread(Matcher, replies, _giving_way(), before)
        conn.kept[_KEPT] = _InForce(version, matcher, is_whole=before is None)
        if before and not isinstance(conn.kept.get(_WHOLE), asyncio.Task):
            conn.kept[_WHOLE] = asyncio.create_task(_learn_whole(conn.kept))
        return matcher


async def _version(conn: Connection) -> int:
    return int(str(await conn.value("SELECT phrases FROM shop_versions WHERE id = 1")))


def _known(conn: Connection, version: int) -> Matcher | None:
    """The matcher that was made of a version; None where it was made of another."""
    kept = conn.kept.get(_KEPT)
    return kept.matcher if isinstance(kept, _InForce) and kept.version == version else None


async def taught(conn: Connection) -> list[Taught]:
    """What every canned reply that is on answers to.

    Args:
        conn: An open connection.
    """
    replies, phrases = await conn.batch(
        Statement(
            "SELECT id, keyword, language, match_rule, priority, TIME_TO_SEC(active_from) DIV 60,"
            " TIME_TO_SEC(active_until) DIV 60 FROM chatbot_replies WHERE is_active ORDER BY id"
        ),
        Statement(
            "SELECT p.reply_id, p.phrase FROM chatbot_reply_phrases p JOIN chatbot_replies r ON r.id = p.reply_id"
            " WHERE r.is_active ORDER BY p.reply_id, p.position"
        ),
    )
    more: dict[int, list[str]] = {}
    for reply_id, phrase in phrases.rows:
        more.setdefault(int(str(reply_id)), []).append(str(phrase))
    return [
        Taught(
            id=row.id,
            phrases=(row.keyword, *more.get(row.id, ())),
            language=row.language,
            rule=row.match_rule,
            priority=row.priority,
            opens=row.opens,
            closes=row.closes,
        )
        for row in (conn.read(_Row, values) for values in replies.rows)
    ]


async def _learn_whole(kept: dict[str, object]) -> None:
    """Learn everything anew that is in force and was only grown, until nothing has changed meanwhile."""
    try:
        while isinstance(now := kept.get(_KEPT), _InForce) and not now.is_whole:
            matcher = await asyncio.to_thread(Matcher, tuple(now.matcher.taught.values()), _giving_way())
            if kept.get(_KEPT) is now:
                kept[_KEPT] = _InForce(now.version, matcher)
    finally:
        del kept[_WHOLE]


def _giving_way() -> Callable[[], None]:
    """What lets the event loop, which waits for the interpreter, have its turn a thousand times a second."""
    last = clock.monotonic()

    def give_way() -> None:
        nonlocal last
        if clock.monotonic() - last > _AT_ONCE:
            time.sleep(0)
            last = clock.monotonic()

    return give_way

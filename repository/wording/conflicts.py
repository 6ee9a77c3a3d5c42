"""What merchants look at to see whether their replies answer well: recent messages, and replies that say the same."""

import asyncio
from collections.abc import Sequence

import msgspec

from bot.language.phrases import conflicts as phrase_conflicts
from bot.language.phrases.conflicts import Unheard
from bot.language.phrases.filling import filling_problem
from bot.language.phrases.matcher import Matcher
from repository.database.connection import Connection
from repository.staff.by import By
from repository.wording import canned_edits, uses
from repository.wording.phrases import matcher_in_force

LOOKED_AT = 1_000
"""Messages that are looked at."""


_SAID = ("response", "language", "picture", "sku", "buttons", "quick_replies")
_COUNTED, _LOOKED = f"{__name__} are counted", f"{__name__} are looked for"


class _Counted(msgspec.Struct, frozen=True):
    """How many phrases of a matcher are in conflict."""

    matcher: Matcher
    same: int


class _Unheard(msgspec.Struct, frozen=True):
    """The phrases of a matcher that never find their reply."""

    matcher: Matcher
    found: list[Unheard]


class SameResponse(msgspec.Struct, frozen=True):
    """Replies of a language that say the same.

    Attributes:
        ids: `chatbot_replies.id` of each, the oldest first.
        keywords: What each answers.
        response: What they say.
    """

    ids: tuple[int, ...]
    keywords: tuple[str, ...]
    response: str


async def recent_texts(conn: Connection) -> list[str]:
    """What shoppers have typed last, the newest first.

    Args:
        conn: An open connection.
    """
    found = await conn.run(
        "SELECT user_message FROM chat_logs WHERE message_type = 'text' AND user_message <> ''"
        " ORDER BY id DESC LIMIT %(most)s",
        most=LOOKED_AT,
    )
    return [str(row[0]) for row in found.rows]


async def same_phrases(conn: Connection) -> int:
    """How many phrases more than one reply of a language has; counted once for what is in force.

    Args:
        conn: An open connection.
    """
    matcher = await matcher_in_force(conn)
    kept = conn.kept.get(_COUNTED)
    if not (isinstance(kept, _Counted) and kept.matcher is matcher):
        conn.kept[_COUNTED] = kept = _Counted(matcher, len(phrase_conflicts.same_phrases(matcher.taught.values())))
    return kept.same


async def unheard(conn: Connection) -> list[Unheard]:
    """The phrases that never find their reply; looked for once for what is in force, in a thread.

    Args:
        conn: An open connection.
    """
    matcher = await matcher_in_force(conn)
    kept = conn.kept.get(_LOOKED)
    if not (isinstance(kept, _Unheard) and kept.matcher is matcher):
        found = await asyncio.to_thread(phrase_conflicts.unheard, matcher)
        conn.kept[_LOOKED] = kept = _Unheard(matcher, found)
    return kept.found


async def unsayable(conn: Connection) -> list[str]:
    """The keywords of the replies that are on and in which something is filled in that cannot be.

    Args:
        conn: An open connection.
    """
    found = await conn.run(
        "SELECT keyword, response, COALESCE(JSON_EXTRACT(attached, '$.product_id'), 0) > 0 FROM chatbot_replies"
        " WHERE is_active AND response LIKE '%%{%%' ORDER BY id"
    )
    return [
        str(keyword)
        for keyword, response, has_product in found.rows
        if filling_problem(str(response), has_product=bool(has_product))
    ]


async def same_responses(conn: Connection) -> list[SameResponse]:
    """The replies that say the same in the same language and are looked for alike: one with many phrases would do.

    Args:
        conn: An open connection.
    """
    found = await conn.run(
        "SELECT id, keyword, response, language, match_rule, COALESCE(attached, '') FROM chatbot_replies"
        " WHERE is_active ORDER BY id"
    )
    alike: dict[tuple[object, ...], list[tuple[int, str]]] = {}
    for reply_id, keyword, *same in found.rows:
        alike.setdefault(tuple(same), []).append((int(str(reply_id)), str(keyword)))
    return [
        SameResponse(tuple(one for one, _ in replies), tuple(keyword for _, keyword in replies), str(same[0]))
        for same, replies in alike.items()
        if len(replies) > 1
    ]


async def merge(conn: Connection, *, ids: Sequence[int], by: By) -> int:
    """Let the oldest of some replies that say the same have the phrases of all, and delete the others; its id.

    Each is saved as by hand, so that the history has every one of them, and its deletion can be taken back.

    Args:
        conn: An open connection. The caller owns the transaction.
        ids: `chatbot_replies.id` of each, at least two.
        by: Who merges.

    Raises:
        NotFound: One of them is gone.
        ValueError: They do not say the same.
    """
    await uses.add_up(conn)  # or what the others were used for just now would go with them
    first, *others = [await canned_edits.opened(conn, reply_id=reply_id) for reply_id in sorted(set(ids))]
    phrases = [first.body.phrases]
    for other in others:
        if any(getattr(other.body, name) != getattr(first.body, name) for name in _SAID):
            raise ValueError(other.id)
        phrases += [other.body.keyword, other.body.phrases]
        await canned_edits.delete(conn, reply_id=other.id, version=other.version, by=by)
    body = msgspec.structs.replace(first.body, phrases="\n".join(phrases))
    await canned_edits.save(conn, reply_id=first.id, body=body, version=first.version, by=by)
    await conn.run(
        "UPDATE chatbot_replies SET usage_count = usage_count + %(more)s, updated_at = updated_at WHERE id = %(id)s",
        more=sum(other.usage_count for other in others),
        id=first.id,
    )
    return first.id

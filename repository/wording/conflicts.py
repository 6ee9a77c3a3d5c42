"""What merchants look at to see whether their replies answer well: recent messages, and replies that say the same."""

from collections.abc import Sequence

import msgspec

from bot.language.phrases import conflicts as phrase_conflicts
from bot.language.phrases.matcher import Matcher
from repository.database.connection import Connection
from repository.staff.by import By
from repository.wording import canned_edits
from repository.wording.phrases import matcher_in_force

LOOKED_AT = 1_000
"""Messages that are looked at."""


_COUNTED = f"{__name__} are counted"


class _Counted(msgspec.Struct, frozen=True):
    """How many phrases of a matcher are in conflict."""

    matcher: Matcher
    same: int


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


async def same_responses(conn: Connection) -> list[SameResponse]:
    """The replies that say the same in the same language and are looked for alike: one with many phrases would do.

    Args:
        conn: An open connection.
    """
    found = await conn.run(
        "SELECT id, keyword, response, language, match_rule FROM chatbot_replies WHERE is_active ORDER BY id"
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
    first, *others = [await canned_edits.opened(conn, reply_id=reply_id) for reply_id in sorted(set(ids))]
    phrases = [first.body.phrases]
    for other in others:
        if (other.body.response, other.body.language) != (first.body.response, first.body.language):
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

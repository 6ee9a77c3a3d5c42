"""Canned replies: what the merchant wants answered to a keyword."""

import msgspec

from bot.language.fold import fold_signs
from bot.language.meaning import Meaning, likeness, meaning
from repository.database.connection import Connection, Statement

_READING = "id, keyword, response, COALESCE(category, ''), language"
LOOKED_AT = 500
"""Characters of a message in which keywords are looked for."""


class CannedReply(msgspec.Struct, frozen=True):
    """A reply that the merchant wrote.

    Attributes:
        id: `chatbot_replies.id`.
        keyword: What it answers.
        response: What is said.
        category: The merchant's own heading for it, or empty.
        language: In which it is written.
    """

    id: int
    keyword: str
    response: str
    category: str
    language: str = "en"


class _Keyword(msgspec.Struct, frozen=True):
    id: int
    keyword: str
    language: str
    match_rule: str
    priority: int


async def best(conn: Connection, *, text: str, language: str) -> CannedReply | None:
    """The canned reply that fits a message best, or None; its use is counted.

    Capitals, accents and punctuation do not matter. The shopper's language comes first, then English, then any other;
    among those the higher priority, then the closer and the longer match. The counted row stays locked until the caller
    commits, so ask for this last.

    Args:
        conn: An open connection. The caller owns the transaction.
        text: What the shopper typed.
        language: "en" or "fil", in which the shopper is answered.
    """
    spoken = fold_signs(text[:LOOKED_AT])
    if not spoken:
        return None
    *_, replies = await conn.batch(
        Statement(
            r"""
            SET @qs_reply = (
                SELECT id FROM (
                    SELECT id, language, match_rule, priority,
                           TRIM(REGEXP_REPLACE(REPLACE(REPLACE(keyword, '''', ''), '’', ''),
                                               '[^\\p{L}\\p{M}\\p{N}\\p{S}]+', ' ')) AS words
                    FROM chatbot_replies WHERE is_active
                ) reply
                WHERE words <> '' AND CASE match_rule
                    WHEN 'exact' THEN words = %(spoken)s
                    WHEN 'word' THEN CONCAT(' ', %(spoken)s, ' ') LIKE CONCAT('%% ', words, ' %%')
                    WHEN 'starts_with' THEN %(spoken)s LIKE CONCAT(words, '%%')
                    ELSE %(spoken)s LIKE CONCAT('%%', words, '%%') END
                ORDER BY language = %(language)s DESC, language = 'en' DESC, priority DESC,
                         FIELD(match_rule, 'exact', 'word', 'starts_with', 'contains'), CHAR_LENGTH(words) DESC, id
                LIMIT 1)
            """,
            {"spoken": spoken, "language": language},
        ),
        Statement(
            "UPDATE chatbot_replies SET usage_count = usage_count + 1, updated_at = updated_at WHERE id = @qs_reply"
        ),
        Statement(f"SELECT {_READING} FROM chatbot_replies WHERE id = @qs_reply"),
    )
    return conn.read(CannedReply, replies.rows[0]) if replies.rows else None


async def closest(conn: Connection, *, text: str, language: str) -> CannedReply | None:
    """The canned reply whose keyword means what a message asks, in whatever words, or None; its use is counted.

    "san po shop nyo" finds the reply to "location". The shopper's language comes first, then English, and no other:
    a guess must at least be readable. Then comes the closest meaning, then the higher priority. As `best`, ask for this
    last.

    Args:
        conn: An open connection. The caller owns the transaction.
        text: What the shopper typed.
        language: "en" or "fil", in which the shopper is answered.
    """
    asked = meaning(text)
    if not asked.concepts:
        return None
    keywords = await conn.all(
        _Keyword, "SELECT id, keyword, language, match_rule, priority FROM chatbot_replies WHERE is_active"
    )
    ranked = [
        (one.language == language, one.language == "en", score, one.priority, -one.id)
        for one in keywords
        if one.language in (language, "en") and (score := _likeness(asked, one)) > 0
    ]
    if not ranked:
        return None
    *_, number = max(ranked)
    _, replies = await conn.batch(
        Statement(
            "UPDATE chatbot_replies SET usage_count = usage_count + 1, updated_at = updated_at WHERE id = %(id)s",
            {"id": -number},
        ),
        Statement(f"SELECT {_READING} FROM chatbot_replies WHERE id = %(id)s", {"id": -number}),
    )
    return conn.read(CannedReply, replies.rows[0]) if replies.rows else None


def _likeness(asked: Meaning, one: _Keyword) -> float:
    """How well a keyword answers; one that the whole message must be answers none that names something else."""
    keyword = meaning(one.keyword)
    if one.match_rule == "exact" and set(asked.rest) - set(keyword.rest):
        return 0
    return likeness(asked, keyword)

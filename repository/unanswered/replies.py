"""Replies that questions could be added to, and how many of the questions one would answer."""

import asyncio
from collections.abc import Sequence

import msgspec

from bot.language.phrases.answered import answer
from bot.language.phrases.matcher import Matcher
from bot.language.phrases.taught import Taught
from repository.database.connection import Connection
from repository.unanswered.groups import Question
from repository.wording.phrases import matcher_in_force, taught

NEW = 0
"""The id of a reply that is yet to be made."""
_OFFERED_MOST = 500
_TRIED = 10  # questions by which the likeliest reply is found
_LIKELY = 0.2  # of what a whole likeness would score
_LEFT_MOST = 5


class Offered(msgspec.Struct, frozen=True):
    """A reply that is on.

    Attributes:
        id: `chatbot_replies.id`.
        keyword: What it answers to first.
        language: "en" or "fil".
        beginning: Of what it says.
    """

    id: int
    keyword: str
    language: str
    beginning: str


class Would(msgspec.Struct, frozen=True):
    """What a reply would answer.

    Attributes:
        caught: How many of the questions.
        looked_at: How many were looked at.
        left: Some that it would not answer, each wording once.
    """

    caught: int
    looked_at: int
    left: tuple[str, ...]


async def offered(conn: Connection) -> list[Offered]:
    """The replies that phrases can be added to, by keyword.

    Args:
        conn: An open connection.
    """
    return await conn.all(
        Offered,
        "SELECT id, keyword, language, LEFT(response, 80) FROM chatbot_replies WHERE is_active ORDER BY keyword, id"
        " LIMIT %(most)s",
        most=_OFFERED_MOST,
    )


async def would_answer(conn: Connection, *, reply: Taught, questions: Sequence[Question]) -> Would:
    """How many questions a reply would answer beside all others, by the very matcher that answers shoppers.

    Args:
        conn: An open connection.
        reply: As it would be; `NEW` stands for one that is yet to be made.
        questions: The questions.
    """
    others = [one for one in await taught(conn) if one.id != reply.id]
    return await asyncio.to_thread(_try, [*others, reply], reply.id, questions)


async def likeliest(conn: Connection, *, questions: Sequence[Question]) -> int:
    """The reply that questions are most like, as far as its phrases tell; 0 where none is.

    Args:
        conn: An open connection.
        questions: The questions, of which the first are looked at.
    """
    matcher = await matcher_in_force(conn)
    scores: dict[int, float] = {}
    for question in questions[:_TRIED]:
        asked = question.asked
        for one in matcher.likely(asked.text, language=asked.language, minute=asked.minute)[:3]:
            scores[one.id] = scores.get(one.id, 0.0) + one.score
    best = max(scores, key=lambda reply_id: (scores[reply_id], -reply_id), default=0)
    return best if best and scores[best] >= _LIKELY * len(questions[:_TRIED]) else 0


def _try(replies: Sequence[Taught], reply_id: int, questions: Sequence[Question]) -> Would:
    matcher = Matcher(replies)
    left, caught = dict[str, None](), 0
    for question in questions:
        found = answer(matcher, question.asked)
        if found and found.reply.id == reply_id:
            caught += 1
        else:
            left[question.text] = None
    return Would(caught, len(questions), tuple(left)[:_LEFT_MOST])

"""Canned replies for people who type: found by their keyword or words."""

import re
from collections.abc import Mapping

import msgspec

from bot.language.phrases import filling
from repository.database.connection import Connection

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class Canned(msgspec.Struct, frozen=True):
    """A canned reply.

    Attributes:
        id: `chatbot_replies.id`.
        keyword: What it answers.
        words: What is said.
    """

    id: int
    keyword: str
    words: str


async def found(conn: Connection, *, text: str, language: str, most: int = 50) -> list[Canned]:
    """Canned replies with a text in their keyword or words, those that begin with it first.

    Args:
        conn: An open connection.
        text: What is looked for; empty finds all.
        language: The shopper's, whose replies come first.
        most: How many at most.
    """
    sought = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return await conn.all(
        Canned,
        "SELECT id, keyword, response FROM chatbot_replies WHERE is_active"
        " AND (keyword LIKE %(inside)s OR response LIKE %(inside)s)"
        " ORDER BY keyword LIKE %(begins)s DESC, keyword LIKE %(inside)s DESC, language = %(language)s DESC,"
        " keyword, id LIMIT %(most)s",
        inside=f"%{sought}%",
        begins=f"{sought}%",
        language=language,
        most=most,
    )


async def one(conn: Connection, *, reply_id: int) -> Canned | None:
    """A canned reply; None where there is none, or it is switched off.

    Args:
        conn: An open connection.
        reply_id: `chatbot_replies.id`.
    """
    return await conn.one(
        Canned, "SELECT id, keyword, response FROM chatbot_replies WHERE id = %(id)s AND is_active", id=reply_id
    )


def filled(words: str, values: Mapping[str, str]) -> str:
    """Words with what is known in its place, or what the merchant has written for what is not; where he has written
    nothing, or used two braces, what is not known stays for the person who types.

    Args:
        words: Of a canned reply.
        values: What is known, by name.
    """
    return filling.filled(_VARIABLE.sub(lambda found: values.get(found[1]) or found[0], words), values)

"""What a merchant decides of a canned reply, and how it stands in the tables."""

import msgspec

from bot.language.phrases.taught import comparable
from bot.language.phrases.writing import hours as written_hours
from bot.language.phrases.writing import in_hours, in_lines
from repository.database.connection import Connection, Statement


class CannedBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a canned reply that a merchant decides.

    Attributes:
        keyword: What it answers: its first phrase.
        phrases: What else it answers, one a line.
        language: "en" or "fil".
        match_rule: How a phrase is looked for: "exact", "word", "starts_with" or "contains".
        response: What is said.
        category: The merchant's own heading, or empty.
        tags: The merchant's own marks.
        priority: The higher one answers where several fit.
        hours: When it answers, such as "08:00-17:00"; empty for at any time.
        is_active: Whether it answers at all.
    """

    keyword: str
    phrases: str = ""
    language: str = "en"
    match_rule: str = "word"
    response: str
    category: str = ""
    tags: tuple[str, ...] = ()
    priority: int = 0
    hours: str = ""
    is_active: bool = True


def in_order(body: CannedBody) -> CannedBody:
    """It, with its phrases and its hours as they are stored.

    Args:
        body: As it was typed.
    """
    return msgspec.structs.replace(
        body, phrases="\n".join(in_lines(body.phrases)), hours=in_hours(written_hours(body.hours))
    )


async def write_phrases(conn: Connection, reply_id: int, body: CannedBody) -> None:
    """Keep what a reply answers beside its keyword, in place of what it did.

    Args:
        conn: An open connection. The caller owns the transaction.
        reply_id: `chatbot_replies.id`.
        body: What the merchant decides.
    """
    await conn.batch(
        Statement("DELETE FROM chatbot_reply_phrases WHERE reply_id = %(reply_id)s", {"reply_id": reply_id}),
        *(
            Statement(
                "INSERT INTO chatbot_reply_phrases (reply_id, position, phrase, folded)"
                " VALUES (%(reply_id)s, %(position)s, %(phrase)s, %(folded)s)",
                {"reply_id": reply_id, "position": position, "phrase": phrase, "folded": comparable(phrase)},
            )
            for position, phrase in enumerate(in_lines(body.phrases), 1)
        ),
    )


def columns(body: CannedBody) -> dict[str, str | int | bool | None]:
    """What stands in each column of `chatbot_replies`.

    Args:
        body: What the merchant decides, in order.
    """
    opens, _, closes = body.hours.partition("-")
    return {
        "active_from": opens or None,
        "active_until": closes or None,
        "keyword": body.keyword,
        "language": body.language,
        "match_rule": body.match_rule,
        "response": body.response,
        "category": body.category,
        "tags": msgspec.json.encode(body.tags).decode(),
        "priority": body.priority,
        "is_active": body.is_active,
    }

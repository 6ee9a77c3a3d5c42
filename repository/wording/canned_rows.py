"""What a merchant decides of a canned reply, and how it stands in the tables."""

import msgspec

from bot.language.phrases.taught import comparable
from bot.language.phrases.writing import hours as written_hours
from bot.language.phrases.writing import in_hours, in_lines
from repository.database.connection import Connection, Statement
from repository.wording import attached
from repository.wording.attached import Attached


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
        picture: The address of a picture above the words, or empty.
        sku: The SKU of a product whose card stands below them, or empty.
        buttons: What stands below the words, a line each as `attached.Choice.line` has it.
        quick_replies: What can be tapped in the place of what the shop offers, a line each.
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
    picture: str = ""
    sku: str = ""
    buttons: str = ""
    quick_replies: str = ""


class OpenedCanned(msgspec.Struct, frozen=True):
    """A canned reply, open to be edited.

    Attributes:
        id: `chatbot_replies.id`.
        body: What the merchant decides.
        version: The number of its last save, 0 where there was none.
        usage_count: How often it has answered.
    """

    id: int
    body: CannedBody
    version: int
    usage_count: int


class ReplyRow(msgspec.Struct, frozen=True):
    """A row as `ROW` reads it."""

    id: int
    keyword: str
    phrases: str
    language: str
    match_rule: str
    response: str
    category: str
    tags: tuple[str, ...]
    priority: int
    hours: str
    is_active: bool
    usage_count: int
    around: Attached

    @property
    def body(self) -> CannedBody:
        """What the merchant decides of it."""
        around = self.around
        kept = {field: getattr(self, field) for field in CannedBody.__struct_fields__ if hasattr(self, field)}
        buttons, quick_replies = attached.written(around.buttons), attached.written(around.quick_replies)
        return CannedBody(**kept, picture=around.picture, sku=around.sku, buttons=buttons, quick_replies=quick_replies)


ROW = """
    SELECT id, keyword,
           COALESCE((SELECT GROUP_CONCAT(phrase ORDER BY position SEPARATOR '\n') FROM chatbot_reply_phrases
                     WHERE reply_id = id), ''),
           language, match_rule, response, COALESCE(category, ''), COALESCE(tags, '[]'), priority,
           COALESCE(CONCAT(TIME_FORMAT(active_from, '%%H:%%i'), '-', TIME_FORMAT(active_until, '%%H:%%i')), ''),
           is_active, usage_count, COALESCE(attached, '{}')
    FROM chatbot_replies
"""
"""What reads a `ReplyRow`, but for which."""


def in_order(body: CannedBody) -> CannedBody:
    """It, with its phrases, its hours and its buttons as they are stored.

    Args:
        body: As it was typed.
    """
    return msgspec.structs.replace(
        body,
        phrases="\n".join(in_lines(body.phrases)),
        hours=in_hours(written_hours(body.hours)),
        sku=body.sku.strip(),
        buttons=attached.in_order(body.buttons),
        quick_replies=attached.in_order(body.quick_replies),
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


async def columns(conn: Connection, body: CannedBody) -> dict[str, str | int | bool | None]:
    """What stands in each column of `chatbot_replies`.

    Args:
        conn: An open connection.
        body: What the merchant decides, in order.

    Raises:
        Unfit: A product or a reply that is named is not there.
    """
    around = {name: getattr(body, name) for name in ("picture", "sku", "buttons", "quick_replies", "language")}
    stands = await attached.found(conn, **around)
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
        "attached": None if stands == attached.NOTHING else msgspec.json.encode(stands).decode(),
    }

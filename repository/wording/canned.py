"""Canned replies: what the merchant wants answered to a keyword."""

import msgspec

from bot.base import clock
from bot.language.phrases.matcher import Match, Weighed
from repository.database.connection import Connection, Statement
from repository.wording import sentences, uses
from repository.wording.attached import NOTHING, Attached
from repository.wording.phrases import matcher_in_force

_READING = "id, keyword, response, COALESCE(category, ''), language, COALESCE(attached, '{}')"


class CannedReply(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reply that the merchant wrote.

    Attributes:
        id: `chatbot_replies.id`.
        keyword: What it answers.
        response: What is said.
        category: The merchant's own heading for it, or empty.
        language: In which it is written.
        attached: What stands around it.
    """

    id: int
    keyword: str
    response: str
    category: str
    language: str = "en"
    attached: Attached = NOTHING


class Near(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reply that may have been meant.

    Attributes:
        id: `chatbot_replies.id`.
        keyword: What it answers.
        says_it: Whether a phrase of it surely says the same, in other words.
    """

    id: int
    keyword: str
    says_it: bool = False


async def best(conn: Connection, *, text: str, language: str) -> CannedReply | None:
    """The canned reply that a message is for by its words, or None; its use is counted.

    Its phrases stand in the message, or the message is much like them: see `bot.language.phrases.matcher`. The use is
    added up after the commit: see `repository.wording.uses`.

    Args:
        conn: An open connection. The caller owns the transaction.
        text: What the shopper typed.
        language: "en" or "fil", in which the shopper is answered.
    """
    matcher = await matcher_in_force(conn)
    return await _said(conn, matcher.best(text, language=language, minute=minute_of(conn)))


async def closest(conn: Connection, *, text: str, language: str) -> CannedReply | None:
    """The canned reply of which a phrase means what a message asks, in whatever words, or None; its use is counted.

    "san po shop nyo" finds the reply to "location". The shopper's language comes first, then English, and no other:
    a guess must at least be readable. Then comes the closest meaning, then the higher priority.

    Args:
        conn: An open connection. The caller owns the transaction.
        text: What the shopper typed.
        language: "en" or "fil", in which the shopper is answered.
    """
    matcher = await matcher_in_force(conn)
    return await _said(conn, matcher.closest(text, language=language, minute=minute_of(conn)))


async def near(conn: Connection, *, text: str, language: str) -> tuple[Near, ...]:
    """The canned replies that may have been meant by a message that none is surely for, the likeliest first.

    Args:
        conn: An open connection.
        text: What the shopper typed.
        language: "en" or "fil", in which the shopper is answered.
    """
    matcher = await matcher_in_force(conn)
    alike = await sentences.alike(conn.kept, text)
    meant = matcher.near(text, language=language, minute=minute_of(conn), alike=alike)
    return tuple(Near(one.reply.id, one.reply.phrases[0], one.says_it) for one in meant)


async def weighed(conn: Connection, *, text: str, language: str, patience: float = 0) -> list[Weighed]:
    """How like each reply a message is by its words, and by its sentence where that is known, the likeliest first.

    Args:
        conn: An open connection.
        text: What the shopper typed.
        language: "en" or "fil", in which the shopper is answered.
        patience: Seconds in which all sentences may become known.
    """
    matcher = await matcher_in_force(conn)
    await sentences.made(conn.kept, patience=patience)
    alike = await sentences.alike(conn.kept, text)
    return matcher.weighed(text, language=language, minute=minute_of(conn), alike=alike)


async def picked(conn: Connection, *, reply_id: int) -> CannedReply | None:
    """The canned reply that a shopper has picked, None where it is gone or off; its use is counted.

    Args:
        conn: An open connection. The caller owns the transaction.
        reply_id: `chatbot_replies.id`.
    """
    return await _counted(conn, reply_id)


async def _said(conn: Connection, match: Match | None) -> CannedReply | None:
    return await _counted(conn, match.reply.id) if match else None


async def _counted(conn: Connection, reply_id: int) -> CannedReply | None:
    note, replies = await conn.batch(
        uses.noted(reply_id),
        Statement(f"SELECT {_READING} FROM chatbot_replies WHERE id = %(id)s AND is_active", {"id": reply_id}),
    )
    if not replies.rows:  # switched off since the matcher learned it
        await conn.run("DELETE FROM canned_uses WHERE id = %(id)s", id=note.last_id)
        return None
    return conn.read(CannedReply, replies.rows[0])


def minute_of(conn: Connection) -> int:
    """Minutes after midnight, in the shop.

    Args:
        conn: Of the shop's database.
    """
    now = clock.now().astimezone(conn.offset)
    return now.hour * 60 + now.minute

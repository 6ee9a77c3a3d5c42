"""Questions that the bot had no answer to, kept with the turn that they were asked in."""

from datetime import datetime
from typing import Final

from repository.database.connection import Connection, Statement

UNANSWERED: Final = ("not_understood", "search_nothing", "did_you_mean")
"""What the chat log says of turns in which the bot had no answer to what was typed, or had to ask back."""
_LOOKED_AT = 10  # turns of a shopper, the newest


def missed(intent: str, *, turn_id: int, psid: str, at: datetime) -> tuple[Statement, ...]:
    """What keeps a question that was not answered for the merchant; a tap or a picture is none.

    Args:
        intent: What the turn came to; nothing is kept where it was answered.
        turn_id: `chat_logs.id`.
        psid: Whose.
        at: When it was answered so.
    """
    if intent not in UNANSWERED:
        return ()
    keeping = Statement(
        "INSERT IGNORE INTO unanswered_questions (turn_id, psid, asked_at)"
        " SELECT id, %(psid)s, %(at)s FROM chat_logs"
        " WHERE id = %(turn_id)s AND message_type = 'text' AND user_message <> ''",
        {"turn_id": turn_id, "psid": psid, "at": at},
    )
    return (keeping,)


async def understood(conn: Connection, *, shopper_id: int) -> None:
    """Take back that a shopper was not understood: what was asked back has been answered with a tap.

    Args:
        conn: An open connection. The caller owns the transaction, and has locked the conversation.
        shopper_id: `users.id`.
    """
    turn_id = await conn.value(
        "SELECT COALESCE(MAX(recent.id), 0) FROM"
        " (SELECT id, intent FROM chat_logs FORCE INDEX (ix_chat_logs_user)"
        " WHERE user_id = (SELECT messenger_id FROM users WHERE id = %(id)s) AND created_at > NOW() - INTERVAL 1 DAY"
        " ORDER BY created_at DESC, id DESC LIMIT %(most)s) recent WHERE recent.intent = 'did_you_mean'",
        id=shopper_id,
        most=_LOOKED_AT,
    )
    if not turn_id:
        return
    about = {"turn_id": turn_id}
    await conn.batch(
        Statement("UPDATE chat_logs SET intent = 'canned' WHERE id = %(turn_id)s", about),
        Statement(
            "UPDATE unanswered_groups SET asked = GREATEST(asked - 1, 0)"
            " WHERE id = (SELECT group_id FROM unanswered_questions WHERE turn_id = %(turn_id)s)",
            about,
        ),
        Statement("DELETE FROM unanswered_questions WHERE turn_id = %(turn_id)s", about),
    )

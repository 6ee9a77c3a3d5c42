"""Questions that the bot had no answer to, kept with the turn that they were asked in."""

from datetime import datetime
from typing import Final

from repository.database.connection import Statement

UNANSWERED: Final = ("not_understood", "search_nothing", "did_you_mean")
"""What the chat log says of turns in which the bot had no answer to what was typed, or had to ask back."""


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

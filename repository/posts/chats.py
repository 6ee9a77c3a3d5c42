"""Private replies as a part of the chats that they begin or come into."""

import msgspec

from repository.database.connection import Connection, Statement
from repository.posts.answers import known


class Chat(msgspec.Struct, frozen=True):
    """A chat, locked.

    Attributes:
        state: JSON of where it stands.
        has_it: Whether the private reply is known in it already.
    """

    state: str
    has_it: bool


async def open_chat(conn: Connection, *, psid: str, message_id: str) -> Chat | None:
    """Lock a chat that a private reply came into; None where it is with somebody new.

    Args:
        conn: A connection in a transaction.
        psid: The shopper's PSID.
        message_id: The `mid` of the private reply, or empty.
    """
    return await conn.one(
        Chat,
        "SELECT c.state, EXISTS (SELECT 1 FROM outbox FORCE INDEX (ix_outbox_shopper) WHERE psid = %(psid)s"
        " AND message_id = %(message_id)s) FROM conversations c WHERE c.psid = %(psid)s FOR UPDATE",
        psid=psid,
        message_id=message_id,
    )


async def note_said(
    conn: Connection, *, psid: str, message: str, message_id: str, state: str, offered: str, language: str
) -> None:
    """Note in a chat what a private reply has said there, and let the chat go on from it.

    Args:
        conn: A connection in a transaction, in which the conversation is locked.
        psid: The shopper's PSID.
        message: JSON of the message.
        message_id: Its `mid`, or empty.
        state: JSON of where the chat stands now.
        offered: JSON of what can be tapped; empty leaves what could be before.
        language: In which the shopper is answered from now on who was in none so far; empty for any.
    """
    await conn.batch(
        Statement(
            "INSERT INTO outbox (psid, message, message_id, status, sent_at)"
            " VALUES (%(psid)s, %(message)s, NULLIF(%(message_id)s, ''), 'sent', NOW(3))",
            {"psid": psid, "message": message, "message_id": message_id},
        ),
        Statement(
            "UPDATE conversations SET state = %(state)s, offered = COALESCE(NULLIF(%(offered)s, ''), offered)"
            " WHERE psid = %(psid)s",
            {"state": state, "offered": offered, "psid": psid},
        ),
        *(
            (
                Statement(
                    "UPDATE users SET language = %(language)s WHERE messenger_id = %(psid)s AND language IS NULL",
                    {"language": language, "psid": psid},
                ),
            )
            if language
            else ()
        ),
        known(psid),
    )

"""Shoppers whom a person of the shop should see to, and how the people of the shop learn of it."""

from typing import Final, Literal

from repository.aftersales import quiet
from repository.database.connection import Connection

Why = Literal["asked", "lost", "failed", "complaint"]
"""They asked for a person, the bot did not understand three times, a turn failed three times, they complain."""
MISSES: Final = ("not_understood", "search_nothing")
"""What the chat log says of turns in which the bot did not understand."""
MISSES_MOST = 3
_LOOKED_AT = 5


async def call(conn: Connection, *, shopper_id: int, why: Why = "asked", leaves: bool = False) -> None:
    """Let a shopper wait for a person, and tell the people of the shop, once an hour for each reason.

    Args:
        conn: A connection in a transaction, in which the conversation is locked.
        shopper_id: `users.id`.
        why: Why.
        leaves: Whether the chat is left to the person from now on: somebody is there.
    """
    if leaves:
        await quiet.be_quiet(conn, shopper_id=shopper_id, reason=quiet.ASKED)
    else:
        psid = await conn.value("SELECT messenger_id FROM users WHERE id = %(id)s", id=shopper_id)
        await conn.run(
            "UPDATE conversations SET waits_since = COALESCE(waits_since, NOW(3)), snoozed_until = NULL"
            " WHERE psid = %(psid)s",
            psid=psid,
        )
    await tell(conn, shopper_id=shopper_id, why=why)


async def tell(conn: Connection, *, shopper_id: int, why: Why) -> None:
    """Tell the people of the shop that a shopper needs one of them, once an hour for each reason.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        why: Why.
    """
    await conn.run(
        "INSERT IGNORE INTO merchant_notices (kind, subject_key, words, channel)"
        " VALUES ('person', CONCAT(%(why)s, ':', %(id)s, ':', DATE_FORMAT(NOW(), '%%Y-%%m-%%d %%H')), '', 'console')",
        why=why,
        id=shopper_id,
    )


async def is_lost(conn: Connection, *, shopper_id: int) -> bool:
    """Whether a turn in which the bot does not understand a shopper is the third of the kind in a row.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
    """
    before = await conn.run(
        "SELECT COALESCE(intent, '') FROM chat_logs FORCE INDEX (ix_chat_logs_user)"
        " WHERE user_id = (SELECT messenger_id FROM users WHERE id = %(id)s) AND turn_status = 'done'"
        " AND created_at > NOW() - INTERVAL 1 HOUR"
        " ORDER BY created_at DESC, id DESC LIMIT %(most)s",
        id=shopper_id,
        most=_LOOKED_AT,
    )
    misses = 0
    for (intent,) in before.rows:
        if intent not in MISSES:
            break
        misses += 1
    return misses % MISSES_MOST == MISSES_MOST - 1

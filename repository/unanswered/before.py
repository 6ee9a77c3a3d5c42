"""Questions of before this was kept: taken from the chat log once, some turns at a time, without holding up anybody."""

import msgspec

from repository.chats.missed import UNANSWERED
from repository.database.connection import Connection

AT_ONCE = 5000
"""Turns that a step looks at."""
_DONE = "unanswered_before"


class Span(msgspec.Struct, frozen=True):
    """Turns by their numbers, both ends included; 0 and 0 where there is none."""

    first: int
    last: int


async def left(conn: Connection) -> Span | None:
    """The turns that may hold questions which nobody has kept; None where they were looked through.

    Args:
        conn: An open connection.
    """
    if await conn.value("SELECT EXISTS (SELECT 1 FROM scheduled_jobs WHERE name = %(name)s)", name=_DONE):
        return None
    return await conn.one(Span, "SELECT COALESCE(MIN(id), 0), COALESCE(MAX(id), 0) FROM chat_logs")


async def keep(conn: Connection, *, first: int) -> int:
    """Keep the questions of some turns; how many these were.

    Args:
        conn: An open connection on which every statement commits by itself.
        first: `chat_logs.id` of the first turn; `AT_ONCE` are looked at.
    """
    # Read without a lock, and inserted then: one statement would lock every turn that it looks at.
    found = await conn.run(
        "SELECT id FROM chat_logs WHERE id >= %(first)s AND id < %(end)s AND intent IN %(intents)s"
        " AND message_type = 'text' AND turn_status = 'done' AND user_message <> ''",
        first=first,
        end=first + AT_ONCE,
        intents=list(UNANSWERED),
    )
    ids = [int(str(row[0])) for row in found.rows]
    if not ids:
        return 0
    kept = await conn.run(
        "INSERT IGNORE INTO unanswered_questions (turn_id, psid, asked_at)"
        " SELECT id, user_id, created_at FROM chat_logs WHERE id IN %(ids)s",
        ids=ids,
    )
    return kept.rowcount


async def end(conn: Connection) -> None:
    """Write that all turns were looked through.

    Args:
        conn: An open connection.
    """
    await conn.run("INSERT IGNORE INTO scheduled_jobs (name, next_at) VALUES (%(name)s, NOW())", name=_DONE)

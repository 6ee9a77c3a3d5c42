"""Which chats something was said in just now, seen at a glance for all of them."""

from collections.abc import Mapping

import msgspec

from repository.database.connection import Connection, Statement

RECENT = 60
"""Turns that are looked at, and messages: more than a page hears in the time between two looks."""


class Stirred(msgspec.Struct, frozen=True):
    """Chats in which something was said.

    Attributes:
        of: What stands for it, by PSID: it changes with every turn and every message, and whenever one of these moves.
    """

    of: Mapping[str, str]


async def stirred(conn: Connection) -> Stirred:
    """The chats of the newest turns and messages. It reads these alone, however many chats there are.

    Args:
        conn: An open connection.
    """
    results = await conn.batch(
        *(
            Statement(sql, {"most": RECENT})
            for sql in (
                "SELECT user_id, CONCAT(id, turn_status) FROM chat_logs ORDER BY id DESC LIMIT %(most)s",
                "SELECT psid, CONCAT(id, status) FROM outbox ORDER BY id DESC LIMIT %(most)s",
            )
        )
    )
    of: dict[str, str] = {}
    for result in results:
        for psid, what in result.rows:
            of[str(psid)] = " ".join((of.get(str(psid), ""), str(what)))
    return Stirred(of)

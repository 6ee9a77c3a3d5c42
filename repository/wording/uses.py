"""How often canned replies were used: noted beside each other, and added up a little later.

Two shoppers who ask the same at once would otherwise wait for one another's commit, and on two nodes of a cluster one
of both turns would have to be taken again.
"""

from collections import Counter

from repository.database.connection import Connection, Statement
from repository.database.scalars import number

_AT_ONCE = 1000  # notes that are added up in one transaction


def noted(reply_id: int) -> Statement:
    """What notes that a reply was used; it is committed with the turn that used it, or not at all.

    Args:
        reply_id: `chatbot_replies.id`.
    """
    return Statement("INSERT INTO canned_uses (reply_id) VALUES (%(id)s)", {"id": reply_id}, "uses")


async def add_up(conn: Connection) -> int:
    """Add what was noted to `chatbot_replies.usage_count`; returns how many notes that were, at most a thousand.

    Notes that others are adding up, or have not committed yet, are left alone. Those of replies that are gone go too.

    Args:
        conn: A connection in a transaction.
    """
    notes = await conn.run(
        "SELECT id, reply_id FROM canned_uses ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED", most=_AT_ONCE
    )
    if not notes.rows:
        return 0
    used = Counter(number(row[1]) for row in notes.rows)
    await conn.batch(
        *(
            Statement(
                "UPDATE chatbot_replies SET usage_count = usage_count + %(more)s, updated_at = updated_at"
                " WHERE id = %(id)s",
                {"id": reply_id, "more": more},
            )
            for reply_id, more in sorted(used.items())
        ),
        Statement("DELETE FROM canned_uses WHERE id IN %(ids)s", {"ids": [number(row[0]) for row in notes.rows]}),
    )
    return len(notes.rows)

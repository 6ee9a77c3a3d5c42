"""What became of a broadcast: whose message was sent, whose failed, who was left out."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.database.scalars import number


class Figures(msgspec.Struct, frozen=True):
    """What became of a broadcast.

    Attributes:
        status: "draft", "sending", "stopped" or "done".
        total: Shoppers whom it was for.
        waiting: Of those, who is yet to be written to.
        handed: Whose message is on its way.
        sent: Whose message Facebook has taken.
        failed: Whose message Facebook refused.
        skipped: Who was left out: they stopped promos, or their window closed, before it was their turn.
        started_at: When it began; None before.
        ended_at: When it came to its end; None before.
    """

    status: str
    total: int
    waiting: int
    handed: int
    sent: int
    failed: int
    skipped: int
    started_at: datetime | None
    ended_at: datetime | None


async def settle(conn: Connection) -> None:
    """Note what became of messages that were handed over, and end broadcasts of which nobody waits any more.

    Args:
        conn: A connection on which each statement commits by itself.
    """
    await conn.run(
        "UPDATE broadcast_people w JOIN outbox o ON o.id = w.outbox_id"
        " SET w.status = IF(o.status = 'sent', 'sent', 'failed')"
        " WHERE w.status = 'handed' AND o.status <> 'queued'"
        " AND w.broadcast_id IN (SELECT id FROM broadcasts WHERE status <> 'draft' AND (ended_at IS NULL"
        " OR ended_at > NOW() - INTERVAL 2 DAY))"
    )
    await conn.run(
        "UPDATE broadcasts b SET b.status = 'done', b.ended_at = NOW(3) WHERE b.status = 'sending'"
        " AND NOT EXISTS (SELECT 1 FROM broadcast_people w WHERE w.broadcast_id = b.id"
        " AND w.status IN ('waiting', 'handed'))"
    )


async def statuses(conn: Connection) -> Mapping[int, str]:
    """How each broadcast stands, by its id.

    Args:
        conn: An open connection.
    """
    rows = await conn.run("SELECT id, status FROM broadcasts ORDER BY id DESC LIMIT 500")
    return {number(one): str(status) for one, status in rows.rows}


async def figures(conn: Connection, *, broadcast_id: int) -> Figures:
    """What became of a broadcast so far.

    Args:
        conn: An open connection.
        broadcast_id: `broadcasts.id`.

    Raises:
        NotFound: There is none.
    """
    found = await conn.one(
        Figures,
        """
        SELECT b.status, COUNT(w.user_id), COUNT(IF(w.status = 'waiting', 1, NULL)),
            COUNT(IF(w.status = 'handed' AND COALESCE(o.status, 'queued') = 'queued', 1, NULL)),
            COUNT(IF(w.status = 'sent' OR (w.status = 'handed' AND o.status = 'sent'), 1, NULL)),
            COUNT(IF(w.status = 'failed' OR (w.status = 'handed' AND o.status NOT IN ('queued', 'sent')), 1, NULL)),
            COUNT(IF(w.status = 'skipped', 1, NULL)), b.started_at, b.ended_at
        FROM broadcasts b LEFT JOIN broadcast_people w ON w.broadcast_id = b.id
        LEFT JOIN outbox o ON w.status = 'handed' AND o.id = w.outbox_id
        WHERE b.id = %(id)s GROUP BY b.id, b.status, b.started_at, b.ended_at
        """,
        id=broadcast_id,
    )
    if found is None:
        raise NotFound(str(broadcast_id))
    return found

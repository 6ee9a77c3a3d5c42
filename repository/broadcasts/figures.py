"""What became of broadcasts."""

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
        SELECT b.status, COUNT(w.user_id), COALESCE(SUM(w.status = 'waiting'), 0), COALESCE(SUM(w.status = 'handed'
            AND COALESCE(o.status, 'queued') = 'queued'), 0),
            COALESCE(SUM(w.status = 'sent' OR (w.status = 'handed' AND o.status = 'sent')), 0),
            COALESCE(SUM(w.status = 'failed' OR (w.status = 'handed' AND o.status NOT IN ('queued', 'sent'))), 0),
            COALESCE(SUM(w.status = 'skipped'), 0), b.started_at, b.ended_at
        FROM broadcasts b LEFT JOIN broadcast_people w ON w.broadcast_id = b.id
        LEFT JOIN outbox o ON w.status = 'handed' AND o.id = w.outbox_id
        WHERE b.id = %(id)s GROUP BY b.id, b.status, b.started_at, b.ended_at
        """,
        id=broadcast_id,
    )
    if found is None:
        raise NotFound(str(broadcast_id))
    return found

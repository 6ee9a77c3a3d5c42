"""What was sent to shoppers on a day, and what Facebook did not take."""

from datetime import date, timedelta

from repository.analytics.figures import Figure
from repository.database.connection import Connection
from repository.database.scalars import number

AT_ONCE = 5000


async def sends(conn: Connection, *, day: date) -> list[Figure]:
    """How many messages were sent on a day, and how many failed for each reason.

    Args:
        conn: A connection on which each statement stands alone.
        day: Of the shop.
    """
    begins = await _first(conn, day)
    ends = await _first(conn, day + timedelta(days=1))
    found: dict[tuple[str, str], int] = {}
    while begins < ends:
        until = min(begins + AT_ONCE, ends)
        piece = await conn.run(
            "SELECT status, IF(status = 'failed', COALESCE(error_code, ''), '') AS code, COUNT(*) FROM outbox"
            " WHERE id >= %(begins)s AND id < %(until)s AND status <> 'queued' GROUP BY status, code",
            begins=begins,
            until=until,
        )
        for status, code, count in piece.rows:
            key = (str(status), str(code))
            found[key] = found.get(key, 0) + number(count)
        begins = until
    return [Figure(status, code, count) for (status, code), count in found.items()]


async def _first(conn: Connection, day: date) -> int:
    """`outbox.id` of the first message of a day or later: ids rise with time, and no index on it slows down a turn."""
    low, high = await _ends(conn)
    while low < high:
        middle = (low + high) // 2
        (found,) = (
            await conn.run(
                "SELECT id, created_at >= %(day)s FROM outbox WHERE id >= %(middle)s ORDER BY id LIMIT 1",
                day=day,
                middle=middle,
            )
        ).rows
        if found[1]:
            high = middle
        else:
            low = number(found[0]) + 1
    return low


async def _ends(conn: Connection) -> tuple[int, int]:
    """The first id, and the one behind the last."""
    first, last = (await conn.run("SELECT COALESCE(MIN(id), 1), COALESCE(MAX(id), 0) FROM outbox")).rows[0]
    return number(first), number(last) + 1

"""The database's clock has gone back: what was queued in times to come is due as long from now as it was then."""

from typing import Final

from repository.database.connection import Connection

SECONDS: Final = 5
"""By so much a row may be younger than the clock says: sessions that begin in one second and end in the next."""
_QUEUES: Final = (
    ("order_processing_queue", "status IN ('pending', 'retry')"),
    ("notification_queue", "status = 'pending'"),
    ("merchant_notices", "status = 'pending'"),
)


async def catch_up(conn: Connection) -> int:
    """Let what waits in the queues wait no longer than it was meant to. How many rows there were.

    Whoever sets a clock back by hours, or moves a shop to a server whose clock is behind, would otherwise leave orders
    unconfirmed and notices unsaid for as many hours.

    Args:
        conn: In a transaction, or on which each statement commits by itself; it may have to be done again.
    """
    rows = 0
    for table, waits in _QUEUES:
        done = await conn.run(
            f"UPDATE {table} SET"
            " scheduled_at = NOW() + INTERVAL GREATEST(0, TIMESTAMPDIFF(SECOND, created_at, scheduled_at)) SECOND,"
            f" created_at = NOW() WHERE {waits} AND scheduled_at > NOW()"
            " AND created_at > NOW() + INTERVAL %(seconds)s SECOND",
            seconds=SECONDS,
        )
        rows += done.rowcount
    return rows

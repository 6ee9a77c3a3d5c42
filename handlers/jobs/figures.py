"""Keeps the figures of the shop up to date, a day at a time, beside the other background work."""

from repository.analytics.gathering.gathering import gather_next
from repository.database.connection import Database
from repository.work import schedule

LEASE_MINUTES = 2
"""How long a process has for one day, before another one takes it for dead."""


async def gather_due(database: Database) -> int:
    """Gather everything that is due, unless another process does. How many days' figures there were.

    Args:
        database: The shop's.

    Raises:
        DatabaseError: The database cannot be asked; what is not gathered yet stays due.
    """
    gathered = 0
    while True:
        async with database.connection() as conn:
            if not await schedule.take(conn, job=schedule.FIGURES, minutes=LEASE_MINUTES):
                return gathered
        try:
            is_more = await gather_next(database) is not None
        finally:
            async with database.connection() as conn:
                await schedule.free(conn, job=schedule.FIGURES)
        if not is_more:
            return gathered
        gathered += 1

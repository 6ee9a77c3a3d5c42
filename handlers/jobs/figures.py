"""Keeps the figures of the shop up to date, a day at a time, beside the other background work."""

import asyncio

from bot.base import logs
from repository.analytics.gathering.gathering import gather_next
from repository.database.connection import Database
from repository.database.errors import DatabaseError
from repository.work import schedule

_log = logs.get("jobs")
LOOK_EVERY = 15.0
"""Seconds between two looks for what has changed."""
LEASE_MINUTES = 2
"""How long a process has for one day, before another one takes it for dead."""


class FigureKeeper:
    """Gathers what is due. Where several processes do, one of them at a time does the work.

    Args:
        database: The shop's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self) -> None:
        """Gather what is due, again and again, until it is cancelled."""
        while True:
            try:
                await self.gather()
            except DatabaseError as error:
                _log.warning("figures put off", error=type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)

    async def gather(self) -> int:
        """Gather everything that is due, unless another process does. How many days' figures there were.

        Raises:
            DatabaseError: The database cannot be asked; what is not gathered yet stays due.
        """
        gathered = 0
        while True:
            async with self._database.connection() as conn:
                if not await schedule.take(conn, job=schedule.FIGURES, minutes=LEASE_MINUTES):
                    return gathered
            try:
                is_more = await gather_next(self._database) is not None
            finally:
                async with self._database.connection() as conn:
                    await schedule.free(conn, job=schedule.FIGURES)
            if not is_more:
                return gathered
            gathered += 1

"""Keeps the table that products are searched in up to date with the catalogue, some of it at a time."""

from bot.base import clock
from repository.catalogue.search_index import index_due, newest_read
from repository.database.connection import Database

READ_AT_ONCE = 250
"""Products that are read before the queues are looked at again."""


class CatalogueReader:
    """Reads what is new in the catalogue, and now and then all of it for what has changed.

    Args:
        database: The shop's database.
        read_every: Seconds between two looks at the whole catalogue; new products are read at each call.
    """

    def __init__(self, database: Database, *, read_every: float) -> None:
        self._database = database
        self._read_every = read_every
        self._read_at = -read_every
        self._read_to: int | None = None

    @property
    def is_reading(self) -> bool:
        """Whether it stopped in the middle, so that it should be called again at once."""
        return self._read_to is not None

    async def read(self) -> None:
        """Read some of it."""
        start = self._read_to
        if start is None:
            if clock.monotonic() - self._read_at >= self._read_every:
                self._read_at, start = clock.monotonic(), 0
            else:
                async with self._database.connection() as conn:
                    start = await newest_read(conn)
        _, self._read_to = await index_due(self._database, after=start, most=READ_AT_ONCE)

"""Leaves nothing of thousands of rows, which whoever comes next would have to wait for."""

from repository.database.connection import Database, Statement
from tests.conftest import empty

_MANY = 500
"""Rows of a table, by the server's guess, from which on it is made anew rather than emptied row by row."""


async def clear(database: Database) -> None:
    """Empty the database, large tables at once.

    Args:
        database: Of an account that may make tables anew.
    """
    async with database.connection() as conn:
        found = await conn.run(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
            " AND table_type = 'BASE TABLE' AND table_rows >= %(many)s AND table_name <> %(counted)s",
            many=_MANY,
            counted="search_changes",  # whose numbers go on
        )
        large = sorted(str(row[0]) for row in found.rows)
        await conn.batch(
            Statement("SET FOREIGN_KEY_CHECKS = 0"),
            *(Statement(f"TRUNCATE TABLE {table}") for table in large),
            Statement("SET FOREIGN_KEY_CHECKS = 1"),
        )
    await empty(database)

"""Whether two databases are the same, row by row and object by object."""

import msgspec

from repository.schema.base.session import Row, Session, name, server_of
from repository.schema.check.describe import describe
from repository.schema.check.facts import Facts

Rows = dict[str, tuple[Row, ...]]


async def rows_of(session: Session, database: str) -> Rows:
    """Every row of every table, in the order of the primary key; the lock on the schema is nobody's data."""
    found: Rows = {}
    for (table,) in await session.all(
        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = %(db)s AND TABLE_TYPE = 'BASE TABLE'",
        db=database,
    ):
        rows = await session.all(f"SELECT * FROM {name(database)}.{name(str(table))}")
        found[str(table)] = tuple(sorted(rows, key=repr))
    return found


async def objects_of(session: Session, database: str) -> Facts:
    """Every object, the events as if they were all on."""
    facts = await describe(session, database, await server_of(session))
    return msgspec.structs.replace(
        facts,
        events={
            event: msgspec.structs.replace(described, status="ENABLED") for event, described in facts.events.items()
        },
    )


async def counters_of(session: Session, database: str) -> dict[str, object]:
    """The next number that each table gives."""
    counters: dict[str, object] = {}
    for (table,) in await session.all(
        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = %(db)s AND TABLE_TYPE = 'BASE TABLE'",
        db=database,
    ):
        made = str((await session.all(f"SHOW CREATE TABLE {name(database)}.{name(str(table))}"))[0][1])
        counters[str(table)] = made.partition("AUTO_INCREMENT=")[2].partition(" ")[0]
    return counters

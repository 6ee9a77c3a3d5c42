"""Whether two databases are the same, row by row and object by object."""

import re

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


async def assert_equal(sql: Session, one: str, other: str) -> None:
    """Fail where the two databases differ in a row, a counter or an object."""
    assert await rows_of(sql, one) == await rows_of(sql, other)
    assert await counters_of(sql, one) == await counters_of(sql, other)
    assert await objects_of(sql, one) == await objects_of(sql, other)


_OWNER = re.compile(r"""DEFINER=[`"][^`"]*[`"]@[`"][^`"]*[`"] """)


async def everything_of(sql: Session, database: str) -> dict[str, object]:
    """Every object as the server itself writes it, owners left out, and every row and what the rows were before."""
    await sql.run(f"USE {name(database)}")
    seen: dict[str, object] = {}
    for known, kind in await sql.all(
        "SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
    ):
        table = name(str(known))
        written = _OWNER.sub("", str((await sql.all(f"SHOW CREATE TABLE {table}"))[0][1]))
        # MySQL names the character set again where it was named.
        seen[f"{kind} {table}"] = written.replace(" CHARACTER SET utf8mb4 COLLATE", " COLLATE")
        ever = " FOR SYSTEM_TIME ALL" if kind == "SYSTEM VERSIONED" else ""
        seen[f"rows of {table}"] = sorted(map(repr, await sql.all(f"SELECT {table}.* FROM {table}{ever}")))
    for kind, listed in (
        ("TRIGGER", "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"),
        ("EVENT", "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()"),
    ):
        for (known,) in await sql.all(listed):
            seen[f"{kind} {known}"] = await _program(sql, kind, str(known))
    for known, kind in await sql.all(
        "SELECT ROUTINE_NAME, ROUTINE_TYPE FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()"
    ):
        seen[f"{kind} {known}"] = await _program(sql, str(kind), str(known))
    seen["order of triggers"] = await sql.all(
        "SELECT TRIGGER_NAME, ACTION_ORDER FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"
        " ORDER BY TRIGGER_NAME"
    )
    return seen


async def _program(sql: Session, kind: str, known: str) -> list[str]:
    row = (await sql.all(f"SHOW CREATE {kind} {name(known)}"))[0]
    # The last column of a trigger is when it was made.
    return [_OWNER.sub("", str(value)) for value in row[1 : 6 if kind == "TRIGGER" else None]]

"""Writes a whole database as SQL text, rows as one moment saw them, and nothing that ties it to an account or a name.

The server itself turns rows into literals, so every value comes back as it was, bytes too. Rows are read in pieces in
the order of the primary key, inside one snapshot.
"""

import re
from collections.abc import AsyncIterator

import msgspec

from repository.database.errors import DatabaseError
from repository.schema.base.account import sight_of
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import Progress, Session, Step, name, text

FIRST = "-- QuickSell backup, format 1"
LAST = "-- end of backup"
_PIECE = 4 << 20
_STATEMENT = 512 << 10
_BYTES = {"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"}
_NUMBERS = {"tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year"}
_DEFINER = re.compile(
    r"\s*\bDEFINER\s*=\s*(?:`(?:[^`]|``)*`|'(?:[^']|'')*'|[^\s`'@]+)\s*@\s*(?:`(?:[^`]|``)*`|'(?:[^']|'')*'|[^\s`'*]+)",
    re.IGNORECASE,
)
_DELIMITERS = ("$$", "//", "~~~~", "$QUICKSELL$", "//QUICKSELL//")


class Counted(msgspec.Struct):
    """What has been written so far."""

    tables: int = 0
    rows: int = 0
    objects: int = 0


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    rows: int
    columns: tuple[str, ...]
    literals: tuple[str, ...]
    key: tuple[int, ...]
    piece: int


def without_definer(statement: str) -> str:
    """A CREATE statement that makes whoever runs it the owner."""
    head = _DEFINER.sub(" ", statement[:1_000], count=1)
    return head.replace("  ", " ", 1) + statement[1_000:]


async def dump(
    session: Session, database: str, *, rows: bool, counted: Counted, progress: Progress
) -> AsyncIterator[str]:
    """The pieces of a backup, in order.

    Args:
        session: A session of its own; a transaction is begun and ended on it.
        database: Which database; it becomes the session's.
        rows: Whether the rows of the tables are wanted too.
        counted: Filled in on the way.
        progress: Told about rows.

    Raises:
        SchemaError: The account may not see everything: a backup with holes is none.
        DatabaseError: A table was altered meanwhile, or the connection broke.
    """
    await session.run(f"USE {name(database)}")
    await _may_see_all(session, database)
    await session.run("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    await session.run("START TRANSACTION WITH CONSISTENT SNAPSHOT")
    tables = await _tables(session)
    total = sum(table.rows for table in tables)
    yield await _head(session, database)
    for table in tables:
        created = (await session.all(f"SHOW CREATE TABLE {name(table.name)}"))[0][1]
        yield f"\nDROP TABLE IF EXISTS {name(table.name)};\n{created};\n"
        counted.tables += 1
        if rows:
            async for piece in _rows(session, table, counted, total, progress):
                yield piece
    for piece in [
        *await _views(session),
        *await _routines(session),
        *await _triggers(session),
        *await _events(session),
    ]:
        counted.objects += 1
        yield piece
    await session.run("COMMIT")
    yield f"\n{LAST}: {counted.tables} tables, {counted.rows} rows, {counted.objects} objects\n"


async def _may_see_all(session: Session, database: str) -> None:
    sight = await sight_of(session, database)
    if not (sight.triggers and sight.events):
        raise SchemaError(
            "This account does not see the triggers and events, so the backup would lack them.",
            "Set DB_ADMIN_USER to an account with SELECT, SHOW VIEW, TRIGGER and EVENT that may see the procedures.",
        )


async def _head(session: Session, database: str) -> str:
    version, zone, moment = (await session.all("SELECT VERSION(), @@SESSION.time_zone, NOW()"))[0]
    charset, collation = (
        await session.all(
            "SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA"
            " WHERE SCHEMA_NAME = %(name)s",
            name=database,
        )
    )[0]
    return (
        f"{FIRST}\n-- of the database {database} on {version}, taken at {moment} {zone}\n"
        f"-- options: CHARACTER SET {charset} COLLATE {collation}\n"
        "-- Load it with `./quicksell db restore FILE`, or into an empty database with `mariadb DATABASE < FILE`.\n\n"
        f"SET NAMES utf8mb4;\nSET SESSION time_zone = {text(str(zone))};\n"
        "SET SESSION foreign_key_checks = 0;\nSET SESSION unique_checks = 0;\n"
        "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,STRICT_TRANS_TABLES';\n"
    )


async def _tables(session: Session) -> list[_Table]:
    columns: dict[str, list[tuple[str, str]]] = {}
    keys: dict[str, list[str]] = {}
    for table, column, kind in await session.all(
        "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()"
        " AND COALESCE(GENERATION_EXPRESSION, '') = '' ORDER BY TABLE_NAME, ORDINAL_POSITION"
    ):
        columns.setdefault(str(table), []).append((str(column), str(kind).lower()))
    for table, column in await session.all(
        "SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()"
        " AND INDEX_NAME = 'PRIMARY' ORDER BY TABLE_NAME, SEQ_IN_INDEX"
    ):
        keys.setdefault(str(table), []).append(str(column))
    found: list[_Table] = []
    for table, rows, length in await session.all(
        "SELECT TABLE_NAME, COALESCE(TABLE_ROWS, 0), COALESCE(AVG_ROW_LENGTH, 0) FROM information_schema.TABLES"
        " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME"
    ):
        of_table = columns[str(table)]
        named = [column for column, _ in of_table]
        found.append(
            _Table(
                name=str(table),
                rows=int(str(rows)),
                columns=tuple(named),
                literals=tuple(_literal(column, kind) for column, kind in of_table),
                key=tuple(named.index(column) for column in keys.get(str(table), ())),
                piece=max(20, min(5_000, _PIECE // max(1, int(str(length))))),
            )
        )
    return found


def _literal(column: str, kind: str) -> str:
    """An SQL expression whose value is the column's value as a literal."""
    column = name(column)
    if kind in _BYTES:
        return f"IF({column} IS NULL, 'NULL', CONCAT('X''', HEX({column}), ''''))"
    if kind == "bit":
        return f"IFNULL(CAST({column} + 0 AS CHAR), 'NULL')"
    if kind in _NUMBERS:
        return f"IFNULL(CAST({column} AS CHAR), 'NULL')"
    if kind in ("float", "double"):
        return f"IFNULL(CAST(CAST({column} AS DOUBLE) AS CHAR), 'NULL')"
    # The plain client ends a line at a carriage return also inside quotes.
    return f"REPLACE(REPLACE(QUOTE(CONVERT({column} USING utf8mb4)), '\\n', '\\\\n'), '\\r', '\\\\r')"


async def _rows(
    session: Session, table: _Table, counted: Counted, total: int, progress: Progress
) -> AsyncIterator[str]:
    keys = [name(table.columns[index]) for index in table.key]
    # CONCAT_WS skips what is NULL, and nothing is: each literal is a text.
    literal = f"CONCAT('(', CONCAT_WS(',', {', '.join(table.literals)}), ')')"
    wanted = ", ".join([literal, *(table.literals[index] for index in table.key)])
    into = f"INSERT INTO {name(table.name)} ({', '.join(map(name, table.columns))}) VALUES\n"
    ending = f" ORDER BY {', '.join(keys)} LIMIT {table.piece}" if keys else ""
    after = ""
    while True:
        query = f"SELECT {wanted} FROM {name(table.name)}{after}{ending}"
        found = await session.all(query)
        if any(row[0] is None for row in found):
            raise SchemaError(
                f"A row of {table.name} is longer than max_allowed_packet.", "Raise max_allowed_packet and try again."
            )
        values = [str(row[0]) for row in found]
        for statement in _statements(values):
            yield f"{into}{statement};\n"
        counted.rows += len(values)
        progress(Step(what=table.name, done=counted.rows, total=max(total, counted.rows)))
        if not keys or len(found) < table.piece:
            return
        after = f" WHERE {_beyond(keys, [str(value) for value in found[-1][1:]])}"


def _statements(values: list[str]) -> list[str]:
    """Rows in statements of half a megabyte."""
    statements: list[str] = []
    begin, size = 0, 0
    for index, value in enumerate(values):
        size += len(value)
        if size > _STATEMENT:
            statements.append(",\n".join(values[begin : index + 1]))
            begin, size = index + 1, 0
    if begin < len(values):
        statements.append(",\n".join(values[begin:]))
    return statements


def _beyond(keys: list[str], last: list[str]) -> str:
    """The condition for rows after the last one read, spelled out so that both families use the index."""
    alternatives = []
    for index, key in enumerate(keys):
        same = [f"{before} = {value}" for before, value in zip(keys[:index], last[:index], strict=True)]
        alternatives.append("(" + " AND ".join([*same, f"{key} > {last[index]}"]) + ")")
    return f"{keys[0]} >= {last[0]} AND ({' OR '.join(alternatives)})"


async def _views(session: Session) -> list[str]:
    """The views, each after those that it reads."""
    waiting: dict[str, str] = {}
    for (view,) in await session.all(
        "SELECT TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME"
    ):
        try:
            waiting[str(view)] = str((await session.all(f"SHOW CREATE VIEW {name(str(view))}"))[0][1])
        except DatabaseError as error:
            raise SchemaError(
                f"This account may not see the text of the view {view}: {error}", "Grant it SHOW VIEW, or use another."
            ) from error
    pieces: list[str] = []
    while waiting:
        ready = [
            view
            for view, created in waiting.items()
            if not any(name(other) in created for other in waiting if other != view)
        ] or list(waiting)
        for view in ready:
            created = without_definer(waiting.pop(view))
            pieces.append(f"\nDROP VIEW IF EXISTS {name(view)};\n{created};\n")
    return pieces


async def _routines(session: Session) -> list[str]:
    pieces: list[str] = []
    for routine, kind in await session.all(
        "SELECT ROUTINE_NAME, ROUTINE_TYPE FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()"
        " AND ROUTINE_TYPE IN ('PROCEDURE', 'FUNCTION') ORDER BY ROUTINE_NAME"
    ):
        _, mode, created, _, collation, *_ = (await session.all(f"SHOW CREATE {kind} {name(str(routine))}"))[0]
        if created is None:
            raise SchemaError(
                f"This account may not see the text of the {str(kind).lower()} {routine}.",
                "Use an account that may see it: one with SELECT on everything, or the one that made it.",
            )
        pieces.append(_object(str(kind), str(routine), str(created), mode=str(mode), collation=str(collation)))
    return pieces


async def _triggers(session: Session) -> list[str]:
    pieces: list[str] = []
    for (trigger,) in await session.all(
        "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"
        " ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER"
    ):
        _, mode, created, _, collation, *_ = (await session.all(f"SHOW CREATE TRIGGER {name(str(trigger))}"))[0]
        pieces.append(_object("TRIGGER", str(trigger), str(created), mode=str(mode), collation=str(collation)))
    return pieces


async def _events(session: Session) -> list[str]:
    pieces: list[str] = []
    for (event,) in await session.all(
        "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE() ORDER BY EVENT_NAME"
    ):
        _, mode, zone, created, _, collation, *_ = (await session.all(f"SHOW CREATE EVENT {name(str(event))}"))[0]
        pieces.append(
            _object("EVENT", str(event), str(created), mode=str(mode), collation=str(collation), zone=str(zone))
        )
    return pieces


def _object(kind: str, known: str, created: str, *, mode: str, collation: str, zone: str = "") -> str:
    """One stored program, in the setting in which it was made."""
    created = without_definer(created)
    delimiter = next(mark for mark in _DELIMITERS if mark not in created)
    setting = f"sql_mode = {text(mode)}, collation_connection = {text(collation)}"
    setting += f", time_zone = {text(zone)}" if zone else ""
    return (
        f"\nSET SESSION {setting};\nDROP {kind} IF EXISTS {name(known)};\n"
        f"DELIMITER {delimiter}\n{created}{delimiter}\nDELIMITER ;\n"
    )

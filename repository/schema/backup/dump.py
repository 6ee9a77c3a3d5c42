"""Writes a whole MySQL database as SQL text, rows as one moment saw them: there `mariadb-dump` does not restore whole.

The server itself turns rows into literals, so every value comes back as it was, bytes too. Rows are read in pieces in
the order of the primary key, inside one snapshot.
"""

from collections.abc import AsyncGenerator, AsyncIterator

import msgspec

from repository.database.errors import DatabaseError
from repository.schema.backup.dumped import Counted
from repository.schema.backup.scripted import scripted, without_definer
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import Progress, Session, Step, literal, name
from repository.schema.base.statements import Item, Kind

_PIECE = 4 << 20
_STATEMENT = 512 << 10
_SETTINGS = (
    "SET SESSION foreign_key_checks = 0;\nSET SESSION unique_checks = 0;\n"
    "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,STRICT_TRANS_TABLES';\n"
)
_BYTES = {"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector"}
_BYTES |= {"geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon"}
_BYTES |= {"geomcollection", "geometrycollection"}
_NUMBERS = {"tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year", "double"}


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    columns: tuple[str, ...]
    literals: tuple[str, ...]
    key: tuple[int, ...]
    piece: int


async def dump(
    session: Session, total: int, *, rows: bool, counted: Counted, progress: Progress
) -> AsyncGenerator[bytes, None]:
    """The pieces of a backup, in order.

    Args:
        session: A session of its own in the database; a transaction is begun and ended on it.
        total: About how many rows there are.
        rows: Whether the rows of the tables are wanted too.
        counted: Filled in on the way.
        progress: Told about rows.

    Raises:
        SchemaError: The account may not see everything: a backup with holes is none.
        DatabaseError: A table was altered meanwhile, or the connection broke.
    """
    await session.run("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    await session.run("START TRANSACTION WITH CONSISTENT SNAPSHOT")
    zone = await session.value("SELECT @@SESSION.time_zone")
    yield f"SET NAMES utf8mb4;\nSET SESSION time_zone = {literal(str(zone))};\n{_SETTINGS}".encode()
    for table in await _tables(session):
        created = (await session.all(f"SHOW CREATE TABLE {name(table.name)}"))[0][1]
        yield f"\nDROP TABLE IF EXISTS {name(table.name)};\n{created};\n".encode()
        counted.items.add(Item(kind="table", name=table.name))
        if rows:
            async for piece in _rows(session, table, counted, total, progress):
                yield piece.encode()
    for made, piece in [
        *await _views(session),
        *await _routines(session),
        *await _triggers(session),
        *await _events(session),
    ]:
        counted.items.add(made)
        yield piece.encode()
    await session.run("COMMIT")
    counted.is_whole = True


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
    tables: list[_Table] = []
    for table, length in await session.all(
        "SELECT TABLE_NAME, COALESCE(AVG_ROW_LENGTH, 0) FROM information_schema.TABLES"
        " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME"
    ):
        of_table = columns[str(table)]
        named = [column for column, _ in of_table]
        tables.append(
            _Table(
                name=str(table),
                columns=tuple(named),
                literals=tuple(_literal(column, kind) for column, kind in of_table),
                key=tuple(named.index(column) for column in keys.get(str(table), ())),
                piece=max(20, min(5_000, _PIECE // max(1, int(str(length))))),
            )
        )
    return tables


def _literal(column: str, kind: str) -> str:
    """An SQL expression whose value is the column's value as a literal."""
    column = name(column)
    if kind in _BYTES:
        return f"IF({column} IS NULL, 'NULL', CONCAT('X''', HEX({column}), ''''))"
    if kind == "bit":
        return f"IFNULL(CAST({column} + 0 AS CHAR), 'NULL')"
    if kind in _NUMBERS:
        return f"IFNULL(CAST({column} AS CHAR), 'NULL')"
    if kind == "float":  # six digits of it would come by itself
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
        rows = await session.all(query)
        if any(row[0] is None for row in rows):
            raise SchemaError(
                f"A row of {table.name} is longer than max_allowed_packet.", "Raise max_allowed_packet and try again."
            )
        values = [str(row[0]) for row in rows]
        for statement in _statements(values):
            yield f"{into}{statement};\n"
        counted.rows += len(values)
        progress(Step(what=table.name, done=counted.rows, total=max(total, counted.rows)))
        if not keys or len(rows) < table.piece:
            return
        after = f" WHERE {_beyond(keys, [str(value) for value in rows[-1][1:]])}"


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


async def _views(session: Session) -> list[tuple[Item, str]]:
    """The views, each after those that it reads."""
    waiting: dict[str, str] = {}
    for (view,) in await session.all(
        "SELECT TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME"
    ):
        try:
            waiting[str(view)] = str((await session.all(f"SHOW CREATE VIEW {name(str(view))}"))[0][1])
            await session.all(f"SHOW COLUMNS FROM {name(str(view))}")  # of what is gone, it could not be made again
        except DatabaseError as error:
            raise SchemaError(
                f"The view {view} cannot be backed up: {error}", "Mend it or drop it, or grant the account SHOW VIEW."
            ) from error
    pieces: list[tuple[Item, str]] = []
    while waiting:
        ready = [
            view
            for view, created in waiting.items()
            if not any(name(other) in created for other in waiting if other != view)
        ] or list(waiting)
        for view in ready:
            created = without_definer(waiting.pop(view))
            made = Item(kind="view", name=view)
            pieces.append((made, f"\nDROP VIEW IF EXISTS {name(view)};\n{scripted(str(made), created)}"))
    return pieces


async def _routines(session: Session) -> list[tuple[Item, str]]:
    pieces: list[tuple[Item, str]] = []
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
        known: Kind = "procedure" if kind == "PROCEDURE" else "function"
        pieces.append(_object(known, str(routine), str(created), mode=str(mode), collation=str(collation)))
    return pieces


async def _triggers(session: Session) -> list[tuple[Item, str]]:
    pieces: list[tuple[Item, str]] = []
    for (trigger,) in await session.all(
        "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"
        " ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER"
    ):
        _, mode, created, _, collation, *_ = (await session.all(f"SHOW CREATE TRIGGER {name(str(trigger))}"))[0]
        pieces.append(_object("trigger", str(trigger), str(created), mode=str(mode), collation=str(collation)))
    return pieces


async def _events(session: Session) -> list[tuple[Item, str]]:
    pieces: list[tuple[Item, str]] = []
    for (event,) in await session.all(
        "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE() ORDER BY EVENT_NAME"
    ):
        _, mode, zone, created, _, collation, *_ = (await session.all(f"SHOW CREATE EVENT {name(str(event))}"))[0]
        pieces.append(
            _object("event", str(event), str(created), mode=str(mode), collation=str(collation), zone=str(zone))
        )
    return pieces


def _object(kind: Kind, known: str, created: str, *, mode: str, collation: str, zone: str = "") -> tuple[Item, str]:
    """One stored program, in the setting in which it was made."""
    made = Item(kind=kind, name=known)
    setting = f"sql_mode = {literal(mode)}, collation_connection = {literal(collation)}"
    setting += f", time_zone = {literal(zone)}" if zone else ""
    script = scripted(str(made), without_definer(created))
    return made, f"\nSET SESSION {setting};\nDROP {kind.upper()} IF EXISTS {name(known)};\n{script}"

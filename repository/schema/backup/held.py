"""What a database holds; what of it would not survive a backup is refused by name before anything is written."""

import msgspec

from repository.schema.base.account import sight_of
from repository.schema.base.errors import SchemaError
from repository.schema.base.loader import LISTED
from repository.schema.base.session import Session, name
from repository.schema.base.statements import Item, Server

_WITH_HISTORY = (10, 11)  # the first MariaDB that takes a table's history back


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What a database holds.

    Attributes:
        items: Its tables, sequences, views and stored programs.
        rows: About how many rows.
        has_history: Whether a table keeps what its rows were.
        vectors: The columns of the type VECTOR, such as `shelves.likeness`.
    """

    items: frozenset[Item]
    rows: int
    has_history: bool
    vectors: tuple[str, ...]


async def held(session: Session, database: str, server: Server) -> Held:
    """What a database holds.

    Args:
        session: Of an account that may see everything, in the database.
        database: Which database.
        server: What it runs on.

    Raises:
        SchemaError: The account does not see everything, or something would not survive a backup.
    """
    await _may_see_all(session, database)
    await _keeps_a_moment(session)
    if server.family == "MariaDB":
        await _survives_the_tool(session)
    listed = await session.all(LISTED)
    try:
        items = frozenset(msgspec.convert({"kind": kind, "name": known}, Item) for kind, known in listed)
    except msgspec.ValidationError as error:
        kinds = sorted({str(kind) for kind, _ in listed})
        raise SchemaError(
            f"The database holds something that no backup of this program knows: {', '.join(kinds)}", "Drop it first."
        ) from error
    history = await _names(session, "SELECT TABLE_NAME FROM {tables} AND TABLE_TYPE = 'SYSTEM VERSIONED'")
    if history and server.version[:2] < _WITH_HISTORY:
        raise SchemaError(
            f"The history of {', '.join(history)} cannot be restored on MariaDB older than 10.11.",
            f"Bring the server up to date, or run: ALTER TABLE {name(history[0])} DROP SYSTEM VERSIONING",
        )
    return Held(
        items=items,
        rows=int(str(await session.value("SELECT COALESCE(SUM(TABLE_ROWS), 0) FROM " + _TABLES))),
        has_history=bool(history),
        vectors=tuple(await _names(session, "SELECT CONCAT_WS('.', TABLE_NAME, COLUMN_NAME) FROM {columns} 'vector'")),
    )


_MISREAD = " UNION ALL ".join(
    f"SELECT {kind}, {kept}_NAME FROM information_schema.{kept}S WHERE {kept}_SCHEMA = DATABASE()"
    f" AND FIND_IN_SET('NO_BACKSLASH_ESCAPES', SQL_MODE) AND LOCATE(CHAR(92), {text})"
    for kind, kept, text in (
        ("LOWER(ROUTINE_TYPE)", "ROUTINE", "ROUTINE_DEFINITION"),
        ("'trigger'", "TRIGGER", "ACTION_STATEMENT"),
        ("'event'", "EVENT", "EVENT_DEFINITION"),
    )
)
_TABLES = "information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
_COLUMNS = (
    "information_schema.COLUMNS JOIN information_schema.TABLES USING (TABLE_SCHEMA, TABLE_NAME)"
    " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE NOT LIKE '%%VIEW%%' AND DATA_TYPE ="
)


async def _names(session: Session, sql: str) -> list[str]:
    rows = await session.all(sql.format(tables=_TABLES, columns=_COLUMNS))
    return sorted(str(row[0]) for row in rows)


async def _may_see_all(session: Session, database: str) -> None:
    sight = await sight_of(session, database)
    if not (sight.triggers and sight.events):
        raise SchemaError(
            "This account does not see the triggers and events, so the backup would lack them.",
            "Set DB_ADMIN_USER to an account with SELECT, SHOW VIEW, TRIGGER and EVENT that may see the procedures.",
        )


async def _keeps_a_moment(session: Session) -> None:
    """Tables of engines without transactions change while they are read, and some keep their rows elsewhere."""
    for table, engine in await session.all(
        "SELECT TABLE_NAME, ENGINE FROM information_schema.TABLES LEFT JOIN information_schema.ENGINES USING (ENGINE)"
        " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')"
        " AND COALESCE(TRANSACTIONS, 'NO') <> 'YES' ORDER BY TABLE_NAME"
    ):
        raise SchemaError(
            f"The table {table} is {engine or 'broken'}, of which no backup shows one moment.",
            f"Run: ALTER TABLE {name(str(table))} ENGINE=InnoDB" if engine else "Mend it or drop it first.",
        )


async def _survives_the_tool(session: Session) -> None:
    """What `mariadb-dump` writes otherwise than it is."""
    for column in await _names(session, "SELECT CONCAT_WS('.', TABLE_NAME, COLUMN_NAME) FROM {columns} 'float'"):
        raise SchemaError(
            f"The column {column} is a FLOAT, of which mariadb-dump keeps six digits.",
            "Make it a DOUBLE, which loses nothing, or a DECIMAL.",
        )
    for kind, known in await session.all(_MISREAD):
        raise SchemaError(
            f"The {kind} {known} was made under NO_BACKSLASH_ESCAPES and holds a backslash, which clients misread.",
            "Make it again under the usual sql_mode.",
        )

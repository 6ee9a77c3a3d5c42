"""A database as it was: what was kept once is put back after each use, and only the rows that changed."""

import msgspec

from repository.database.connection import Connection, Statement

_FILLED_FIRST = ("product_variants", "products", "orders")
"""Their triggers write into other tables, which are put back after them."""
_STAY = {"schema_ledger", "shop_versions", "search_changes", "processes"}


class Kept(msgspec.Struct):
    """What was kept.

    Attributes:
        name: The database whose rows were kept.
        copies: The columns that can be written, by table; a table without rows is left out.
        keys: The columns of each of these tables' primary key.
        counted: How many rows had changed in each table when everything was as kept. Counted on and never set to zero:
            others on this server count by the same numbers.
    """

    name: str
    copies: dict[str, list[str]]
    keys: dict[str, list[str]]
    counted: dict[str, int]


class _Column(msgspec.Struct, frozen=True):
    table: str
    column: str
    is_key: bool


async def keep(conn: Connection) -> Kept:
    """Keep every row of this database, in a database beside it.

    Args:
        conn: An open connection of an account that may create databases.
    """
    name = str(await conn.value("SELECT DATABASE()"))
    await conn.run("SET GLOBAL userstat = 1")
    await conn.run(f"CREATE OR REPLACE DATABASE {name}_kept")
    columns: dict[str, list[str]] = {}
    keys: dict[str, list[str]] = {}
    for row in await conn.all(
        _Column,
        "SELECT c.table_name, c.column_name, c.column_key = 'PRI' FROM information_schema.columns c"
        " JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name"
        " WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'"
        " ORDER BY c.table_name, c.ordinal_position",
    ):
        columns.setdefault(row.table, []).append(f"`{row.column}`")
        if row.is_key:
            keys.setdefault(row.table, []).append(f"`{row.column}`")
    copies: dict[str, list[str]] = {}
    for table, names in columns.items():
        if table in _STAY or await conn.value(f"SELECT 1 FROM {table} LIMIT 1") is None:
            continue
        key = f"(PRIMARY KEY ({', '.join(keys[table])})) " if table in keys else ""
        await conn.run(f"CREATE TABLE {name}_kept.{table} {key}AS SELECT {', '.join(names)} FROM {table}")
        copies[table] = names
    return Kept(name, copies, keys, await _counted(conn, name))


async def put_back(conn: Connection, kept: Kept) -> int:
    """Put back every row that changed since `keep` or the last call.

    Whatever keeps rows of this database in memory by their version reads them anew.

    Args:
        conn: An open connection of the account that kept them; nobody else may be writing.
        kept: What was kept.

    Returns:
        How many tables had changed.
    """
    changed = await _changed(conn, kept)
    if "shop_versions" in changed:
        await conn.run("UPDATE shop_versions SET rules = rules + 1, words = words + 1")
    first = [table for table in _FILLED_FIRST if table in changed]
    await _fill(conn, kept, first)
    changed |= await _changed(conn, kept)
    await _fill(conn, kept, sorted(changed - set(first) - _STAY))
    kept.counted = await _counted(conn, kept.name)
    return len(changed)


async def _changed(conn: Connection, kept: Kept) -> set[str]:
    now = await _counted(conn, kept.name)
    return {table for table, rows in now.items() if rows != kept.counted.get(table, 0)}


async def _counted(conn: Connection, name: str) -> dict[str, int]:
    found = await conn.run(
        "SELECT table_name, CAST(rows_changed AS SIGNED) FROM information_schema.table_statistics"
        " WHERE table_schema = %(name)s",
        name=name,
    )
    return {str(table): int(str(rows)) for table, rows in found.rows}


async def _fill(conn: Connection, kept: Kept, tables: list[str]) -> None:
    if not tables:
        return
    statements = [Statement("SET FOREIGN_KEY_CHECKS = 0")]
    for table in tables:
        statements += [Statement(each) for each in _put_back(kept, table)]
    await conn.batch(*statements, Statement("SET FOREIGN_KEY_CHECKS = 1"))


def _put_back(kept: Kept, table: str) -> list[str]:
    """What puts back the rows of a table that differ; others stay, for triggers would have work with them."""
    columns, key = kept.copies.get(table), kept.keys.get(table, [])
    if columns is None:
        return [f"DELETE FROM {table}"]
    listed, source = ", ".join(columns), f"{kept.name}_kept.{table}"
    if not key:
        return [f"DELETE FROM {table}", f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {source}"]
    same = " AND ".join(f"t.{column} = k.{column}" for column in key)
    differs = " OR ".join(f"NOT (BINARY t.{column} <=> BINARY k.{column})" for column in columns if column not in key)
    old = ", ".join(f"t.{column} = k.{column}" for column in columns)
    missing = f"SELECT {listed} FROM {source} k WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE {same})"
    return [
        f"DELETE t FROM {table} t LEFT JOIN {source} k ON {same} WHERE k.{key[0]} IS NULL",
        *([f"UPDATE {table} t JOIN {source} k ON {same} SET {old} WHERE {differs}"] if differs else []),
        f"INSERT INTO {table} ({listed}) {missing}",
    ]

"""Backs up a whole database into one file: with the server's own dump tool on MariaDB, by itself on MySQL.

`mariadb-dump` writes values for generated columns, which MySQL refuses; a test holds that up.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import msgspec

from bot.base import clock
from repository.schema.backup import files
from repository.schema.backup.dump import dump
from repository.schema.backup.dumped import Counted, rewritten
from repository.schema.backup.held import Held, held
from repository.schema.backup.tool import arguments, find_tool, running
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import Connect, Progress, Session, name, quiet, server_of


class BackedUp(msgspec.Struct, frozen=True, kw_only=True):
    """What was backed up.

    Attributes:
        file: Where it is.
        tables: How many tables.
        rows: How many rows in all of them.
        objects: How many views, procedures, triggers, events and what else the server stores.
        size: Bytes of the file.
        seconds: How long it took.
    """

    file: str
    tables: int
    rows: int
    objects: int
    size: int
    seconds: float


async def backup(
    connect: Connect,
    database: str,
    file: Path,
    *,
    rows: bool = True,
    overwrite: bool = False,
    progress: Progress = quiet,
) -> BackedUp:
    """Write tables with their rows, views, procedures, triggers and events into a file, as one moment saw them.

    Nobody is kept waiting meanwhile. The file is plain SQL that belongs to no account and to no database name.

    Args:
        connect: Opens a session of an account that may see everything.
        database: Which database.
        file: Where to; `.gz` at the end of its name packs it with gzip, `.zst` with zstd.
        rows: Whether the rows are wanted, not only the structure.
        overwrite: Whether a file of that name may be replaced.
        progress: Told about rows.

    Raises:
        ToolMissing: The server is MariaDB, and there is no `mariadb-dump` here.
        SchemaError: The file exists or could not be written to its end, the account does not see everything, or the
            database holds something that would not survive.
        DatabaseError: The connection broke, or a table was altered meanwhile.
        OSError: The file cannot be made.
    """
    if files.size_of(file) >= 0 and not overwrite:
        raise SchemaError(f"The file {file} exists.", "Name another one; nothing was written.")
    began = clock.monotonic()
    counted = Counted()
    session = await connect()
    try:
        await session.run(f"USE {name(database)}")
        server = await server_of(session)
        there = await held(session, database, server)
        if server.family == "MariaDB":
            pieces = _by_the_tool(session, database, there, rows=rows, counted=counted, progress=progress)
        else:
            pieces = dump(session, there.rows, rows=rows, counted=counted, progress=progress)
        with files.writing(file) as write:
            write((await _head(session, database)).encode())
            async with aclosing(pieces):
                async for piece in pieces:
                    write(piece)
            if not counted.is_whole:
                raise SchemaError("The dump stops before its end.", "Try again; no part of the file was kept.")
            if left_out := sorted(there.items - counted.items):
                raise SchemaError(
                    f"The backup would lack the {', the '.join(map(str, left_out))}.",
                    "Use an account that may see them, or try again if they were dropped just now.",
                )
            write(f"\n{files.LAST}: {counted.tables} tables, {counted.rows} rows, {counted.objects} objects\n".encode())
    finally:
        await session.close()
    return BackedUp(
        file=str(file),
        tables=counted.tables,
        rows=counted.rows,
        objects=counted.objects,
        size=files.size_of(file),
        seconds=clock.monotonic() - began,
    )


async def _by_the_tool(
    session: Session, database: str, there: Held, *, rows: bool, counted: Counted, progress: Progress
) -> AsyncGenerator[bytes, None]:
    tool = await find_tool()
    async with (
        running(tool, session.settings, arguments(tool, database, there, rows=rows)) as lines,
        aclosing(rewritten(lines, counted, total=there.rows, progress=progress)) as pieces,
    ):
        async for piece in pieces:
            yield piece


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
        f"{files.MARK}2\n-- of the database {database} on {version}, taken at {moment} {zone}\n"
        f"-- options: CHARACTER SET {charset} COLLATE {collation}\n"
        "-- Load it with `./quicksell db restore FILE`, or into an empty database with `mariadb DATABASE < FILE`.\n\n"
    )

"""Backs up a whole database into one file."""

from pathlib import Path

import msgspec

from bot.base import clock
from repository.schema.backup import files
from repository.schema.backup.dump import Counted, dump
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import Connect, Progress, quiet


class BackedUp(msgspec.Struct, frozen=True, kw_only=True):
    """What was backed up.

    Attributes:
        file: Where it is.
        tables: How many tables.
        rows: How many rows in all of them.
        objects: How many views, procedures, triggers and events.
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
        SchemaError: The file exists or could not be written to its end, or the account does not see everything.
        DatabaseError: The connection broke, or a table was altered meanwhile.
        OSError: The file cannot be made.
    """
    if files.size_of(file) >= 0 and not overwrite:
        raise SchemaError(f"The file {file} exists.", "Name another one; nothing was written.")
    began = clock.monotonic()
    counted = Counted()
    session = await connect()
    try:
        with files.writing(file) as write:
            async for piece in dump(session, database, rows=rows, counted=counted, progress=progress):
                write(piece)
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

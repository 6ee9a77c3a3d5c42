"""Creates the database with everything in it; run again, it adds what is missing and changes nothing else."""

import contextlib
from pathlib import Path

import msgspec

from bot.base import clock
from repository.database.errors import DatabaseError
from repository.schema.base.account import Account, Granted, provide
from repository.schema.base.errors import SchemaError
from repository.schema.base.loader import Made, Refusal
from repository.schema.base.scripts import FOLDER, database_options
from repository.schema.base.session import Connect, Progress, error_number, message, name, quiet
from repository.schema.base.worker import Worker
from repository.schema.change.upgrades import upgrade


class Created(msgspec.Struct, frozen=True, kw_only=True):
    """What `init` did.

    Attributes:
        database: Its name.
        server: What the server says it is.
        was_there: Whether the database itself existed before.
        made: Every object of the scripts, with what became of it.
        upgrades: The numbered upgrades that were run, by name.
        refused: What the server did not permit; the shop works without it.
        program_runs_jobs: Whether the program has to do the work of the events, because they are refused or off.
        account: What was done about the bot's account, None where none was named.
        seconds: How long it took.
    """

    database: str
    server: str
    was_there: bool
    made: tuple[Made, ...]
    upgrades: tuple[str, ...]
    refused: tuple[Refusal, ...]
    program_runs_jobs: bool
    account: Granted | None
    seconds: float


async def init(
    connect: Connect,
    database: str,
    *,
    account: Account | None = None,
    password: str = "",
    progress: Progress = quiet,
    folder: Path = FOLDER,
) -> Created:
    """Create the database where it is missing, load the scripts and provide the bot's account. Nothing is dropped.

    Args:
        connect: Opens a session of an account that may create all this, with no database chosen.
        database: Its name.
        account: The bot's own account; None leaves accounts alone.
        password: The bot's password, for an account that is made now.
        progress: Told about every step.
        folder: Where the scripts are.

    Returns:
        What was made and what was there.

    Raises:
        SchemaError: Something failed that the shop needs; running it again goes on where it stopped.
        Unavailable: The server cannot be reached.
    """
    began = clock.monotonic()
    worker = await Worker.start(connect, "")
    try:
        was_there = await _provide_database(worker, database, folder)
        done = await upgrade(connect, database, progress=progress, folder=folder)
        granted = await provide(worker, database, account, password) if account is not None else None
    finally:
        await worker.close()
    return Created(
        database=database,
        server=worker.server.text,
        was_there=was_there,
        made=done.made,
        upgrades=done.upgrades,
        refused=done.refused,
        program_runs_jobs=done.program_runs_jobs,
        account=granted,
        seconds=clock.monotonic() - began,
    )


async def _provide_database(worker: Worker, database: str, folder: Path) -> bool:
    there = await worker.value(
        "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = %(name)s", name=database
    )
    if there:
        await _make_comparable(worker, database, folder)
        return True
    try:
        await worker.run(f"CREATE DATABASE IF NOT EXISTS {name(database)} {database_options(folder)}")
    except DatabaseError as error:
        if error_number(error) == 1044:
            raise SchemaError(
                f"This account may not create the database {database}.",
                "Set DB_ADMIN_USER and DB_ADMIN_PASSWORD to an account that may, "
                f"or let an administrator run: CREATE DATABASE {name(database)} CHARACTER SET utf8mb4;",
            ) from error
        raise SchemaError(
            f"The database could not be created: {message(error)}", "Mend the cause and try again."
        ) from error
    return False


async def _make_comparable(worker: Worker, database: str, folder: Path) -> None:
    """Give an empty database that somebody else made the collation of the scripts: texts must compare across tables."""
    tables = await worker.value(
        "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = %(name)s", name=database
    )
    if not tables:
        with contextlib.suppress(DatabaseError):  # without ALTER on it, `verify` says what differs
            await worker.run(f"ALTER DATABASE {name(database)} {database_options(folder)}")

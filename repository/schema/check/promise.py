"""What the scripts promise, in the words of this very server.

Servers rewrite what they are told: defaults, checks and above all the text of views. So the scripts are loaded into a
scratch database on the same server, which then describes itself; that description is kept in the ledger, so that
`verify` can compare without making anything.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from bot.base import clock
from repository.database.errors import DatabaseError
from repository.schema.base.loader import Loader
from repository.schema.base.scripts import Script, checksum_of, database_options
from repository.schema.base.session import Connect, name, quiet
from repository.schema.base.worker import Worker
from repository.schema.check.describe import describe
from repository.schema.check.facts import Facts


def key(scripts: tuple[Script, ...], worker: Worker) -> str:
    """What a kept promise is good for: these scripts on this version of the server."""
    return f"{checksum_of(scripts)[:32]} {worker.server.text}"[:190]


@asynccontextmanager
async def scratch(connect: Connect, prefix: str) -> AsyncIterator[str]:
    """A database that exists only here.

    Args:
        connect: Opens a session of an account that may create and drop databases.
        prefix: What its name begins with.

    Raises:
        DatabaseError: The account may not create databases.
    """
    made = f"{prefix[:40]}__{clock.token(8)}".replace("-", "x").lower()
    worker = await Worker.start(connect, "")
    try:
        await worker.run(f"CREATE DATABASE {name(made)} {database_options()}")
        try:
            yield made
        finally:
            await worker.run(f"DROP DATABASE IF EXISTS {name(made)}")
    finally:
        await worker.close()


async def build(connect: Connect, database: str, scripts: tuple[Script, ...]) -> Facts:
    """The facts of a database that holds exactly the scripts.

    Args:
        connect: Opens a session of an account that may create and drop databases.
        database: Which name the scratch database is named after.
        scripts: What it is made of.

    Raises:
        DatabaseError: The account may not create databases.
        SchemaError: A script failed.
    """
    async with scratch(connect, f"{database}_promise") as made:
        worker = await Worker.start(connect, made)
        try:
            await Loader(worker, ledger=False, progress=quiet).load(scripts)
            return await describe(worker, made, worker.server)
        finally:
            await worker.close()


async def keep(worker: Worker, scripts: tuple[Script, ...], facts: Facts) -> None:
    """Write a promise into the ledger of the chosen database, in place of older ones."""
    await worker.run("DELETE FROM schema_ledger WHERE kind = 'promise'")
    await worker.run(
        "INSERT INTO schema_ledger (kind, name, content, finished_at)"
        " VALUES ('promise', %(name)s, %(content)s, NOW(6))",
        name=key(scripts, worker),
        content=msgspec.json.encode(facts).decode(),
    )


async def kept(worker: Worker, scripts: tuple[Script, ...]) -> Facts | None:
    """The promise in the ledger of the chosen database, None where there is none for these scripts on this server."""
    try:
        content = await worker.value(
            "SELECT content FROM schema_ledger WHERE kind = 'promise' AND name = %(name)s", name=key(scripts, worker)
        )
    except DatabaseError:
        return None
    return None if content is None else msgspec.json.decode(str(content), type=Facts)

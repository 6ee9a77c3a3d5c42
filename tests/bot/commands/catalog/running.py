"""`quicksell ...` as a person runs it against a shop."""

import asyncio
import os
from pathlib import Path

from repository.database.connection import Database
from tests.support.programs.started import run

ROOT = Path(__file__).resolve().parents[4]


async def command(database: Database, folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Its exit code, what it says, and what it says on standard error.

    Args:
        database: The shop's.
        folder: Where it is run.
        arguments: Behind "quicksell".
    """
    given = database.settings
    own = {"DB_USER": given.user, "DB_PASSWORD": given.password, "DB_NAME": given.name, "SECRET_KEY": "k" * 32}
    where = {"DB_SOCKET": given.socket} if given.socket else {"DB_HOST": given.host, "DB_PORT": str(given.port)}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **own, **where}
    done = await asyncio.to_thread(run, arguments, folder=folder, environment=environment)
    return done.returncode, done.stdout, done.stderr

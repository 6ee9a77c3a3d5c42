"""A process of its own that works at the orders until the operating system ends it: `python -m ...worker SETTINGS`."""

import asyncio
import sys
from contextlib import suppress
from datetime import timedelta, timezone

import msgspec

from bot.base.settings import DatabaseSettings
from repository.database.connection import Database
from repository.database.errors import DatabaseError
from tests.handlers.jobs.crew import Crew


async def works(settings: DatabaseSettings, minutes: int) -> None:
    """Work at whatever is due, and say first that it begins.

    Args:
        settings: Of the database.
        minutes: What its days are ahead of UTC.
    """
    crew = Crew(Database(settings, timezone(timedelta(minutes=minutes)), most=3))
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    while True:
        with suppress(DatabaseError):
            await crew.work()
        await asyncio.sleep(0.01)


if __name__ == "__main__":
    asyncio.run(works(msgspec.json.decode(sys.argv[1], type=DatabaseSettings), int(sys.argv[2])))

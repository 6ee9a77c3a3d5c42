"""What the commands share that bring sheets in and out."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from bot.base.exits import FOUND_WRONG, Failure
from bot.base.settings import Settings
from bot.run.running import run
from handlers.console.wording.sheet.applying import Overtaken as OvertakenWords
from repository.database.connection import Database
from repository.database.errors import DatabaseError
from repository.importing.applying import Overtaken
from repository.sheets.table import Unreadable

Answer = TypeVar("Answer")


async def confirmed(as_json: bool) -> bool:
    """Whether a person says yes to what was shown.

    Args:
        as_json: Whether a script asks.

    Raises:
        Failure: There is nobody to ask.
    """
    if as_json or not sys.stdin.isatty():
        raise Failure("Nothing was written. Add --yes to write it.")
    return await asyncio.to_thread(click.confirm, "Write this?")


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], object]]:
    """Whom to tell how far it is: a bar where a person watches.

    Args:
        what: What is counted.
    """
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def with_database(settings: Settings, work: Callable[[Database], Awaitable[Answer]]) -> Answer:
    """What some work with the shop's database comes to.

    Args:
        settings: Of this process.
        work: The work.

    Raises:
        Failure: A file cannot be read, somebody was faster, or the database does not answer.
    """

    async def go() -> Answer:
        database = Database(settings.database, settings.offset, most=2)
        try:
            return await work(database)
        finally:
            await database.close()

    try:
        return run(go())
    except Unreadable as error:
        raise Failure(str(error), FOUND_WRONG) from error
    except (Overtaken, OvertakenWords) as error:
        raise Failure(f"Stopped: {error}. What is written stays; the same command brings the rest.") from error
    except DatabaseError as error:
        raise Failure(f"The database does not answer: {error}") from error

"""Work that a process does again and again, and how its tasks come to their end."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.base import logs
from repository.database.errors import DatabaseError, WrongCharacterSet

_log = logs.get("parts")
_AGAIN = 1.0  # seconds until a task that was cancelled and goes on is cancelled again


async def ended(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Wait until all tasks have ended, cancelled as often as that takes.

    A cancellation can be lost on its way (a task of this process was seen to go on after one): `asyncio.wait_for` of
    Python 3.11 drops one that comes just as what it waits for is done, and the driver opens its connections with it.

    Args:
        tasks: Which.
    """
    while pending := [task for task in tasks if not task.done()]:
        for task in pending:
            task.cancel()
        await asyncio.wait(pending, timeout=_AGAIN)
    await asyncio.gather(*tasks, return_exceptions=True)


async def repeat(name: str, work: Callable[[], Awaitable[None]], every: float) -> None:
    """Do some work again and again.

    Args:
        name: What it is, for the log.
        work: Does it.
        every: Seconds between two times.
    """
    while True:
        await quietly(name, work)
        await asyncio.sleep(every)


_failed: dict[str, int] = {}
"""How often in a row each kind of work has failed."""


async def quietly(name: str, work: Callable[[], Awaitable[None]]) -> bool:
    """Do some work, and say whether it is done; whatever goes wrong is logged, to be tried again later.

    Args:
        name: What it is, for the log.
        work: Does it.
    """
    try:
        await work()
        if failures := _failed.pop(name, 0):
            _log.info("goes on", work=name, failures=failures)
        return True
    except WrongCharacterSet as error:
        _log.error("the database cannot be used", work=name, reason=str(error))
        await asyncio.sleep(1)
    except DatabaseError as error:
        _log.warning("put off", work=name, error=type(error).__name__)
        await asyncio.sleep(timedelta(milliseconds=300).total_seconds())
    except Exception as error:  # noqa: BLE001  (a bug in one job must not end the others)
        _log.error("failed", work=name, error=type(error).__name__, exc_info=error)
        await asyncio.sleep(1)
    _failed[name] = _failed.get(name, 0) + 1
    return False

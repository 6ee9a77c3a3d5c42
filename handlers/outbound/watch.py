"""Messages over which this process waits: an echo that another process hears, and what a person does, is seen."""

import asyncio

from bot.base import logs
from handlers.outbound.lane import ToSend
from repository.chats import doubts
from repository.database.connection import Database
from repository.database.errors import DatabaseError

_log = logs.get("outbox")
LOOK_EVERY = 1.0
"""Seconds between two looks into the table, one for all messages together."""


class Watch:
    """Waits over messages that failed or are in doubt, and looks meanwhile what others have made of them.

    Args:
        database: The shop's database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._watched: dict[int, ToSend] = {}
        self._looking: asyncio.Task[None] | None = None

    async def is_over(self, message: ToSend, seconds: float) -> bool:
        """Wait until somebody else has dealt with a message.

        Args:
            message: Which; its row says why it waits.
            seconds: For how long at most.

        Returns:
            Whether it is dealt with; not where its time is over, or a person wants it tried at once.
        """
        if message.outcome == "wanted":
            message.outcome = ""
        if not message.outcome:
            message.heard.clear()
            self._watched[message.id] = message
            if self._looking is None and seconds > LOOK_EVERY:
                self._looking = asyncio.create_task(self._look())
            try:
                async with asyncio.timeout(seconds):
                    await message.heard.wait()
            except TimeoutError:
                pass
            finally:
                self._watched.pop(message.id, None)
        return message.outcome in ("arrived", "over")

    def close(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()

    async def _look(self) -> None:
        """Look as long as somebody waits."""
        try:
            while self._watched:
                await asyncio.sleep(LOOK_EVERY)
                if not self._watched:
                    return
                try:
                    async with self._database.connection() as conn:
                        found = await doubts.standings(conn, ids=sorted(self._watched))
                except DatabaseError as error:
                    _log.warning("outbox not read", error=type(error).__name__)
                    continue
                for one in found:
                    message = self._watched.get(one.id)
                    if message is not None and (one.is_over or one.is_wanted):
                        message.hears("over" if one.is_over else "wanted")
        finally:
            self._looking = None

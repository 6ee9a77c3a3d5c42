"""What breaks in the shop itself while a conversation is played: its database goes away, its process is killed."""

import asyncio
from pathlib import Path

from bot.run.parts import Parts
from repository.database.connection import Database

GONE = 0.5
"""Seconds for which a database is away, once for each time that is written: more than a turn takes."""


class Breaking:
    """Breaks a shop, and mends it.

    Args:
        parts: The shop.
        database: Its database, by a connection of its own that does not break.
        door: Where the shop finds its database: a link to the server's socket.
    """

    def __init__(self, parts: Parts, database: Database, door: Path) -> None:
        self._parts = parts
        self._database = database
        self._door = door
        self._server = door.resolve()
        self._mending: list[asyncio.Task[None]] = []
        self._takes = parts.lanes._take_turn  # noqa: SLF001

    async def arm(self, fault: str, times: int) -> None:
        """Let something break with what happens next.

        Args:
            fault: By the name that a transcript has for it.
            times: How often.
        """
        if fault == "database gone":
            await self._take_database(times)
        else:
            self._kill_once_begun(times)

    async def hurry(self) -> None:
        """Let a page that may not send for a while try again at once, until the task is cancelled."""
        while True:
            await asyncio.sleep(0.02)
            if self._parts.outbox.senders.page().pause.left > 0:
                self._parts.outbox.senders.page().pause.begin(0.0)

    async def mended(self) -> None:
        """Wait until everything is there again, and what was left in the database is taken up."""
        self._parts.lanes._take_turn = self._takes  # noqa: SLF001
        while self._mending:
            await self._mending.pop()

    async def _take_database(self, times: int) -> None:
        """No new connection of the shop leads anywhere, and those that it has are closed by the server."""
        self._door.unlink()
        async with self._database.connection() as conn:
            found = await conn.run(
                "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()"
            )
            for (session,) in found.rows:
                await conn.run(f"KILL {int(str(session))}")
        self._mending.append(asyncio.create_task(self._bring_back(GONE * times)))

    async def _bring_back(self, after: float) -> None:
        await asyncio.sleep(after)
        self._door.symlink_to(self._server)

    def _kill_once_begun(self, times: int) -> None:
        """The next turns end in their middle, as those of a killed process do; then another looks what is left."""
        take = self._takes

        async def killed(psid: str, received: float | None) -> bool:
            nonlocal times
            if times <= 0:
                return await take(psid, received)
            times -= 1
            before = self._parts.database.counts.round_trips
            turn = asyncio.ensure_future(take(psid, received))
            has_begun = self._parts.database.counts
            while has_begun.round_trips == before and not turn.done():  # noqa: ASYNC110 - nobody says that it has
                await asyncio.sleep(0)
            if turn.done():
                return turn.result()
            turn.cancel()
            await asyncio.wait({turn})
            self._mending.append(asyncio.create_task(self._parts.look()))
            raise asyncio.CancelledError

        self._parts.lanes._take_turn = killed  # noqa: SLF001

"""This process's life: a row that it renews, and what the rows of the others say about theirs."""

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.base import clock, logs
from repository.chats import processes
from repository.chats.processes import Other
from repository.database.connection import Database
from repository.database.errors import DatabaseError, Unavailable

_log = logs.get("life")

LIFE = 8
"""Seconds that a row is believed: several beats, and longer than a cluster takes to drop a node that is lost."""
BEAT = 2.0
"""Seconds between two renewals."""


class Life:
    """Says that this process lives, and buries those that do not.

    A process is dead for everybody as soon as its row is gone. Who deletes another's row must be sure: it saw on its
    own machine that the process has ended, or it has renewed its own row without a gap for as long as a row is
    believed. After a gap, such as a restart of the database, everybody has so the time to renew before being judged.

    Args:
        database: The shop's database.
        name: The name of this process, unlike every other's.
        has_company: Whether others are sure to come, so that they are counted on before they are there.
        seconds: How long a row is believed, the same for all.

    Attributes:
        has_company: Whether other processes deliver too.
        sharers: How many processes there are, this one among them.
        number: Counts up whenever the row had to be made anew: what was claimed before may be another's by now.
        when_gone: Called, each of them, once another process is gone, whoever has buried it.
    """

    def __init__(self, database: Database, *, name: str, has_company: bool = False, seconds: int = LIFE) -> None:
        self.name = name
        self.has_company = has_company
        self.number = 0
        self.sharers = 1
        self.when_gone: list[Callable[[], None]] = []
        self._seen: set[str] = set()
        self._expects_company = has_company
        self._database = database
        self._seconds = seconds
        self._place = _place()
        self._renewed: float | None = None  # when the last renewal was begun
        self._unbroken_since = 0.0
        self._one_at_a_time = asyncio.Lock()

    @property
    def is_in_doubt(self) -> bool:
        """Whether others may take this process for dead."""
        if self._renewed is None:
            return True
        return self.has_company and clock.monotonic() - self._renewed > self._seconds

    async def ensure(self) -> None:
        """Renew the row where others may take this process for dead.

        Raises:
            DatabaseError: It could not be.
        """
        if self.is_in_doubt:
            async with self._one_at_a_time:
                if self.is_in_doubt:
                    await self._renew()

    async def beat(self) -> None:
        """Renew the row, and bury whoever is gone. To be called every `BEAT` seconds.

        Raises:
            DatabaseError: The database does not answer.
        """
        async with self._one_at_a_time:
            await self._renew()

    async def end(self) -> None:
        """Delete the row: this process claims nothing any more."""
        try:
            async with self._database.connection() as conn:
                await processes.bury(conn, dead=[self.name])
        except DatabaseError as error:
            _log.warning("the end is not written", error=type(error).__name__)

    async def _renew(self) -> None:
        began = clock.monotonic()
        try:
            async with asyncio.timeout(self._seconds / 2), self._database.connection() as conn:
                renewed = await processes.renew(
                    conn, name=self.name, place=self._place, pid=os.getpid(), seconds=self._seconds
                )
        except TimeoutError as error:
            raise Unavailable("no answer in time") from error
        if not renewed.was_there:
            self.number += 1
        if not renewed.was_there or self._renewed is None or began - self._renewed > self._seconds / 2:
            self._unbroken_since = began
        self._renewed = began
        self.has_company = self._expects_company or bool(renewed.others)
        self.sharers = 1 + sum(not other.is_late for other in renewed.others)
        buried = await self._bury(renewed.others, may_judge=began - self._unbroken_since > self._seconds)
        there = {other.name for other in renewed.others}
        left, self._seen = (self._seen | there) - (there - buried), there - buried
        if left:
            for tell in self.when_gone:
                tell()

    async def _bury(self, others: Sequence[Other], *, may_judge: bool) -> set[str]:
        """Delete the rows of those that are gone; their names."""
        dead = [other.name for other in others if self._place == other.place != "" and not _runs(other.pid)]
        late = [other.name for other in others if other.is_late and may_judge]
        if dead or late:
            _log.warning("processes are gone", ended=len(dead), late=len(late))
            async with self._database.connection() as conn:
                await processes.bury(conn, dead=dead, late=late)
        return {*dead, *late}


def _place() -> str:
    """What all processes share that see one another's numbers, empty where the system does not tell."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)  # no signal: only whether there is somebody to get one
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

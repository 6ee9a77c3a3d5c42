"""What was sent, written into the outbox for many messages at once."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from bot.base import clock, logs
from bot.base.batch import Batch
from repository.chats import outbox as stored
from repository.chats.outbox import Sent
from repository.database.connection import Database, Result
from repository.database.errors import DatabaseError

_log = logs.get("outbox")

LINGER = 0.02  # seconds in which what is stored anyway may take marks along, before they are written by themselves
SOME = 4
_MOST = 200  # messages that are marked together
MOST_KEPT = 10_000  # of the last messages sent this many are known without asking the database


class Leaving:
    """Marks that are written with something else: `arrived` or `stay` must be called.

    Args:
        batch: Where they waited.
        note: Told which are written.

    Attributes:
        statements: What writes them, none where none waited.
    """

    def __init__(self, batch: Batch[Sent], note: Callable[[Sequence[Sent]], None]) -> None:
        self._batch = batch
        self._note = note
        self._taken = batch.take(_MOST)
        self.statements = [stored.marking([sent for sent, _ in self._taken])] if self._taken else []

    def arrived(self, results: Sequence[Result] = ()) -> None:  # noqa: ARG002
        """They are committed.

        Args:
            results: What the statements have answered.
        """
        self._note([sent for sent, _ in self._taken])
        self._batch.settle(self._taken)

    def stay(self) -> None:
        """They are not, or nobody knows: they are written by themselves."""
        self._batch.put_back(self._taken)


class Marks:
    """Writes that Facebook took a message, once, whether its answer or its echo says so first.

    Args:
        database: The shop's database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._batch: Batch[Sent] = Batch(self._write, most=_MOST, linger=LINGER)
        self._writing: dict[int, asyncio.Future[None]] = {}
        self._written: dict[int, None] = {}

    def __contains__(self, outbox_id: int) -> bool:
        """Whether a message was sent a moment ago; the table may not say so yet."""
        return outbox_id in self._writing or outbox_id in self._written

    def has_written(self, outbox_id: int) -> bool:
        """Whether the table says that a message was sent."""
        return outbox_id in self._written

    def put(self, outbox_id: int, message_id: str) -> "asyncio.Future[None]":
        """Mark a message as sent.

        Args:
            outbox_id: Which.
            message_id: The `mid` that Facebook gave it.

        Returns:
            Done once the table says so.
        """
        writing = self._writing.get(outbox_id)
        if writing is None:
            writing = self._writing[outbox_id] = self._batch.put(Sent(outbox_id, message_id))
        return writing

    async def settled(self, outbox_ids: set[int]) -> None:
        """Wait until the table says of each of these messages that it was sent, where it was, and take it out."""
        while outbox_ids:
            if writing := self._writing.get(outbox_id := min(outbox_ids)):
                await asyncio.shield(writing)
            outbox_ids.discard(outbox_id)

    @property
    def are_some(self) -> bool:
        """Whether enough wait that it is worth a statement to write them with something else."""
        return self._batch.waiting >= SOME

    def leave_with(self) -> "Leaving":
        """What waits to be written, to be written with something else that is committed now."""
        return Leaving(self._batch, self._note)

    @property
    def is_idle(self) -> bool:
        """Whether everything is written."""
        return not self._writing

    def wait_for_company(self, seconds: float) -> None:
        """Let what was sent wait longer for something that takes it along.

        Args:
            seconds: How long at most.
        """
        self._batch.linger = seconds

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Let nothing wait for company until the block is left: a webhook is answered once its echo is marked."""
        linger, self._batch.linger = self._batch.linger, 0.0
        self._batch.hurry()
        try:
            yield
        finally:
            self._batch.linger = linger

    async def write_now(self) -> None:
        """Write what waits without waiting for company.

        Raises:
            DatabaseError: It could not be written, and is tried again soon.
        """
        if (leaving := self.leave_with()).statements:
            try:
                async with self._database.connection() as conn:
                    await conn.batch(*leaving.statements)
            except BaseException:
                leaving.stay()
                raise
            leaving.arrived()
        await self.drain()

    async def drain(self) -> None:
        """Wait until everything is written."""
        while self._writing:
            await asyncio.wait(self._writing.values())

    async def _write(self, sent: Sequence[Sent]) -> None:
        failures = 0
        while True:
            try:
                async with self._database.connection() as conn:
                    await conn.batch(stored.marking(sent))
            except DatabaseError as error:
                failures += 1
                _log.warning("sent messages not marked", error=type(error).__name__, messages=len(sent))
                wait = clock.backoff(failures, base=timedelta(milliseconds=100), most=timedelta(seconds=5))
                await asyncio.sleep(wait.total_seconds())
            else:
                break
        self._note(sent)

    def _note(self, sent: Sequence[Sent]) -> None:
        for message in sent:
            self._written[message.id] = None
            self._writing.pop(message.id, None)
        while len(self._written) > MOST_KEPT:
            del self._written[next(iter(self._written))]

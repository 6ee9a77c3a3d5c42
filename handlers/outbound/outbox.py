"""Delivery: each shopper's messages in order, after the commit, by the one process that has claimed the shopper."""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from bot.base import clock, logs, metrics
from bot.messenger.graph import Graph, MessagingType
from handlers.outbound.marks import Marks
from handlers.outbound.pause import Pause
from handlers.outbound.sending import ECHO_GRACE, METADATA, Sending, ToSend
from repository.chats import outbox as stored
from repository.database.connection import Database
from repository.database.errors import DatabaseError

_log = logs.get("outbox")

CLAIM = timedelta(seconds=30)
READ_AGAIN = 0.5  # seconds before the table is read again that could not be read


class _Lane:
    """One shopper's messages that wait, in order."""

    def __init__(self) -> None:
        self.waiting: deque[ToSend] = deque()
        self.task: asyncio.Task[None] | None = None
        self.reload = False  # older ones may wait in the table
        self.loading = False
        self.doubtful_until = 0.0
        self.certain: set[int] = set()  # our own, that nobody else can have sent


class Outbox:
    """Sends what turns and notices have put into the `outbox` table.

    Args:
        database: The shop's database.
        graph: The way to Facebook; None while no page is connected, and everything waits in the table.
        sender: The name of this process, unlike every other's.
        shared: Whether other processes deliver too, so that claims are given up at once.

    Attributes:
        pause: Holds every message while the page cannot send; end it when a person has put that right.
    """

    def __init__(self, database: Database, graph: Graph | None, *, sender: str, shared: bool = False) -> None:
        self.sender = sender
        self._database = database
        self._shared = shared
        self._lanes: dict[str, _Lane] = {}
        self._known: dict[int, ToSend] = {}
        self._marks = Marks(database)
        self.pause = Pause()
        self._sending = Sending(database, graph, pause=self.pause, marks=self._marks) if graph else None
        self._closing = False

    # What others tell it.

    def deliver(self, psid: str, messages: Sequence[ToSend], *, taken_over: bool = False) -> None:
        """Deliver messages that were committed under this process's claim.

        Args:
            psid: The shopper.
            messages: The messages, in order.
            taken_over: Whether the claim was another process's, which may have left some.
        """
        if not messages or self._sending is None:
            return
        lane = self._lanes.setdefault(psid, _Lane())
        if taken_over:
            lane.doubtful_until = clock.monotonic() + ECHO_GRACE
        if taken_over or lane.reload or lane.loading:
            # Older ones may wait in the table: read them all from there, in order.
            lane.reload = True
            lane.certain |= {message.id for message in messages}
        else:
            self._add(lane, messages)
        self._start(psid, lane)

    def wake(self, psid: str, *, doubtful: bool = False) -> None:
        """Look for messages to a shopper that somebody has put into the table.

        Args:
            psid: The shopper.
            doubtful: Whether a dead process may have sent them already.
        """
        if self._sending is None:
            return
        lane = self._lanes.setdefault(psid, _Lane())
        lane.reload = True
        if doubtful:
            lane.doubtful_until = clock.monotonic() + ECHO_GRACE
        self._start(psid, lane)

    def confirm(self, outbox_id: int, message_id: str) -> "asyncio.Future[None] | None":
        """An echo shows that a message arrived.

        Args:
            outbox_id: Which, from the echo's metadata.
            message_id: The `mid` that Facebook gave it.

        Returns:
            Done once that is written; None where it was already.
        """
        if self._marks.has_written(outbox_id):
            return None
        written = self._marks.put(outbox_id, message_id)
        if message := self._known.get(outbox_id):
            message.arrived.set()
        return written

    @staticmethod
    def id_of(metadata: str) -> int:
        """The `outbox.id` in an echo's metadata, 0 where the message is none of ours."""
        number = metadata.removeprefix(METADATA)
        return int(number) if metadata.startswith(METADATA) and number.isascii() and number.isdigit() else 0

    def claim_end(self) -> datetime:
        """When a claim made now ends, unless it is renewed."""
        return clock.now() + CLAIM

    # How it lives.

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in this process's hands."""
        return not any(lane.task or lane.waiting for lane in self._lanes.values()) and self._marks.is_idle

    async def drain(self) -> None:
        """Wait until nothing is in this process's hands."""
        while not self.is_idle:
            tasks = [lane.task for lane in self._lanes.values() if lane.task]
            if tasks:
                await asyncio.wait(tasks)
            await self._marks.drain()

    async def recover(self) -> None:
        """Take over what no living process delivers. Called at the start and now and then."""
        if self._sending is None:
            return
        now = clock.now()
        async with self._database.connection() as conn:
            gone = [
                name
                for name in await stored.senders(conn)
                if name != self.sender and await stored.is_gone(conn, sender=name)
            ]
            for name in gone:
                await stored.end_claims(conn, sender=name, at=now)
            waiting = await stored.unclaimed(conn, sender=self.sender, now=now)
        for unclaimed in waiting:
            if unclaimed.psid not in self._lanes or self._lanes[unclaimed.psid].task is None:
                self.wake(unclaimed.psid, doubtful=unclaimed.left_behind)

    async def renew(self) -> None:
        """Renew this process's claims, and give up those it needs no longer."""
        async with self._database.connection() as conn:
            await stored.renew(conn, sender=self.sender, until=self.claim_end())
        await self._release_idle()

    async def close(self, *, patience: float = 5.0) -> None:
        """Send what is in hand for a moment, then give everything up; the rest waits in the table.

        Args:
            patience: Seconds.
        """
        try:
            async with asyncio.timeout(patience):
                await self.drain()
        except TimeoutError:
            pass
        self._closing = True
        for lane in self._lanes.values():
            if lane.task is not None:
                lane.task.cancel()
        await self._marks.drain()
        try:
            async with self._database.transaction() as conn:
                await stored.release(conn, sender=self.sender, psids=list(self._lanes))
        except DatabaseError as error:
            _log.warning("claims not released", error=type(error).__name__)

    # How a lane runs.

    def _add(self, lane: _Lane, messages: Sequence[ToSend]) -> None:
        for message in messages:
            # One that was sent a moment ago may still stand in the table as queued.
            if message.id not in self._known and message.id not in self._marks:
                self._known[message.id] = message
                lane.waiting.append(message)
                metrics.waiting.inc()

    def _start(self, psid: str, lane: _Lane) -> None:
        if lane.task is None and not self._closing and self._sending is not None:
            lane.task = asyncio.create_task(self._run(self._sending, psid, lane))

    async def _run(self, sending: Sending, psid: str, lane: _Lane) -> None:
        try:
            while await self._goes_on(sending, psid, lane):
                pass
        finally:
            lane.task = None
            if lane.reload and not self._closing:
                self._start(psid, lane)
            elif self._shared and not lane.waiting and not self._closing:
                await self._release_idle()

    async def _goes_on(self, sending: Sending, psid: str, lane: _Lane) -> bool:
        """Do the next thing in a lane; False where there is none."""
        try:
            if lane.reload and not await self._load(psid, lane):
                return False
            if not lane.waiting:
                return False
            done = await sending.send(psid, lane.waiting[0])
        except Exception as error:  # noqa: BLE001  (a bug must not end the lane in silence)
            _log.error("delivery failed", error=type(error).__name__, exc_info=error)
            done = await self._stumbled(sending, lane, type(error).__name__)
        if done:
            message = lane.waiting.popleft()
            self._known.pop(message.id, None)
            metrics.waiting.dec()
        return True

    async def _stumbled(self, sending: Sending, lane: _Lane, kind: str) -> bool:
        """Count what went wrong unforeseen against the message in hand; True once that is given up."""
        if not lane.waiting:
            lane.reload = True
            await asyncio.sleep(READ_AGAIN)
            return False
        wait = await sending.put_off(lane.waiting[0], code="bug", reason=kind)
        if wait is not None:
            await asyncio.sleep(wait.total_seconds())
        return wait is None

    async def _load(self, psid: str, lane: _Lane) -> bool:
        """Claim the shopper and read what waits; False where another process delivers to them."""
        lane.reload, lane.loading = False, True
        try:
            async with self._database.transaction() as conn:
                before = await stored.claim(
                    conn, psid=psid, sender=self.sender, now=clock.now(), until=self.claim_end()
                )
                found = await stored.queued(conn, psid=psid) if before is not None else []
        except DatabaseError as error:
            _log.warning("outbox not read", error=type(error).__name__)
            await asyncio.sleep(READ_AGAIN)
            lane.reload = True
            return True
        finally:
            lane.loading = False
        certain, lane.certain = lane.certain, set()
        if before is None:
            return False
        for row in found:
            kind: MessagingType = "UPDATE" if row.messaging_type == "UPDATE" else "RESPONSE"
            message = msgspec.json.decode(row.message, type=dict[str, object])
            doubtful_until = 0.0 if row.id in certain else lane.doubtful_until
            self._add(lane, [ToSend(row.id, message, kind, row.attempts, doubtful_until)])
        return True

    async def _release_idle(self) -> None:
        idle = [psid for psid, lane in self._lanes.items() if lane.task is None and not lane.waiting]
        if not idle or not self._marks.is_idle:
            return
        for psid in idle:
            del self._lanes[psid]
        try:
            async with self._database.transaction() as conn:
                late = await stored.release(conn, sender=self.sender, psids=idle)
        except DatabaseError as error:
            _log.warning("claims not released", error=type(error).__name__)
            return
        for psid in late:
            self.wake(psid)

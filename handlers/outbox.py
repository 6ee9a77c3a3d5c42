"""Delivery: each shopper's messages in order, after the commit, by the one process that has claimed the shopper."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from bot import clock, logs, metrics
from bot.messenger.errors import GraphError, OutsideWindow, Unconfirmed
from bot.messenger.graph import Graph, MessagingType
from handlers.batch import Batch
from handlers.pause import Pause
from repository import outbox as stored
from repository.database import Connection, Database
from repository.errors import DatabaseError
from repository.outbox import Sent

_log = logs.get("outbox")

METADATA = "quicksell:"
CLAIM = timedelta(seconds=30)
ECHO_GRACE = 3.0  # seconds in which an echo may still show that a doubtful send arrived
ATTEMPTS_MOST = 6
PAGE_PAUSE = 60.0  # seconds before a page that cannot send is tried again
MARK_LINGER = 0.005  # seconds in which messages are gathered that are marked as sent together
TYPING_AFTER = 0.7  # seconds of a slow delivery after which the shopper sees that somebody types


_sends_done = metrics.sends.labels("sent")


class ToSend(msgspec.Struct):
    """A message in this process's hands.

    Attributes:
        id: `outbox.id`, which travels as metadata.
        message: The `message` object.
        attempts: How often sending it failed.
        doubtful_until: It may have been delivered already: an echo may show that until then, by the monotonic clock.
    """

    id: int
    message: Mapping[str, object]
    messaging_type: MessagingType = "RESPONSE"
    attempts: int = 0
    doubtful_until: float = 0.0


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
        graph: The way to Facebook; None while no page is connected, and everything waits.
        sender: The name of this process, unlike every other's.
        shared: Whether other processes deliver too, so that claims are given up at once.

    Attributes:
        pause: Holds every message while the page cannot send; end it when a person has put that right.
    """

    def __init__(self, database: Database, graph: Graph | None, *, sender: str, shared: bool = False) -> None:
        self.sender = sender
        self._database = database
        self._graph = graph
        self._shared = shared
        self._lanes: dict[str, _Lane] = {}
        self._known: dict[int, asyncio.Event] = {}
        self._marks: Batch[Sent] = Batch(self._mark, most=200, linger=MARK_LINGER)
        self._marking: dict[int, asyncio.Future[None]] = {}
        self._marked: dict[int, None] = {}
        self.pause = Pause()
        self._closing = False

    # What others tell it.

    def deliver(self, psid: str, messages: Sequence[ToSend], *, taken_over: bool = False) -> None:
        """Deliver messages that were committed under this process's claim.

        Args:
            psid: The shopper.
            messages: The messages, in order.
            taken_over: Whether the claim was another process's, which may have left some.
        """
        if not messages:
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
        if outbox_id in self._marked:
            return None
        written = self._sent(outbox_id, message_id)
        if arrived := self._known.get(outbox_id):
            arrived.set()
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
            if not (message.id in self._known or message.id in self._marking or message.id in self._marked):
                self._known[message.id] = asyncio.Event()
                lane.waiting.append(message)
                metrics.waiting.inc()

    def _start(self, psid: str, lane: _Lane) -> None:
        if lane.task is None and not self._closing:
            lane.task = asyncio.create_task(self._run(psid, lane))

    async def _run(self, psid: str, lane: _Lane) -> None:
        try:
            while True:
                if lane.reload and not await self._load(psid, lane):
                    return
                if not lane.waiting:
                    return
                message = lane.waiting[0]
                if await self._send(psid, message):
                    lane.waiting.popleft()
                    self._known.pop(message.id, None)
                    metrics.waiting.dec()
        except Exception as error:  # noqa: BLE001  (a bug must not end the lane in silence)
            _log.error("delivery failed", error=type(error).__name__, exc_info=error)
            self._drop(lane)
        finally:
            lane.task = None
            if lane.reload and not self._closing:
                self._start(psid, lane)
            elif self._shared and not lane.waiting and not self._closing:
                await self._release_idle()

    def _drop(self, lane: _Lane) -> None:
        for message in lane.waiting:
            self._known.pop(message.id, None)
            metrics.waiting.dec()
        lane.waiting.clear()

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
            await asyncio.sleep(0.5)
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

    async def _send(self, psid: str, message: ToSend) -> bool:
        """Try to deliver one message; True once it is dealt with, whether sent or failed for good."""
        arrived = self._known[message.id]
        if (doubt := message.doubtful_until - clock.monotonic()) > 0 and await _happens(arrived, doubt):
            return True
        await self.pause.wait()
        if self._graph is None:
            await asyncio.sleep(PAGE_PAUSE)
            return False
        typing = asyncio.get_running_loop().call_later(TYPING_AFTER, self._show_typing, psid)
        began = clock.monotonic()
        try:
            sent = await self._graph.send(
                psid,
                dict(message.message),
                metadata=f"{METADATA}{message.id}",
                messaging_type=message.messaging_type,
            )
        except GraphError as error:
            return await self._failed(message, error, arrived)
        finally:
            typing.cancel()
            metrics.send_seconds.observe(clock.monotonic() - began)
        _sends_done.inc()
        self._sent(message.id, sent.message_id)
        return True

    async def _failed(self, message: ToSend, error: GraphError, arrived: asyncio.Event) -> bool:
        metrics.sends.labels(error.retry if error.retry != "never" else "failed").inc()
        code = f"{error.code}/{error.subcode}"
        _log.warning("send failed", outbox_id=message.id, code=code, status=error.status, kind=type(error).__name__)
        if isinstance(error, Unconfirmed) and await _happens(arrived, ECHO_GRACE):
            return True
        if error.stops_page or error.pauses_page:
            # Nothing of this page can be sent now: everything waits, nothing is lost.
            self.pause.begin(error.retry_after or PAGE_PAUSE)
            return False
        message.attempts += 1
        if error.retry == "never" or message.attempts >= ATTEMPTS_MOST:
            reason = "window closed" if isinstance(error, OutsideWindow) else str(error.args[0])
            await self._write(lambda conn: stored.mark_failed(conn, message_id=message.id, code=code, reason=reason))
            return True
        wait = max(
            clock.backoff(message.attempts, base=timedelta(milliseconds=500), most=timedelta(minutes=1)),
            timedelta(seconds=error.retry_after),
        )
        due_at = clock.now() + wait
        reason = str(error.args[0])
        await self._write(
            lambda conn: stored.put_off(conn, message_id=message.id, due_at=due_at, code=code, reason=reason)
        )
        await _happens(arrived, wait.total_seconds())
        return arrived.is_set()

    def _show_typing(self, psid: str) -> None:
        if self._graph is not None:
            typing = asyncio.create_task(self._graph.action(psid, "typing_on"))
            typing.add_done_callback(lambda task: task.cancelled() or task.exception())

    # What is written.

    def _sent(self, outbox_id: int, message_id: str) -> "asyncio.Future[None]":
        """Mark a message as sent, once, whether its answer or its echo says so first."""
        written = self._marking.get(outbox_id)
        if written is None:
            written = self._marking[outbox_id] = self._marks.put(Sent(outbox_id, message_id))
        return written

    async def _mark(self, sent: Sequence[Sent]) -> None:
        failures = 0
        while True:
            try:
                async with self._database.connection() as conn:
                    await stored.mark_sent(conn, sent=sent)
            except DatabaseError as error:
                failures += 1
                _log.warning("sent messages not marked", error=type(error).__name__, messages=len(sent))
                wait = clock.backoff(failures, base=timedelta(milliseconds=100), most=timedelta(seconds=5))
                await asyncio.sleep(wait.total_seconds())
            else:
                break
        for message in sent:
            self._marked[message.id] = None
            self._marking.pop(message.id, None)
        while len(self._marked) > 10_000:
            del self._marked[next(iter(self._marked))]

    async def _write(self, work: Callable[[Connection], Awaitable[None]]) -> None:
        try:
            async with self._database.connection() as conn:
                await work(conn)
        except DatabaseError as error:
            _log.warning("outbox not written", error=type(error).__name__)

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


async def _happens(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True

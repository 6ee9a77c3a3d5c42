"""Delivery: each shopper's messages in order, after the commit, by the one process that has claimed the shopper."""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from contextvars import Context

from bot.base import clock, logs, metrics
from bot.base.batch import Batch
from bot.messenger.graph import Graph
from handlers.outbound.lane import Lane, ToSend, read
from handlers.outbound.life import Life
from handlers.outbound.marks import Marks
from handlers.outbound.page import Page
from handlers.outbound.pause import Pause
from handlers.outbound.senders import Senders
from handlers.outbound.sending import Sending
from handlers.outbound.watch import Watch
from handlers.outbound.ways import Ways
from repository.chats import outbox as stored
from repository.chats.outbox import Claim, Queued
from repository.database.connection import Database
from repository.database.errors import DatabaseError

_log = logs.get("outbox")

READ_AGAIN = 0.5  # seconds before the table is read again that could not be read
ECHO_SECONDS = 60.0  # in which an echo may still show that a message in doubt arrived
NEXT_ECHO = 10.0  # seconds in which the echo of the next message follows one that has come


class Outbox:
    """Sends what turns and notices have put into the `outbox` table.

    One process at a time sends a shopper's messages, in the order of the table: the one that has claimed the shopper. A
    turn takes the claim with its own commit, unless another process is in the middle of it; that one finds what the
    turn left, because it looks once more when it gives the claim back. Both do so while the conversation is locked.

    Args:
        database: The shop's database.
        ways: To Facebook, one for each page; while no page is connected, everything waits in the table.
        life: Of this process. Where others live too, claims are given back as soon as everything is sent.
        echo_seconds: How long a message that may have arrived waits for its echo before it is sent again.

    Attributes:
        sender: The name of this process.
        senders: Who sends for each page, and what holds each.
        marks: What was sent, and is not written yet.
    """

    def __init__(self, database: Database, ways: Ways, life: Life, *, echo_seconds: float = ECHO_SECONDS) -> None:
        self.sender = life.name
        self._database = database
        self._life = life
        self._lanes: dict[str, Lane] = {}
        self._known: dict[int, ToSend] = {}
        self.marks = Marks(database)
        self._returns: Batch[str] = Batch(self._return)
        self._echo_seconds = echo_seconds
        self._watch = Watch(database)

        def made(graph: Graph, page: Page) -> Sending:
            marks, watch = self.marks, self._watch
            return Sending(database, graph, page=page, marks=marks, watch=watch, echo_seconds=echo_seconds, life=life)

        self.senders = Senders(database, ways, made)
        self._closing = False

    def may_take(self, claim: Claim) -> bool:
        """Whether this process may take a claim, and deliver what is committed together with that.

        Args:
            claim: As it is read while the conversation is locked.
        """
        return self.senders.are_there and not claim.is_held_from(self.sender)

    def deliver(self, psid: str, messages: Sequence[ToSend], before: Claim) -> None:
        """Deliver messages that were committed together with this process's claim.

        Args:
            psid: The shopper.
            messages: The messages, in order.
            before: The claim as it was before.
        """
        messages = [one for one in messages if not self._has(one.id)]  # read before the commit was answered
        if not messages or not self.senders.are_there:
            return
        lane = self._lane(psid)
        lane.page_id = before.page_id
        if before.is_left_behind(self.sender):
            lane.doubtful_until = clock.monotonic() + self._echo_seconds
        if lane.reload or lane.loading or not self._has(before.newest):
            lane.reload = True  # older ones wait in the table, not in our hands: read them all from there
            lane.certain |= {message.id for message in messages}
        else:
            self._add(lane, messages)
        self._start(psid, lane)

    def wake(self, psid: str, certain: Collection[int] = ()) -> None:
        """Look for messages to a shopper that somebody has put into the table.

        Args:
            psid: The shopper.
            certain: `outbox.id` of those that were committed just now, so that nobody can have sent them.
        """
        if not self.senders.are_there:
            return
        lane = self._lane(psid)
        lane.reload = True
        lane.certain.update(certain)
        self._start(psid, lane)

    def confirm(self, outbox_id: int, message_id: str) -> "asyncio.Future[None] | None":
        """An echo shows that a message arrived.

        Args:
            outbox_id: Which, from the echo's metadata.
            message_id: The `mid` that Facebook gave it.

        Returns:
            Done once that is written; None where it was already.
        """
        if self.marks.has_written(outbox_id):
            return None
        written = self.marks.put(outbox_id, message_id)
        if message := self._known.get(outbox_id):
            message.hears("arrived")
        return written

    @property
    def pause(self) -> Pause:
        """What every message of the first page waits for; end it when a person has put right why it cannot send."""
        return self.senders.page().pause

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in this process's hands."""
        return self.has_sent and self.marks.is_idle

    @property
    def has_sent(self) -> bool:
        """Whether everything is sent, though the table may not say so yet."""
        return not any(lane.task or lane.waiting for lane in self._lanes.values())

    async def drain(self) -> None:
        """Wait until nothing is in this process's hands."""
        await self.sent()
        while not self.marks.is_idle:
            await self.marks.drain()
            await self.sent()

    async def sent(self) -> None:
        """Wait until everything is sent, though the table may not say so yet."""
        while tasks := [lane.task for lane in self._lanes.values() if lane.task]:
            await asyncio.wait(tasks)

    async def recover(self) -> None:
        """Take over what no living process delivers. Called at the start and now and then."""
        if not self.senders.are_there:
            return
        async with self._database.connection() as conn:
            waiting = await stored.unclaimed(conn, sender=self.sender, now=clock.now())
        for one in waiting:
            is_sending = one.psid in self._lanes and self._lanes[one.psid].task is not None
            if not is_sending and one.newest not in self.marks:  # which the table is about to say
                self.wake(one.psid)

    async def close(self, *, patience: float = 5.0) -> None:
        """Send what is in hand for `patience` seconds; the rest waits in the table for whoever comes after this."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self.drain()
        self._closing = True
        for lane in self._lanes.values():
            if lane.task is not None:
                lane.task.cancel()
        self._watch.close()
        await self.marks.drain()
        await self._returns.drain()

    # How a lane runs.

    def _lane(self, psid: str) -> Lane:
        if psid not in self._lanes:
            self._lanes[psid] = Lane(self._life.number)
        return self._lanes[psid]

    def _has(self, outbox_id: int) -> bool:
        """Whether a message is in this process's hands, or was sent a moment ago; True also for none."""
        return not outbox_id or outbox_id in self._known or outbox_id in self.marks

    def _add(self, lane: Lane, messages: Sequence[ToSend]) -> None:
        self._known |= {message.id: message for message in messages}
        lane.waiting.extend(messages)
        metrics.waiting.inc(len(messages))

    def _drop(self, lane: Lane) -> ToSend:
        message = lane.waiting.popleft()
        del self._known[message.id]
        metrics.waiting.dec()
        return message

    def _start(self, psid: str, lane: Lane) -> None:
        if lane.task is None and not self._closing and self.senders.are_there:
            lane.task = asyncio.create_task(self._run(psid, lane), context=Context())  # of no turn

    async def _run(self, psid: str, lane: Lane) -> None:
        try:
            while await self._goes_on(psid, lane):
                pass
        finally:
            lane.task = None
            if lane.reload:
                self._start(psid, lane)
            elif not lane.waiting:
                del self._lanes[psid]

    async def _goes_on(self, psid: str, lane: Lane) -> bool:
        """Do the next thing in a lane; False where there is none."""
        try:
            if self._life.is_in_doubt or lane.life != self._life.number:
                lane.reload = True  # another process may have taken this one for dead: claim anew
            if lane.reload and not await self._load(psid, lane):
                return False
            if not lane.waiting:
                return self._life.has_company and await self._give_back(psid, lane)
            done = await self.senders.deal_with(lane.page_id, psid, lane.waiting[0])
        except Exception as error:  # noqa: BLE001  (a bug must not end the lane in silence)
            _log.error("delivery failed", error=type(error).__name__, exc_info=error)
            done = await self._stumbled(lane, type(error).__name__)
        if done:
            message = self._drop(lane)
            lane.dealt_with.add(message.id)
            if message.outcome == "arrived":
                lane.trust_echoes(clock.monotonic() + NEXT_ECHO)
        return True

    async def _stumbled(self, lane: Lane, kind: str) -> bool:
        """Count what went wrong unforeseen against the message in hand; True once that is given up."""
        if not lane.waiting:
            lane.reload = True
            await asyncio.sleep(READ_AGAIN)
            return False
        wait = await self.senders.of(lane.page_id).put_off(lane.waiting[0], code="bug", reason=kind)
        if wait is not None:
            await asyncio.sleep(wait.total_seconds())
        return wait is None

    async def _load(self, psid: str, lane: Lane) -> bool:
        """Claim the shopper and read what waits; False where another process delivers to them."""
        lane.reload, lane.loading = False, True
        try:
            await self._life.ensure()
            life = self._life.number
            async with self._database.transaction() as conn:
                before, waiting = await stored.claim(conn, psid=psid, sender=self.sender)
        except DatabaseError as error:
            _log.warning("outbox not read", error=type(error).__name__)
            await asyncio.sleep(READ_AGAIN)
            lane.reload = True
            return True
        finally:
            lane.loading = False
        lane.life, lane.page_id = life, before.page_id
        if before.is_held_from(self.sender):
            waiting = []
        if before.is_left_behind(self.sender):
            lane.doubtful_until = clock.monotonic() + self._echo_seconds
        self._take_up(lane, waiting)
        return bool(waiting)

    def _take_up(self, lane: Lane, rows: Sequence[Queued]) -> None:
        """Let exactly this wait in a lane, in this order; what is in hand already stays as it is."""
        in_hand = {message.id: message for message in lane.waiting}
        certain, lane.certain = lane.certain, lane.certain - {row.id for row in rows}
        while lane.waiting:
            self._drop(lane)
        for row in rows:
            if row.id in self.marks:
                continue  # sent a moment ago; the table does not say so yet
            doubtful_until = 0.0 if row.id in certain else lane.doubtful_until
            self._add(lane, [in_hand.get(row.id) or read(row, doubtful_until)])

    async def _give_back(self, psid: str, lane: Lane) -> bool:
        """Give the claim back as soon as the table says what was sent; True where something waits after all."""
        try:
            await self.marks.settled(lane.dealt_with)
            if not (lane.waiting or lane.reload):
                await self._returns.put(psid)
        except DatabaseError as error:
            _log.warning("claim not given back", error=type(error).__name__)
            lane.reload = True  # it may be given back all the same: what came meanwhile may be another's
            await asyncio.sleep(READ_AGAIN)
        return bool(lane.waiting or lane.reload)

    async def _return(self, psids: Sequence[str]) -> None:
        async with self._database.connection() as conn:
            late = await stored.give_back(conn, sender=self.sender, psids=psids)
        for psid in late & self._lanes.keys():
            self._lanes[psid].reload = True

"""Events on their way in: each stored once, then whoever must act is woken."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cache

import msgspec
from prometheus_client import Counter

from bot.base import clock, logs, metrics
from bot.base.batch import Batch, apart, done_within
from bot.messenger import events as kinds
from bot.messenger.event import Event
from bot.messenger.events import (
    Delivery,
    Echo,
    Read,
)
from bot.messenger.lenient import an_object, text
from handlers.inbound.arrivals import arrival, edit_keys, kind_of, turn_arrival
from handlers.inbound.boarding import Aboard, Boarding
from handlers.inbound.lanes import Lanes
from handlers.inbound.others import Others
from handlers.outbound.lane import id_of
from handlers.outbound.marks import Leaving
from handlers.outbound.outbox import Outbox
from repository.chats import inbox, receipts, shoppers, troubles
from repository.chats.inbox import FOREIGN, Arrival
from repository.database.connection import Connection, Database
from repository.database.errors import DatabaseError, TryAgain, Unavailable
from repository.notices import templates
from repository.posts import comments

_log = logs.get("receiving")
STORED_WITHIN = 1.8
"""Seconds in which events are stored, or Facebook hears that it should send them again: it gives up after five."""
_KNOWN_MOST = 5000  # events of which it is known that they came before
_TOUCH_EVERY = 1.0  # seconds
_FOREIGN_MOST = 100  # pages that are told of
_NAME_MOST = 512  # of a template, as Meta allows


class Receiving:
    """Takes decoded events, stores them durably and wakes turns and deliveries.

    Args:
        database: The shop's database.
        lanes: Take the turns.
        outbox: Delivers, and wants to know what Facebook says of its messages.
        others: Keeps the bot quiet where somebody else speaks for the page.
        is_ours: Whether the shop answers on a page; what is for another one is kept and not answered.

    Attributes:
        stored_within: Seconds in which events are stored, or are to be sent again.
    """

    def __init__(
        self, database: Database, lanes: Lanes, outbox: Outbox, others: Others, *, is_ours: Callable[[str], bool]
    ) -> None:
        self.stored_within = STORED_WITHIN
        self._database = database
        self._others = others
        self._is_ours = is_ours
        self._foreign: set[str] = set()
        self._lanes = lanes
        self._outbox = outbox
        self._batch: Batch[Event] = Batch(self._store, in_order=True)
        self._boarding = Boarding(self._batch, outbox.marks, is_ours=is_ours, stored=self._wake)
        self._seen: set[str] = set()
        self._known: OrderedDict[bytes, None] = OrderedDict()
        self._toucher: asyncio.Task[None] | None = None
        self._receipts: Batch[Event] = Batch(self._note_receipts)

    async def take(self, events: Sequence[Event]) -> None:
        """Return once every event is stored, or what it says is.

        Args:
            events: The events of one webhook.

        Raises:
            DatabaseError: They could not be stored; Facebook will send them again.
        """
        waiting: list[asyncio.Future[None]] = []
        is_hasty = any(self._lanes.due(event.psid) for event in events)  # who does not wait shall be seen to pile up
        self._boarding.expects(company=self._lanes.are_under_way and not is_hasty)
        for event in events:
            _count(kind_of(event)).inc()
            if isinstance(event, Echo) and not event.standby and (outbox_id := id_of(event.metadata)):
                if confirmed := self._outbox.confirm(outbox_id, event.mid):
                    waiting.append(apart(confirmed))
            elif isinstance(event, Delivery | Read):
                # What they say is a watermark that only grows: the last one is enough.
                self._receipts.put(event)
            else:
                waiting.append(self._batch.put(event))
        if not waiting:
            return
        try:
            await done_within(waiting, self.stored_within)
        except TimeoutError as error:
            raise Unavailable("not stored in time") from error

    def board(self) -> Aboard | Leaving | None:
        """What waits to be stored, to be stored with a turn that ends now; None where nothing may."""
        return self._boarding.board()

    async def close(self) -> None:
        """Finish what was taken."""
        await self._batch.drain()
        await self._receipts.drain()
        await self._others.close()
        if self._toucher is not None:
            self._toucher.cancel()
            await asyncio.gather(self._toucher, return_exceptions=True)
        await self._touch()

    async def _store(self, events: Sequence[Event]) -> None:
        foreign = [event for event in events if not self._is_ours(event.page_id)]
        ours = [event for event in events if self._is_ours(event.page_id)] if foreign else events
        turns = [turn_arrival(event) for event in ours if event.is_turn]
        below = [event for event in ours if isinstance(event, kinds.Comment | kinds.PagePost)]
        others = [arrival(event) for event in ours if not event.is_turn and event not in below]
        others += [msgspec.structs.replace(arrival(event), kind=FOREIGN) for event in foreign]
        fresh = await self._keep(turns, others)
        heard = [event for event in ours if not event.is_turn or isinstance(event, kinds.Unsend)]

        async def note(conn: Connection) -> int:
            fresh = await _keep_below(conn, below) if below else 0
            for event in heard:
                await self._note(conn, event)
            return fresh

        if heard:  # each part is safe to do again: Facebook would send all of it again
            fresh += await self._database.retry(note, in_transaction=False)
        self._tell_of(foreign)
        metrics.duplicates.inc(len(events) - fresh)
        self._wake(turns, len(turns))

    def _wake(self, turns: Sequence[Arrival], fresh: int) -> None:
        """Let turns be taken that are stored.

        Args:
            turns: What was stored.
            fresh: How much of it had not been here before.
        """
        metrics.duplicates.inc(len(turns) - fresh)
        now = clock.monotonic()
        for turn in turns:
            received = None if self._came_before(turn.key) else now
            self._lanes.wake(turn.psid, received=received, payload=turn.payload)
            self._seen.add(turn.psid)
        if turns and self._toucher is None:
            self._toucher = asyncio.create_task(self._touch_later())

    def _came_before(self, key: bytes) -> bool:
        """Whether this process has stored an event before; brought again, it is nothing more that was sent."""
        came = key in self._known
        self._known[key] = None
        self._known.move_to_end(key)
        if len(self._known) > _KNOWN_MOST:
            self._known.popitem(last=False)
        return came

    async def _note(self, conn: Connection, event: Event) -> None:
        """Do what an event asks for that is no turn, or besides its turn."""
        if isinstance(event, kinds.Unsend) and event.mid:
            await inbox.forget_message(conn, key=event.message_key, edits=edit_keys(event))
        elif isinstance(event, kinds.PageChange):
            await _note_change(conn, event)
        elif isinstance(event, kinds.PolicyEnforcement):
            await troubles.enforced(conn, action=event.action, reason=event.reason, at=event.sent_at)
        else:
            await self._others.hear(conn, event)

    async def _keep(self, turns: Sequence[Arrival], others: Sequence[Arrival]) -> int:
        """Store what came, and with it that messages were sent; what came is stored even where that is refused."""
        if not turns and not others:
            return 0
        leaving = self._outbox.marks.leave_with()
        try:
            async with self._database.connection() as conn:
                fresh = await inbox.store(conn, turns=turns, others=others, along=leaving.statements)
        except BaseException as error:
            leaving.stay()
            if not isinstance(error, TryAgain) and not (leaving.statements and isinstance(error, DatabaseError)):
                raise
            return await self._database.retry(
                lambda conn: inbox.store(conn, turns=turns, others=others), in_transaction=False
            )
        leaving.arrived()
        return fresh

    def _tell_of(self, foreign: Sequence[Event]) -> None:
        """Say once of each page that is not the shop's that it sends events here."""
        for page_id in {event.page_id for event in foreign} - self._foreign:
            if len(self._foreign) < _FOREIGN_MOST:
                self._foreign.add(page_id)
                _log.warning("events of a page that this shop does not answer on are kept, not answered", page=page_id)

    async def _touch_later(self) -> None:
        try:
            await asyncio.sleep(_TOUCH_EVERY)
            await self._touch()
        finally:
            self._toucher = None

    async def _touch(self) -> None:
        seen, self._seen = self._seen, set()
        if not seen:
            return
        try:
            async with self._database.connection() as conn:
                await shoppers.touch(conn, psids=sorted(seen))
        except DatabaseError as error:
            self._seen |= seen
            _log.warning("last interaction not noted", error=type(error).__name__)

    async def _note_receipts(self, events: Sequence[Event]) -> None:
        latest: dict[tuple[str, type[Event]], Event] = {}
        for event in events:
            latest[event.psid, type(event)] = event
        try:
            async with self._database.connection() as conn:
                for (psid, kind), event in latest.items():
                    watermark = event.watermark if isinstance(event, Delivery | Read) else None
                    if psid and watermark is not None:
                        await receipts.note_receipts(
                            conn,
                            psid=psid,
                            delivered_until=watermark if kind is Delivery else None,
                            read_until=watermark if kind is Read else None,
                        )
        except DatabaseError as error:
            _log.warning("receipts not noted", error=type(error).__name__)


async def _keep_below(conn: Connection, below: Sequence[Event]) -> int:
    """Keep what came from below the page's posts; how much of it counts as new."""
    written = [event for event in below if isinstance(event, kinds.Comment)]
    posts = [event for event in below if isinstance(event, kinds.PagePost)]
    added = [event for event in written if event.verb == "add"]
    return min(await comments.keep(conn, comments=written, posts=posts), len(added)) + len(below) - len(added)


async def _note_change(conn: Connection, event: kinds.PageChange) -> None:
    """A template that moved is asked about at the next look, so that there is one way to learn how it stands."""
    if event.field == "message_template_status_update":
        moved = an_object(msgspec.json.decode(event.value))
        name, language = text(moved.get("message_template_name")), text(moved.get("message_template_language"))
        await templates.moved(conn, name=name[:_NAME_MOST], language=language[:_NAME_MOST])


@cache
def _count(kind: str) -> Counter:
    return metrics.events.labels(kind)

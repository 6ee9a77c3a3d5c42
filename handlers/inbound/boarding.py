"""Events that are stored with the end of somebody's turn: a busy shop commits once for both."""

from collections.abc import Callable, Sequence

from bot.base import clock
from bot.base.batch import Batch, Waiting
from bot.messenger.event import Event
from bot.messenger.events import Unsend
from handlers.inbound.arrivals import turn_arrival
from handlers.outbound.marks import Leaving, Marks
from repository.chats import inbox
from repository.chats.inbox import Arrival
from repository.database.connection import Result, Statement

WAITS = 0.01
"""Seconds in which an event may be taken along, while turns are under way; then it is stored by itself."""
_MOST = 30  # events that go with one turn
_ALONE = 2.0  # seconds in which every event is stored by itself, after some could not be stored with a turn


class Boarding:
    """Gives the events that wait to be stored to turns that end.

    Args:
        batch: Where they wait. It keeps their order: while some are away, none that came later is stored.
        marks: That messages were sent, which goes along.
        is_ours: Whether the shop answers on a page.
        stored: Told what was stored, and how much of it had not been here before.
    """

    def __init__(
        self,
        batch: Batch[Event],
        marks: Marks,
        *,
        is_ours: Callable[[str], bool],
        stored: Callable[[Sequence[Arrival], int], None],
    ) -> None:
        self._batch = batch
        self._marks = marks
        self._is_ours = is_ours
        self._stored = stored
        self._alone_until = 0.0

    def expects(self, *, company: bool) -> None:
        """Let what comes now wait for a turn that ends, or not.

        Args:
            company: Whether turns of others are under way.
        """
        if company and clock.monotonic() >= self._alone_until:
            self._batch.linger = WAITS
        else:
            self._batch.linger = 0.0
            self._batch.hurry()

    def board(self) -> "Aboard | Leaving | None":
        """What waits, to be stored with a turn; None where nothing does, or some of it needs more than to be stored."""
        if clock.monotonic() < self._alone_until:
            return None
        if not (taken := self._batch.take(_MOST)):
            return self._marks.leave_with() if self._marks.are_some else None
        if not all(self._is_plain(event) for event, _ in taken):
            self._batch.put_back(taken)
            return None
        try:
            arrivals = [turn_arrival(event) for event, _ in taken]
        except Exception:  # noqa: BLE001  (whoever brought it hears of that where it is stored by itself)
            self.stays(taken)
            return None
        return Aboard(self, taken, arrivals, self._marks.leave_with())

    def _is_plain(self, event: Event) -> bool:
        return event.is_turn and not isinstance(event, Unsend) and self._is_ours(event.page_id)

    def came(self, taken: list[Waiting[Event]], arrivals: Sequence[Arrival], fresh: int) -> None:
        """They are stored: whoever must act is woken, and who brought them is told."""
        try:
            self._stored(arrivals, fresh)
        finally:
            self._batch.settle(taken)  # or nothing would be stored ever after

    def stays(self, taken: list[Waiting[Event]]) -> None:
        """They may not be stored: they are by themselves, and so is everything for a while."""
        self._alone_until = clock.monotonic() + _ALONE
        self._batch.linger = 0.0
        self._batch.put_back(taken)


class Aboard:
    """Events that are written with a turn, and marks that go along."""

    def __init__(
        self, boarding: Boarding, taken: list[Waiting[Event]], arrivals: Sequence[Arrival], leaving: Leaving
    ) -> None:
        self._boarding = boarding
        self._taken = taken
        self._arrivals = arrivals
        self._leaving = leaving

    @property
    def statements(self) -> Sequence[Statement]:
        """What writes them."""
        return [inbox.storing(self._arrivals), *self._leaving.statements]

    def arrived(self, results: Sequence[Result]) -> None:
        """They are committed.

        Args:
            results: What the statements have answered.
        """
        self._leaving.arrived()
        self._boarding.came(self._taken, self._arrivals, results[0].rowcount)

    def stay(self) -> None:
        """They are not, or nobody knows."""
        self._leaving.stay()
        self._boarding.stays(self._taken)

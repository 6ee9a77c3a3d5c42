"""Lanes: one shopper's turns in order, many shoppers' at once."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextvars import Context
from datetime import timedelta

from bot.base import clock, logs, metrics
from handlers.inbound.floods import Floods
from repository.database.errors import TryAgain, Unavailable

_log = logs.get("turns")

TakeTurn = Callable[[str, float | None], Awaitable[bool]]


class FirstThis(Exception):
    """A turn cannot be taken before something else is done that may take its time, and needs no place among the turns.

    Attributes:
        do: Does it.
    """

    def __init__(self, do: Callable[[], Awaitable[None]]) -> None:
        super().__init__("something else comes first")
        self.do = do


PATIENCE = 20
"""Times that the database may put a turn off before somebody asks whether it is this turn alone: about a minute."""


class Lanes:
    """Takes the turns that wait.

    Args:
        take_turn: Takes one turn of a shopper and says whether there was one; gets the PSID and when its event came,
            by the monotonic clock.
        give_up: Called with a PSID and an error when a turn has failed; says how long to wait before the next try, in
            seconds, or None to go on with the next event.
        most: Turns at once.
        floods: Counts how much each shopper sends.
        calm: Called with a PSID when that is too much, in place of taking a turn; says whether it is dealt with.
        tapped: Called with a PSID and what a button carried, before the turn of that is taken.
        patience: How often the database may put a turn off before `give_up` is asked. While the database does not
            answer anybody, that counts nothing.
    """

    def __init__(
        self,
        take_turn: TakeTurn,
        give_up: Callable[[str, Exception], Awaitable[float | None]],
        *,
        most: int = 12,
        floods: Floods | None = None,
        calm: Callable[[str], Awaitable[bool]] | None = None,
        tapped: Callable[[str, str], None] | None = None,
        patience: int = PATIENCE,
    ) -> None:
        self._take_turn = take_turn
        self._give_up = give_up
        self._patience = patience
        self._floods = floods or Floods(lambda: 0)
        self._calm = calm
        self._tapped = tapped
        self._free = asyncio.Semaphore(most)
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._due: dict[str, deque[float | None]] = {}
        self._closing = False
        self._under_way = 0

    def wake(self, psid: str, *, received: float | None = None, payload: str = "") -> None:
        """Take a shopper's next turn, or all that wait where nobody knows how many do.

        Args:
            psid: The shopper.
            received: When the event came, by the monotonic clock; None takes every turn that waits, and is nothing that
                the shopper has sent.
            payload: What the button carried that they have tapped, where they have.
        """
        if payload and self._tapped:
            self._tapped(psid, payload)
        self._due.setdefault(psid, deque()).append(received)
        if received is not None:
            self._floods.came(psid)
        if psid not in self._lanes and not self._closing:
            self._lanes[psid] = asyncio.create_task(self._run(psid), context=Context())  # no part of who stored it

    def due(self, psid: str) -> int:
        """How many turns of a shopper this process is about to take."""
        return len(self._due.get(psid, ()))

    @property
    def are_under_way(self) -> bool:
        """Whether a turn is being taken this moment, and will end soon."""
        return self._under_way > 0

    @property
    def is_idle(self) -> bool:
        """Whether no turn is being taken."""
        return not self._lanes

    async def drain(self) -> None:
        """Wait until no turn is being taken."""
        while self._lanes:
            await asyncio.wait(self._lanes.values())

    async def close(self) -> None:
        """Finish the turns under way and take no more: what is left waits in the database."""
        self._closing = True
        try:
            async with asyncio.timeout(5):
                await self.drain()
        except TimeoutError:
            for lane in self._lanes.values():
                lane.cancel()

    async def _run(self, psid: str) -> None:
        try:
            await self._take_due(psid, self._due[psid])
        finally:
            del self._due[psid], self._lanes[psid]

    async def _taken(self, psid: str, received: float | None) -> bool:
        self._under_way += 1
        try:
            return await self._take_turn(psid, received)
        finally:
            self._under_way -= 1

    async def _take_due(self, psid: str, due: deque[float | None]) -> None:
        failures = 0
        while due and not self._closing:
            wakes = len(due)
            logs.of_turn(0)
            try:
                try:
                    async with self._free:
                        sent = len(due) - due.count(None)
                        calmed = self._calm and self._floods.is_on(psid, sent) and await self._calm(psid)
                        took = not calmed and await self._taken(psid, due[0])
                except FirstThis as first:
                    await first.do()
                    continue
            except (TryAgain, Unavailable) as error:
                # The event is safe: try again until the database is back. Whatever else it refuses, it will refuse
                # again: that is a failure of the turn.
                failures += 1
                metrics.turns.labels("database").inc()
                _log.warning("turn put off", error=type(error).__name__, failures=failures)
                wait = clock.backoff(failures, base=timedelta(milliseconds=50), most=timedelta(seconds=5))
                await asyncio.sleep(wait.total_seconds())
                if failures % self._patience == 0 and await self._give_up(psid, error) is None:
                    failures = 0
            except Exception as error:  # noqa: BLE001  (a bug in one turn must not end the lane)
                metrics.turns.labels("failed").inc()
                _log.error("turn failed", error=type(error).__name__, exc_info=error)
                pause = await self._give_up(psid, error)
                if pause is not None:
                    await asyncio.sleep(pause)
            else:
                failures = 0
                if took and due[0] is not None:
                    due.popleft()
                elif not took:
                    # Another process took them: whatever was woken for until we looked is done.
                    for _ in range(wakes):
                        due.popleft()

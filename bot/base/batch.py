"""Work that is done for many at once: whoever comes while a flush runs shares the next one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Waiting = tuple[Item, asyncio.Future[None]]


class Batch(Generic[Item]):
    """Collects items and flushes them together, one flush at a time, as soon as the one before has ended.

    Args:
        flush: Does the work for some items; when it fails, it failed for all of them.
        most: Items in one flush.
        linger: Seconds to wait for more items before a flush, where nobody is kept waiting by it. Where all that waited
            was taken in another way meanwhile, what came since waits as long.
        in_order: Whether nothing is flushed or taken before all that was taken earlier is settled or put back.

    Attributes:
        linger: As given.
    """

    def __init__(
        self,
        flush: Callable[[Sequence[Item]], Awaitable[None]],
        *,
        most: int = 100,
        linger: float = 0.0,
        in_order: bool = False,
    ) -> None:
        self._flush = flush
        self._most = most
        self.linger = linger
        self._waiting: list[Waiting[Item]] = []
        self._running: asyncio.Task[None] | None = None
        self._was_taken = False  # whatever waited, in another way than by a flush
        self._in_order = in_order
        self._is_flushing = False
        self._nap: asyncio.Future[None] | None = None  # done once nobody waits for company any longer
        self._away: asyncio.Future[None] | None = None  # done once what was taken is settled or put back

    def put(self, item: Item) -> asyncio.Future[None]:
        """Add an item.

        Args:
            item: What to flush.

        Returns:
            Done once the item is flushed; carries the flush's error where it failed.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        self._goes_on()
        return done

    def take(self, most: int) -> "list[Waiting[Item]]":
        """Take the oldest items that wait, to see to them in another way than by a flush.

        Args:
            most: How many at most.

        Returns:
            Each with what tells that it is done: `settle` them, or `put_back` what is not; none where it is not the
            turn of any.
        """
        if self._in_order and (self._away or self._is_flushing):
            return []
        taken = self._cut(most)
        if self._in_order and taken:
            self._away = asyncio.get_running_loop().create_future()
        return taken

    def _cut(self, most: int) -> "list[Waiting[Item]]":
        taken, self._waiting = self._waiting[:most], self._waiting[most:]
        self._was_taken = not self._waiting
        return taken

    def settle(self, taken: "list[Waiting[Item]]") -> None:
        """Say of items that they are done.

        Args:
            taken: By `take`.
        """
        self._is_back()
        _tell(taken)

    def hurry(self) -> None:
        """Let nothing that waits now wait any longer for more."""
        if self._nap is not None and not self._nap.done():
            self._nap.set_result(None)

    def _is_back(self) -> None:
        if self._away is not None:
            self._away.set_result(None)
            self._away = None

    def put_back(self, taken: "list[Waiting[Item]]") -> None:
        """Let items be flushed after all, before those that wait.

        Args:
            taken: By `take`.
        """
        self._is_back()
        self.hurry()
        self._waiting = taken + self._waiting
        self._was_taken = False
        self._goes_on()

    @property
    def waiting(self) -> int:
        """How many items wait."""
        return len(self._waiting)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits and nothing is being flushed."""
        return self._running is None

    async def drain(self) -> None:
        """Wait until everything that was put is flushed."""
        while self._running is not None:
            await asyncio.wait((self._running,))

    def _goes_on(self) -> None:
        if self._waiting and self._running is None:
            self._running = asyncio.create_task(self._run())

    async def _lingers(self) -> None:
        loop = asyncio.get_running_loop()
        self._nap = loop.create_future()
        late = loop.call_later(self.linger, self.hurry)
        try:
            await self._nap
        finally:
            late.cancel()
            self._nap = None

    async def _run(self) -> None:
        try:
            while self._waiting or self._away:
                if self._away:
                    await self._away
                    continue
                if self.linger:
                    self._was_taken = False
                    await self._lingers()
                    if self._was_taken or self._away:
                        continue
                if not (taken := self._cut(self._most)):
                    continue
                self._is_flushing = True
                try:
                    await self._flush([item for item, _ in taken])
                except Exception as error:  # noqa: BLE001  (whoever waits gets it)
                    _fail((done for _, done in taken), error)
                else:
                    _tell(taken)
                finally:
                    self._is_flushing = False
        finally:
            self._running = None


def _tell(taken: "Iterable[Waiting[Item]]") -> None:
    for _, done in taken:
        if not done.done():
            done.set_result(None)


def _fail(waiting: Iterable[asyncio.Future[None]], error: Exception) -> None:
    for done in waiting:
        if not done.done():
            done.set_exception(error)
            done.exception()  # who does not look is not warned about


def apart(shared: asyncio.Future[None]) -> asyncio.Future[None]:
    """What is done with something that others wait for too, and can be given up without them.

    Args:
        shared: What they wait for.
    """
    ours: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def tell(done: asyncio.Future[None]) -> None:
        if ours.done():
            return
        if done.cancelled():
            ours.cancel()
        elif error := done.exception():
            ours.set_exception(error)
        else:
            ours.set_result(None)

    shared.add_done_callback(tell)
    return ours


async def done_within(waiting: Sequence[asyncio.Future[None]], seconds: float) -> None:
    """Return once everything is done that nobody else waits for; what is late goes on by itself.

    `asyncio.wait` does the same for any futures, at several times the cost.

    Args:
        waiting: What `put` and `apart` return.
        seconds: How long it may take.

    Raises:
        TimeoutError: It took longer.
    """

    late = asyncio.get_running_loop().call_later(seconds, lambda: _fail(waiting, TimeoutError()))
    try:
        for one in waiting:
            await one
    finally:
        late.cancel()

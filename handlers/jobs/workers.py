"""Background work: whoever runs it does what is due in the queues, and at times what time brings."""

import asyncio
import math
from collections.abc import Callable, Sequence

from bot.base import clock, logs
from handlers.jobs.broadcasting import send_broadcasts
from handlers.jobs.notices import say_notices
from handlers.jobs.orders import work_on_orders
from handlers.jobs.sweeps import sweep
from handlers.jobs.unanswered import Unanswered
from handlers.turns.in_force import Shop
from repository.database.errors import DatabaseError
from repository.work import jobs

_log = logs.get("jobs")
SWEEP_EVERY = 15.0
"""Seconds between two looks for what ran out of time, and at claims of dead workers."""
NEVER = math.inf
"""Seconds between two sweeps of who leaves them to others."""
LOOK_EVERY = 0.2
"""Seconds between two looks at the queues while nobody says that there is work: what a merchant clicks in one process
is told by another within a blink."""


class Workers:
    """Does what is due. Any number of them may run, in any number of processes.

    Args:
        shop: The shop, for its words and rules.
        on_outbox: Told a shopper's PSID and the messages' ids once messages to them are committed in the outbox.
        sweep_every: Seconds between two sweeps; 0 sweeps each time, `NEVER` leaves them to others.
        name: Of this process, as in `processes.name`: what it has claimed is free once its row is gone. Empty where it
            has none.
    """

    def __init__(
        self,
        shop: Shop,
        *,
        on_outbox: Callable[[str, Sequence[int]], None],
        sweep_every: float = SWEEP_EVERY,
        name: str = "",
    ) -> None:
        self._shop = shop
        self._name = name
        self._on_outbox = on_outbox
        self._sweep_every = sweep_every
        self._swept_at = clock.monotonic() if sweep_every == NEVER else -sweep_every
        self._unanswered = Unanswered(shop.database)
        self._again = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that there may be work."""
        self._again.set()

    def sweep_soon(self) -> None:
        """Sweep the next time that anything is looked for: somebody may have left something behind."""
        self._swept_at = -self._sweep_every
        self._again.set()

    def stop(self) -> None:
        """Let `run` come to its end after what it is doing."""
        self._stopping = True
        self._again.set()

    async def run(self) -> None:
        """Do what is due until `stop` is called."""
        while not self._stopping:
            self._again.clear()
            try:
                await self.run_due()
            except DatabaseError as error:
                _log.warning("put off", error=type(error).__name__)
            try:
                async with asyncio.timeout(LOOK_EVERY):
                    await self._again.wait()
            except TimeoutError:
                continue

    async def run_due(self) -> None:
        """Do everything that is due now. Costs one question where nothing is.

        Raises:
            DatabaseError: The database cannot be asked; what was begun is undone and stays due.
        """
        try:
            due = await self._empty_queues()
            if clock.monotonic() - self._swept_at >= self._sweep_every:
                await sweep(self._shop, worker=self._name)
                self._swept_at = clock.monotonic()
                due = await self._empty_queues()
        except DatabaseError:
            self.sweep_soon()  # what was claimed, and is in nobody's hands now
            raise
        if due.broadcasts:
            async with self._shop.database.connection() as conn:
                words = await self._shop.words(conn, due.words_version)
            await send_broadcasts(self._shop, words, self._on_outbox)
        await self._unanswered.look(is_due=due.questions, phrases_version=due.phrases_version)

    async def _empty_queues(self) -> jobs.Due:
        while True:
            async with self._shop.database.connection() as conn:
                due = await jobs.due(conn)
                rules = await self._shop.rules(conn, due.rules_version)
                words = await self._shop.words(conn, due.words_version)
            if due.orders:
                await work_on_orders(self._shop, rules, worker=self._name)
            if due.orders or due.notices:
                await say_notices(self._shop, words, self._on_outbox)
            if not (due.orders or due.notices):
                return due

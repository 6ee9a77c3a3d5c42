"""Background work: orders are confirmed or held, what ran out of time is cancelled, notices are said, days closed."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot import clock, logs, metrics
from handlers.shop import Shop
from handlers.spoken import plain_text
from replies.notices import notice as notice_of
from replies.render import render
from replies.words import Words
from repository import confirming, jobs, notices, schedule
from repository.database import Connection
from repository.errors import DatabaseError, Refused, Unavailable
from repository.jobs import Job, LostClaim
from repository.notices import Notice
from repository.rules import Rules
from repository.search_index import index_due, newest_read

_log = logs.get("jobs")
AT_ONCE = 10
"""Orders that a worker claims at once: far less than a lease's worth of work."""
NOTICES_AT_ONCE = 20
SWEEP_EVERY = 15.0
"""Seconds between two looks for what ran out of time, at claims of dead workers and at the catalogue."""
READ_EVERY = 60.0
"""Seconds between two looks at the whole catalogue for names that have changed; new products are read at each sweep."""
READ_AT_ONCE = 250
"""Products that are read before the queues are looked at again."""
LOOK_EVERY = 1.0
"""Seconds between two looks at the queues while nobody says that there is work."""


class Workers:
    """Does what is due. Any number of them may run, in any number of processes.

    Args:
        shop: The shop, for its words and rules.
        on_outbox: Told a shopper's PSID once messages to them are committed in the outbox.
        sweep_every: Seconds between two sweeps; 0 sweeps each time.
    """

    def __init__(self, shop: Shop, *, on_outbox: Callable[[str], None], sweep_every: float = SWEEP_EVERY) -> None:
        self._shop = shop
        self._on_outbox = on_outbox
        self._sweep_every = sweep_every
        self._swept_at = -sweep_every
        self._read_at = -READ_EVERY
        self._read_to: int | None = None
        self._again = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that there may be work."""
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
        await self._empty_queues()
        if clock.monotonic() - self._swept_at >= self._sweep_every:
            self._swept_at = clock.monotonic()
            await self._sweep()
            await self._read_catalogue()
            await self._empty_queues()
        elif self._read_to is not None:
            await self._read_catalogue()

    async def _empty_queues(self) -> None:
        while True:
            async with self._shop.database.connection() as conn:
                due = await jobs.due(conn)
                rules = await self._shop.rules(conn, due.rules_version)
                words = await self._shop.words(conn, due.words_version)
            if due.orders:
                await self._work_on_orders(rules)
            if due.orders or due.notices:
                await self._say_notices(words)
            if not (due.orders or due.notices):
                return

    # Orders.

    async def _work_on_orders(self, rules: Rules) -> None:
        claimed = await self._shop.database.retry(lambda conn: jobs.claim(conn, most=AT_ONCE))
        for job in claimed:
            await self._work_on_order(job, rules)

    async def _work_on_order(self, job: Job, rules: Rules) -> None:
        async def work(conn: Connection) -> str:
            outcome = await confirming.confirm(conn, order_id=job.order_id, rules=rules, waited_ms=job.waited_ms)
            await jobs.finish(conn, job=job, outcome=outcome)
            return outcome

        try:
            outcome = await self._shop.database.retry(work)
        except LostClaim:
            metrics.jobs.labels("orders", "lost").inc()
        except Unavailable:
            raise  # the lease ends by itself
        except Exception as error:  # noqa: BLE001  (whatever it is, the job is tried again and then shown)
            await self._failed(job, error)
        else:
            metrics.jobs.labels("orders", outcome).inc()

    async def _failed(self, job: Job, error: Exception) -> None:
        code = error.code if isinstance(error, Refused) else type(error).__name__
        pause = clock.backoff(job.attempt, base=timedelta(seconds=5), most=timedelta(minutes=5))
        try:
            buried = await self._shop.database.retry(
                lambda conn: jobs.fail(conn, job=job, error=str(error) or code, code=code, pause=pause)
            )
        except LostClaim:
            metrics.jobs.labels("orders", "lost").inc()
            return
        metrics.jobs.labels("orders", "buried" if buried else "failed").inc()
        _log.error("order not worked on", order_id=job.order_id, code=code, buried=buried, exc_info=error)

    # Notices.

    async def _say_notices(self, words: Words) -> None:
        while True:
            woken: set[str] = set()

            async def work(conn: Connection, woken: set[str] = woken) -> int:
                woken.clear()
                claimed = await notices.claim(conn, most=NOTICES_AT_ONCE)
                for each in claimed:
                    if await self._say(conn, each, words):
                        woken.add(each.psid)
                return len(claimed)

            count = await self._shop.database.retry(work)
            for psid in woken:
                self._on_outbox(psid)
            if count < NOTICES_AT_ONCE:
                return

    async def _say(self, conn: Connection, notice: Notice, words: Words) -> bool:
        """Hand a notice over; False where it may not or cannot be said."""
        if not notice.window_open:
            await notices.refuse(conn, notice=notice, reason="window closed")
            metrics.jobs.labels("notices", "window_closed").inc()
            return False
        try:
            payloads = _payloads(notice, words)
        except Exception as error:  # noqa: BLE001  (one wording must not stop the other notices)
            await notices.put_off(conn, notice=notice, reason=f"its words failed: {type(error).__name__}")
            metrics.jobs.labels("notices", "failed").inc()
            _log.error("notice not said", notice_id=notice.id, error=type(error).__name__, exc_info=error)
            return False
        if not payloads:
            await notices.refuse(conn, notice=notice, reason="there is nothing to say")
            return False
        await notices.hand_over(conn, notice=notice, messages=payloads, text=plain_text(payloads))
        metrics.jobs.labels("notices", "said").inc()
        return True

    # What time brings.

    async def _sweep(self) -> None:
        database = self._shop.database
        async with database.connection() as conn:
            cancelled = await schedule.sweep(conn)
            back = await schedule.cancelled_with_promo(conn)
        for order_id in back:
            await database.retry(partial(schedule.give_promo_back, order_id=order_id))
        rescued = await database.retry(jobs.rescue)
        if cancelled or rescued:
            metrics.jobs.labels("orders", "expired").inc(cancelled)
            _log.info("swept", orders_cancelled=cancelled, jobs_rescued=rescued)
        for job in schedule.DAILY:
            async with database.connection() as conn:
                if await schedule.take(conn, job=job):
                    await schedule.do(conn, job=job)
                    _log.info("daily job done", job=job.name)

    async def _read_catalogue(self) -> None:
        """Read what is new in the catalogue, and now and then what has changed, some of it at a time."""
        start = self._read_to
        if start is None:
            if clock.monotonic() - self._read_at >= (READ_EVERY if self._sweep_every else 0.0):
                self._read_at, start = clock.monotonic(), 0
            else:
                async with self._shop.database.connection() as conn:
                    start = await newest_read(conn)
        _, self._read_to = await index_due(self._shop.database, after=start, most=READ_AT_ONCE)


def _payloads(notice: Notice, words: Words) -> list[dict[str, object]]:
    """The messages that say a notice: its words filled with its facts, else what the row itself says."""
    reply = notice_of(notice.template_name, notice.template_data)
    if reply is not None:
        return [message.payload() for message in render([reply], words, notice.language)]
    return [{"text": notice.message[:2000]}] if notice.message.strip() else []

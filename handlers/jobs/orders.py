"""The queue of work on orders: each piece is done once, tried again where that fails, and buried after the last try."""

from datetime import timedelta

from bot.base import clock, logs, metrics
from handlers.turns.in_force import Shop
from repository.database.connection import Connection
from repository.database.errors import ProcedureRefused, Unavailable
from repository.rules import Rules
from repository.work import jobs, steps
from repository.work.jobs import Job, LostClaim

_log = logs.get("jobs")
AT_ONCE = 10
"""Orders that a worker claims at once: far less than a lease's worth of work."""


async def work_on_orders(shop: Shop, rules: Rules, *, worker: str) -> None:
    """Work on some of the orders that are due.

    Args:
        shop: The shop.
        rules: Its rules.
        worker: This process, as in `processes.name`; empty where it has no row there.

    Raises:
        Unavailable: The database is away; what was claimed is due again when its lease ends, or this process.
    """
    for job in await shop.database.retry(lambda conn: jobs.claim(conn, most=AT_ONCE, worker=worker)):
        await _work_on(shop, job, rules)


async def _work_on(shop: Shop, job: Job, rules: Rules) -> None:
    async def work(conn: Connection) -> str:
        outcome = await steps.work(conn, job, rules)
        await jobs.finish(conn, job=job, outcome=outcome)
        return outcome

    try:
        outcome = await shop.database.retry(work)
    except LostClaim:
        metrics.jobs.labels("orders", "lost").inc()
    except Unavailable:
        raise  # the lease ends by itself
    except Exception as error:  # noqa: BLE001  (whatever it is, the job is tried again and then shown)
        await _failed(shop, job, error)
    else:
        metrics.jobs.labels("orders", outcome).inc()


async def _failed(shop: Shop, job: Job, error: Exception) -> None:
    code = error.code if isinstance(error, ProcedureRefused) else type(error).__name__
    pause = clock.backoff(job.attempt, base=timedelta(seconds=5), most=timedelta(minutes=5))
    try:
        buried = await shop.database.retry(
            lambda conn: jobs.fail(conn, job=job, error=str(error) or code, code=code, pause=pause)
        )
    except LostClaim:
        metrics.jobs.labels("orders", "lost").inc()
        return
    metrics.jobs.labels("orders", "buried" if buried else "failed").inc()
    _log.error("order not worked on", order_id=job.order_id, code=code, buried=buried, exc_info=error)

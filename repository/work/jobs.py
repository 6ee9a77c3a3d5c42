"""The queue of work on orders: claimed under a lease, tried again with growing pauses, then buried and shown."""

from datetime import timedelta

import msgspec

from repository.database.connection import Bound, Connection, Statement

LEASE_SECONDS = 60
"""How long a claim holds of which nobody knows who made it; a job takes some milliseconds."""
ATTEMPTS_MOST = 20
"""A worker that dies gives its job another attempt, for a death is seldom the job's fault; so often, it is."""


class Due(msgspec.Struct, frozen=True):
    """What waits for a worker, and the versions of words, rules and phrases."""

    orders: bool
    notices: bool
    questions: bool
    broadcasts: bool
    words_version: int
    rules_version: int
    phrases_version: int


class Job(msgspec.Struct, frozen=True):
    """A claimed piece of work.

    Attributes:
        id: `order_processing_queue.id`.
        order_id: `orders.id`.
        queue_type: Which work it is, as in `order_processing_queue.queue_type`.
        step: Which step of that work; empty for the usual one.
        attempt: Which attempt this is, from 1: the fencing token. Whoever claims later has a higher one.
        attempts_most: After how many it is buried.
        waited_ms: How long it waited since it was due first, in milliseconds.
    """

    id: int
    order_id: int
    queue_type: str
    step: str
    attempt: int
    attempts_most: int
    waited_ms: int


class LostClaim(Exception):
    """Somebody else has claimed the job since: what was done must be undone."""


async def due(conn: Connection) -> Due:
    """Whether anything waits, in one cheap question.

    Args:
        conn: An open connection.
    """
    due_now = await conn.one(
        Due,
        """
        SELECT EXISTS (SELECT 1 FROM order_processing_queue WHERE status IN ('pending', 'retry')
                       AND scheduled_at <= NOW()),
            EXISTS (SELECT 1 FROM notification_queue WHERE status = 'pending' AND scheduled_at <= NOW()
                    AND channel <> 'email'),
            EXISTS (SELECT 1 FROM unanswered_questions WHERE group_id IS NULL),
            EXISTS (SELECT 1 FROM broadcasts WHERE status = 'sending'
                    AND (taken_at IS NULL OR taken_at <= NOW(3) - INTERVAL 1 SECOND)),
            words, rules, phrases
        FROM shop_versions WHERE id = 1
        """,
    )
    assert due_now is not None, "the schema inserts the row"
    return due_now


async def claim(conn: Connection, *, most: int, worker: str = "") -> list[Job]:
    """Claim orders that wait to be worked on, the most urgent first. Commits with the caller's transaction.

    Args:
        conn: A connection in a transaction.
        most: Jobs at most.
        worker: The process, as in `processes.name`: as long as it has its row, the claim holds. Empty for one that
            holds for `LEASE_SECONDS` alone.
    """
    # Two questions of one shape, so that each reads the index in order (status, priority, id).
    results = await conn.batch(
        *(
            Statement(
                """
                SELECT id, order_id, queue_type, COALESCE(JSON_UNQUOTE(JSON_EXTRACT(payload, '$.step')), ''),
                    attempts + 1, max_attempts,
                    GREATEST(0, TIMESTAMPDIFF(MICROSECOND, GREATEST(created_at, scheduled_at), NOW(3)) DIV 1000)
                FROM order_processing_queue FORCE INDEX (ix_order_processing_queue_claim)
                WHERE status = %(status)s AND scheduled_at <= NOW()
                ORDER BY priority, id LIMIT %(most)s FOR UPDATE SKIP LOCKED
                """,
                {"status": status, "most": most},
            )
            for status in ("pending", "retry")
        )
    )
    jobs = [conn.read(Job, row) for result in results for row in result.rows]
    if jobs:
        await conn.run(
            "UPDATE order_processing_queue FORCE INDEX (PRIMARY) SET status = 'processing', attempts = attempts + 1,"
            " processing_started_at = NOW(), result = JSON_OBJECT('worker', %(worker)s) WHERE id IN %(ids)s",
            ids=[job.id for job in jobs],
            worker=worker,
        )
    return jobs


async def finish(conn: Connection, *, job: Job, outcome: str) -> None:
    """Note that a job is done, in the transaction of its effects, so that both happen once.

    Args:
        conn: A connection in a transaction.
        job: The job.
        outcome: What came of it, in a word.

    Raises:
        LostClaim: Somebody else has claimed it since; the caller must undo everything.
    """
    done = await conn.run(
        "UPDATE order_processing_queue SET status = 'completed', completed_at = NOW(), error_message = NULL,"
        " result = JSON_OBJECT('outcome', %(outcome)s)"
        " WHERE id = %(id)s AND status = 'processing' AND attempts = %(attempt)s",
        outcome=outcome,
        id=job.id,
        attempt=job.attempt,
    )
    if not done.rowcount:
        raise LostClaim(f"job {job.id}")


async def fail(conn: Connection, *, job: Job, error: str, code: str, pause: timedelta) -> bool:
    """Note that a job failed: it is tried again after a pause, or buried where its attempts have run out.

    Args:
        conn: A connection in a transaction.
        job: The job.
        error: What went wrong, for the merchant.
        code: The same in a word.
        pause: How long to wait before the next attempt.

    Returns:
        Whether it is buried.
    """
    buried = job.attempt >= job.attempts_most
    values: dict[str, Bound] = {
        "id": job.id,
        "order_id": job.order_id,
        "attempt": job.attempt,
        "error": error[:2000],
        "code": code[:50],
        "status": "failed" if buried else "retry",
        "pause": max(1, round(pause.total_seconds())),
    }
    # The order first: it is the first lock of everybody (contract/database.md).
    *_, moved = await conn.batch(
        Statement(
            "UPDATE orders SET error_count = error_count + 1, last_error = %(error)s,"
            " retry_count = retry_count + (%(status)s = 'retry') WHERE id = %(order_id)s",
            values,
        ),
        Statement(
            "UPDATE order_processing_queue SET status = %(status)s, error_message = %(error)s,"
            " scheduled_at = NOW() + INTERVAL %(pause)s SECOND"
            " WHERE id = %(id)s AND status = 'processing' AND attempts = %(attempt)s",
            values,
        ),
    )
    if not moved.rowcount:
        raise LostClaim(f"job {job.id}")
    await conn.batch(*_noted(values, buried=buried))
    return buried


class _Claimed(msgspec.Struct, frozen=True):
    """A claim that may be a dead worker's."""

    id: int
    order_id: int
    attempt: int
    attempts_most: int
    is_late: bool
    worker: str


async def rescue(conn: Connection, *, worker: str = "", most: int = 50) -> int:
    """Give up the claims of workers that died: their jobs are tried again, or buried where attempts have run out.

    Args:
        conn: A connection in a transaction.
        worker: Who asks, and has nothing in hand: what it has claimed all the same it has lost on its way.
        most: Jobs at most.

    Returns:
        How many there were.
    """
    claimed, living = await conn.batch(
        Statement(
            """
            SELECT id, order_id, attempts, max_attempts, processing_started_at < NOW() - INTERVAL %(lease)s SECOND,
                COALESCE(JSON_UNQUOTE(JSON_EXTRACT(result, '$.worker')), '')
            FROM order_processing_queue FORCE INDEX (ix_order_processing_queue_lease)
            WHERE status = 'processing'
            ORDER BY processing_started_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
            """,
            {"lease": LEASE_SECONDS, "most": most},
        ),
        Statement("SELECT name FROM processes"),
    )
    alive = {str(row[0]) for row in living.rows} - {worker}
    jobs = [conn.read(_Claimed, row) for row in claimed.rows]
    jobs = [job for job in jobs if job.is_late or (job.worker and job.worker not in alive)]
    again = [job for job in jobs if job.attempt < (ATTEMPTS_MOST if job.worker else job.attempts_most)]
    over = [job for job in jobs if job not in again]
    if again:
        await conn.run(
            "UPDATE order_processing_queue FORCE INDEX (PRIMARY) SET status = 'retry', scheduled_at = NOW(),"
            " max_attempts = max_attempts + (result IS NOT NULL AND JSON_EXTRACT(result, '$.worker') <> '')"
            " WHERE id IN %(ids)s",
            ids=[job.id for job in again],
        )
    for job in over:
        values: dict[str, Bound] = {
            "id": job.id,
            "order_id": job.order_id,
            "status": "failed",
            "code": "WORKER_LOST",
            "error": "The worker died each time while it worked on this.",
        }
        await conn.batch(
            Statement(
                "UPDATE order_processing_queue SET status = 'failed', error_message = %(error)s WHERE id = %(id)s",
                values,
            ),
            *_noted(values, buried=True),
        )
    return len(jobs)


def _noted(values: dict[str, Bound], *, buried: bool) -> list[Statement]:
    """What counts a failure, and shows the merchant one that nobody will try again."""
    counted = Statement(
        "UPDATE order_metrics SET error_count = error_count + 1, retry_count = retry_count + (%(status)s = 'retry')"
        " WHERE order_id = %(order_id)s",
        values,
    )
    shown = Statement(
        "INSERT INTO order_errors (order_id, error_type, error_code, error_message, severity)"
        " VALUES (%(order_id)s, 'system', %(code)s, %(error)s, 'high')",
        values,
    )
    return [counted, shown] if buried else [counted]

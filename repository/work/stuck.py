"""What waits in a queue or was given up, of every queue: seen, tried again, or dropped by a person."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from repository.database.binding import Feeds
from repository.database.connection import Connection, Statement
from repository.database.scalars import number
from repository.staff import audit
from repository.staff.by import By

State = Literal["over", "waits", "held", "doubt"]
CALLING_DAYS = 7
"""Days for which something calls a person: after a week Facebook takes nothing that a person types to a shopper."""
_FRESH = f"q.created_at >= NOW() - INTERVAL {CALLING_DAYS} DAY"


def _nobody_wrote(psid: str, behind: str) -> str:
    """That no person of the shop has reached a shopper since."""
    return (
        "NOT EXISTS (SELECT 1 FROM outbox later FORCE INDEX (ix_outbox_shopper)"
        " LEFT JOIN typed_messages t ON t.outbox_id = later.id"
        f" WHERE later.psid = {psid} AND later.status = 'sent' AND {behind})"
    )


class Stuck(msgspec.Struct, frozen=True):
    """Something that waits or was given up.

    Attributes:
        id: Of its row.
        what: What it is, in its queue's own word.
        words: What it says, where it says something; may be empty.
        why: Why it waits or was given up, in Facebook's words or ours; may be empty.
        code: Facebook's code for that, with its subcode after a slash; may be empty.
        state: Given up, so that nobody tries it again by himself; waiting for something of its own; held with all else
            since the page cannot send; or in doubt whether it has arrived.
        since: When it was put there.
        order_id: The order that it is about, 0 for none.
        number: That order's number.
        whom: Whom it is for, as Facebook calls them, or an address.
    """

    id: int
    what: str
    words: str
    why: str
    code: str
    state: State
    since: datetime
    order_id: int
    number: str
    whom: str


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """A queue as this page knows it.

    Attributes:
        name: In the address and in the audit.
        title: What merchants call it.
        table: Its table, as `q`.
        stuck: Which of its rows wait for something or were given up, of `q`.
        calls: Which of these a person can still do something about, and has not yet.
        waits: Which of its rows are due and simply wait for their turn, of `q`.
        columns: The columns of `Stuck`.
        joins: What these need besides.
        retry: What makes a row due again.
        drop: What makes a row be let go.
    """

    name: str
    title: str
    table: str
    stuck: str
    calls: str
    waits: str
    columns: str
    joins: str = ""
    retry: str
    drop: str


ORDERS = Queue(
    name="orders",
    title="Orders",
    table="order_processing_queue q",
    stuck="q.status IN ('failed', 'retry')",
    calls=f"({_FRESH} OR NOT EXISTS (SELECT 1 FROM orders done WHERE done.id = q.order_id"
    " AND done.order_status IN ('delivered', 'cancelled', 'returned')))",
    waits="q.status IN ('pending', 'processing') AND q.scheduled_at <= NOW()",
    columns="q.queue_type, '', COALESCE(q.error_message, ''), '', IF(q.status = 'failed', 'over', 'waits'), "
    " q.created_at, q.order_id, COALESCE(o.order_number, ''), COALESCE(u.facebook_name, '')",
    joins="LEFT JOIN orders o ON o.id = q.order_id LEFT JOIN users u ON u.id = o.user_id",
    retry="q.status = 'pending', q.attempts = 0, q.scheduled_at = NOW()",
    drop="q.status = 'completed', q.completed_at = NOW(), q.result = JSON_OBJECT('outcome', 'dropped')",
)
NOTICES = Queue(
    name="notices",
    title="Notices to shoppers",
    table="notification_queue q",
    stuck="(q.status = 'failed' OR (q.status = 'pending' AND (q.waits_for IS NOT NULL OR q.attempts > 0)))",
    calls=_FRESH,
    waits="q.status = 'pending' AND q.scheduled_at <= NOW() AND q.waits_for IS NULL AND q.attempts = 0",
    columns="COALESCE(NULLIF(q.template_name, ''), q.notification_type), q.message, COALESCE(q.error_message, ''),"
    " '', IF(q.status = 'failed', 'over', 'waits'), q.created_at, COALESCE(q.order_id, 0),"
    " COALESCE(o.order_number, ''), COALESCE(u.facebook_name, q.recipient)",
    joins="LEFT JOIN orders o ON o.id = q.order_id LEFT JOIN users u ON u.id = q.user_id",
    retry="q.status = 'pending', q.attempts = 0, q.scheduled_at = NOW(), q.leased_until = NULL",
    drop="q.status = 'bounced', q.waits_for = NULL",
)
MESSAGES = Queue(
    name="messages",
    title="Messages",
    table="outbox q",
    stuck="q.notice_id IS NULL AND (q.status = 'failed' OR (q.status = 'queued' AND q.error_code IS NOT NULL))"
    " AND COALESCE(q.error_code, '') <> 'dropped'",
    # What a person wrote since, or an answer to what the shopper wrote since, has arrived.
    calls=f"(q.status = 'queued' OR {_FRESH} AND "
    + _nobody_wrote("q.psid", "later.id > q.id AND (t.outbox_id IS NOT NULL OR later.turn_id > q.turn_id)")
    + ")",
    waits="q.status = 'queued' AND q.error_code IS NULL",
    columns="q.messaging_type, LEFT(COALESCE(JSON_UNQUOTE(JSON_EXTRACT(q.message, '$.text')), ''), 500),"
    " COALESCE(q.error_message, ''), COALESCE(q.error_code, ''), CASE WHEN q.status = 'failed' THEN 'over'"
    " WHEN q.error_code = 'in doubt' THEN 'doubt' WHEN q.attempts = 0 THEN 'held' ELSE 'waits' END, q.created_at,"
    " 0, '', COALESCE(u.facebook_name, q.psid)",
    joins="LEFT JOIN users u ON u.messenger_id = q.psid",
    retry="q.status = 'queued', q.attempts = 0, q.due_at = NOW(3), q.error_code = NULL, q.error_message = NULL",
    drop="q.status = 'failed', q.error_code = 'dropped'",
)
MERCHANTS = Queue(
    name="merchants",
    title="Your notices",
    table="merchant_notices q",
    stuck="q.channel <> 'console' AND (q.status = 'failed' OR (q.status = 'pending' AND q.attempts > 0))",
    calls=_FRESH,
    waits="q.status = 'pending' AND q.scheduled_at <= NOW() AND q.attempts = 0",
    columns="q.channel, q.words, COALESCE(q.error_message, ''), '', IF(q.status = 'failed', 'over', 'waits'),"
    " q.created_at, COALESCE(q.order_id, 0), COALESCE(o.order_number, ''),"
    " IF(q.channel = 'messenger', COALESCE(u.facebook_name, q.recipient), q.recipient)",
    joins="LEFT JOIN orders o ON o.id = q.order_id LEFT JOIN users u ON u.messenger_id = q.recipient",
    retry="q.status = 'pending', q.attempts = 0, q.scheduled_at = NOW()",
    drop="q.status = 'seen'",
)
TURNS = Queue(
    name="turns",
    title="From shoppers",
    table="chat_logs q",
    stuck="q.turn_status = 'buried'",
    calls=f"{_FRESH} AND " + _nobody_wrote("q.user_id", "t.outbox_id IS NOT NULL AND later.created_at >= q.created_at"),
    waits="q.turn_status = 'received'",
    columns="q.message_type, LEFT(COALESCE(q.user_message, ''), 500),"
    " CONCAT('The program failed on it: ', COALESCE(q.error_message, 'nobody knows why')), '', 'over', q.created_at,"
    " 0, '', COALESCE(u.facebook_name, q.user_id)",
    joins="LEFT JOIN users u ON u.messenger_id = q.user_id",
    retry="q.turn_status = 'received', q.attempts = 0",
    drop="q.turn_status = 'done', q.intent = 'dropped'",
)
QUEUES: Mapping[str, Queue] = {queue.name: queue for queue in (ORDERS, NOTICES, MESSAGES, MERCHANTS, TURNS)}


class Depth(msgspec.Struct, frozen=True):
    """How full a queue is.

    Attributes:
        stuck: How much waits for something or was given up.
        oldest_stuck: Since when, None where nothing is.
        waiting: How much is due and waits for its turn.
        oldest_waiting: Since when, None where nothing does.
        waits_seconds: For how long that is.
    """

    stuck: int
    oldest_stuck: datetime | None
    waiting: int
    oldest_waiting: datetime | None
    waits_seconds: int


async def depths(conn: Connection) -> Mapping[str, Depth]:
    """How full each queue is, by its name.

    Args:
        conn: An open connection.
    """
    results = await conn.batch(*(Statement(_depth(queue)) for queue in QUEUES.values()))
    return {name: conn.read(Depth, result.rows[0]) for name, result in zip(QUEUES, results, strict=True)}


def _depth(queue: Queue) -> str:
    return (
        "SELECT s.many, s.since, w.many, w.since, COALESCE(GREATEST(0, TIMESTAMPDIFF(SECOND, w.since, NOW())), 0)"
        f" FROM (SELECT COUNT(*) AS many, MIN(q.created_at) AS since FROM {queue.table} WHERE {queue.stuck}) s,"
        f" (SELECT COUNT(*) AS many, MIN(q.created_at) AS since FROM {queue.table} WHERE {queue.waits}) w"
    )


def calling_statements() -> tuple[Statement, ...]:
    """What reads how much of each of `QUEUES` calls a person, and since when, to be sent with something else."""
    return tuple(map(_calling, QUEUES.values()))


def _calling(queue: Queue) -> Statement:
    return Statement(f"SELECT COUNT(*), MIN(q.created_at) FROM {queue.table} WHERE {queue.stuck} AND {queue.calls}")


async def calling(conn: Connection, *, queue: Queue) -> int:
    """How much of a queue calls a person.

    Args:
        conn: An open connection.
        queue: Which queue.
    """
    statement = _calling(queue)
    return number((await conn.batch(statement))[0].rows[0][0])


async def page(
    conn: Connection,
    *,
    queue: Queue,
    limit: int,
    key: int | None = None,
    backwards: bool = False,
    only_calling: bool = False,
) -> list[Stuck]:
    """Some of what is stuck in a queue, the newest first.

    Args:
        conn: An open connection.
        queue: Which queue.
        limit: At most so many.
        key: `Stuck.id` of the one before them; None begins at the end.
        backwards: Whether those before the key are wanted, the nearest first.
        only_calling: Whether only what calls a person is wanted.
    """
    calls = queue.calls if only_calling else "TRUE"
    beyond = "TRUE" if key is None else "q.id > %(key)s" if backwards else "q.id < %(key)s"
    return await conn.all(
        Stuck,
        f"SELECT q.id, {queue.columns} FROM {queue.table} {queue.joins} WHERE {queue.stuck} AND {calls} AND {beyond}"
        f" ORDER BY q.id {'ASC' if backwards else 'DESC'} LIMIT %(limit)s",
        key=key or 0,
        limit=limit,
    )


async def retry(conn: Connection, *, queue: Queue, ids: Sequence[int], by: By) -> list[int]:
    """Let some of what is stuck be tried again at once.

    Args:
        conn: A connection in a transaction, which the caller owns.
        queue: Which queue.
        ids: Which rows; one that is not stuck any more is left alone.
        by: Who does it.

    Returns:
        The rows that are tried again.
    """
    return await _change(conn, queue, ids, queue.retry, by, "queue.retried", feeds="notices")


async def drop(conn: Connection, *, queue: Queue, ids: Sequence[int], by: By) -> list[int]:
    """Let some of what is stuck go: nobody tries it again, its row stays, and the audit says who did it.

    Args:
        conn: A connection in a transaction, which the caller owns.
        queue: Which queue.
        ids: Which rows; one that is not stuck any more is left alone.
        by: Who does it.

    Returns:
        The rows that were let go.
    """
    return await _change(conn, queue, ids, queue.drop, by, "queue.dropped")


async def _change(
    conn: Connection, queue: Queue, ids: Sequence[int], change: str, by: By, action: str, *, feeds: Feeds = ""
) -> list[int]:
    if not ids:
        return []
    locked = await conn.run(
        f"SELECT q.id FROM {queue.table} WHERE q.id IN %(ids)s AND {queue.stuck} ORDER BY q.id FOR UPDATE", ids=ids
    )
    changed = [row[0] for row in locked.rows if isinstance(row[0], int)]
    if changed:
        await conn.batch(
            Statement(f"UPDATE {queue.table} SET {change} WHERE q.id IN %(ids)s", {"ids": changed}, feeds_queue=feeds)
        )
    for one in changed:
        await audit.record(
            conn, action=action, admin_id=by.admin_id, subject=f"{queue.name} {one}", ip_address=by.ip_address
        )
    return changed

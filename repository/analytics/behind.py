"""The rows behind a number: visits, messages of shoppers, messages that failed; newest first, a page at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, get_args

import msgspec

from repository.analytics.asking import Period
from repository.analytics.gathering.chats import TO_PEOPLE, UNANSWERED
from repository.database.connection import Bound, Connection

Kind = Literal["step", "stopped", "source", "unanswered", "answered", "people", "failed"]
"""Visits by how far they came, by where the checkout was left, by where they came from; messages that were not
answered, all that were, those that were a person's; what Facebook did not take."""
KINDS: Final = get_args(Kind)
OF_CHATS: Final = ("unanswered", "answered", "people", "failed")
"""Those that are of one moment of a chat."""


class Behind(msgspec.Struct, frozen=True):
    """A row behind a number.

    Attributes:
        key: Its place among the rows.
        shopper_id: `users.id`, 0 for somebody unknown.
        shopper: Their name, or empty.
        at: When it was.
        words: What they typed, or why it failed; empty for a visit.
        step: Of a visit, how far it came.
        stopped_at: Of a visit, the tag of the checkout's last question; else empty.
        source: Of a visit, where it came from; empty for directly.
        orders: Of a visit, how many orders it led to.
        took_ms: Of a message, how long the answer took; 0 where nobody measured.
    """

    key: str
    shopper_id: int
    shopper: str
    at: datetime
    words: str
    step: int
    stopped_at: str
    source: str
    orders: int
    took_ms: int


_VISITS = """
    SELECT CONCAT(v.day, '.', v.user_id), v.user_id, COALESCE(u.facebook_name, ''), v.first_at, '', v.step,
        COALESCE(v.stopped_at, ''), v.source, v.orders, 0
    FROM analytics_visits v LEFT JOIN users u ON u.id = v.user_id
    WHERE v.day BETWEEN %(first)s AND %(last)s AND {which}
        AND (%(day)s = '' OR v.day < %(day)s OR (v.day = %(day)s AND v.user_id < %(id)s))
    ORDER BY v.day DESC, v.user_id DESC LIMIT %(limit)s
"""
_FURTHEST = """v.step = %(step)s AND NOT EXISTS (
        SELECT 1 FROM analytics_visits w WHERE w.user_id = v.user_id AND w.day BETWEEN %(first)s AND %(last)s
        AND (w.step > v.step OR (w.step = v.step AND w.day > v.day)))"""
"""Each shopper once, by the last of the visits on which they came as far as on none else."""
_TURNS = """
    SELECT CONCAT(l.created_at, '.', l.id), COALESCE(u.id, 0), COALESCE(u.facebook_name, ''), l.created_at,
        COALESCE(LEFT(l.user_message, 200), ''), 0, '', '', 0, COALESCE(l.response_time_ms, 0)
    FROM chat_logs l FORCE INDEX (ix_chat_logs_created) LEFT JOIN users u ON u.messenger_id = l.user_id
    WHERE l.created_at >= %(first)s AND l.created_at < %(last)s + INTERVAL 1 DAY AND l.turn_status = 'done'
        AND {which} AND (%(day)s = '' OR l.created_at < %(day)s OR (l.created_at = %(day)s AND l.id < %(id)s))
    ORDER BY l.created_at DESC, l.id DESC LIMIT %(limit)s
"""
_FAILED = """
    SELECT CONCAT('b.', b.id), COALESCE(u.id, 0), COALESCE(u.facebook_name, ''), b.created_at,
        COALESCE(b.error_code, ''), 0, '', '', 0, 0
    FROM outbox b FORCE INDEX (ix_outbox_due) LEFT JOIN users u ON u.messenger_id = b.psid
    WHERE b.status = 'failed' AND b.created_at >= %(first)s AND b.created_at < %(last)s + INTERVAL 1 DAY
        AND (%(of)s IS NULL OR COALESCE(b.error_code, '') = %(of)s) AND (%(id)s = 0 OR b.id < %(id)s)
    ORDER BY b.id DESC LIMIT %(limit)s
"""
_STATEMENTS: Final = {
    "step": _VISITS.format(which=_FURTHEST),
    "stopped": _VISITS.format(which="v.step = 3 AND COALESCE(v.stopped_at, '') = COALESCE(%(of)s, '')"),
    "source": _VISITS.format(which="v.source = IF(%(of)s = 'direct', '', %(of)s)"),
    "unanswered": _TURNS.format(which="l.message_type = 'text' AND l.intent IN %(unanswered)s"),
    "answered": _TURNS.format(which="l.decided_at IS NOT NULL"),
    "people": _TURNS.format(which="l.intent IN %(people)s"),
    "failed": _FAILED,
}


async def page(
    conn: Connection, *, kind: Kind, of: str | None, period: Period, limit: int, before: str = ""
) -> Sequence[Behind]:
    """Some rows behind a number, newest first.

    Args:
        conn: An open connection.
        kind: Which rows.
        of: Of which step, question, source or error; None for all where that means something.
        period: Of which days.
        limit: How many.
        before: The key of the row behind which to go on; empty begins.
    """
    day, _, number = before.rpartition(".")
    values: dict[str, Bound] = {
        "of": of,
        "step": int(of) if of and of.isdigit() and len(of) < 3 else -1,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "day": day,
        "id": int(number) if number.isdigit() and len(number) < 19 else 0,
        "unanswered": UNANSWERED,
        "people": TO_PEOPLE,
        "limit": limit,
    }
    return await conn.all(Behind, _STATEMENTS[kind], **values)

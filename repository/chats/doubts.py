"""Messages that may have arrived or not: what Facebook or a person has made of them, and which were sent again."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from repository.database.connection import Connection, Statement

DAYS = 30
"""For how long it is counted what was sent again."""
Why = Literal["no_answer", "crash"]


class Standing(msgspec.Struct, frozen=True):
    """How the table says that a message stands over which a process waits.

    Attributes:
        id: `outbox.id`.
        is_over: It is sent, failed or dropped: nobody sends it any more.
        is_wanted: A person wants it tried at once.
    """

    id: int
    is_over: bool
    is_wanted: bool


async def standings(conn: Connection, *, ids: Sequence[int]) -> list[Standing]:
    """How messages stand; one whose row is gone is over.

    Args:
        conn: An open connection.
        ids: `outbox.id` of messages that wait after a failure or in doubt, which their rows tell.
    """
    found = await conn.all(
        Standing,
        "SELECT id, status <> 'queued', status = 'queued' AND error_code IS NULL FROM outbox WHERE id IN %(ids)s",
        ids=ids,
    )
    there = {one.id for one in found}
    return found + [Standing(one, True, False) for one in ids if one not in there]


async def note_again(conn: Connection, *, message_id: int, why: Why) -> None:
    """Write that a message is sent again though it may have arrived, since no echo came in time.

    Args:
        conn: An open connection.
        message_id: `outbox.id`.
        why: Why nobody knows whether it has.
    """
    await conn.run(
        "INSERT INTO sent_again (outbox_id, why, last_at) VALUES (%(id)s, %(why)s, NOW(3))"
        " ON DUPLICATE KEY UPDATE times = times + 1, why = VALUES(why), last_at = VALUES(last_at)",
        id=message_id,
        why=why,
    )


class Again(msgspec.Struct, frozen=True):
    """What was sent again lately.

    Attributes:
        messages: How many messages.
        times: How often altogether.
    """

    messages: int
    times: int


def count_again() -> Statement:
    """How much was sent again in the last `DAYS` days, as an `Again`."""
    return Statement(
        "SELECT COUNT(*), COALESCE(SUM(times), 0) FROM sent_again WHERE last_at > NOW(3) - INTERVAL %(days)s DAY",
        {"days": DAYS},
    )

"""What is measured of a shop in its database, for whoever watches it."""

from collections.abc import Mapping

import msgspec

from repository.chats.doubts import Again, count_again
from repository.database.connection import Connection, Statement
from repository.work import stuck
from repository.work.stuck import Depth


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """A look at the whole shop.

    Attributes:
        queues: How full each queue is.
        processes: Servers and workers that are alive.
        troubles: Why the page cannot send, each kind that lasts.
        sent_again: Messages that were sent again lately though they may have arrived.
        unanswered: Shoppers who wait for a person.
        unanswered_seconds: For how long the first of them has waited.
    """

    queues: Mapping[str, Depth]
    processes: int
    troubles: tuple[str, ...]
    sent_again: int
    unanswered: int
    unanswered_seconds: int


class _Waiting(msgspec.Struct, frozen=True):
    shoppers: int
    seconds: int
    processes: int
    troubles: str


async def measures(conn: Connection) -> Measures:
    """A look at the whole shop.

    Args:
        conn: An open connection.
    """
    depths = await stuck.depths(conn)
    again, waiting = await conn.batch(
        count_again(),
        Statement(
            """
            SELECT COUNT(*), COALESCE(GREATEST(0, TIMESTAMPDIFF(SECOND, MIN(waits_since), NOW(3))), 0),
                   (SELECT COUNT(*) FROM processes WHERE alive_until > NOW(3)),
                   (SELECT COALESCE(GROUP_CONCAT(kind), '') FROM page_troubles WHERE ended_at IS NULL)
            FROM conversations FORCE INDEX (ix_conversations_waits) WHERE waits_since IS NOT NULL
            """
        ),
    )
    told = conn.read(_Waiting, waiting.rows[0])
    return Measures(
        queues=depths,
        processes=told.processes,
        troubles=tuple(filter(None, told.troubles.split(","))),
        sent_again=conn.read(Again, again.rows[0]).messages,
        unanswered=told.shoppers,
        unanswered_seconds=told.seconds,
    )

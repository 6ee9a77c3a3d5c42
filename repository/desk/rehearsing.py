"""Doing something to an order for a moment, to see what its shopper would be told: it is all taken back."""

from collections.abc import Awaitable, Callable

import msgspec

from repository.database.connection import Connection, Database
from repository.database.scalars import number


class Rehearsed(msgspec.Struct, frozen=True):
    """A notice that the shopper would get.

    Attributes:
        template_name: The name of its words.
        template_data: Its facts as JSON.
    """

    template_name: str
    template_data: str


class _Curtain(Exception):
    """Takes everything back that was done in a rehearsal."""

    def __init__(self, notices: list[Rehearsed]) -> None:
        super().__init__("rehearsed")
        self.notices = notices


async def rehearse(
    database: Database, *, order_id: int, work: Callable[[Connection], Awaitable[object]]
) -> tuple[Rehearsed, ...]:
    """What the shopper of an order would be told if something was done; nothing of it stays.

    What is really done is done by the same function, so that the two cannot differ.

    Args:
        database: The shop's database.
        order_id: `orders.id`.
        work: Does it in the transaction that it is given; raises what it refuses with.
    """

    async def perform(conn: Connection) -> None:
        newest = number(await conn.value("SELECT COALESCE(MAX(id), 0) FROM notification_queue"))
        await work(conn)
        raise _Curtain(
            await conn.all(
                Rehearsed,
                "SELECT COALESCE(template_name, ''), COALESCE(template_data, '{}') FROM notification_queue"
                " WHERE id > %(newest)s AND order_id = %(order_id)s ORDER BY id",
                newest=newest,
                order_id=order_id,
            )
        )

    try:
        await database.retry(perform)
    except _Curtain as curtain:
        return tuple(curtain.notices)
    raise AssertionError("the curtain always falls")

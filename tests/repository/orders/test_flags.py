"""Flags: one open one of each kind, until it is resolved."""

import asyncio

from repository.database.connection import Connection, Database
from repository.orders.flags import open_flags, raise_flag, resolve_flag
from tests.support import factory
from tests.support.keeper import Keeper


async def test_one_flag_of_a_kind_is_open(keeper: Keeper, database: Database) -> None:
    order_id = await keeper.make(factory.order())

    async def risk(conn: Connection) -> None:
        await raise_flag(conn, order_id=order_id, kind="risk", note="Five open orders")

    await asyncio.gather(*(database.retry(risk) for _ in range(4)))
    async with database.transaction() as conn:
        await raise_flag(conn, order_id=order_id, kind="risk")
        await raise_flag(conn, order_id=order_id, kind="refund", note="280.00")
        assert [(flag.kind, flag.note) for flag in await open_flags(conn, order_id=order_id)] == [
            ("risk", "Five open orders"),
            ("refund", "280.00"),
        ]
        assert await resolve_flag(conn, order_id=order_id, kind="risk", by="Nena")
        assert not await resolve_flag(conn, order_id=order_id, kind="risk", by="Ben")
        await raise_flag(conn, order_id=order_id, kind="risk", note="Again")
    assert await keeper.look("SELECT COUNT(*) FROM order_flags WHERE kind = 'risk'") == 2
    assert await keeper.look("SELECT resolved_by FROM order_flags WHERE resolved_at IS NOT NULL") == "Nena"

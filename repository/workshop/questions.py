"""The filtered questions that a merchant's reports ask the views, for `bench views`."""

import asyncio
from collections.abc import Callable

import msgspec

from repository.database.connection import Bound, Connection
from repository.database.scalars import text


class Question(msgspec.Struct, frozen=True):
    """One question.

    Attributes:
        name: What it asks for.
        sql: How.
        values: The values of one asking among many, from its number and the count of orders, so that no two asked in
            a row are about the same.
        rows: How many rows it answers.
    """

    name: str
    sql: str
    values: Callable[[int, int], dict[str, Bound]]
    rows: int = 1


QUESTIONS = (
    Question(
        "one order by number",
        "SELECT * FROM vw_orders_detailed WHERE order_number = %(number)s",
        lambda turn, orders: {"number": f"QS-{turn * 102947 % orders + 1:010}"},
    ),
    Question(
        "first page of pending orders",
        "SELECT * FROM vw_pending_orders ORDER BY created_at LIMIT %(page)s",
        lambda *_: {"page": 20},
        20,
    ),
    Question(
        "one product's stock",
        "SELECT * FROM vw_inventory_status WHERE sku = %(sku)s",
        lambda turn, _: {"sku": f"M-{turn * 7919 % 10_000 + 1}"},
    ),
    Question(
        "one day",
        "SELECT * FROM vw_daily_metrics WHERE date = CURDATE() - INTERVAL %(days)s DAY",
        lambda turn, _: {"days": turn % 5 + 1},
    ),
    Question(
        "one shopper",
        "SELECT * FROM vw_customer_ltv WHERE id = %(shopper)s",
        lambda turn, orders: {"shopper": turn * 791 % (orders // 10) + 1},
    ),
)


async def rows_read(conn: Connection) -> int:
    """How many rows the server has read for this connection since it was opened."""
    counters = await conn.run("SHOW SESSION STATUS LIKE 'Handler_read%'")
    return sum(int(text(row[1])) for row in counters.rows)


async def hurry(conn: Connection, *, mib: int) -> None:
    """Let a private server of our own fill tables fast, of an account that may; `at_ease` takes it back."""
    await conn.run("SET GLOBAL innodb_flush_log_at_trx_commit = 2")
    await conn.run("SET GLOBAL innodb_log_file_size = 1073741824")
    await conn.run(f"SET GLOBAL innodb_buffer_pool_size = {mib * 1024 * 1024}")


async def at_ease(conn: Connection, *, mib: int) -> None:
    """Durable again, with the memory that it had; waits until the server has given the rest back."""
    await conn.run("SET GLOBAL innodb_flush_log_at_trx_commit = 1")
    await conn.run(f"SET GLOBAL innodb_buffer_pool_size = {mib * 1024 * 1024}")
    for _ in range(600):
        said = await conn.run("SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_resize_status'")
        if not said.rows or "ompleted" in str(said.rows[0][1]) or not said.rows[0][1]:
            return
        await asyncio.sleep(0.1)

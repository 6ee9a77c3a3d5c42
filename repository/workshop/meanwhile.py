"""People who go on writing while the schema is upgraded, for `bench views`, and the upgrade that they meet."""

import asyncio

import msgspec

from bot.base import clock
from repository.database.connection import Connection, Database

UPGRADE = """\
-- A sample of an upgrade: a column that every order gets, an index on it, and what old orders have in it.
USE quicksell_chatbot;
ALTER TABLE orders ADD COLUMN gift_note VARCHAR(100) NULL, ALGORITHM = INSTANT;
ALTER TABLE orders ADD KEY ix_orders_gift_note (gift_note), ALGORITHM = INPLACE, LOCK = NONE;
-- In small pieces: repeat until nothing changes
UPDATE orders SET gift_note = 'none', updated_at = updated_at WHERE gift_note IS NULL LIMIT 1000;
"""

WRITERS = 6
PAUSE = 0.005
"""Seconds between two writes of one writer."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote meanwhile.

    Attributes:
        writes: How many times.
        slowest: Seconds that the slowest of it took.
    """

    writes: int
    slowest: float


async def write(database: Database, over: asyncio.Event, *, number: int, orders: int, pause: float = PAUSE) -> Written:
    """Write again and again until it is over: notes on orders, stock, and orders placed, reserved and committed.

    Args:
        database: Of a shop that `mass.orders.fill` has made.
        over: Set when it is.
        number: Who writes, from 0; each works on other rows.
        orders: How many orders the shop has.
        pause: Seconds between two of them.
    """
    writes, slowest = 0, 0.0

    async def one(conn: Connection) -> None:
        if number == 0:
            await conn.run(
                "UPDATE orders SET notes = 'Looked at', updated_at = updated_at WHERE id = %(id)s",
                id=writes * 7919 % orders + 1,
            )
        elif number == 1:
            await conn.run(
                "UPDATE products SET stock_quantity = stock_quantity + 5 WHERE id = %(id)s", id=writes % 100 + 1
            )
        else:
            await _buy(conn, number=number, turn=writes)

    while not over.is_set():
        began = clock.monotonic()
        await database.retry(one)  # a change of a table may put off whoever has its rows and wants another's
        slowest = max(slowest, clock.monotonic() - began)
        writes += 1
        await asyncio.sleep(pause)
    return Written(writes=writes, slowest=slowest)


async def _buy(conn: Connection, *, number: int, turn: int) -> None:
    product = 100 * number + 1
    await conn.run("UPDATE products SET stock_quantity = stock_quantity + 1 WHERE id = %(id)s", id=product)
    await conn.run(
        "INSERT INTO orders (order_number, user_id, total_amount) VALUES (%(number)s, %(shopper)s, 100)",
        number=f"UP-{number}-{turn}",
        shopper=number,
    )
    order = await conn.value("SELECT LAST_INSERT_ID()")
    await conn.run(
        "INSERT INTO order_items (order_id, product_id, product_name, quantity, unit_price, total_price)"
        " VALUES (%(order)s, %(product)s, 'Mug', 1, 100, 100)",
        order=order,
        product=product,
    )
    await conn.sets("CALL sp_reserve_order_inventory(%(order)s, 30)", order=order)
    await conn.run("UPDATE orders SET order_status = 'confirmed' WHERE id = %(order)s", order=order)
    await conn.sets("CALL sp_commit_order_inventory(%(order)s)", order=order)

"""The three statements of the benchmark's bare server, through aiomysql as its own manual shows it.

This is the limit that turns are measured against, so it uses nothing of ours: not our sessions, not our pool.
"""

from datetime import timezone

import aiomysql

from bot.base.settings import DatabaseSettings
from repository.database.account import connect_arguments
from repository.database.opening import READ_BACK, check, opening


async def open_pool(settings: DatabaseSettings, offset: timezone) -> aiomysql.Pool:
    """A pool of aiomysql's own, and the tables that the statements need.

    Args:
        settings: Which server, of an account that may create tables.
        offset: The shop's fixed offset from UTC.

    Raises:
        WrongCharacterSet: A session does not become utf8mb4.
    """
    begin = "; ".join(opening(offset))
    pool = await aiomysql.create_pool(minsize=1, maxsize=16, init_command=begin, **connect_arguments(settings))
    async with pool.acquire() as conn, conn.cursor() as cursor:
        await cursor.execute(READ_BACK)
        check(await cursor.fetchone())
        await cursor.execute("SET SESSION sql_notes = 0")  # the driver would warn of a table that is there already
        await cursor.execute(
            "CREATE TABLE IF NOT EXISTS bare_events (id BIGINT AUTO_INCREMENT PRIMARY KEY,"
            " event_key VARCHAR(64) NOT NULL, psid VARCHAR(100) NOT NULL, body MEDIUMTEXT, UNIQUE KEY (event_key))"
        )
        await cursor.execute(
            "CREATE TABLE IF NOT EXISTS bare_shoppers (psid VARCHAR(100) PRIMARY KEY, turns INT NOT NULL)"
        )
        await cursor.execute(
            "CREATE TABLE IF NOT EXISTS bare_messages (id BIGINT AUTO_INCREMENT PRIMARY KEY,"
            " psid VARCHAR(100) NOT NULL, body MEDIUMTEXT)"
        )
    return pool


async def three_statements(pool: aiomysql.Pool, *, key: str, psid: str, body: str) -> None:
    """Keep an event, count a turn, keep a message: one durable transaction.

    Args:
        pool: Of `open_pool`.
        key: Unique for the event.
        psid: The shopper.
        body: The webhook's body.
    """
    async with pool.acquire() as conn, conn.cursor() as cursor:
        await conn.begin()
        await cursor.execute("INSERT INTO bare_events (event_key, psid, body) VALUES (%s, %s, %s)", (key, psid, body))
        await cursor.execute(
            "INSERT INTO bare_shoppers (psid, turns) VALUES (%s, 1) ON DUPLICATE KEY UPDATE turns = turns + 1", (psid,)
        )
        await cursor.execute("INSERT INTO bare_messages (psid, body) VALUES (%s, %s)", (psid, '{"text": "Hello"}'))
        await conn.commit()

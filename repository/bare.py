"""The three statements of the benchmark's bare server, on tables of its own."""

from repository.database import Database


async def create(database: Database) -> None:
    """Make the tables.

    Args:
        database: Of an account that may.
    """
    async with database.connection() as conn:
        await conn.run(
            "CREATE TABLE IF NOT EXISTS bare_events (id BIGINT AUTO_INCREMENT PRIMARY KEY,"
            " event_key VARCHAR(64) NOT NULL, psid VARCHAR(100) NOT NULL, body MEDIUMTEXT, UNIQUE KEY (event_key))"
        )
        await conn.run("CREATE TABLE IF NOT EXISTS bare_shoppers (psid VARCHAR(100) PRIMARY KEY, turns INT NOT NULL)")
        await conn.run(
            "CREATE TABLE IF NOT EXISTS bare_messages (id BIGINT AUTO_INCREMENT PRIMARY KEY,"
            " psid VARCHAR(100) NOT NULL, body MEDIUMTEXT)"
        )


async def three_statements(database: Database, *, key: str, psid: str, body: str) -> None:
    """Keep an event, count a turn, keep a message: one durable transaction, a round trip for each of its parts.

    Args:
        database: Where.
        key: Unique for the event.
        psid: The shopper.
        body: The webhook's body.
    """
    async with database.transaction() as conn:
        await conn.run(
            "INSERT INTO bare_events (event_key, psid, body) VALUES (%(key)s, %(psid)s, %(body)s)",
            key=key,
            psid=psid,
            body=body,
        )
        await conn.run(
            "INSERT INTO bare_shoppers (psid, turns) VALUES (%(psid)s, 1) ON DUPLICATE KEY UPDATE turns = turns + 1",
            psid=psid,
        )
        await conn.run(
            "INSERT INTO bare_messages (psid, body) VALUES (%(psid)s, %(body)s)", psid=psid, body='{"text": "Hello"}'
        )

"""A shop that grows in one respect at a time: its shoppers, its goods, its chat log, its canned replies.

Made by the server from numbers, so that a given count gives the same shop each time; each function puts in what is
missing up to a count, so that one shop can be measured at several sizes.
"""

from collections.abc import Awaitable, Callable

from repository.database.connection import Bound, Connection
from repository.database.scalars import number

PAGE_ID = "100200300400500"
_DIGITS = "(SELECT 0 AS d" + "".join(f" UNION ALL SELECT {digit}" for digit in range(1, 10)) + ")"
_PIECE = 1_000_000  # numbers that one statement is made of
_TERM = " + ".join(f"d{place}.d * {10**place}" for place in range(6))
_NUMBERS = (
    f"(SELECT {_TERM} + %(begin)s AS n FROM {_DIGITS} d0, {_DIGITS} d1, {_DIGITS} d2, {_DIGITS} d3, {_DIGITS} d4,"
    f" {_DIGITS} d5 HAVING n < %(end)s) numbers"
)
_COLOURS = "'Blue', 'Red', 'Oak', 'Tall', 'Soft', 'Green', 'Slim'"
_THINGS = "'mug', 'lamp', 'rug', 'chair', 'shirt', 'bag', 'pot', 'kettle', 'pillow', 'basket', 'mirror'"
_TOPICS = (
    "'warranty', 'pickup', 'reseller', 'gift wrap', 'exchange', 'branch', 'installment', 'catalog', 'parking',"
    " 'invoice', 'bulk', 'repair', 'assembly'"
)

Grows = Callable[[Connection, int], Awaitable[None]]
"""Puts in what is missing of something, up to a count."""


async def shoppers(conn: Connection, count: int) -> None:
    """Shoppers with a chat each.

    Args:
        conn: An open connection.
        count: How many there are afterwards.
    """
    await _grow(
        conn,
        "SELECT COUNT(*) FROM users WHERE messenger_id LIKE 'grown-%'",
        count,
        "INSERT INTO users (messenger_id, facebook_name, phone) SELECT CONCAT('grown-', n), CONCAT('Shopper ', n),"
        f" '09171234567' FROM {_NUMBERS} ORDER BY n",
        "INSERT INTO conversations (psid, page_id, state, window_expires_at, heard_at) SELECT CONCAT('grown-', n),"
        f" '{PAGE_ID}', '{{\"at\":\"idle\"}}', NOW() - INTERVAL n %% 999 HOUR, NOW() FROM {_NUMBERS} ORDER BY n",
    )
    await conn.run("ANALYZE TABLE users, conversations")


async def goods(conn: Connection, count: int) -> None:
    """Products, some words of their names shared by a seventh and an eleventh of all.

    Args:
        conn: An open connection.
        count: How many there are afterwards.
    """
    await _grow(
        conn,
        "SELECT COUNT(*) FROM products WHERE sku LIKE 'G-%'",
        count,
        "INSERT INTO products (sku, slug, name, description, category_id, brand_id, base_price, stock_quantity)"
        f" SELECT CONCAT('G-', n), CONCAT('g-', n), CONCAT(ELT(n %% 7 + 1, {_COLOURS}), ' ',"
        f" ELT(n %% 11 + 1, {_THINGS}), ' ', n), 'Made for every day.', (SELECT MIN(id) FROM categories),"
        f" (SELECT MIN(id) FROM brands), 100 + n %% 400, 1000000 FROM {_NUMBERS} ORDER BY n",
    )
    await conn.run("ANALYZE TABLE products")


async def log_rows(conn: Connection, count: int) -> None:
    """Turns of the chat log, spread over ninety days and ten thousand shoppers, each with what was sent.

    Args:
        conn: An open connection.
        count: How many there are afterwards.
    """
    at = f"NOW(3) - INTERVAL (n * 7919) %% {90 * 86400} SECOND"
    await _grow(
        conn,
        "SELECT COUNT(*) FROM chat_logs WHERE user_id LIKE 'logged-%'",
        count,
        "INSERT INTO chat_logs (user_id, page_id, event_at, decided_at, message_type, user_message, bot_response,"
        " intent, response_time_ms, state_before, state_after, recording, created_at)"
        f" SELECT CONCAT('logged-', n %% 10000), '{PAGE_ID}', {at}, {at}, 'text', 'hm po', 'Here is what we have.',"
        ' \'faq\', 20 + n %% 60, \'{"at":"idle"}\', \'{"at":"idle"}\', \'{"asks":[]}\','
        f" {at} FROM {_NUMBERS} ORDER BY n",
        "INSERT INTO outbox (psid, message, status, attempts, message_id, due_at, created_at, sent_at)"
        " SELECT CONCAT('logged-', n %% 10000), '{\"text\":\"Here is what we have.\"}', 'sent', 1, CONCAT('m_g', n),"
        f" {at}, {at}, {at} FROM {_NUMBERS} ORDER BY n",
    )
    await conn.run("ANALYZE TABLE chat_logs, outbox")


async def replies(conn: Connection, count: int) -> None:
    """Canned replies, each to a phrase of two to three words.

    Args:
        conn: An open connection.
        count: How many there are afterwards.
    """
    await _grow(
        conn,
        "SELECT COUNT(*) FROM chatbot_replies WHERE category = 'grown'",
        count,
        "INSERT INTO chatbot_replies (keyword, response, category, match_rule)"
        f" SELECT CONCAT(ELT(n %% 13 + 1, {_TOPICS}), ' ', ELT(n %% 11 + 1, {_THINGS}), ' ', n), 'Yes, we do.',"
        f" 'grown', ELT(n %% 3 + 1, 'word', 'starts_with', 'contains') FROM {_NUMBERS} ORDER BY n",
    )


async def _grow(conn: Connection, there: str, count: int, *inserts: str) -> None:
    begin = number(await conn.value(there.replace("%", "%%")))
    while begin < count:
        end = min(count, begin + _PIECE)
        values: dict[str, Bound] = {"begin": begin, "end": end}
        for sql in inserts:
            await conn.run(sql, **values)
        begin = end

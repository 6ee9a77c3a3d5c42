"""What people said in a shop with a long history, and a catalogue as large as shops here have: for benchmarks.

Made by the server from numbers, as `repository/workshop/mass/orders.py` makes orders, which comes first.
"""

from repository.database.connection import Bound, Connection, Database
from repository.database.inserting import insert_rows
from repository.database.scalars import number
from repository.workshop.mass.orders import PRODUCTS

DAYS = 90
"""How long ago the first message is."""
_NUMBERS = (
    "(SELECT a.n + 1000 * b.n + 1 AS n FROM chat_thousand a JOIN chat_thousand b"
    " ON a.n + 1000 * b.n < %(most)s) numbers"
)
_SAID = (
    "ELT(n %% 7 + 1, 'hm po', 'may blue mug po ba kayo', 'magkano shipping sa cebu', 'cod po', 'ok po',"
    " CONCAT('meron ba kayong ', ELT(n %% 11 + 1, 'tray', 'lamp', 'rug', 'pot', 'fan', 'bag', 'hat', 'cup', 'pen',"
    " 'box', 'mat'), ' na ', n %% 97), 'menu')"
)
_INTENT = "ELT(n %% 7 + 1, 'faq', 'search', 'faq', 'answer', 'small_talk', 'fallback', 'menu')"


async def chat(database: Database, *, turns: int) -> None:
    """Give every shopper a chat, and the chats together so many turns, each answered and sent.

    Args:
        database: Of a shop that `orders.fill` has made.
        turns: How many, a million at most.
    """
    async with database.connection() as conn:
        await _number(conn)
        await conn.run(
            "INSERT INTO conversations (psid, page_id, state, window_expires_at, heard_at, seen_at, waits_since,"
            " created_at) SELECT u.messenger_id, '100200300400500', '{\"at\":\"idle\"}',"
            " NOW() + INTERVAL 23 HOUR - INTERVAL u.id MINUTE, NOW() - INTERVAL u.id MINUTE,"
            " IF(u.id % 3 = 0, NOW(), NULL), IF(u.id % 211 = 0, NOW() - INTERVAL u.id MINUTE, NULL),"
            f" NOW() - INTERVAL {DAYS} DAY FROM users u"
        )
        shoppers = await conn.value("SELECT COUNT(*) FROM users")
        values: dict[str, Bound] = {"most": turns, "shoppers": number(shoppers)}
        await conn.run(
            "INSERT INTO chat_logs (user_id, page_id, event_at, turn_status, decided_at, message_type, user_message,"
            " bot_response, intent, response_time_ms, state_before, state_after, recording, created_at)"
            " SELECT CONCAT('mass-', n %% %(shoppers)s + 1), '100200300400500', at, 'done', at, 'text',"
            f' {_SAID}, \'Here is what we have.\', {_INTENT}, 20 + n %% 60, \'{{"at":"idle"}}\', \'{{"at":"idle"}}\','
            ' IF(n %% 7 = 1, \'{"asks":[],"replies":[["browsing.products",{}]]}\', \'{"asks":[]}\'), at'
            f" FROM (SELECT n, NOW(3) - INTERVAL (%(most)s - n) * {DAYS * 86400} DIV %(most)s SECOND AS at"
            f" FROM {_NUMBERS}) said ORDER BY n",
            **values,
        )
        await conn.run(
            "INSERT INTO outbox (psid, turn_id, message, status, attempts, message_id, due_at, created_at, sent_at)"
            " SELECT user_id, id, '{\"text\":\"Here is what we have.\"}', 'sent', 1, CONCAT('m_mass', id), created_at,"
            " created_at, created_at + INTERVAL id % 900 * 1000 MICROSECOND FROM chat_logs ORDER BY id"
        )
        await conn.run("DROP TABLE chat_thousand")
        await conn.run("ANALYZE TABLE conversations, chat_logs, outbox")


async def widen(database: Database, *, products: int) -> None:
    """Put more products on the shelves, with two variants each, and give the others two too.

    Args:
        database: Of a shop that `orders.fill` has made.
        products: How many there are afterwards.
    """
    async with database.connection() as conn:
        await _number(conn)
        await conn.run(
            "INSERT INTO products (sku, slug, name, category_id, brand_id, base_price, stock_quantity)"
            " SELECT CONCAT('W-', n), CONCAT('w-', n), CONCAT("
            "ELT(n %% 5 + 1, 'Blue', 'Red', 'Oak', 'Tall', 'Soft'), ' ',"
            " ELT(n %% 7 + 1, 'mug', 'lamp', 'rug', 'chair', 'shirt', 'bag', 'pot'), ' ', n), n %% 20 + 1, 1,"
            f" 100 + n %% 400, 0 FROM {_NUMBERS} ORDER BY n",
            most=max(0, products - PRODUCTS),
        )
        await conn.run(
            "INSERT INTO product_variants (product_id, variant_name, variant_value, stock_quantity)"
            " SELECT p.id, 'size', IF(s.side, 'Small', 'Large'), 5 + p.id % 20 FROM products p"
            " JOIN (SELECT 0 AS side UNION ALL SELECT 1) s"
            " WHERE NOT EXISTS (SELECT 1 FROM product_variants v WHERE v.product_id = p.id) ORDER BY p.id"
        )
        await conn.run("DROP TABLE chat_thousand")
        await conn.run("ANALYZE TABLE products, product_variants")


async def _number(conn: Connection) -> None:
    await conn.run("CREATE TABLE chat_thousand (n INT NOT NULL PRIMARY KEY)")
    await conn.batch(insert_rows("INSERT INTO chat_thousand (n)", [(n,) for n in range(1000)]))

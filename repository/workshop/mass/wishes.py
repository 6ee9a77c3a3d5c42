"""Many wishes: shoppers with wishlists and people who wait for stock, as a shop before a sale has them."""

from repository.database.connection import Connection, Statement
from repository.database.scalars import number

GOODS = 500
"""Products that are wished for."""
_NUMBERS = """
    WITH RECURSIVE digits (d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM digits WHERE d < 9)
    SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d AS n
    FROM digits a, digits b, digits c, digits e, digits f, digits g
"""


async def fill(conn: Connection, *, wishes: int, in_stock: bool = True) -> None:
    """Put products, shoppers and wishes into an empty shop: each shopper has wished for ten things.

    A tenth of the shoppers have written in the last day; where nothing is in stock, each wish waits for its product.

    Args:
        conn: A connection on which each statement commits by itself.
        wishes: How many, a multiple of ten.
        in_stock: Whether the products are there.
    """
    values = {"goods": GOODS, "shoppers": wishes // 10, "left": 50 if in_stock else 0}
    await conn.batch(
        Statement("INSERT INTO categories (name, slug) VALUES ('Wished', 'wished')"),
        Statement("INSERT INTO brands (name, slug) VALUES ('Wished', 'wished')"),
    )
    for sql in (
        f"""
        INSERT INTO products (sku, name, slug, category_id, brand_id, base_price, stock_quantity, status)
        SELECT CONCAT('W-', n), CONCAT('Thing ', n), CONCAT('thing-', n), (SELECT MAX(id) FROM categories),
            (SELECT MAX(id) FROM brands), 100 + n, %(left)s, 'active'
        FROM ({_NUMBERS}) numbered WHERE n < %(goods)s ORDER BY n
        """,
        f"""
        INSERT INTO users (messenger_id, facebook_name) SELECT CONCAT('wisher-', n), 'Ana Cruz'
        FROM ({_NUMBERS}) numbered WHERE n < %(shoppers)s ORDER BY n
        """,
        """
        INSERT INTO conversations (psid, page_id, state, window_expires_at)
        SELECT messenger_id, '1', '{}', NOW() + INTERVAL IF(id %% 10 = 0, 12, -12) HOUR
        FROM users WHERE messenger_id LIKE 'wisher-%%'
        """,
        """
        INSERT INTO wishlists (user_id, product_id, price_saved, price_told)
        SELECT u.id, p.id, p.base_price, p.base_price
        FROM users u JOIN products p ON (p.id - u.id %% 50) %% 50 = 0
        WHERE u.messenger_id LIKE 'wisher-%%' AND p.sku LIKE 'W-%%' ORDER BY u.id, p.id
        """,
        """
        INSERT INTO watched_goods (product_id, price, pieces, price_new, pieces_new)
        SELECT id, base_price, stock_quantity, base_price, stock_quantity FROM products WHERE sku LIKE 'W-%%'
        """,
        *(
            ()
            if in_stock
            else (
                "INSERT INTO stock_waits (user_id, product_id, by_wish)"
                " SELECT user_id, product_id, TRUE FROM wishlists ORDER BY id",
            )
        ),
    ):
        await conn.run(sql, **values)
    for table in ("products", "users", "conversations", "wishlists", "watched_goods", "stock_waits"):
        await conn.run(f"ANALYZE TABLE {table}")


async def make_cheaper(conn: Connection) -> None:
    """Let everything become cheaper by a tenth.

    Args:
        conn: An open connection.
    """
    await conn.run("UPDATE products SET base_price = ROUND(base_price * 0.9, 2) WHERE sku LIKE 'W-%%'")


async def restock(conn: Connection, *, pieces: int) -> None:
    """Let so many pieces of everything be there.

    Args:
        conn: An open connection.
        pieces: How many.
    """
    await conn.run("UPDATE products SET stock_quantity = %(pieces)s WHERE sku LIKE 'W-%%'", pieces=pieces)


async def rows_read(conn: Connection) -> int:
    """Rows that this server has read until now, as its handlers count them.

    Args:
        conn: An open connection.
    """
    rows = await conn.run("SHOW GLOBAL STATUS LIKE 'Handler_read%%'")
    return sum(number(int(str(row[1]))) for row in rows.rows)

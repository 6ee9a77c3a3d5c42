"""Rows for a whole database, and a database with one of everything."""

from pathlib import Path

from repository.schema.base.session import Session, name
from repository.schema.base.splitter import split

MUSEUM = Path(__file__).parent / "museum"
ODD = 'it\'s "odd"; \\ -- no /* comment */ `x` \n\r\t\x00\x1a % %s %(x)s ₱ é 🏠🧑‍🚀 \u2028 END$$ //'


async def fill(sql: Session, database: str) -> None:
    """Rows of every kind: an order that went all the way, odd texts, bytes, NULLs, numbers at their ends."""
    await sql.run(f"USE {name(database)}")
    await sql.run("INSERT INTO categories (name, slug, description) VALUES ('Mugs', 'mugs', %(odd)s)", odd=ODD)
    await sql.run("INSERT INTO brands (name, slug) VALUES ('', 'none')")
    await sql.run(
        "INSERT INTO products (sku, name, slug, category_id, brand_id, base_price, stock_quantity, specifications,"
        " weight_kg) VALUES ('M', 'Mug', 'mug', 1, 1, 99999999.99, 10, '{\"a\": [1, \"₱\"]}', 0.125)"
    )
    await sql.run("INSERT INTO users (messenger_id, facebook_name) VALUES ('1', %(odd)s)", odd=ODD)
    await sql.run("INSERT INTO orders (id, order_number, user_id, total_amount) VALUES (7, 'A', 1, 120)")
    await sql.run(
        "INSERT INTO order_items (order_id, product_id, product_name, quantity, unit_price, total_price)"
        " VALUES (7, 1, 'Mug', 3, 40, 120)"
    )
    await sql.sets("CALL sp_reserve_order_inventory(7, 30)")
    await sql.run("UPDATE orders SET order_status = 'confirmed'")
    await sql.sets("CALL sp_commit_order_inventory(7)")
    await sql.run("UPDATE orders SET order_status = 'delivered'")
    for mark in (b"\x00" * 16, b"'\\\n\x1a\xff`\";--/**/ab", None):
        await sql.run(
            "INSERT INTO chat_logs (user_id, event_key, user_message, event_at) VALUES ('1', %(mark)s, %(odd)s,"
            " '2026-01-02 03:04:05.678')",
            mark=mark,
            odd=ODD * 50,
        )
    await sql.run("INSERT INTO chat_logs (id, user_id) VALUES (9223372036854775000, '')")


async def is_mariadb(sql: Session) -> bool:
    """Whether the server is MariaDB."""
    return "MariaDB" in str(await sql.value("SELECT VERSION()"))


async def exhibit(sql: Session, database: str) -> None:
    """Make a database with one of everything that its server can hold and a backup keeps."""
    await sql.run(f"CREATE DATABASE {name(database)} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci")
    await sql.run(f"USE {name(database)}")
    for script in ("both.sql", "mariadb.sql" if await is_mariadb(sql) else "mysql.sql"):
        for statement in split((MUSEUM / script).read_text(encoding="utf-8")):
            await sql.run(statement.text)

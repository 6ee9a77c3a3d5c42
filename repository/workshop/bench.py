"""Stock for benchmarks: many goods that never run out."""

from decimal import Decimal

from repository.database.connection import Connection
from repository.database.inserting import insert_rows


async def stock(conn: Connection, *, categories: int, products: int, price: Decimal) -> None:
    """Fill an empty shop with goods, and with one shipping zone that covers Metro Manila.

    Args:
        conn: A connection in a transaction.
        categories: How many categories.
        products: How many products in each.
        price: What each costs.
    """
    await conn.run("INSERT INTO brands (id, name, slug) VALUES (1, 'Bench', 'bench')")
    for category in range(1, categories + 1):
        await conn.run(
            "INSERT INTO categories (id, name, slug) VALUES (%(id)s, %(name)s, %(slug)s)",
            id=category,
            name=f"Category {category}",
            slug=f"category-{category}",
        )
        names = [f"Product {category}-{number}" for number in range(products)]
        await conn.batch(
            insert_rows(
                "INSERT INTO products (sku, slug, name, category_id, brand_id, base_price, stock_quantity, weight_kg)",
                [(name, name, name, category, 1, price, 1_000_000, 0.2) for name in names],
            )
        )
    await conn.run(
        "INSERT INTO shipping_zones (zone_name, zone_type, base_fee, per_kg_fee, estimated_days, covers)"
        " VALUES ('Metro Manila', 'metro', 79, 20, '1-2 days', '[\"Metro Manila\", \"Makati\"]')"
    )

"""A shop made in bulk is one that triggers and procedures could have made."""

from bot.base.settings import DatabaseSettings
from repository.database.connection import Database
from repository.workshop.mass import orders as mass
from tests.repository.workshop.clearing import clear
from tests.sql.attack.invariants import broken
from tests.sql.shop import Shop


async def test_what_is_derived_agrees_with_what_it_is_derived_from(
    database: Database, schema: DatabaseSettings
) -> None:
    async with database.connection() as conn:
        before = (await conn.run("SHOW TRIGGERS")).rows
        await mass.fill(database, orders=3000, products=1000)
        assert [row[:4] for row in (await conn.run("SHOW TRIGGERS")).rows] == [row[:4] for row in before]
        shapes = await conn.run(
            "SELECT (SELECT COUNT(*) FROM orders), (SELECT COUNT(*) FROM order_items),"
            " (SELECT COUNT(DISTINCT order_status) FROM orders), (SELECT COUNT(*) FROM order_items i"
            " JOIN orders o ON o.id = i.order_id WHERE i.variant_id IS NOT NULL) > 0,"
            " (SELECT COUNT(*) FROM orders o WHERE o.subtotal <>"
            " (SELECT SUM(i.total_price) FROM order_items i WHERE i.order_id = o.id))"
        )
        assert shapes.rows == ((3000, 9000, 6, 1, 0),)
    shop = Shop(schema)
    assert broken(shop) == {}
    order = shop.number("SELECT MIN(id) FROM orders WHERE order_status = 'pending'")
    shop.move(order, "confirmed")
    shop.call("sp_commit_order_inventory", order)
    shop.move(order, "delivered")
    shop.call("sp_update_daily_analytics")
    assert broken(shop) == {}
    shop.close()
    await clear(database)

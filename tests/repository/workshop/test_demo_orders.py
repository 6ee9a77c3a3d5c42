"""The orders of the demo: made by the functions that make every order, and never twice."""

from bot.base import clock
from bot.workshop.demo.people import furnish
from repository.database.scalars import number
from repository.workshop.demo import lines, load
from repository.workshop.demo_orders import STEPS, is_loaded
from tests.conversations.conftest import Shop
from tests.conversations.conftest import shop as shop  # noqa: PLC0414  (the fixture)


async def test_orders_stand_where_the_file_says_and_their_stock_adds_up(shop: Shop) -> None:
    async with shop.database.transaction() as conn:
        await load(conn, pictures_url="http://127.0.0.1/pictures", now=clock.now())
        before = await conn.value("SELECT SUM(stock_quantity) FROM products")
    await furnish(shop.stage)
    await furnish(shop.stage)
    async with shop.database.connection() as conn:
        assert await is_loaded(conn)
        found = await conn.run("SELECT order_status FROM orders ORDER BY id")
        held = await conn.value(
            "SELECT SUM(i.quantity) FROM order_items i JOIN orders o ON o.id = i.order_id"
            " WHERE o.order_status <> 'cancelled'"
        )
        assert number(await conn.value("SELECT SUM(stock_quantity) FROM products")) + number(held) == number(before)
        assert await conn.value("SELECT COUNT(*) FROM orders WHERE created_at > NOW() - INTERVAL 5 MINUTE") == 0
    stands = {"waiting": "pending", "proof": "pending", "return": "delivered"}
    assert [row[0] for row in found.rows] == [stands.get(line["fate"], line["fate"]) for line in lines("orders")]
    assert {line["fate"] for line in lines("orders")} == set(STEPS)

"""Several servers on one port, any of which may die: every shopper gets one order, in order, and the stock is right."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.shopper import Shopper
from repository import rules
from repository.database.connection import Connection, Database
from tests.support.buying import buys
from tests.support.process import Process, numbers_of
from tests.support.waiting import PATIENCE

STOCK = 100
NAMES = ("Ana", "Ben", "Carla", "Dina", "Emil", "Fely")


@pytest.fixture
async def servers(
    schema: DatabaseSettings, database: Database, emulator: Emulator, unused_tcp_port: int
) -> AsyncIterator[Process]:
    """Three servers of a shop that sells mugs."""
    async with database.transaction() as conn:
        await conn.run("INSERT INTO categories (name, slug) VALUES ('Mugs', 'mugs')")
        await conn.run("INSERT INTO brands (name, slug) VALUES ('House', 'house')")
        await conn.run(
            "INSERT INTO products (sku, name, slug, category_id, brand_id, base_price, stock_quantity)"
            " SELECT 'mug', 'Blue mug', 'mug', c.id, b.id, 120, %(stock)s FROM categories c JOIN brands b",
            stock=STOCK,
        )
        await conn.run(
            "INSERT INTO shipping_zones (zone_name, zone_type, base_fee, covers)"
            " VALUES ('Metro Manila', 'metro', 80, '[\"Metro Manila\"]')"
        )
        await rules.change(conn, name="verification_orders", value=0, admin_id=None)
    servers = Process(schema, emulator, unused_tcp_port, "--processes", "3")
    emulator.webhook_url = f"{servers.url}/webhook"
    yield servers
    await servers.ends()


async def test_everybody_gets_one_order_whoever_of_the_servers_dies(
    servers: Process, emulator: Emulator, database: Database, is_long: bool
) -> None:
    chance = random.Random(11)
    names = [f"{NAMES[number % len(NAMES)]} Cruz" for number in range(40 if is_long else 6)]
    shoppers = [Shopper(emulator, name, timeout=PATIENCE, quiet=0.3) for name in names]
    await servers.start()
    buying = asyncio.gather(*(buys(shopper, "mug", types_name=True) for shopper in shoppers))
    killed, most = 0, 60 if is_long else 3
    while not buying.done():
        await asyncio.wait([buying], timeout=chance.uniform(0.3, 0.8))
        if killed < most and (alive := servers.servers()) and not buying.done():
            os.kill(chance.choice(alive), signal.SIGKILL)
            killed += 1
    numbers = await buying
    assert killed >= 2
    async with database.connection() as conn:
        await confirmed(conn, len(shoppers))
        assert await conn.value("SELECT COUNT(*) FROM chat_logs WHERE turn_status <> 'done'") == 0
        assert await conn.value("SELECT stock_quantity FROM products") == STOCK - len(shoppers)
        found = await conn.run(
            "SELECT u.messenger_id, o.order_number FROM orders o JOIN users u ON u.id = o.user_id"
            " JOIN inventory_reservations r ON r.order_id = o.id AND r.status = 'committed'"
        )
    assert sorted(found.rows) == sorted((one.psid, number) for one, number in zip(shoppers, numbers, strict=True))
    for shopper in shoppers:
        ids = numbers_of(shopper.person)
        assert ids == sorted(ids), "a shopper was answered out of order"
    assert await servers.stops() == 0


async def confirmed(conn: Connection, orders: int) -> None:
    """Wait until the workers have confirmed every order and everything is said."""
    left = (
        "SELECT %(orders)s - (SELECT COUNT(*) FROM orders WHERE order_status = 'confirmed')"
        " + (SELECT COUNT(*) FROM outbox WHERE status = 'queued')"
    )
    async with asyncio.timeout(PATIENCE):
        while await conn.value(left, orders=orders):  # noqa: ASYNC110  (other processes do it)
            await asyncio.sleep(0.1)

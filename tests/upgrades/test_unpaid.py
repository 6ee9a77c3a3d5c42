"""Orders of 0.1.0 that were confirmed before their money came: they stay as they are, and a person is shown them."""

import gzip
import os
from pathlib import Path

from msgspec.structs import replace

from bot.base.settings import DatabaseSettings
from repository.database.connection import Database
from repository.database.scalars import number
from repository.schema.backup.restore import restore
from repository.schema.base.session import opener
from repository.schema.change.upgrades import upgrade
from tests.conftest import MANILA
from tests.upgrades.conftest import BACKUP

ORDERS = (
    ("gcash", "pending", "confirmed", True),
    ("bank_transfer", "pending", "processing", True),
    ("gcash", "paid", "confirmed", False),
    ("cod", "pending", "confirmed", False),
    ("gcash", "pending", "pending", False),
    ("gcash", "pending", "cancelled", False),
)
"""How they are paid, whether they are, where they are, and whether a person is shown them."""


async def test_unpaid_orders_of_0_1_0_are_shown_and_left_alone(administrator: DatabaseSettings, tmp_path: Path) -> None:
    name = f"quicksell_tests_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_unpaid"
    file = tmp_path / "shop.sql"
    file.write_bytes(gzip.decompress(BACKUP.read_bytes()))
    account = replace(administrator, name=name)
    connect = opener(account, MANILA, database=False)
    await restore(connect, name, file, replace=True)
    database = Database(account, MANILA, most=2)
    async with database.connection() as conn:
        shopper = number(await conn.value("SELECT MIN(id) FROM users"))
        made = [
            (
                await conn.run(
                    "INSERT INTO orders (order_number, user_id, total_amount, payment_method, payment_status,"
                    " order_status) VALUES (%(number)s, %(shopper)s, 100, %(method)s, %(paid)s, %(status)s)",
                    number=f"ORD-OLD-{index}",
                    shopper=shopper,
                    method=method,
                    paid=paid,
                    status=status,
                )
            ).last_id
            for index, (method, paid, status, _) in enumerate(ORDERS)
        ]
    await upgrade(connect, name)
    async with database.connection() as conn:
        rows = await conn.run(
            "SELECT o.order_status, EXISTS (SELECT 1 FROM order_flags f WHERE f.order_id = o.id"
            " AND f.open_kind = 'unpaid') FROM orders o WHERE o.id IN %(ids)s ORDER BY o.id",
            ids=made,
        )
        assert list(rows.rows) == [(status, int(shown)) for _, _, status, shown in ORDERS]
        await conn.run(f"DROP DATABASE {name}")
    await database.close()

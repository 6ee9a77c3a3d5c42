"""A shop on real sockets, and shoppers who chat with it."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.emulator.shopper import Shopper
from bot.settings import DatabaseSettings, Settings
from bot.stage import Stage, staged
from repository.database import Database
from tests.conftest import empty

Chat = Shopper


class Shop:
    """The shop under test, and a quick way to stock it."""

    def __init__(self, stage: Stage, database: Database) -> None:
        self.stage = stage
        self.database = database
        self.number = 0

    async def stocks(self, name: str, *, price: str, left: int = 10, category: str = "Mugs") -> int:
        """Put a product on the shelf.

        Args:
            name: What it is called.
            price: In pesos.
            left: Pieces in stock.
            category: Its category, made where it is missing.

        Returns:
            `products.id`.
        """
        self.number += 1
        slug = category.lower().replace(" ", "-")
        async with self.database.transaction() as conn:
            await conn.run(
                "INSERT INTO categories (name, slug) VALUES (%(name)s, %(slug)s)"
                " ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
                name=category,
                slug=slug,
            )
            await conn.run("INSERT IGNORE INTO brands (name, slug) VALUES ('House', 'house')")
            made = await conn.run(
                "INSERT INTO products (sku, name, slug, category_id, brand_id, base_price, stock_quantity, weight_kg)"
                " SELECT %(sku)s, %(name)s, %(sku)s, c.id, b.id, %(price)s, %(left)s, 0.4"
                " FROM categories c JOIN brands b ON b.slug = 'house' WHERE c.slug = %(category)s",
                sku=f"sku-{self.number}",
                name=name,
                price=Decimal(price),
                left=left,
                category=slug,
            )
            return made.last_id


@pytest.fixture
async def shop(schema: DatabaseSettings) -> AsyncIterator[Shop]:
    """A running shop with nothing in it."""
    settings = Settings(database=schema, port=0, secret_key="a secret for tests")
    async with staged(settings) as stage:
        await empty(stage.parts.database)
        yield Shop(stage, stage.parts.database)


@pytest.fixture
def ana(shop: Shop) -> Chat:
    """Ana, who has never been here."""
    return shop.stage.shopper("Ana Cruz")


@pytest.fixture
def ben(shop: Shop) -> Chat:
    """Ben, who has never been here either."""
    return shop.stage.shopper("Ben Santos")

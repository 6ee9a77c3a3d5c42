"""A shop on real sockets, and shoppers who chat with it."""

from collections.abc import AsyncIterator, Mapping
from decimal import Decimal

import aiohttp
import msgspec
import pytest

from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.events import Field, body_of, envelope, from_shopper
from bot.workshop.emulator.shopper import Shopper
from bot.workshop.stage import Stage, staged
from handlers.jobs.workers import Workers
from repository import rules
from repository.database.connection import Database
from tests.conftest import empty

Chat = Shopper
Value = str | int | Decimal | None


class Turn(msgspec.Struct, frozen=True):
    """One row of `chat_logs`."""

    kind: str
    status: str
    said: str
    answered: str
    intent: str
    state_before: str
    state_after: str
    recording: str
    response_ms: int


class Shop:
    """The shop under test, and what its merchant does meanwhile.

    Attributes:
        stage: The running shop and its Facebook.
        database: The shop's database.
    """

    def __init__(self, stage: Stage, database: Database) -> None:
        self.stage = stage
        self.database = database
        self.number = 0
        self._workers = Workers(stage.parts.shop, on_outbox=stage.parts.outbox.wake, sweep_every=0)

    async def stocks(
        self,
        name: str,
        *,
        price: str,
        left: int = 10,
        category: str = "Mugs",
        sizes: Mapping[str, int] | None = None,
        weight: str = "0.4",
        featured: bool = False,
    ) -> int:
        """Put a product on the shelf.

        Args:
            name: What it is called.
            price: In pesos.
            left: Pieces in stock.
            category: Its category, made where it is missing.
            sizes: Pieces in stock of each size, where it has sizes.
            weight: In kilograms.
            featured: Whether the shop puts it forward.

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
                "INSERT INTO products"
                " (sku, name, slug, category_id, brand_id, base_price, stock_quantity, weight_kg, is_featured)"
                " SELECT %(sku)s, %(name)s, %(sku)s, c.id, b.id, %(price)s, %(left)s, %(weight)s, %(featured)s"
                " FROM categories c JOIN brands b ON b.slug = 'house' WHERE c.slug = %(category)s",
                sku=f"sku-{self.number}",
                name=name,
                price=Decimal(price),
                left=left,
                weight=Decimal(weight),
                category=slug,
                featured=featured,
            )
            for size, pieces in (sizes or {}).items():
                await conn.run(
                    "INSERT INTO product_variants (product_id, variant_name, variant_value, stock_quantity)"
                    " VALUES (%(product)s, 'Size', %(size)s, %(pieces)s)",
                    product=made.last_id,
                    size=size,
                    pieces=pieces,
                )
            return made.last_id

    async def answers(self, keyword: str, response: str, *, language: str = "en") -> None:
        """Answer a keyword with the merchant's own words."""
        await self.run(
            "INSERT INTO chatbot_replies (keyword, language, response)"
            " VALUES (%(keyword)s, %(language)s, %(response)s)",
            keyword=keyword,
            language=language,
            response=response,
        )

    async def rewords(self, block: str, words: str, *, language: str = "en") -> None:
        """Say something in the merchant's own words from now on."""
        async with self.database.transaction() as conn:
            await conn.run(
                "INSERT INTO reply_words (name, language, words) VALUES (%(block)s, %(language)s, %(words)s)"
                " ON DUPLICATE KEY UPDATE words = VALUES(words)",
                block=block,
                language=language,
                words=words,
            )
            await conn.run("UPDATE shop_versions SET words = words + 1")

    async def sets(self, **changes: object) -> None:
        """Change rules of the shop, by their names in `Rules`."""
        async with self.database.transaction() as conn:
            for name, value in changes.items():
                await rules.change(conn, name=name, value=value, admin_id=None)

    async def runs_promo(self, code: str, *, kind: str, value: str | None = None, minimum: str | None = None) -> None:
        """Run a promo from yesterday until tomorrow."""
        await self.run(
            "INSERT INTO promos (promo_code, title, description, promo_type, discount_value, min_purchase_amount,"
            " start_date, end_date) VALUES (%(code)s, %(code)s, 'A promo', %(kind)s, %(value)s, %(minimum)s,"
            " NOW() - INTERVAL 1 DAY, NOW() + INTERVAL 1 DAY)",
            code=code,
            kind=kind,
            value=value,
            minimum=minimum,
        )

    async def works(self) -> None:
        """Let the background work do what is due, and what it says arrive."""
        await self._workers.run_due()
        await self.settles()

    async def settles(self) -> None:
        """Wait until nobody has anything to do."""
        courier = self.stage.emulator.courier
        posted = -1
        while posted != courier.posted:
            posted = courier.posted
            await courier.idle()
            await self.stage.parts.idle()

    async def run(self, sql: str, **values: Value) -> None:
        """Do something at the SQL prompt."""
        async with self.database.connection() as conn:
            await conn.run(sql, **values)

    async def look(self, sql: str, **values: Value) -> object:
        """One value of the database; several columns of a row come as a tuple."""
        async with self.database.connection() as conn:
            found = await conn.run(sql, **values)
        assert len(found.rows) <= 1, f"{len(found.rows)} rows for {sql}"
        row = found.rows[0] if found.rows else (None,)
        return row[0] if len(row) == 1 else tuple(row)

    async def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(str(await self.look(f"SELECT COUNT(*) FROM {table}")))

    async def texts(self, sql: str, **values: Value) -> list[str]:
        """The first column of every row, as text."""
        async with self.database.connection() as conn:
            return [str(row[0]) for row in (await conn.run(sql, **values)).rows]

    async def turns(self, shopper: Chat) -> list[Turn]:
        """What the chat log says of a shopper, oldest first."""
        async with self.database.connection() as conn:
            return await conn.all(
                Turn,
                "SELECT message_type, turn_status, user_message, COALESCE(bot_response, ''), COALESCE(intent, ''),"
                " COALESCE(state_before, ''), COALESCE(state_after, ''), COALESCE(recording, ''),"
                " COALESCE(response_time_ms, -1) FROM chat_logs WHERE user_id = %(psid)s ORDER BY id",
                psid=shopper.psid,
            )

    async def gets(self, shopper: Chat, key: str, what: Json, *, field: Field = "messaging", times: int = 1) -> None:
        """Let Facebook post a signed webhook, as often as it likes.

        Args:
            shopper: Whom it is about.
            key: The item's key, such as `message`.
            what: What stands under the key.
            field: The entry's array.
            times: How often the same bytes are posted.
        """
        facebook = self.stage.emulator
        at = facebook.time.now_ms()
        item = from_shopper(shopper.psid, facebook.app.page_id, at, key, what)
        body = body_of(envelope(facebook.app.page_id, at, [(field, item)]))
        headers = {"Content-Type": "application/json", **facebook.courier.signature(body)}
        async with aiohttp.ClientSession() as http:
            for _ in range(times):
                async with http.post(f"{self.stage.url}/webhook", data=body, headers=headers) as answer:
                    assert answer.status == 200
        await self.settles()


@pytest.fixture
async def shop(schema: DatabaseSettings) -> AsyncIterator[Shop]:
    """A running shop with nothing in it, which sends to Metro Manila for ₱80 and trusts newcomers' small orders."""
    settings = Settings(database=schema, port=0, secret_key="a secret for tests", shop_name="Tindahan")
    async with staged(settings) as stage:
        database = stage.parts.database
        await empty(database)
        async with database.transaction() as conn:
            await conn.run(
                "INSERT INTO shipping_zones (zone_name, zone_type, base_fee, free_shipping_threshold, estimated_days,"
                " covers) VALUES ('Metro Manila', 'metro', 80, 2000, '1-3 days', '[\"Metro Manila\"]')"
            )
            await rules.change(conn, name="verification_orders", value=0, admin_id=None)
        yield Shop(stage, database)


@pytest.fixture
def ana(shop: Shop) -> Chat:
    """Ana, who has never been here."""
    return shop.stage.shopper("Ana Cruz")


@pytest.fixture
def ben(shop: Shop) -> Chat:
    """Ben, who has never been here either."""
    return shop.stage.shopper("Ben Santos")

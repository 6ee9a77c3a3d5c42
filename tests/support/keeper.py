"""A merchant and a shopper for tests: what they have done before the test begins."""

from decimal import Decimal

from repository.database.connection import Connection, Database, Value
from repository.orders import carts, placed_orders, placing
from repository.orders.addresses import AddressDraft
from repository.orders.extras import Extra
from repository.orders.placed_orders import Order, Placed
from repository.rules import Rules
from tests.support import factory
from tests.support.factory import Recipe, Row, Sizes

HOME = AddressDraft(
    recipient_name="Ana Cruz",
    phone="+639171234567",
    address_line1="12 Mabini St.",
    barangay="Poblacion",
    city="Makati",
    province="Metro Manila",
    region="NCR",
    landmark="beside the bakery",
)
EASY = Rules(verification_orders=0)
"""The rules of the demo shop: a newcomer's small order needs no verification."""


class Keeper:
    """Keeps a shop: every call is committed by itself.

    Attributes:
        database: The shop's database.
        shelf: The category of what is put on no other shelf.
    """

    shelf = "Home"

    def __init__(self, database: Database) -> None:
        self.database = database

    async def uses(self) -> int:
        """How often canned replies were used, added up yet or not."""
        counted = "SELECT COALESCE(SUM(usage_count), 0) FROM chatbot_replies"
        return int(str(await self.look(f"SELECT ({counted}) + COUNT(*) FROM canned_uses")))

    async def run(self, sql: str, **values: Value) -> int:
        """Do something at the SQL prompt; gives the id of what was inserted."""
        async with self.database.connection() as conn:
            return (await conn.run(sql, **values)).last_id

    async def look(self, sql: str, **values: Value) -> object:
        """One value of the database; several columns of a row come as a tuple."""
        async with self.database.connection() as conn:
            rows = (await conn.run(sql, **values)).rows
        assert len(rows) <= 1, f"{len(rows)} rows for {sql}"
        row = rows[0] if rows else (None,)
        return row[0] if len(row) == 1 else tuple(row)

    async def insert(self, table: str, **columns: Value) -> int:
        """Insert a row of these columns; gives its id."""
        row = Row(table, columns)
        return await self.run(row.statement, **row.values)

    async def make(self, recipe: Recipe) -> int:
        """Follow a recipe of the factory, in one transaction; gives the id of what it made."""
        async with self.database.transaction() as conn:
            try:
                row = next(recipe)
                while True:
                    row = recipe.send((await conn.run(row.statement, **row.values)).last_id)
            except StopIteration as end:
                return int(end.value)

    async def shopper(self, name: str = "Ana", language: str = "en") -> int:
        """Somebody who has written to the shop just now, so that their window is open."""
        psid = f"psid-{name}"
        shopper_id = await self.make(factory.shopper(messenger_id=psid, facebook_name=name, language=language))
        await self.make(factory.conversation(psid))
        return shopper_id

    async def category(self, name: str = "Home", parent: int | None = None) -> int:
        """A category, the same one for the same name."""
        return await self.make(factory.category(name, parent_id=parent))

    async def stocks(
        self,
        name: str,
        *,
        price: str = "100.00",
        left: int = 10,
        sizes: Sizes | None = None,
        category: str = "",
        brand: str = "Sari",
        description: str = "",
        weight: str = "0.500",
        picture: str = "",
        featured: bool = False,
    ) -> int:
        """Put a product on the shelf.

        Args:
            name: What it is called.
            price: In pesos.
            left: Pieces in stock.
            sizes: Pieces in stock of each size, or what its price changes by and the pieces.
            category: Its category, made where it is missing.
            brand: Its brand, made where it is missing.
            description: What it is like.
            weight: In kilograms.
            picture: The address of its picture.
            featured: Whether the shop puts it forward.

        Returns:
            `products.id`.
        """
        return await self.make(
            factory.product(
                name,
                shelf=category or self.shelf,
                maker=brand,
                sizes=sizes,
                picture=picture,
                columns={
                    "base_price": Decimal(price),
                    "stock_quantity": left,
                    "description": description,
                    "weight_kg": Decimal(weight),
                    "is_featured": featured,
                },
            )
        )

    async def variant(self, product_id: int, value: str) -> int:
        """The id of a variant."""
        row = await self.look(
            "SELECT id FROM product_variants WHERE product_id = %(id)s AND variant_value = %(value)s",
            id=product_id,
            value=value,
        )
        return int(str(row))

    async def zone(
        self,
        name: str = "Metro Manila",
        *,
        base: str = "80.00",
        per_kg: str = "20.00",
        free_from: str = "5000.00",
        estimated_days: str = "2-3 days",
    ) -> int:
        """A shipping zone that covers a place of its own name."""
        return await self.make(
            factory.zone(
                name,
                base_fee=Decimal(base),
                per_kg_fee=Decimal(per_kg),
                free_shipping_threshold=Decimal(free_from),
                estimated_days=estimated_days,
            )
        )

    async def promo(
        self,
        code: str,
        *,
        kind: str = "percentage",
        value: str | None = "10",
        minimum: str | None = None,
        most: str | None = None,
        limit: int | None = None,
        once: bool = True,
        starts: int = -1,
        ends: int = 1,
        products: tuple[int, ...] = (),
    ) -> int:
        """A promo; it starts and ends so many days from now."""
        return await self.make(
            factory.promo(
                code,
                starts=starts,
                ends=ends,
                products=products,
                promo_type=kind,
                discount_value=value and Decimal(value),
                min_purchase_amount=minimum and Decimal(minimum),
                max_discount_amount=most and Decimal(most),
                usage_limit=limit,
                once_per_shopper=once,
            )
        )

    async def answers(self, keyword: str, response: str, **columns: Value) -> None:
        """Answer a keyword with the merchant's own words, English ones unless told otherwise."""
        await self.make(factory.canned_reply(keyword, response, **columns))

    async def puts(self, shopper_id: int, product_id: int, quantity: int = 1, variant_id: int | None = None) -> None:
        """The shopper puts something in the cart."""
        async with self.database.transaction() as conn:
            await carts.add_line(
                conn,
                shopper_id=shopper_id,
                product_id=product_id,
                variant_id=variant_id,
                quantity=quantity,
                rules=EASY,
            )

    async def orders(
        self,
        shopper_id: int,
        zone_id: int,
        *,
        total: str | None = None,
        nonce: str = "n1",
        promo: str = "",
        payment: str = "cod",
        extras: tuple[Extra, ...] = (),
        rules: Rules = EASY,
    ) -> Placed:
        """The shopper confirms the summary of the cart."""
        async with self.database.transaction() as conn:
            expected = Decimal(total) if total else await self.total(conn, shopper_id, zone_id, promo, payment, rules)
            return await placing.place(
                conn,
                shopper_id=shopper_id,
                nonce=nonce,
                delivery=HOME,
                address_id=None,
                zone_id=zone_id,
                payment_method=payment,
                promo_code=promo,
                extras=extras,
                expected_total=expected,
                language="en",
                rules=rules,
            )

    async def total(
        self, conn: Connection, shopper_id: int, zone_id: int, promo: str, payment: str, rules: Rules
    ) -> Decimal:
        """What the summary says the cart comes to; nothing for an empty cart."""
        if not (await carts.cart(conn, shopper_id=shopper_id)).lines:
            return Decimal(0)
        quote = await placed_orders.quote(
            conn, shopper_id=shopper_id, zone_id=zone_id, promo_code=promo, payment_method=payment, rules=rules
        )
        return quote.total

    async def order(self, shopper_id: int, order_id: int) -> Order:
        """The shopper's order as it is now."""
        async with self.database.connection() as conn:
            return await placed_orders.order(conn, shopper_id=shopper_id, order_id=order_id)

    async def left(self, product_id: int) -> int:
        """A product's own stock."""
        return int(str(await self.look("SELECT stock_quantity FROM products WHERE id = %(id)s", id=product_id)))

"""A merchant and a shopper for tests: what they have done before the test begins."""

from collections.abc import Mapping
from decimal import Decimal

from repository.database.connection import Connection, Database
from repository.orders import carts, placed_orders, placing
from repository.orders.addresses import AddressDraft
from repository.orders.placed_orders import Order, Placed
from repository.rules import Rules

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
    """Keeps a shop: every call is committed by itself."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def run(self, sql: str, **values: str | int | Decimal | bool | None) -> int:
        """Run one statement; gives the id of what it inserted."""
        async with self.database.connection() as conn:
            return (await conn.run(sql, **values)).last_id

    async def look(self, sql: str, **values: str | int) -> object:
        """One value of the database."""
        async with self.database.connection() as conn:
            return await conn.value(sql, **values)

    async def shopper(self, name: str = "Ana", language: str = "en") -> int:
        """Somebody who has written to the shop just now, so that their window is open."""
        psid = f"psid-{name}"
        shopper_id = await self.run(
            "INSERT INTO users (messenger_id, facebook_name, language) VALUES (%(psid)s, %(name)s, %(language)s)",
            psid=psid,
            name=name,
            language=language,
        )
        await self.run(
            "INSERT INTO conversations (psid, page_id, state, window_expires_at)"
            " VALUES (%(psid)s, 'page', '{}', NOW() + INTERVAL 24 HOUR)",
            psid=psid,
        )
        return shopper_id

    async def category(self, name: str = "Home", parent: int | None = None) -> int:
        """A category, the same one for the same name."""
        slug = name.lower().replace(" ", "-")
        found = await self.look("SELECT id FROM categories WHERE slug = %(slug)s", slug=slug)
        if found is not None:
            return int(str(found))
        return await self.run(
            "INSERT INTO categories (name, slug, parent_id) VALUES (%(name)s, %(slug)s, %(parent)s)",
            name=name,
            slug=slug,
            parent=parent,
        )

    async def stocks(
        self,
        name: str,
        *,
        price: str = "100.00",
        left: int = 10,
        variants: Mapping[str, tuple[str, int]] | None = None,
        category: str = "Home",
        brand: str = "Sari",
        description: str = "",
        weight: str = "0.500",
        picture: str = "",
    ) -> int:
        """A product on the shelf; variants as {"Large": (price adjustment, stock)}. Gives its id."""
        brand_id = await self.look("SELECT id FROM brands WHERE name = %(brand)s", brand=brand)
        if brand_id is None:
            brand_id = await self.run(
                "INSERT INTO brands (name, slug) VALUES (%(brand)s, %(slug)s)", brand=brand, slug=brand.lower()
            )
        product_id = await self.run(
            "INSERT INTO products (sku, name, slug, category_id, brand_id, description, base_price, stock_quantity,"
            " weight_kg) VALUES (%(sku)s, %(name)s, %(sku)s, %(category)s, %(brand)s, %(description)s, %(price)s,"
            " %(left)s, %(weight)s)",
            sku="-".join(name.upper().split())[-50:],  # as long as the column; names end in what tells them apart
            name=name,
            category=await self.category(category),
            brand=int(str(brand_id)),
            description=description,
            price=Decimal(price),
            left=left,
            weight=Decimal(weight),
        )
        for value, (adjustment, stock) in (variants or {}).items():
            await self.run(
                "INSERT INTO product_variants (product_id, variant_name, variant_value, price_adjustment,"
                " stock_quantity, sku_suffix) VALUES (%(id)s, 'Size', %(value)s, %(adjustment)s, %(stock)s, '-V')",
                id=product_id,
                value=value,
                adjustment=Decimal(adjustment),
                stock=stock,
            )
        if picture:
            await self.run(
                "INSERT INTO product_images (product_id, image_url, image_type, is_primary)"
                " VALUES (%(id)s, %(url)s, 'main', TRUE)",
                id=product_id,
                url=picture,
            )
        return product_id

    async def variant(self, product_id: int, value: str) -> int:
        """The id of a variant."""
        found = await self.look(
            "SELECT id FROM product_variants WHERE product_id = %(id)s AND variant_value = %(value)s",
            id=product_id,
            value=value,
        )
        return int(str(found))

    async def zone(
        self, name: str = "Metro Manila", *, base: str = "80.00", per_kg: str = "20.00", free_from: str = "5000.00"
    ) -> int:
        """A shipping zone that covers a place of its own name."""
        return await self.run(
            "INSERT INTO shipping_zones (zone_name, zone_type, base_fee, per_kg_fee, free_shipping_threshold,"
            " estimated_days, covers) VALUES (%(name)s, 'metro', %(base)s, %(per_kg)s, %(free)s, '2-3 days',"
            " JSON_ARRAY(%(name)s))",
            name=name,
            base=Decimal(base),
            per_kg=Decimal(per_kg),
            free=Decimal(free_from),
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
        starts: str = "-1",
        ends: str = "1",
        products: tuple[int, ...] = (),
    ) -> int:
        """A promo; it starts and ends so many days from now."""
        promo_id = await self.run(
            "INSERT INTO promos (promo_code, title, description, promo_type, discount_value, min_purchase_amount,"
            " max_discount_amount, usage_limit, once_per_shopper, start_date, end_date) VALUES (%(code)s, %(code)s,"
            " 'A promo', %(kind)s, %(value)s, %(minimum)s, %(most)s, %(usage)s, %(once)s,"
            " NOW() + INTERVAL %(starts)s DAY, NOW() + INTERVAL %(ends)s DAY)",
            code=code,
            kind=kind,
            value=None if value is None else Decimal(value),
            minimum=None if minimum is None else Decimal(minimum),
            most=None if most is None else Decimal(most),
            usage=limit,
            once=once,
            starts=int(starts),
            ends=int(ends),
        )
        for product_id in products:
            await self.run(
                "INSERT INTO promo_products (promo_id, product_id) VALUES (%(promo)s, %(product)s)",
                promo=promo_id,
                product=product_id,
            )
        return promo_id

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

"""The demo shop in a real database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.base import clock
from handlers.web import pictures
from repository.catalogue import products
from repository.database.connection import Connection, Database, Value
from repository.orders import promos, shipping
from repository.wording import canned
from repository.workshop import demo
from tests.support import factory
from tests.support.keeper import Keeper

PICTURES = "http://127.0.0.1:8080/pictures"
NOW = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
WATCHED = ("categories", "brands", "products", "product_images", "product_variants", "shipping_zones", "promos",
           "promo_products", "chatbot_replies", "inventory_logs")  # fmt: skip


async def load(database: Database, now: datetime | None = None) -> demo.Loaded:
    async with database.transaction() as conn:
        return await demo.load(conn, pictures_url=PICTURES, now=now or clock.now())


async def contents(conn: Connection) -> dict[str, tuple[tuple[Value, ...], ...]]:
    found = {}
    for table in WATCHED:
        found[table] = tuple((await conn.run(f"SELECT * FROM {table} ORDER BY 1, 2")).rows)
    return found


async def test_everything_in_the_files_is_loaded(database: Database) -> None:
    loaded = await load(database)
    assert loaded.unchanged == {}
    for table in demo.TABLES:
        assert loaded.made[table] == len(demo.lines(table)), table
    assert loaded.made["product_variants"] == len(demo.lines("variants"))
    assert loaded.made["product_images"] == loaded.made["products"]
    assert loaded.made["promo_products"] == len(demo.lines("promo_products"))


async def test_loading_twice_changes_nothing(database: Database) -> None:
    await load(database)
    async with database.connection() as conn:
        before = await contents(conn)
    loaded = await load(database, clock.now() + timedelta(days=3))
    assert loaded.made == {}
    assert loaded.unchanged == {table: len(demo.lines(table)) for table in demo.TABLES}
    async with database.connection() as conn:
        assert await contents(conn) == before


async def test_what_a_merchant_changed_or_deleted_stays_so(database: Database) -> None:
    await load(database)
    async with database.connection() as conn:
        await conn.run("UPDATE products SET name = 'My mug', base_price = 200, sku = 'MINE' WHERE sku = 'KIT-001'")
        await conn.run("DELETE FROM chatbot_replies WHERE keyword = 'legit'")
        await conn.run("UPDATE shipping_zones SET zone_name = 'Kamaynilaan', base_fee = 60 WHERE zone_type = 'metro'")
        before = await contents(conn)
    await load(database)
    async with database.connection() as conn:
        assert await contents(conn) == before


async def test_a_shop_that_is_already_there_is_added_to_and_not_changed(database: Database) -> None:
    keeper = Keeper(database)
    kitchen = await keeper.insert("categories", name="Kusina", slug="kitchen")
    brand = await keeper.insert("brands", name="Kusina Isay", slug="isay")
    mug = {"sku": "OWN", "slug": "barako-stoneware-mug-tasa", "category_id": kitchen, "base_price": 90}
    await keeper.make(factory.product("Tasa", columns={**mug, "brand_id": brand}))
    await keeper.make(factory.zone("Kamaynilaan", base_fee=50, covers='["Makati"]'))
    loaded = await load(database)
    assert loaded.unchanged == {"categories": 1, "brands": 1, "products": 1, "shipping_zones": 1}
    async with database.connection() as conn:
        own = await conn.run("SELECT name, base_price FROM products WHERE sku = 'OWN'")
        assert own.rows == (("Tasa", Decimal("90.00")),)
        assert await conn.value("SELECT COUNT(*) FROM products") == len(demo.lines("products"))
        assert await conn.value("SELECT COUNT(*) FROM shipping_zones") == len(demo.lines("shipping_zones"))
        assert await conn.value("SELECT COUNT(*) FROM product_variants v JOIN products p ON p.id = v.product_id"
                                " WHERE p.sku = 'OWN'") == 0  # fmt: skip


async def test_a_load_that_fails_leaves_nothing(database: Database) -> None:
    class Interrupted(Exception):
        pass

    async def load_and_fail() -> None:
        async with database.transaction() as conn:
            await demo.load(conn, pictures_url=PICTURES, now=NOW)
            raise Interrupted

    with pytest.raises(Interrupted):
        await load_and_fail()
    async with database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM products") == 0
    assert (await load(database)).made["products"] == len(demo.lines("products"))


async def test_the_opening_stock_is_in_the_log_to_the_piece(database: Database) -> None:
    await load(database)
    async with database.connection() as conn:
        wrong = await conn.run(
            """
            SELECT sku, stock_quantity, logged FROM (
                SELECT p.sku, p.stock_quantity, COALESCE((SELECT SUM(quantity_change) FROM inventory_logs l
                    WHERE l.product_id = p.id AND l.variant_id IS NULL), 0) AS logged FROM products p
                UNION ALL
                SELECT CONCAT(p.sku, v.sku_suffix), v.stock_quantity, COALESCE((SELECT SUM(quantity_change)
                    FROM inventory_logs l WHERE l.variant_id = v.id), 0)
                FROM product_variants v JOIN products p ON p.id = v.product_id) stock
            WHERE stock_quantity <> logged
            """
        )
        assert wrong.rows == ()
        assert await conn.value("SELECT COUNT(*) FROM inventory_logs") != 0


async def test_promos_are_live_when_the_shop_is_loaded(database: Database) -> None:
    await load(database)
    async with database.connection() as conn:
        codes = {promo.code for promo in await promos.live(conn)}
    assert codes == {"WELCOME10", "SUKI50", "LIBRESHIP", "KAPETABLEA", "HIMBING15", "GLOW3"}


async def test_every_province_has_its_zone(database: Database) -> None:
    await load(database)
    async with database.connection() as conn:
        offered = await shipping.zones(conn)
    for line in demo.lines("shipping_zone_places"):
        if line["kind"] == "province":
            found = shipping.zone_of(offered, city="Poblacion", province=line["place"])
            assert found is not None, line["place"]
            assert found.name == line["zone_name"], line["place"]


async def test_places_that_share_a_name_go_to_their_own_zone(database: Database) -> None:
    await load(database)
    async with database.connection() as conn:
        offered = await shipping.zones(conn)
    for city, province, zone in (
        ("Quezon City", "Metro Manila", "Metro Manila"),
        ("quezon city", "", "Metro Manila"),
        ("Tayabas", "Quezon", "Luzon"),
        ("Tayabas", "Quezon Province", "Luzon"),
        ("Lucena City", "Quezon", "Luzon"),
        ("San Juan", "NCR", "Metro Manila"),
        ("San Juan", "La Union", "Luzon"),
        ("Aurora", "Zamboanga del Sur", "Mindanao"),
        ("Quezon", "Palawan", "Luzon islands"),
        ("Rizal", "Occidental Mindoro", "Luzon islands"),
        ("Isabela City", "Basilan", "Mindanao"),
        ("Isabela City", "", "Mindanao"),
        ("Ilagan", "Isabela", "Luzon"),
        ("City of Cebu", "Cebu", "Visayas"),
        ("Davao", "", "Mindanao"),
        ("City of Manila", "", "Metro Manila"),
        ("Las Pinas", "Metro Manila", "Metro Manila"),
        ("Parañaque City", "", "Metro Manila"),
    ):
        found = shipping.zone_of(offered, city=city, province=province)
        assert found is not None, (city, province)
        assert found.name == zone, (city, province)


async def test_shoppers_are_answered_in_the_words_they_use(database: Database) -> None:
    await load(database)
    async with database.transaction() as conn:
        for language, text, keyword in (
            ("en", "Hello!", "hello"),
            ("en", "do you accept COD?", "cod"),
            ("en", "how much is the shipping fee to cebu", "shipping fee"),
            ("fil", "Legit po ba kayo?", "legit"),
            ("fil", "magkano shipping sa Davao?", "magkano shipping"),
            ("fil", "available pa po?", "available pa po"),
            ("fil", "pwede po ba cod", "cod"),
            ("fil", "saan location nyo po", "location"),
        ):
            found = await canned.best(conn, text=text, language=language)
            assert found is not None, text
            assert found.keyword == keyword, text


async def test_every_product_is_shown_with_a_picture_of_its_own(database: Database) -> None:
    await load(database)
    async with database.connection() as conn:
        found = await conn.run("SELECT image_url, thumbnail_url FROM product_images")
    names = {str(url).removeprefix(f"{PICTURES}/") for row in found.rows for url in row}
    assert names <= {path.name for path in pictures.PICTURES.iterdir()}
    assert len(names) == 2 * len(demo.lines("products"))


async def test_the_shelves_add_up_and_fit_one_carousel(database: Database) -> None:
    await load(database)
    async with database.connection() as conn:
        shelves = await products.categories(conn, page=1, page_size=10)
    assert shelves.pages == 1
    assert sum(shelf.product_count for shelf in shelves.items) == len(demo.lines("products"))
    assert [shelf.name for shelf in shelves.items] == [
        line["name"] for line in demo.lines("categories") if not line["parent"]
    ]

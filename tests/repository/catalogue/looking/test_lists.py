"""Lists of products by what is said of them, and the shelves above and below a shelf."""

from decimal import Decimal

import pytest

from repository.catalogue import products
from repository.catalogue.cards import CategoryStep, ProductPage
from repository.catalogue.looking import closer, lists
from repository.database.connection import Database
from repository.database.errors import UnknownProduct
from tests.support.keeper import Keeper


def names(page: ProductPage) -> list[str]:
    return [card.name for card in page.items]


async def test_what_came_last_is_new_and_what_orders_took_most_is_sold_best(keeper: Keeper, database: Database) -> None:
    mug, lamp, book = [await keeper.stocks(name) for name in ("Mug", "Lamp", "Book")]
    await keeper.run("UPDATE products SET created_at = NOW() - INTERVAL 9 DAY WHERE id = %(id)s", id=book)
    await keeper.run("UPDATE products SET sales_count = 3 WHERE id = %(id)s", id=mug)
    await keeper.run("UPDATE products SET sales_count = 8 WHERE id = %(id)s", id=book)
    async with database.connection() as conn:
        assert names(await lists.listed(conn, kind="new", page_size=8)) == ["Lamp", "Mug", "Book"]
        best = await lists.listed(conn, kind="best", page_size=1)
        assert (names(best), best.total, best.pages) == (["Book"], 2, 2)
        assert names(await lists.listed(conn, kind="best", page=9, page_size=1)) == ["Mug"]
        with pytest.raises(UnknownProduct):
            await lists.listed(conn, kind="drop table", page_size=8)
    assert lamp


async def test_on_sale_is_what_costs_less_than_before_or_has_a_promo_of_its_own(
    keeper: Keeper, database: Database
) -> None:
    mug, shirt, _ = [await keeper.stocks(name, price="200.00") for name in ("Mug", "Shirt", "Lamp")]
    await keeper.run("UPDATE products SET was_price = 250 WHERE id = %(id)s", id=mug)
    await keeper.promo("SHIRTS", products=(shirt,))
    async with database.connection() as conn:
        sale = await lists.listed(conn, kind="sale", page_size=8)
        assert names(sale) == ["Mug", "Shirt"]
        assert [card.was for card in sale.items] == [Decimal("250.00"), Decimal(0)]
        assert (await products.product(conn, product_id=mug)).was == Decimal("250.00")
    await keeper.run("UPDATE promos SET for_tier = 'gold'")
    await keeper.run("UPDATE products SET was_price = 100 WHERE id = %(id)s", id=mug)
    async with database.connection() as conn:
        assert names(await lists.listed(conn, kind="sale", page_size=8)) == []


@pytest.mark.parametrize(("sort", "first"), [("cheap", ["Pin", "Mug", "Shirt"]), ("dear", ["Shirt", "Mug", "Pin"])])
async def test_a_list_begins_with_what_costs_least_or_most_and_ends_with_what_is_gone(
    keeper: Keeper, database: Database, sort: str, first: list[str]
) -> None:
    await keeper.stocks("Mug", price="100.00")
    await keeper.stocks("Shirt", price="90.00", sizes={"S": ("30.00", 2), "L": ("60.00", 3)})
    await keeper.stocks("Pin", price="5.00")
    await keeper.stocks("Sold out", price="1.00", left=0)
    home = await keeper.category("Home")
    async with database.connection() as conn:
        for page in (
            await lists.listed(conn, kind="all", sort=sort, page_size=8),
            await products.products_in(conn, category_id=home, page=1, page_size=8, sort=sort),
        ):
            assert names(page)[: len(first)] == first
            assert names(page)[-1] == "Sold out"


async def test_a_shelf_knows_what_it_stands_in_and_what_stands_in_it(keeper: Keeper, database: Database) -> None:
    home = await keeper.category("Home")
    kitchen = await keeper.category("Kitchen", parent=home)
    pans = await keeper.category("Pans", parent=kitchen)
    await keeper.category("Empty", parent=home)
    await keeper.stocks("Wok", category="Pans")
    async with database.connection() as conn:
        of_kitchen = await products.products_in(conn, category_id=kitchen, page=1, page_size=8)
        assert of_kitchen.above == (CategoryStep(home, "Home"),)
        assert of_kitchen.below == (CategoryStep(pans, "Pans"),)
        of_home = await products.products_in(conn, category_id=home, page=1, page_size=8)
        assert (of_home.above, of_home.below) == ((), (CategoryStep(kitchen, "Kitchen"),))
        deepest = await products.products_in(conn, category_id=pans, page=1, page_size=8)
        assert [one.name for one in deepest.above] == ["Home", "Kitchen"]
        inside = await products.categories(conn, page=1, page_size=8, within=home)
        assert [(one.name, one.product_count) for one in inside.items] == [("Kitchen", 1)]
    await keeper.run("UPDATE categories SET parent_id = %(pans)s WHERE id = %(home)s", pans=pans, home=home)
    async with database.connection() as conn:  # a loop, made at a SQL prompt
        assert names(await products.products_in(conn, category_id=pans, page=1, page_size=8)) == ["Wok"]


async def test_alike_is_what_stands_on_the_same_shelf_and_costs_about_as_much(
    keeper: Keeper, database: Database
) -> None:
    mug = await keeper.stocks("Mug", price="100.00")
    await keeper.stocks("Teapot", price="400.00")
    await keeper.stocks("Cup", price="110.00")
    await keeper.stocks("Novel", price="100.00", category="Books")
    async with database.connection() as conn:
        alike = await lists.listed(conn, kind="similar", of=mug, page_size=8)
        assert (names(alike), alike.title) == (["Cup", "Teapot"], "Mug")
        with pytest.raises(UnknownProduct):
            await lists.listed(conn, kind="similar", of=987654, page_size=8)


async def test_a_page_of_a_list_takes_two_statements_whatever_stands_around_it(
    keeper: Keeper, database: Database
) -> None:
    home = await keeper.category("Home")
    await keeper.category("Kitchen", parent=home)
    await keeper.stocks("Mug", category="Kitchen", sizes={"S": ("0", 2), "L": ("10.00", 3)})
    await keeper.run("UPDATE products SET sales_count = 1, was_price = 900")
    async with database.connection() as conn:

        async def sent() -> int:
            counted = await conn.run("SHOW SESSION STATUS WHERE Variable_name = 'Com_select'")
            return int(str(counted.rows[0][1]))

        before = await sent()
        await products.products_in(conn, category_id=home, page=1, page_size=8, sort="cheap")
        for kind in ("all", "new", "best", "sale"):
            await lists.listed(conn, kind=kind, page_size=8)
        assert await sent() - before == 5 * 2


async def test_brands_are_those_of_which_something_is_sold(keeper: Keeper, database: Database) -> None:
    mug = await keeper.stocks("Mug", picture="https://shop.example/mug.png")
    tasa = await keeper.insert("brands", name="Tasa", slug="tasa")
    await keeper.insert("brands", name="Nothing", slug="nothing")
    await keeper.run("UPDATE products SET brand_id = %(tasa)s WHERE id = %(mug)s", tasa=tasa, mug=mug)
    async with database.connection() as conn:
        page = await lists.brands(conn, page=1, page_size=8)
        assert [(one.name, one.product_count, one.picture_url) for one in page.items] == [
            ("Tasa", 1, "https://shop.example/mug.png")
        ]
        of_it = await lists.listed(conn, kind="brand", of=page.items[0].id, page_size=8)
        assert (names(of_it), of_it.title) == (["Mug"], "Tasa")
        assert (await products.product(conn, product_id=mug)).brand == "Tasa"


async def test_one_product_says_what_it_is_made_of_and_between_which_prices_it_lies(
    keeper: Keeper, database: Database
) -> None:
    shirt = await keeper.stocks("Shirt", price="200.00", sizes={"S": ("0", 2), "XL": ("80.00", 0)})
    told = '{"Material": "Cotton", "Washable": true, "Colors": ["red", "blue"], "Empty": null, "Odd": {"a": 1}}'
    await keeper.run(
        "UPDATE products SET specifications = %(told)s, dimensions_cm = '30 x 20' WHERE id = %(id)s",
        told=told,
        id=shirt,
    )
    async with database.connection() as conn:
        one = await products.product(conn, product_id=shirt)
        assert (one.price, one.price_most) == (Decimal("200.00"), Decimal("280.00"))
        assert [(each.name, each.value) for each in one.specifications] == [
            ("Material", "Cotton"), ("Washable", "yes"), ("Colors", "red, blue"), ("Odd", "a 1"),
        ]  # fmt: skip
        assert (one.dimensions, one.has_size_guide) == ("30 x 20", False)
        ranged = await lists.price_range(conn)
        assert (ranged.least, ranged.most, ranged.total) == (Decimal("200.00"), Decimal("200.00"), 1)
    await keeper.run("UPDATE products SET specifications = '[1, 2]' WHERE id = %(id)s", id=shirt)
    async with database.connection() as conn:
        assert (await products.product(conn, product_id=shirt)).specifications == ()


async def test_a_size_guide_is_the_products_or_else_its_shelfs(keeper: Keeper, database: Database) -> None:
    shirt = await keeper.stocks("Shirt")
    async with database.connection() as conn:
        assert (await closer.size_guide(conn, product_id=shirt)).words == ""
    await keeper.run("UPDATE categories SET size_guide = 'S fits 36'")
    async with database.connection() as conn:
        assert (await closer.size_guide(conn, product_id=shirt)).words == "S fits 36"
        assert (await products.product(conn, product_id=shirt)).has_size_guide
    await keeper.run("UPDATE products SET size_guide = 'M fits 38'")
    async with database.connection() as conn:
        assert (await closer.size_guide(conn, product_id=shirt)).words == "M fits 38"
        with pytest.raises(UnknownProduct):
            await closer.size_guide(conn, product_id=987654)

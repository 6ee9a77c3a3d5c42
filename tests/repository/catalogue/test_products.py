"""The catalogue: what is shown, in which order, and what is left of it."""

from decimal import Decimal

import pytest

from repository.catalogue import products
from repository.database.connection import Database
from repository.database.errors import UnknownCategory, UnknownProduct
from tests.support.keeper import Keeper


async def test_categories_count_what_is_sold_below_them(keeper: Keeper, database: Database) -> None:
    home = await keeper.category("Home")
    await keeper.category("Kitchen", parent=home)
    await keeper.category("Empty")
    await keeper.stocks("Mug", category="Kitchen", picture="https://shop.example/mug.png")
    await keeper.stocks("Lamp", category="Home")
    hidden = await keeper.stocks("Hidden", category="Home")
    await keeper.run("UPDATE products SET status = 'inactive' WHERE id = %(id)s", id=hidden)
    await keeper.stocks("Book", category="Books")
    async with database.connection() as conn:
        page = await products.categories(conn, page=1, page_size=8)
        assert [(each.name, each.product_count) for each in page.items] == [("Books", 1), ("Home", 2)]
        assert page.items[1].picture_url == "https://shop.example/mug.png"
        second = await products.categories(conn, page=2, page_size=1)
        assert ([each.name for each in second.items], second.pages) == (["Home"], 2)
        found = await products.category_by_slug(conn, slug="BOOKS")
        assert found is not None
        assert (found.name, found.product_count) == ("Books", 1)
        assert await products.category_by_slug(conn, slug="none") is None
        everything = await products.products_in(conn, category_id=home, page=1, page_size=8)
        assert {card.name for card in everything.items} == {"Mug", "Lamp"}
        assert everything.title == "Home"


async def test_a_card_says_what_its_variants_cost_and_have_left(keeper: Keeper, database: Database) -> None:
    await keeper.stocks("Shirt", price="200.00", left=99, sizes={"S": ("-20.00", 2), "L": ("30.00", 3)})
    await keeper.stocks("Bag", price="150.00", left=99, sizes={"Red": ("0", 0), "Blue": ("0", 4)})
    await keeper.stocks("Mug", price="90.00", left=0)
    await keeper.run(
        "UPDATE product_variants SET is_available = FALSE WHERE variant_value = 'S' AND price_adjustment > 0"
    )
    home = await keeper.category("Home")
    async with database.connection() as conn:
        page = await products.products_in(conn, category_id=home, page=1, page_size=8)
        cards = {card.name: (card.price, card.has_range, card.left, card.has_variants) for card in page.items}
        assert cards == {
            "Shirt": (Decimal("180.00"), True, 5, True),
            "Bag": (Decimal("150.00"), False, 4, True),
            "Mug": (Decimal("90.00"), False, 0, False),
        }
        await keeper.run("UPDATE product_variants SET is_available = FALSE WHERE variant_value = 'S'")
        shirt = (await products.by_skus(conn, skus=["SHIRT"]))[0]
        assert (shirt.price, shirt.has_range, shirt.left) == (Decimal("230.00"), False, 3)


async def test_pages_count_from_one_and_end(keeper: Keeper, database: Database) -> None:
    for number in range(5):
        await keeper.stocks(f"Thing {number}")
    home = await keeper.category("Home")
    async with database.connection() as conn:
        first = await products.products_in(conn, category_id=home, page=1, page_size=2)
        last = await products.products_in(conn, category_id=home, page=99, page_size=2)
        assert (len(first.items), first.page, first.pages, first.total) == (2, 1, 3, 5)
        assert ([card.name for card in last.items], last.page) == (["Thing 4"], 3)
        before = database.counts.round_trips
        await products.products_in(conn, category_id=home, page=2, page_size=2)
        assert database.counts.round_trips - before == 1


async def test_featured_products_are_in_the_window(keeper: Keeper, database: Database) -> None:
    await keeper.stocks("Mug")
    await keeper.run("UPDATE products SET is_featured = TRUE WHERE id = %(id)s", id=await keeper.stocks("Lamp"))
    async with database.connection() as conn:
        page = await products.featured(conn, page=1, page_size=8)
    assert [card.name for card in page.items] == ["Lamp"]


async def test_one_product_with_everything(keeper: Keeper, database: Database) -> None:
    shirt = await keeper.stocks(
        "Shirt",
        price="200.00",
        left=7,
        sizes={"S": ("-20.00", 2), "L": ("30.00", 3), "XL": ("40.00", 9)},
        description="Soft cotton",
        picture="https://shop.example/shirt.png",
    )
    await keeper.run("UPDATE product_variants SET is_available = FALSE WHERE variant_value = 'XL'")
    async with database.connection() as conn:
        before = database.counts.round_trips
        product = await products.product(conn, product_id=shirt)
        assert database.counts.round_trips - before == 1
    assert [(each.value, each.price, each.left) for each in product.variants] == [
        ("S", Decimal("180.00"), 2),
        ("L", Decimal("230.00"), 3),
    ]
    assert (product.price, product.left, product.description) == (Decimal("180.00"), 5, "Soft cotton")
    assert product.picture_urls == ("https://shop.example/shirt.png",)
    assert (product.category, product.weight_kg) == ("Home", Decimal("0.500"))


async def test_what_is_not_sold_is_not_shown(keeper: Keeper, database: Database) -> None:
    mug = await keeper.stocks("Mug")
    home = await keeper.category("Home")
    await keeper.run("UPDATE products SET status = 'coming_soon'")
    async with database.connection() as conn:
        with pytest.raises(UnknownProduct):
            await products.product(conn, product_id=mug)
        with pytest.raises(UnknownProduct):
            await products.product(conn, product_id=0)
        assert (await products.products_in(conn, category_id=home, page=1, page_size=8)).items == ()
        assert await products.by_skus(conn, skus=["MUG"]) == ()
        with pytest.raises(UnknownCategory):
            await products.products_in(conn, category_id=999, page=1, page_size=8)
        await keeper.run("UPDATE categories SET is_active = FALSE")
        with pytest.raises(UnknownCategory):
            await products.products_in(conn, category_id=home, page=1, page_size=8)


async def test_article_numbers_keep_their_order(keeper: Keeper, database: Database) -> None:
    for name in ("Mug", "Lamp", "Book"):
        await keeper.stocks(name)
    async with database.connection() as conn:
        found = await products.by_skus(conn, skus=["lamp", "NONE", "BOOK", "MUG", "LAMP"])
    assert [card.name for card in found] == ["Lamp", "Book", "Mug"]

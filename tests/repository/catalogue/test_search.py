"""Search: what a shopper finds, however they type it, and what holds of it now."""

import csv
import gzip
from pathlib import Path

import pytest

from bot.language.spelling import asked_words
from repository.catalogue.finding.standing import keep
from repository.catalogue.search import search
from tests.support.keeper import Keeper

TYPOS = Path(__file__).resolve().parents[4] / "shared" / "data" / "typos" / "known_item_typos_dev.csv.gz"


@pytest.fixture
async def shop(keeper: Keeper) -> Keeper:
    await keeper.stocks("Blue enamel mug", category="Kitchen", description="Keeps coffee hot")
    await keeper.stocks("Mug rack with six hooks for the kitchen wall", category="Kitchen")
    await keeper.stocks("Coffee beans 250g", category="Groceries", brand="Benguet")
    await keeper.stocks("Wireless mouse", category="Computers", brand="Logi", description="Needs a battery")
    await keeper.stocks("Mechanical keyboard", category="Computers", brand="Logi")
    await keeper.stocks("Piña table runner", category="Home")
    await keeper.stocks("USB-C cable 2m", category="Computers")
    hidden = await keeper.stocks("Red mug", category="Kitchen")
    await keeper.run("UPDATE products SET status = 'inactive' WHERE id = %(id)s", id=hidden)
    return keeper


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mug", "Blue enamel mug"),
        ("MUG BLUE", "Blue enamel mug"),
        ("mugs", "Blue enamel mug"),
        ("may blue mug po ba kayo?", "Blue enamel mug"),
        ("magkano yung mouse", "Wireless mouse"),
        ("how much is the keyboard", "Mechanical keyboard"),
        ("meron kayong wireles mouse", "Wireless mouse"),
        ("keybaord", "Mechanical keyboard"),
        ("key board", "Mechanical keyboard"),
        ("mechanicel kyboard", "Mechanical keyboard"),
        ("pina", "Piña table runner"),
        ("PIÑA", "Piña table runner"),
        ("usb", "USB-C cable 2m"),
        ("wire", "Wireless mouse"),
        ("logi mouse", "Wireless mouse"),
        ("benguet", "Coffee beans 250g"),
        ("COFFEE-BEANS-250G", "Coffee beans 250g"),
        ("coffee", "Coffee beans 250g"),
        ("battery", "Wireless mouse"),
        ("blue mug with lid", "Blue enamel mug"),
    ],
)
async def test_the_likeliest_comes_first(shop: Keeper, text: str, first: str) -> None:
    async with shop.database.connection() as conn:
        found = await search(conn, text=text, page=1, page_size=8)
    assert [card.name for card in found.items][:1] == [first]
    assert found.total >= 1


@pytest.mark.parametrize(
    "text", ["", "   ", "???", "refrigerator", "red sofa bed", "po ba", "2", "250", "%", "' OR 1=1 --", "😀"]
)
async def test_nothing_is_found_for_what_the_shop_has_not(shop: Keeper, text: str) -> None:
    async with shop.database.connection() as conn:
        found = await search(conn, text=text, page=1, page_size=8)
    assert (found.items, found.total, found.page, found.pages) == ((), 0, 1, 1)


async def test_a_long_text_is_no_burden(shop: Keeper) -> None:
    async with shop.database.connection() as conn:
        found = await search(conn, text="mug " + "blah " * 4000, page=1, page_size=8)
        assert found.total == 2
        assert (await search(conn, text="x" * 20_000, page=1, page_size=8)).total == 0


async def test_pages_of_what_was_found(shop: Keeper) -> None:
    async with shop.database.connection() as conn:
        first = await search(conn, text="mug", page=1, page_size=1)
        second = await search(conn, text="mug", page=2, page_size=1)
        beyond = await search(conn, text="mug", page=9, page_size=1)
    assert (first.pages, first.total, first.title) == (2, 2, "mug")
    assert [page.items[0].name for page in (first, second)] == [
        "Blue enamel mug",
        "Mug rack with six hooks for the kitchen wall",
    ]
    assert beyond.page == 2


async def test_new_renamed_and_removed_products(shop: Keeper) -> None:
    async def names(text: str) -> list[str]:
        async with shop.database.connection() as conn:
            return [card.name for card in (await search(conn, text=text, page=1, page_size=8)).items]

    assert await names("capiz") == []
    lamp = await shop.stocks("Capiz lamp", category="Lights", brand="Laguna", sizes={"Amber": 3})
    assert await names("capiz") == await names("capis") == await names("amber") == ["Capiz lamp"]
    await shop.run("UPDATE products SET name = 'Bamboo lantern' WHERE id = %(id)s", id=lamp)
    assert await names("bamboo") == ["Bamboo lantern"]
    await shop.run("UPDATE categories SET name = 'Parol' WHERE name = 'Lights'")
    await shop.run("UPDATE brands SET name = 'Pampanga' WHERE name = 'Laguna'")
    await keep(shop.database)
    assert await names("parol") == await names("pampanga") == ["Bamboo lantern"]
    await shop.run("UPDATE product_variants SET variant_value = 'Jade' WHERE product_id = %(id)s", id=lamp)
    assert await names("jade") == ["Bamboo lantern"]
    assert await names("amber") == []
    await shop.run("UPDATE products SET status = 'discontinued' WHERE id = %(id)s", id=lamp)
    assert await names("bamboo") == []
    await shop.run("UPDATE products SET status = 'active' WHERE id = %(id)s", id=lamp)
    assert await names("bamboo") == ["Bamboo lantern"]
    await shop.run("DELETE FROM inventory_logs WHERE product_id = %(id)s", id=lamp)
    await shop.run("DELETE FROM products WHERE id = %(id)s", id=lamp)
    assert await names("bamboo") == []


async def test_what_changes_no_words_is_no_change(shop: Keeper) -> None:
    newest = "SELECT MAX(version) FROM search_changes"
    before = await shop.look(newest)
    await shop.run("UPDATE products SET stock_quantity = 3, base_price = 7, sales_count = 9, view_count = 1")
    await shop.run("UPDATE product_variants SET stock_quantity = 3")
    assert await shop.look(newest) == before


async def test_a_search_takes_two_round_trips(shop: Keeper) -> None:
    async with shop.database.connection() as conn:
        await search(conn, text="mug", page=1, page_size=8)
        before = shop.database.counts.round_trips, shop.database.counts.statements
        await search(conn, text="wireles mouse", page=1, page_size=8)
        assert shop.database.counts.round_trips - before[0] == 2
        assert shop.database.counts.statements - before[1] == 3


async def test_what_is_sold_out_comes_last(keeper: Keeper) -> None:
    await keeper.stocks("Mug", left=0)
    await keeper.stocks("Mug, red and rather large", sizes={"Small": 0, "Large": 0})
    await keeper.stocks("Mug, blue and rather large", sizes={"Small": 0, "Large": 2})
    async with keeper.database.connection() as conn:
        found = await search(conn, text="mug", page=1, page_size=8)
    assert [card.name[5:8] for card in found.items] == ["blu", "", "red"]


async def test_where_nothing_is_found_something_near_is_given(keeper: Keeper) -> None:
    await keeper.stocks("Blue mug")
    await keeper.stocks("Wireless mouse")
    async with keeper.database.connection() as conn:
        near = await search(conn, text="gaming ergonomic vertical mouse", page=1, page_size=8)
        colour = await search(conn, text="blue velvet sofa bed", page=1, page_size=8)
        long = await search(conn, text="hello my friend told me you saw a mouse yesterday", page=1, page_size=8)
        meant = await search(conn, text="may wirless muose po ba", page=1, page_size=8)
    assert (near.total, [card.name for card in near.near]) == (0, ["Wireless mouse"])
    assert colour.near == long.near == ()
    assert (meant.meant, [card.name for card in meant.items]) == ("wireless mouse", ["Wireless mouse"])


async def test_words_that_a_merchant_says_mean_the_same(keeper: Keeper) -> None:
    async def names(text: str) -> list[str]:
        async with keeper.database.connection() as conn:
            return [card.name for card in (await search(conn, text=text, page=1, page_size=8)).items]

    await keeper.stocks("Hydro flask 1L")
    await keeper.stocks("Magic sing microphone")
    assert await names("jug") == await names("videoke") == []
    row = await keeper.insert("search_synonyms", words="flask, jug, water bottle")
    assert await names("jug") == await names("water bottle") == await names("hydro jugg") == ["Hydro flask 1L"]
    await keeper.stocks("Water bottle, steel")
    assert set(await names("jug")) == {"Hydro flask 1L", "Water bottle, steel"}
    await keeper.run("UPDATE search_synonyms SET words = 'videoke, magic sing' WHERE id = %(id)s", id=row)
    assert await names("videoke") == ["Magic sing microphone"]
    assert await names("jug") == []
    await keeper.run("UPDATE search_synonyms SET is_active = FALSE")
    assert await names("videoke") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("May available po ba kayong T-shirts na pula?", ["kayong", "t", "shirts", "pula"]),
        ("hm po", []),
        ("stock po", ["stock"]),
        ("Señor's Café 128GB", ["senors", "cafe", "128gb"]),
        ("mug mug mug", ["mug"]),
        ("", []),
    ],
)
def test_what_is_looked_for(text: str, words: list[str]) -> None:
    assert asked_words(text) == words


@pytest.mark.long
async def test_misspelt_searches_of_a_large_catalogue(keeper: Keeper) -> None:
    if not TYPOS.exists():
        names = ["Samsung Galaxy phone", "Harvard printed shirt", "Outlet for home theater"]
        queries = [
            ("samsng galaxy", "samsung galaxy"),
            ("harevard printed", "harvard printed"),
            ("theather", "theater"),
        ]
    else:
        with gzip.open(TYPOS, "rt", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))[:200]
        queries = [(row["typo_query"], row["query"]) for row in rows]
        with gzip.open(TYPOS.parents[1] / "catalog" / "catalog_50k.csv.gz", "rt", encoding="utf-8") as file:
            wanted = {row["item"] for row in rows}
            catalogue = list(csv.DictReader(file))
        names = [row["name"] for number, row in enumerate(catalogue) if row["sku"] in wanted or number % 25 == 0]
    for number, name in enumerate(names):
        await keeper.stocks(f"{name[:200]} {number}")
    right = 0
    async with keeper.database.connection() as conn:
        for typed, wanted_words in queries:
            page = await search(conn, text=typed, page=1, page_size=10)
            right += any(all(word in card.name.lower() for word in wanted_words.split()) for card in page.items)
    assert right >= 0.9 * len(queries)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mug below 1k", ["Blue mug", "Cheap mug"]),
        ("mug under 300", ["Cheap mug"]),
        ("mug na 500 to 600", ["Blue mug"]),
        ("mug 500-1500", ["Blue mug", "Dear mug"]),
        ("mug above 1000", ["Dear mug"]),
        ("mug 50 pababa", []),
        ("budget 600", ["Blue mug", "Cheap mug"]),
    ],
)
async def test_a_price_that_is_limited_is_kept_to(keeper: Keeper, text: str, found: list[str]) -> None:
    for name, price in (("Cheap mug", "120.00"), ("Blue mug", "550.00"), ("Dear mug", "1250.00")):
        await keeper.stocks(name, price=price)
    await keeper.stocks("Unread mug", price="5000.00")
    async with keeper.database.connection() as conn:
        page = await search(conn, text=text, page=1, page_size=10)
    assert sorted(card.name for card in page.items if card.name != "Unread mug") == found
    assert ("Unread mug" in {card.name for card in page.items}) is (text == "mug above 1000")

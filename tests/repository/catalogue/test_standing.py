"""The index of a process: made once, kept up to date, made anew after much."""

import pytest

from repository.catalogue.finding import standing
from repository.catalogue.finding.standing import AT_ONCE, CatalogueUnread
from repository.catalogue.search import search
from repository.database.connection import Database
from repository.database.inserting import insert_rows
from tests.support.keeper import Keeper


async def total(database: Database, text: str) -> int:
    async with database.connection() as conn:
        return (await search(conn, text=text, page=1, page_size=8)).total


async def test_a_search_waits_where_somebody_reads_the_products(keeper: Keeper) -> None:
    await keeper.stocks("Blue mug")
    standing.begin(keeper.database)
    with pytest.raises(CatalogueUnread) as unread:
        await total(keeper.database, "mug")
    assert not unread.value.read.is_set()
    await standing.keep(keeper.database)
    assert unread.value.read.is_set()
    await standing.wait_until_read(keeper.database)
    assert await total(keeper.database, "mug") == 1


async def test_much_that_changed_is_left_to_whoever_keeps_the_index(keeper: Keeper) -> None:
    mug = await keeper.stocks("Blue mug")
    standing.begin(keeper.database)
    await standing.keep(keeper.database)
    async with keeper.database.connection() as conn:
        where = (await conn.run("SELECT brand_id, category_id FROM products WHERE id = %(id)s", id=mug)).rows[0]
        rows = [(f"LAMP-{each}", f"Lamp {each}", f"lamp-{each}", 5, *where) for each in range(AT_ONCE + 20)]
        await conn.batch(insert_rows("INSERT INTO products (sku, name, slug, base_price, brand_id, category_id)", rows))
    assert await total(keeper.database, "lamp") == 0, "it would take too long"
    await standing.keep(keeper.database)
    assert await total(keeper.database, "lamp") == 96
    await keeper.run("UPDATE products SET name = 'Blue cup' WHERE id = %(id)s", id=mug)
    assert await total(keeper.database, "cup") == 1, "what is little is seen at once"


async def test_another_process_and_a_database_that_was_put_back_are_seen(keeper: Keeper) -> None:
    other = Database(keeper.database.settings, keeper.database.offset)
    assert await total(other, "mug") == 0
    await keeper.stocks("Blue mug")
    assert await total(other, "mug") == 1
    async with keeper.database.transaction() as conn:
        await conn.run("UPDATE products SET name = 'Blue cup'")
        await conn.run("UPDATE search_changes SET version = version - 2")
    await standing.keep(other)
    assert await total(other, "cup") == 1
    await other.close()

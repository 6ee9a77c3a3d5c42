"""Categories and brands: a tree without loops, names that only one has, nothing deleted that is still used."""

import msgspec
import pytest

from repository.catalogue import shelf_edits
from repository.catalogue.shelf_edits import BRANDS, CATEGORIES, BrandBody, CategoryBody
from repository.database.connection import Database
from repository.database.errors import Taken, Unfit
from repository.settings.row import MustStay
from repository.staff.by import By
from tests.support.keeper import Keeper

NOBODY = By()


async def test_categories_stand_in_one_another_but_never_in_themselves(keeper: Keeper, database: Database) -> None:
    async with database.transaction() as conn:
        home = await CATEGORIES.create(conn, body=CategoryBody(name="Home"), by=NOBODY)
        mugs = await CATEGORIES.create(conn, body=CategoryBody(name="Mugs", parent_id=home), by=NOBODY)
        assert [(one.path, one.depth) for one in await shelf_edits.tree(conn)] == [("Home", 0), ("Home / Mugs", 1)]
        opened = await CATEGORIES.opened(conn, home)
        assert opened.body.slug == "home"
        inside = msgspec.structs.replace(opened.body, parent_id=mugs)
        with pytest.raises(Unfit) as loop:
            await CATEGORIES.save(conn, subject_id=home, body=inside, version=opened.version, by=NOBODY)
        assert loop.value.field == "parent_id"


async def test_a_name_is_had_once_among_neighbours_and_taken_up_by_whoever_means_it(database: Database) -> None:
    async with database.transaction() as conn:
        home = await CATEGORIES.named(conn, body=CategoryBody(name="Home"), by=NOBODY)
        assert await CATEGORIES.named(conn, body=CategoryBody(name="home"), by=NOBODY) == home
        await CATEGORIES.create(conn, body=CategoryBody(name="Home", parent_id=home), by=NOBODY)
        acme = await BRANDS.create(conn, body=BrandBody(name="Acme"), by=NOBODY)
        with pytest.raises(Taken) as taken:
            await BRANDS.create(conn, body=BrandBody(name="ACME"), by=NOBODY)
        assert (taken.value.field, taken.value.subject_id) == ("name", acme)
        await shelf_edits.no_brand(conn)
        assert await shelf_edits.brands(conn) == [(acme, "Acme")]


async def test_what_holds_products_or_categories_is_not_deleted(keeper: Keeper, database: Database) -> None:
    await keeper.stocks("Mug", category="Mugs")
    async with database.transaction() as conn:
        (mugs,) = await shelf_edits.tree(conn)
        with pytest.raises(MustStay):
            await CATEGORIES.delete(conn, subject_id=mugs.id, version=0, by=NOBODY)
        toys = await CATEGORIES.create(conn, body=CategoryBody(name="Toys"), by=NOBODY)
        version = (await CATEGORIES.opened(conn, toys)).version
        kept = await CATEGORIES.delete(conn, subject_id=toys, version=version, by=NOBODY)
        assert await CATEGORIES.bring_back(conn, version_id=kept, by=NOBODY) == toys

"""What merchants change about products: nobody overwrites anybody, nothing that an order names is lost."""

from decimal import Decimal

import msgspec
import pytest

from repository.catalogue import product_edits, product_states, products, variant_edits
from repository.catalogue.product_rows import ProductBody
from repository.catalogue.variant_edits import VariantBody
from repository.database.connection import Database
from repository.database.errors import Taken, Unfit, UnknownProduct
from repository.orders import carts
from repository.staff.by import By
from repository.staff.versions import SavedMeanwhile
from tests.support.keeper import Keeper

NOBODY = By()


async def test_a_product_begins_as_a_draft_and_is_sold_once_it_has_a_price(keeper: Keeper, database: Database) -> None:
    home = await keeper.category("Home")
    body = ProductBody(name="Blue mug", category_id=home)
    async with database.transaction() as conn:
        made = await product_edits.create(conn, body=body, by=NOBODY, stock=4)
        one = await product_edits.opened(conn, product_id=made)
        assert one.body == msgspec.structs.replace(body, sku="P-1"), "the first that is free"
        with pytest.raises(UnknownProduct):
            await products.product(conn, product_id=made)
        on_sale = msgspec.structs.replace(one.body, status="active")
        with pytest.raises(Unfit) as refused:
            await product_edits.save(conn, product_id=made, body=on_sale, version=one.version, by=NOBODY)
        assert refused.value.field == "price"
        on_sale = msgspec.structs.replace(on_sale, price=Decimal("120.00"))
        assert await product_edits.save(conn, product_id=made, body=on_sale, version=one.version, by=NOBODY)
        shown = await products.product(conn, product_id=made)
        assert (shown.price, shown.left) == (Decimal("120.00"), 4)


async def test_two_who_save_one_product_do_not_overwrite_each_other(keeper: Keeper, database: Database) -> None:
    mug = await keeper.stocks("Blue mug", price="100.00")
    async with database.transaction() as conn:
        one = await product_edits.opened(conn, product_id=mug)
        dearer = msgspec.structs.replace(one.body, price=Decimal("110.00"))
        assert await product_edits.save(conn, product_id=mug, body=dearer, version=one.version, by=NOBODY)
        renamed = msgspec.structs.replace(one.body, name="Mug, blue")
        with pytest.raises(SavedMeanwhile):
            await product_edits.save(conn, product_id=mug, body=renamed, version=one.version, by=NOBODY)
        with pytest.raises(Unfit, match=r"₱110\.00 meanwhile"):
            await product_edits.set_price(
                conn, product_id=mug, was=Decimal("100.00"), price=Decimal("90.00"), by=NOBODY
            )


async def test_a_sku_is_told_who_has_it_and_a_category_that_is_gone_is_named(
    keeper: Keeper, database: Database
) -> None:
    mug = await keeper.stocks("Blue mug")
    async with database.transaction() as conn:
        body = (await product_edits.opened(conn, product_id=mug)).body
        with pytest.raises(Taken) as taken:
            await product_edits.create(conn, body=msgspec.structs.replace(body, name="Red mug"), by=NOBODY)
        assert (taken.value.field, taken.value.subject_id) == ("sku", mug)
        with pytest.raises(Unfit) as unfit:
            await product_edits.create(conn, body=msgspec.structs.replace(body, sku="X", category_id=987654), by=NOBODY)
        assert unfit.value.field == "category_id"


async def test_what_is_deleted_is_out_of_sight_and_comes_back_as_it_was(keeper: Keeper, database: Database) -> None:
    mug = await keeper.stocks("Blue mug", left=3)
    async with database.transaction() as conn:
        version = (await product_edits.opened(conn, product_id=mug)).version
        kept = await product_states.archive(conn, product_id=mug, version=version, by=NOBODY)
        with pytest.raises(UnknownProduct):
            await products.product(conn, product_id=mug)
        assert await product_states.bring_back(conn, version_id=kept, by=NOBODY) == mug
        assert (await products.product(conn, product_id=mug)).left == 3


async def test_a_copy_is_a_draft_with_the_same_sizes_and_an_empty_shelf(keeper: Keeper, database: Database) -> None:
    shirt = await keeper.stocks(
        "Shirt", sizes={"S": ("-20.00", 2), "L": ("30.00", 3)}, picture="https://shop.example/s"
    )
    async with database.transaction() as conn:
        copies = [await product_states.duplicate(conn, product_id=shirt, by=NOBODY) for _ in range(2)]
        bodies = [(await product_edits.opened(conn, product_id=one)).body for one in copies]
        assert [(one.name, one.sku, one.status) for one in bodies] == [
            ("Shirt (copy)", "SHIRT-2", "inactive"),
            ("Shirt (copy)", "SHIRT-3", "inactive"),
        ]
        sizes = await variant_edits.of_product(conn, product_id=copies[0])
        assert [(one.body.value, one.body.price_adjustment, one.left) for one in sizes] == [
            ("S", Decimal("-20.00"), 0),
            ("L", Decimal("30.00"), 0),
        ]


async def test_several_go_on_sale_but_not_what_has_no_price(keeper: Keeper, database: Database) -> None:
    mug, gift = await keeper.stocks("Mug"), await keeper.stocks("Gift", price="0")
    async with database.transaction() as conn:
        both = (mug, gift)
        assert await product_states.switch(conn, product_ids=both, status="inactive", by=NOBODY) == {
            mug: "active",
            gift: "active",
        }
        assert await product_states.switch(conn, product_ids=both, status="active", by=NOBODY) == {mug: "inactive"}


async def test_a_variant_in_a_cart_is_said_to_be_sold_out_instead_of_vanishing(
    keeper: Keeper, database: Database
) -> None:
    shirt = await keeper.stocks("Shirt", price="100.00")
    ana = await keeper.shopper()
    async with database.transaction() as conn:
        small = await variant_edits.create(
            conn, product_id=shirt, body=VariantBody(name="Size", value="S"), by=NOBODY, stock=2
        )
        wrong = await variant_edits.create(conn, product_id=shirt, body=VariantBody(name="Size", value="?"), by=NOBODY)
        with pytest.raises(Taken):
            await variant_edits.create(conn, product_id=shirt, body=VariantBody(name="Size", value="S"), by=NOBODY)
        free = VariantBody(name="Size", value="XS", price_adjustment=Decimal("-100.00"))
        with pytest.raises(Unfit, match="cost nothing"):
            await variant_edits.create(conn, product_id=shirt, body=free, by=NOBODY)
        await conn.run(
            "INSERT INTO cart_items (user_id, product_id, variant_id) VALUES (%(ana)s, %(shirt)s, %(small)s)",
            ana=ana,
            shirt=shirt,
            small=small,
        )
        versions = {one.id: one.version for one in await variant_edits.of_product(conn, product_id=shirt)}
        assert await variant_edits.delete(conn, variant_id=wrong, version=versions[wrong], by=NOBODY)
        assert not await variant_edits.delete(conn, variant_id=small, version=versions[small], by=NOBODY)
        (line,) = (await carts.cart(conn, shopper_id=ana)).lines
        assert (line.variant, line.left) == ("Size: S", 0)

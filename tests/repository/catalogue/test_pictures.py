"""Pictures of products: one address for one file, in the merchant's order, wherever the shop is reached."""

import pytest

from repository.catalogue import pictures, products
from repository.database.connection import Database
from repository.database.errors import Unfit
from repository.files.pictures import prepare
from repository.staff.by import By
from tests.support.keeper import Keeper
from tests.support.pictures import photo

NOBODY = By()


async def test_pictures_have_an_order_and_an_address_that_follows_the_shop(keeper: Keeper, database: Database) -> None:
    mug = await keeper.stocks("Mug", picture="https://elsewhere.example/mug.jpg")
    picture = prepare(photo(size=(1600, 900)), side=pictures.SIDE)
    assert (picture.width, picture.height) == (1200, 675)
    async with database.transaction() as conn:
        path = await pictures.keep(conn, picture=picture)
        assert await pictures.keep(conn, picture=picture) == path
        await pictures.add(conn, product_id=mug, urls=(f"http://old.example{path}",), by=NOBODY)
        (first, second) = await pictures.of_product(conn, product_id=mug)
        await pictures.move(conn, product_id=mug, picture_id=second.id, place=0, by=NOBODY)
        assert await pictures.move_to(conn, base="https://shop.example/") == 1
        assert await pictures.move_to(conn, base="https://shop.example") == 0
        shown = (await products.product(conn, product_id=mug)).picture_urls
        assert shown == (f"https://shop.example{path}", "https://elsewhere.example/mug.jpg")
        await pictures.remove(conn, product_id=mug, picture_id=first.id, by=NOBODY)
        assert len(await pictures.of_product(conn, product_id=mug)) == 1
        with pytest.raises(Unfit, match="10 pictures are the most"):
            urls = tuple(f"https://elsewhere.example/{number}.jpg" for number in range(10))
            await pictures.add(conn, product_id=mug, urls=urls, by=NOBODY)

"""A sheet with three mistakes in the console: looked at, corrected, written, taken back."""

import asyncio
import zipfile
from io import BytesIO

import pytest

from handlers.console.sheets import imports, writing
from repository.database.connection import Database
from repository.importing.applying import apply
from repository.importing.planning import Plan
from repository.staff.by import By
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena
from tests.support.pictures import receipt
from tests.support.waiting import comes

__all__ = ["nena"]


async def test_a_sheet_is_looked_at_written_sold_and_taken_back(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await nena.logs_in()
    await nena.opens("/products/import")
    await nena.sends_file("/products/import", "sheet", b"\x89PNG\r\n\0\0")
    assert "no text file" in nena.page
    wrong = "sku;name;price\nM1;Barako mug;TBA\n;;12\nM1;Cup;9,50\nM1;Plate;8,00\n"
    await nena.sends_file("/products/import", "sheet", wrong.encode())
    assert "1 new, 0 changed, 0 as they are, 3 rows refused" in nena.page
    assert "Row 2, column C: “TBA” is no price" in nena.page
    assert await shop.look("SELECT COUNT(*) FROM products") == 0
    await nena.opens("/products/import")
    await nena.sends_file("/products/import", "sheet", "Tawag;Bayad;Bilang\nBarako mug;₱150;4\nBaso;95;0\n".encode())
    assert "No row of titles was found" in nena.page
    at = nena.path.removeprefix("/console")
    said = {"column-tawag": "name", "column-bayad": "price", "column-bilang": "stock"}
    await nena.sends(f"{at}/columns", **said)
    assert "2 new, 0 changed" in nena.page
    await nena.sends(f"{at}/apply")
    assert "2 products are new, 0 changed, 0 rows were left out." in nena.page
    await ana.says("barako mug")
    ana.hears("Barako mug")
    sheet = await nena.gets("/products/export?format=csv")
    assert sheet.startswith(b"\xef\xbb\xbfProduct key,SKU,Name")
    await nena.sends_file("/products/import", "sheet", sheet)
    assert "0 new, 0 changed, 2 as they are" in nena.page
    await nena.opens("/products/import")
    await nena.sends("/products/import/revert")
    assert "Taken back: 0 are as they were, 2 are no longer sold, 0 were changed since" in nena.page


async def test_a_long_import_is_written_behind_a_page_that_says_how_far_it_is(
    shop: Shop, nena: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = asyncio.Event()

    async def slowly(database: Database, plan: Plan, *, file_name: str, by: By) -> int:
        await may_go_on.wait()
        return await apply(database, plan, file_name=file_name, by=by)

    monkeypatch.setattr(writing, "QUICK", 0.0)
    monkeypatch.setattr(imports, "apply", slowly)
    await nena.logs_in()
    await nena.opens("/products/import")
    await nena.sends_file("/products/import", "sheet", b"sku,name,price\nM1,Mug,10\nM2,Cup,10\n")
    at = nena.path.removeprefix("/console")
    await nena.sends(f"{at}/apply")
    assert nena.path.endswith("/running")
    assert "You can close this page" in nena.page
    await nena.opens(at)
    await nena.sends(f"{at}/apply")
    assert nena.path.endswith("/running"), "twice at the same time is once"
    may_go_on.set()

    async def is_told() -> bool:
        return "2 products are new, 0 changed" in await nena.opens(f"{at}/running")

    await comes(is_told, "what came of it")
    await nena.opens(f"{at}/running")
    assert "Import and export" in nena.page, "whoever looks later goes where the last import stands"


async def test_a_zip_of_pictures_goes_to_the_products_that_it_names(shop: Shop, nena: Visitor) -> None:
    mug = await shop.stocks("Blue mug", price="10.00")
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number, name in enumerate(("goods/blue mug.png", "goods/blue mug 2.png", "other.png")):
            archive.writestr(name, receipt(number))
    await nena.logs_in()
    await nena.opens("/products/import")
    await nena.sends_file("/products/import/pictures", "pictures", written.getvalue())
    assert "2 pictures of 1 products are there. 1 are named after no product: other.png." in nena.page
    assert await shop.look("SELECT COUNT(*) FROM product_images WHERE product_id = %(id)s", id=mug) == 2
    await nena.sends_file("/products/import/pictures", "pictures", written.getvalue())
    assert "None of its pictures goes to a product without one." in nena.page
    await nena.sends_file("/products/import/pictures", "pictures", b"no zip")
    assert "That is no zip that can be opened." in nena.page
    await nena.sends("/products/import/revert")
    assert await shop.count("product_images") == 0


async def test_prices_in_another_currency_are_never_converted(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/products/import")
    await nena.sends_file("/products/import", "sheet", b"name,price\nMug,USD 5\n")
    assert "The prices are in USD, and your shop sells in PHP" in nena.page
    await nena.sends(nena.path.removeprefix("/console") + "/apply")
    assert "nothing is converted" in nena.page
    assert await shop.look("SELECT COUNT(*) FROM products") == 0

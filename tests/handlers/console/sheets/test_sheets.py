"""A sheet with three mistakes in the console: looked at, corrected, written, taken back."""

from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena

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


async def test_prices_in_another_currency_are_never_converted(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/products/import")
    await nena.sends_file("/products/import", "sheet", b"name,price\nMug,USD 5\n")
    assert "The prices are in USD, and your shop sells in PHP" in nena.page
    await nena.sends(nena.path.removeprefix("/console") + "/apply")
    assert "nothing is converted" in nena.page
    assert await shop.look("SELECT COUNT(*) FROM products") == 0

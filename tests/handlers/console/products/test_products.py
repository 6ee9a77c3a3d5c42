"""Products in the console: made, priced in the list, pictured, and seen by the next shopper."""

import html
import re
from datetime import date

from repository.catalogue import variant_edits
from repository.desk import products
from repository.importing.applying import apply
from repository.importing.planning import plan
from repository.sheets.reading import read_sheet
from repository.staff.by import By
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena, version_of
from tests.support.pictures import enormous, photo

__all__ = ["nena"]


async def test_a_first_product_is_made_pictured_and_bought(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await nena.logs_in()
    assert "Nothing to sell yet" in await nena.opens("/products")
    await nena.opens("/products/new")
    about = {"name": "Kape Mug", "description": "For your kape.", "stock": "4", "new_category": "Mugs"}
    await nena.sends("/products/new", **about, price="", status="active")
    assert nena.status == 422
    assert "Please give it a price before it goes on sale" in nena.page
    assert nena.values("new_category") == ["Mugs"]
    await nena.sends("/products/new", **about, price="₱1,120", status="active")
    assert "Saved. Shoppers see it now." in nena.page
    product_id = nena.path.rpartition("/")[2]
    await nena.sends_file(f"/products/{product_id}/pictures", "picture", photo(size=(2000, 1500), orientation=6))
    assert "The picture is there." in nena.page
    (url,) = set(re.findall(r'src="(http[^"]+/goods/[^"]+)"', html.unescape(nena.page)))
    content = await nena.gets("/.." + url.partition("/goods")[1] + url.partition("/goods")[2])
    assert content[:3] == b"\xff\xd8\xff"
    assert b"Exif" not in content
    assert nena.values("csrf")
    await nena.sends_file(f"/products/{product_id}/pictures", "picture", enormous())
    assert "too many pixels" in nena.page
    await ana.says("kape mug")
    ana.hears("Kape Mug")


async def test_what_it_cost_what_it_is_made_of_and_which_size_fits_is_written_and_read(
    shop: Shop, nena: Visitor, ana: Chat
) -> None:
    await nena.logs_in()
    about = {"name": "Linen Shirt", "stock": "4", "new_category": "Shirts", "status": "active", "price": "300"}
    told = {"was_price": "450", "specifications": "Tela: linen\nWashable", "size_guide": "S: dibdib 36"}
    await nena.sends("/products/new", **about, **told)
    product_id = nena.path.rpartition("/")[2]
    page = html.unescape(await nena.opens(f"/products/{product_id}"))
    assert "Tela: linen\nWashable: yes" in page
    assert "S: dibdib 36" in page
    await ana.says("linen shirt")
    ana.hears("₱300.00 (was ₱450.00)")
    await ana.taps("Details")
    ana.hears("₱300.00 (was ₱450.00)", "• Tela: linen", "• Washable: yes")
    await ana.says("size chart?")
    ana.hears("S: dibdib 36")


async def test_prices_and_stock_are_changed_in_the_list_and_nobody_is_overwritten(shop: Shop, nena: Visitor) -> None:
    mug = await shop.stocks("Mug", price="100.00", left=5)
    cup = await shop.stocks("Cup", price="80.00", left=5)
    await nena.logs_in()
    await nena.opens("/products")
    page = {f"was-price-{mug}": "100.00", f"was-left-{mug}": "5", f"was-price-{cup}": "80.00", f"was-left-{cup}": "5"}
    typed = {f"price-{mug}": "120", f"left-{mug}": "7", f"price-{cup}": "80.00", f"left-{cup}": "TBA"}
    await nena.sends("/products/rows", **page, **typed)
    assert nena.status == 422
    assert "2 changes are saved." in nena.page
    assert "Please write a whole number." in nena.page
    assert 'value="TBA"' in nena.page
    assert 'value="120.00"' in nena.page
    await nena.sends("/products/rows", **page, **{f"price-{mug}": "90", f"left-{mug}": "9"})
    assert "Somebody has set it to ₱120.00 meanwhile" in nena.page
    assert "It has become 7 meanwhile" in nena.page


async def test_variants_categories_and_what_was_deleted(shop: Shop, nena: Visitor) -> None:
    shirt = await shop.stocks("Shirt", price="200.00", left=0)
    at = f"/products/{shirt}"
    await nena.logs_in()
    await nena.opens(at)
    assert f"https://m.me/{shop.stage.emulator.app.page_id}?ref=product_{shirt}" in nena.page
    await nena.sends(f"{at}/variants", name="Size", value="S", price="180", sku_suffix="S", stock="3")
    assert "S is there." in nena.page
    await nena.sends(f"{at}/variants", name="Size", value="S", price="0", stock="")
    assert "The product has that one already." in nena.page or "cost nothing" in nena.page
    assert nena.status == 422
    version = version_of(nena.page)
    await nena.sends(f"{at}/copy")
    assert "This is the copy" in nena.page
    assert "Shirt (copy)" in nena.page
    await nena.opens(at)
    await nena.sends(f"{at}/delete", version=version)
    assert "Deleted." in nena.page
    assert f'href="/console{at}"' not in nena.page
    await nena.sends("/products/bring-back", version=nena.values("version")[0])
    assert "It is back." in nena.page
    await nena.sends("/products/switch", pick=str(shirt), to="inactive")
    assert "among the drafts now" in nena.page
    await nena.opens("/products/categories/new")
    await nena.sends("/products/categories/new", name="Home", parent_id="0", display_order="0", is_active="on")
    home = nena.path.rpartition("/")[2]
    await nena.sends(
        f"/products/categories/{home}",
        name="Home",
        parent_id=home,
        display_order="0",
        is_active="on",
        version=version_of(nena.page),
    )
    assert "cannot stand in itself" in nena.page
    await nena.sends("/products/brands/new", name="Acme", website="")
    assert "Acme" in await nena.opens("/products/brands")


async def test_staff_may_look_and_managers_change(shop: Shop, nena: Visitor) -> None:
    mug = await shop.stocks("Mug", price="100.00", left=5)
    await nena.logs_in("jun")
    assert "Save prices" not in await nena.opens("/products")
    await nena.sends("/products/rows", **{f"price-{mug}": "1", f"was-price-{mug}": "100.00"})
    assert nena.status == 403
    assert await nena.status_of("/products/new") == 403
    await nena.opens(f"/products/{mug}")
    assert 'name="picture"' not in nena.page


async def test_what_a_scanner_types_finds_the_product_its_stock_and_the_order_line(shop: Shop, nena: Visitor) -> None:
    shirt = await shop.stocks("Shirt", price="200.00", left=0)
    await shop.stocks("Payong", price="90.00", left=3)
    at = f"/products/{shirt}"
    await nena.logs_in()
    await nena.opens(at)
    new = {"name": "Size", "value": "Large", "price": "220", "stock": "3"}
    await nena.sends(f"{at}/variants", **new, barcode="é" * 3)
    assert nena.status == 422
    assert "A barcode has 48 letters and digits at most" in nena.page
    await nena.sends(f"{at}/variants", **new, barcode="0 36000 29145 2")
    assert 'value="036000291452"' in nena.page
    for page in ("/products", "/stock"):
        found = await nena.opens(f"{page}?q=0036000291452")
        assert "Shirt" in found
        assert "Payong" not in found
    async with shop.database.connection() as conn:
        offers = await products.offers(conn, text="036000291452")
        large, *others = await variant_edits.of_product(conn, product_id=shirt)
    assert [offer.title for offer in offers] == ["Shirt (Size: Large)"]
    assert (large.body.barcode, others) == ("036000291452", [])
    await nena.sends(f"{at}/copy")
    copy = await nena.opens(f"/products/{nena.path.rpartition('/')[2]}")
    assert 'value="Large"' in copy
    assert "036000291452" not in copy


async def test_who_changed_price_name_and_stock_is_read_on_the_product(shop: Shop, nena: Visitor, ana: Chat) -> None:
    shirt = await shop.stocks("Shirt", price="200.00", left=0, sizes={"Large": 3})
    large = await shop.variant(shirt, "Large")
    at = f"/products/{shirt}"
    await nena.logs_in()
    await nena.opens("/products")
    await nena.sends("/products/rows", **{f"was-price-{shirt}": "200.00", f"price-{shirt}": "250"})
    await nena.sends(f"/stock/{shirt}/{large}", reason="damaged", change="1", note="napunit")
    sheet = f"sku,name,price\n{await shop.look('SELECT sku FROM products')},Polo shirt,260\n"
    read = read_sheet(sheet.encode(), today=date(2026, 11, 29))
    await apply(shop.database, await plan(shop.database, read), file_name="goods.csv", by=By())
    page = html.unescape(await nena.opens(at))
    assert "Everything that happened" in page
    for path in (at, f"{at}/past"):
        page = " ".join(html.unescape(await nena.opens(path)).split())
        assert "Changed by the sheet goods.csv" in page
        assert "Name: <del>Shirt</del> <ins>Polo shirt</ins>" in page
        assert "Price: <del>₱200.00</del> <ins>₱250.00</ins>" in page
        assert "Price: <del>₱250.00</del> <ins>₱260.00</ins>" in page
        assert "· Damaged or expired: napunit" in page
        assert "Size: Large" in page
    begins = await nena.opens(f"{at}/past?before=2020-01-01T00:00:00%2B08:00")
    assert "Nothing yet." in begins

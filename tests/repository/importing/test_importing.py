"""A sheet in, the same sheet again, a changed one, and back: what the catalogue holds after each."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pytest

from repository.database.connection import Database
from repository.importing import exporting
from repository.importing.applying import apply
from repository.importing.planning import Plan, plan
from repository.importing.reverting import revert
from repository.sheets.reading import read_sheet
from repository.sheets.writing import csv_of, xlsx_of
from repository.staff.by import By
from tests.support.keeper import Keeper

NOBODY = By()
SHEET = """sku,name,category,brand,size,price,stock,image
007,Blue mug,Home > Kitchen,Acme,,"₱1,299.00",5,https://example.com/mug.jpg
TEE-S,Tee,Clothes,,S,199,3,
TEE-M,Tee,Clothes,,M,219,,
BAD,Cup,Home,,,TBA,1,
"""


async def planned(database: Database, sheet: str | bytes) -> Plan:
    content = sheet.encode() if isinstance(sheet, str) else sheet
    return await plan(database, read_sheet(content, today=date(2026, 11, 29)))


async def imported(database: Database, sheet: str | bytes) -> Plan:
    plan = await planned(database, sheet)
    await apply(database, plan, file_name="goods.csv", by=NOBODY)
    return plan


def counts(plan: Plan) -> tuple[int, int, int]:
    return plan.new, plan.changed, plan.unchanged


async def test_a_sheet_is_brought_in_once_and_what_is_wrong_is_said(keeper: Keeper, database: Database) -> None:
    first = await planned(database, SHEET)
    assert counts(first) == (2, 0, 0)
    assert await keeper.look("SELECT COUNT(*) FROM products WHERE sku = '007'") == 0
    assert [(error.row, error.column) for error in first.errors] == [(5, "F")]
    await imported(database, SHEET)
    mug = await keeper.look(
        "SELECT p.name, p.base_price, p.stock_quantity, p.status, c.name, o.name, b.name, i.image_url FROM products p"
        " JOIN categories c ON c.id = p.category_id JOIN categories o ON o.id = c.parent_id"
        " JOIN brands b ON b.id = p.brand_id JOIN product_images i ON i.product_id = p.id WHERE p.sku = '007'"
    )
    assert mug == (
        *("Blue mug", Decimal("1299.00"), 5, "active", "Kitchen", "Home", "Acme", "https://example.com/mug.jpg"),
    )
    assert (
        await keeper.look(
            "SELECT GROUP_CONCAT(CONCAT_WS(' ', p.sku, v.variant_name, v.variant_value, v.sku_suffix,"
            " v.price_adjustment, v.stock_quantity) ORDER BY v.id SEPARATOR ', ') FROM product_variants v"
            " JOIN products p ON p.id = v.product_id"
        )
        == "TEE size S -S 0.00 3, TEE size M -M 20.00 0"
    )
    assert counts(await planned(database, SHEET)) == (0, 0, 2)


@pytest.mark.parametrize("written", [csv_of, xlsx_of], ids=["csv", "xlsx"])
async def test_an_export_imports_to_no_change(
    keeper: Keeper, database: Database, written: Callable[[list[Sequence[str]]], bytes]
) -> None:
    await imported(database, SHEET)
    mug = await keeper.stocks("=Mug & “Co” <b>", price="120.50", left=7)
    await keeper.run("UPDATE products SET status = 'inactive' WHERE id = %(id)s", id=mug)
    await keeper.run("UPDATE product_variants SET price_adjustment = price_adjustment + 5")
    rows = [row async for row in exporting.ours(database)]
    again = await planned(database, written(rows))
    assert (counts(again), again.errors) == ((0, 0, 3), ())


async def test_a_feed_for_facebook_holds_what_is_on_sale(keeper: Keeper, database: Database) -> None:
    await imported(database, SHEET)
    rows = [row async for row in exporting.facebook(database, currency="PHP", link="https://m.me/shop")]
    assert [(row[0], row[1], row[3], row[5], row[9]) for row in rows[1:]] == [
        ("007", "Blue mug", "in stock", "1299.00 PHP", ""),
        ("TEE-S", "Tee, S", "in stock", "199.00 PHP", "TEE"),
        ("TEE-M", "Tee, M", "out of stock", "219.00 PHP", "TEE"),
    ]


async def test_a_changed_sheet_says_what_would_change(keeper: Keeper, database: Database) -> None:
    await imported(database, SHEET)
    step = (await planned(database, 'sku,name,price,stock\n007,Blue mug,"1,350.00",9\n')).steps[0]
    assert [(one.what, one.was, one.now) for one in step.differences] == [
        ("price", "1299.00", "1350.00"),
        ("stock", "5", "9"),
    ]


async def test_the_last_import_is_taken_back_but_for_what_was_changed_or_sold(
    keeper: Keeper, database: Database
) -> None:
    await imported(database, SHEET)
    await imported(database, 'sku,name,price,stock\n007,Big mug,"1,350.00",9\nNEW,Plate,80,4\nOLD,Fork,9,4\n')
    await keeper.run("UPDATE products SET stock_quantity = stock_quantity - 8 WHERE sku = '007'")
    await keeper.run("UPDATE products SET name = 'Fine fork' WHERE sku = 'OLD'")
    done = await revert(database, by=NOBODY)
    assert done is not None
    assert (done.restored, done.archived, done.kept) == (1, 1, 1)
    for sku, row in {
        "007": ("Blue mug", Decimal("1299.00"), 0, "active"),
        "NEW": ("Plate", Decimal("80.00"), 0, "discontinued"),
        "OLD": ("Fine fork", Decimal("9.00"), 0, "active"),
    }.items():
        found = await keeper.look(
            "SELECT name, base_price, stock_quantity, status FROM products WHERE sku = %(sku)s", sku=sku
        )
        assert found == row
    assert (
        await keeper.look(
            "SELECT COUNT(*) FROM products p WHERE stock_quantity <>"
            " (SELECT COALESCE(SUM(quantity_change), 0) FROM inventory_logs l WHERE l.product_id = p.id"
            " AND l.variant_id IS NULL)"
        )
        == 0
    )
    again = await revert(database, by=NOBODY)
    assert again is not None
    assert again.archived == 4
    assert await revert(database, by=NOBODY) is None
    assert counts(await planned(database, SHEET)) == (0, 2, 0)


SALE = """sku,name,size,price,compare at price,barcode
MUG,Mug,,99,150,4806530000123
TEE-S,Tee,S,199,299,480653000013
TEE-M,Tee,M,219,319,
CAP,Cap,,80,,4.80653E+12
"""


async def test_prices_before_and_barcodes_come_in_go_out_and_back(keeper: Keeper, database: Database) -> None:
    plan = await imported(database, SALE)
    assert plan.errors == ()
    rows = [row async for row in exporting.ours(database)]
    at = {title: place for place, title in enumerate(rows[0])}
    assert [(row[at["SKU"]], row[at["Barcode"]], row[at["Compare-at price"]]) for row in rows[1:]] == [
        ("MUG", "4806530000123", "150.00"),
        ("TEE-S", "480653000013", "299.00"),
        ("TEE-M", "", "299.00"),
        ("CAP", "", ""),
    ]
    again = await planned(database, csv_of(rows))
    assert (counts(again), again.errors) == ((0, 0, 3), ())
    assert (await planned(database, "sku,name,price\nMUG,Mug,99\n")).steps == ()
    step = (await planned(database, "sku,name,price,sale price,barcode\nMUG,Mug,150,90,\n")).steps[0]
    assert [(one.what, one.was, one.now) for one in step.differences] == [
        ("price", "99.00", "90.00"),
        ("barcode", "4806530000123", ""),
    ]
    await imported(database, "sku,name,price,sale price,barcode\nMUG,Mug,150,,\n")
    assert await keeper.look("SELECT was_price, barcode FROM products WHERE sku = 'MUG'") == (None, None)
    await revert(database, by=NOBODY)
    assert await keeper.look("SELECT was_price, barcode FROM products WHERE sku = 'MUG'") == (
        Decimal("150.00"),
        "4806530000123",
    )


async def test_a_feed_for_facebook_says_what_is_on_sale_for_less(keeper: Keeper, database: Database) -> None:
    await imported(database, SALE)
    rows = [row async for row in exporting.facebook(database, currency="PHP", link="https://m.me/shop")]
    at = {title: place for place, title in enumerate(rows[0])}
    assert [tuple(row[at[title]] for title in ("id", "price", "sale_price", "gtin")) for row in rows[1:]] == [
        ("MUG", "150.00 PHP", "99.00 PHP", "4806530000123"),
        ("TEE-S", "299.00 PHP", "199.00 PHP", "480653000013"),
        ("TEE-M", "299.00 PHP", "219.00 PHP", ""),
        ("CAP", "80.00 PHP", "", ""),
    ]
    again = await planned(database, csv_of(rows))
    changes = [one.what for step in again.steps if step.wanted.sku in ("MUG", "CAP") for one in step.differences]
    assert set(changes) == {"description"}  # which Facebook wants of everything


async def test_a_category_and_a_brand_in_other_letters_are_no_change(database: Database) -> None:
    await imported(database, SHEET)
    other = SHEET.replace("Home > Kitchen", "HOME > kitchen").replace("Acme", "acme")
    assert counts(await planned(database, other)) == (0, 0, 2)

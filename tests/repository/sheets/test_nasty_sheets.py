"""Sheets that were once read wrongly without a word: each is read right, or says what is left out and where."""

import io

import openpyxl
import pytest

from repository.sheets.goods import Reading
from tests.repository.sheets.test_sellers_sheets import goods, read, refused
from tests.repository.sheets.workbooks import Cell, workbook


def asked(reading: Reading, words: str) -> list[tuple[int, str]]:
    return [(remark.row, remark.column) for remark in reading.questions if words in remark.why]


def test_tiktok_shops_template_with_its_rows_of_hints() -> None:
    rows: list[list[Cell]] = [
        ["category", "brand", "product_name", "product_description", "main_image", "property_name_1",
         "property_value_1", "property_1_image", "property_name_2", "property_value_2", "parcel_weight", "price",
         "quantity", "seller_sku"],
        ["Category", "Brand", "Product Name", "Product Description", "Main Product Image",
         "Primary variation name (Theme)", "Primary variation value (Option)", "Variation Image 1",
         "Secondary variation name", "Secondary variation value", "Package Weight(g)",
         "Retail Price (Local Currency)", "Quantity", "Seller SKU"],
        [*["Mandatory"] * 5, *["Optional"] * 5, *["Mandatory"] * 3, "Optional"],
        ["Select one", None, "25 letters", None, "URL", "Color", None, None, None, None, "g", "Price", "No.", None],
        ["Mugs", "No brand", "Ceramic mug", "<p>Nice</p>", "https://x.example/a.jpg", "Color", "Blue", None, "Size",
         "S", 400, 199, 10, "MUG-S"],
        ["Mugs", "No brand", "Ceramic mug", "<p>Nice</p>", "https://x.example/a.jpg", "Color", "Blue", None, "Size",
         "L", 400, 249, 3, "MUG-L"],
        ["Plates", "Acme", "Plate", None, "https://x.example/p.jpg", None, None, None, None, None, 300, 99, 5, "PL"],
    ]  # fmt: skip
    reading = read(workbook({"Template": rows}))
    assert goods(reading) == [
        ("Ceramic mug", "Blue / S", "199.00", 10),
        ("Ceramic mug", "Blue / L", "249.00", 3),
        ("Plate", "", "99.00", 5),
    ]
    assert reading.products[0].variants[0].options == (("Color", "Blue"), ("Size", "S"))
    assert [(product.brand, str(product.weight_kg)) for product in reading.products] == [
        ("", "0.400"),
        ("Acme", "0.300"),
    ]
    assert reading.errors == ()


def test_tiktok_shops_list_of_prices_and_stock() -> None:
    rows: list[list[Cell]] = [
        ["Product ID", "Category", "Product name", "SKU ID", "Variation value", "Price (Local Currency)",
         "Quantity in [Main]", "Seller SKU"],
        ["V3", None, None, "metric", None, None, None, None],
        ["Mandatory", "Uneditable", "Uneditable", "Mandatory", "Uneditable", "Mandatory", "Optional", "Optional"],
        ["1729384756473829104", "Mugs", "Mug", "1729384756473894640", "Blue, S", "199", "10", "MUG-S"],
        ["1729384756473829104", "Mugs", "Mug", "1729384756473960176", "Blue, L", "249", "3", "MUG-L"],
        ["1729384756474000000", "Plates", "Plate", "1729384756474100000", "Default", "99", "5", "PL"],
    ]  # fmt: skip
    reading = read(workbook({"Template": rows}))
    assert reading.made_by == "TikTok Shop"
    assert goods(reading) == [
        ("Mug", "Blue, S", "199.00", 10),
        ("Mug", "Blue, L", "249.00", 3),
        ("Plate", "", "99.00", 5),
    ]
    assert reading.errors == ()


def test_lazadas_mass_upload_with_a_sale_by_colour() -> None:
    reading = read(
        "Group No,Product Name(English),Product Images1,Brand,Color Family,Size,Price,Special Price,"
        "Special Price Start Date,Special Price End Date,Quantity,SellerSKU,Package Weight (kg)\n"
        "Optional,Mandatory,Mandatory,Mandatory,Mandatory,Mandatory,Mandatory,Optional,,,Mandatory,Optional,Mandatory\n"
        "1,Canvas tote,https://x.example/1.jpg,No Brand,Black,Int:One size,350,299,2026-11-01,2026-12-31,10,T-BLK,0.3\n"
        "1,Canvas tote,https://x.example/2.jpg,No Brand,Beige,Int:One size,350,,,,0,T-BEI,0.3\n"
        "2,Cap,https://x.example/3.jpg,No Brand,Red,Int:Free size,150,,,,4,CAP,0.1\n"
    )
    assert goods(reading) == [
        ("Canvas tote", "Black / One size", "299.00", 10),
        ("Canvas tote", "Beige / One size", "350.00", 0),
        ("Cap", "Red / Free size", "150.00", 4),
    ]
    assert [len(product.images) for product in reading.products] == [2, 1]
    assert reading.errors == ()


def test_titles_in_groups_that_are_merged() -> None:
    rows: list[list[Cell]] = [
        ["Item", "Description", "Prices", None, "Stock", None],
        [None, None, "Retail", "Wholesale", "Store", "Warehouse"],
        ["Mug", "White mug", 120, 100, 5, 40],
        ["Cup", "White cup", 80, 70, 2, 10],
    ]
    reading = read(workbook({"S": rows}, merged=("A1:A2", "B1:B2", "C1:D1", "E1:F1")))
    assert goods(reading) == [("Mug", "", "120.00", 5), ("Cup", "", "80.00", 2)]
    assert reading.header_rows == (1, 2)
    assert asked(reading, "“Stock Warehouse” was not read: column E is that already") == [(0, "F")]


def test_sections_that_stand_where_the_names_do() -> None:
    reading = read(
        "NOTE: prices may change,,,\nProduct,Price,Stock,Remarks\nBAGS,,,\nTote,250,3,\nSling,199,2,new!\n"
        "Subtotal,449,5,\nSHOES,,,\nSandals,399,2,\nGRAND TOTAL,848,7,\n*subject to change,,,\n"
    )
    assert [(product.name, product.category) for product in reading.products] == [
        ("Tote", ("BAGS",)),
        ("Sling", ("BAGS",)),
        ("Sandals", ("SHOES",)),
    ]
    assert reading.errors == ()


def test_a_single_product_without_a_price_is_no_section() -> None:
    assert refused(read("Product,Price\nMug,120\nTote,\nSling,199\n")) == [(3, "there is no price")]


def test_what_is_for_a_kilo_and_what_is_for_several() -> None:
    reading = read(
        "Product,Price per kilo,Stock\nRice,₱52.00/kg,100\nEggs,P8.50/pc,300\nOil,120 per liter,20\n"
        "Towel,₱150 per pack of 3,4\n"
    )
    assert [(product.name, product.unit) for product in reading.products] == [
        ("Rice", "kg"),
        ("Eggs", ""),
        ("Oil", "liter"),
    ]
    assert refused(reading) == [(5, "“₱150 per pack of 3” is no price")]


def test_prices_in_other_currencies_are_not_taken_for_pesos() -> None:
    reading = read("name,price\nMug,₱120.00\nPlate,PhP 99\nPan,€20\nPot,US$ 4\nCup,$3.50\nBowl,75\n")
    assert reading.currency == "PHP"
    assert [name for name, *_ in goods(reading)] == ["Mug", "Plate", "Bowl"]
    assert refused(reading) == [
        (4, "the price is in EUR, the others are in PHP: nothing is converted"),
        (5, "the price is in USD, the others are in PHP: nothing is converted"),
        (6, "the price is in $, the others are in PHP: nothing is converted"),
    ]


def test_dollars_are_some_currency_until_a_price_names_one() -> None:
    assert read("name,price\nMug,$3\nCup,$4\n").currency == ""
    both = read("name,price\nMug,US$3\nCup,US$4\nPot,$5\n")
    assert (both.currency, both.errors) == ("USD", ())


@pytest.mark.parametrize("typed", ["1.299", "₱ 1.299", "12.500"])
def test_a_point_before_three_digits_may_be_either_and_is_not_guessed(typed: str) -> None:
    reading = read(f"name;price\nMug;{typed}\nCup;350\n")
    assert [(error.row, error.column) for error in reading.errors] == [(2, "B")]
    assert "may be thousands or have three decimals" in reading.errors[0].why


def test_three_decimals_and_prices_without_cents_where_the_column_says_so() -> None:
    assert [price for _, _, price, _ in goods(read("name,price\nA,9769.000\nB,12.500\nC,0.250\n"))] == [
        "9769.00",
        "12.50",
        "0.25",
    ]
    assert [price for _, _, price, _ in goods(read("name;price\nA;Rp 12.500\nB;Rp 350.000\n"))] == [
        "12500.00",
        "350000.00",
    ]


def test_a_price_that_its_own_comma_has_cut_in_two() -> None:
    reading = read("name,price,stock\nMug,120,5\nTray,P1,250.00,4\n")
    assert goods(reading) == [("Mug", "", "120.00", 5)]
    assert [(error.row, error.column) for error in reading.errors] == [(3, "B")]


def test_several_sizes_in_one_cell_are_several_things_to_buy() -> None:
    reading = read(
        'Item,Code,Sizes,Colors,Price,Qty\nTee,T,"S, M",Red/Blue/Green,199,10\nPolo,P,S/M/L,White,350,4\nCap,C,,,99,5\n'
    )
    assert [text for name, text, _, _ in goods(reading) if name == "Tee"] == [
        *("S / Red", "S / Blue", "S / Green", "M / Red", "M / Blue", "M / Green")
    ]
    assert [text for name, text, _, _ in goods(reading) if name == "Polo"] == ["S / White", "M / White", "L / White"]
    assert goods(reading)[-1] == ("Cap", "", "99.00", 5)
    assert reading.products[0].variants[0].options == (("Size", "S"), ("Color", "Red"))
    assert reading.products[0].variants[0].sku == "T-S-Red"
    assert asked(reading, "variants together: left out") == [(2, "F"), (3, "F")]


def test_a_second_list_beside_the_first_and_a_second_shops_prices_are_told() -> None:
    beside = read("Name,Price,,Name,Price\nMug,120,,Cup,80\n")
    assert goods(beside) == [("Mug", "", "120.00", None)]
    assert asked(beside, "was not read") == [(0, "D"), (0, "E")]
    till = read(
        "Handle,SKU,Name,Sold by weight,Option 1 name,Option 1 value,Price [Main],In stock [Main],Price [Branch],"
        "In stock [Branch]\nmug,1,Mug,N,,,120.00,5,125.00,3\n"
    )
    assert goods(till) == [("Mug", "", "120.00", 5)]
    assert asked(till, "was not read") == [(0, "I"), (0, "J")]


def test_a_shopify_draft_stays_one_although_it_was_published_once() -> None:
    reading = read(
        "Handle,Title,Vendor,Published,Option1 Name,Option1 Value,Variant Price,Status\n"
        "mug,Mug,Acme,TRUE,Title,Default Title,99.00,draft\ncup,Cup,Acme,TRUE,Title,Default Title,80.00,active\n"
    )
    assert [product.is_draft for product in reading.products] == [True, False]


def test_formulas_that_nobody_has_reckoned_and_columns_that_nobody_sees() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Name", "Old price", "Price", "Stock"],
        ["Mug", 200, "=B2*0.6", 5],
        ["Cup", 90, 80, "=1+1"],
        ["Pot", 1, 2, 3],
    ):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    file = io.BytesIO()
    book.save(file)
    reading = read(file.getvalue())
    assert [name for name, *_ in goods(reading)] == ["Pot"]
    assert [(error.row, error.column, "formula" in error.why) for error in reading.errors] == [
        (2, "C", True),
        (3, "D", True),
    ]
    assert asked(reading, "“Old price” is hidden, and was read") == [(0, "B")]


def test_pictures_that_are_no_links_are_told_once() -> None:
    reading = read("Picture,Item,Price\nmug.jpg,Mug,120\n#REF!,Cup,80\nhttps://x.example/1.jpg,Pot,90\n")
    assert len(reading.products) == 3
    assert asked(reading, "“mug.jpg” (and 1 more like it) is no link to a picture") == [(2, "A")]


def test_numbered_rows_without_goods_are_no_errors_and_stock_in_words_is_read() -> None:
    reading = read("No.,Item,Price,Stock\n1,Mug,120,5 left\n2,Cup,80,No\n3,,,\n4,Pot,90,10+\n")
    assert goods(reading) == [("Mug", "", "120.00", 5), ("Cup", "", "80.00", 0)]
    assert refused(reading) == [(5, "“10+” is no number")]


def test_woocommerce_in_german_by_its_own_titles() -> None:
    reading = read(
        "ID;Typ;Artikelnummer;Name;Regulärer Preis;Angebotspreis;Lager;Kategorien;Bilder\n"
        "1;simple;M1;Tasse;12,50;;5;Küche;https://x.example/1.jpg\n"
    )
    assert goods(reading) == [("Tasse", "", "12.50", 5)]
    assert (reading.products[0].category, reading.products[0].images) == (("Küche",), ("https://x.example/1.jpg",))

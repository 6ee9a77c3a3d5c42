"""Sheets as sellers really send them, each with the reading that was decided before it was run."""

from datetime import date

import pytest

from repository.sheets.goods import Reading
from repository.sheets.reading import read_sheet
from tests.repository.sheets.workbooks import Cell, workbook

TODAY = date(2026, 11, 29)


def read(content: str | bytes) -> Reading:
    return read_sheet(content.encode() if isinstance(content, str) else content, today=TODAY)


def goods(reading: Reading) -> list[tuple[str, str, str, int | None]]:
    """Each thing that can be bought: its name, what tells it apart, its price and its pieces."""
    return [
        (product.name, " / ".join(value for _, value in variant.options), str(variant.price), variant.stock)
        for product in reading.products
        for variant in product.variants
    ]


def refused(reading: Reading) -> list[tuple[int, str]]:
    return [(error.row, error.why) for error in reading.errors]


def test_a_sellers_own_list_in_taglish() -> None:
    reading = read(
        "TINDAHAN NI ALING NENA,,,,,\r\nUpdated Nov 2026,,,,,\r\n,,,,,\r\n"
        "Paninda,Kulay,Laki,Magkano,Ilan pa,Uri\r\n"
        "Tsinelas ,Pula,M,₱99.00,12 pcs,Footwear\r\n"
        "Tsinelas,Asul,M,P 99,ubos na,Footwear\r\n"
        "\r\n"
        '"Payong\nna malaki",,,"Php 1,250.50",3,Rainy Season\r\n'
        "Walis tambo,,,85 pesos,,Panlinis\r\n"
        'Kabuuan:,,,"1,533.50",15,\r\n'
    )
    assert goods(reading) == [
        ("Tsinelas", "Pula / M", "99.00", 12),
        ("Tsinelas", "Asul / M", "99.00", 0),
        ("Payong na malaki", "", "1250.50", 3),
        ("Walis tambo", "", "85.00", None),
    ]
    assert reading.errors == ()
    assert [product.category for product in reading.products] == [("Footwear",), ("Rainy Season",), ("Panlinis",)]
    assert {remark.row for remark in reading.passed_over} == {1, 2, 3, 4, 7, 10}


@pytest.mark.parametrize(
    "titles",
    [
        "Ngalan,Halaga kada piraso,Natitira,Klase,Kodigo",
        "Mga Paninda,Presyong Tingi (₱),Bilang ng stock,Uri ng paninda,Code",
        "Ngalan,Presyo sa isa,Pila kabuok,Kategorya,SKU",
        "Pangalan ng produkto,Benta,Ilan pa,Klase,Item Code",
        "Nagan,Presyo,Available,Kategorya,Code",
    ],
)
def test_titles_in_the_languages_of_the_philippines(titles: str) -> None:
    reading = read(f"{titles}\nKape barako,150,30 pirasong natitira,Kape,002\n")
    assert goods(reading) == [("Kape barako", "", "150.00", 30)]
    assert (reading.products[0].sku, reading.products[0].category, reading.is_sure) == ("002", ("Kape",), True)


@pytest.mark.parametrize(
    ("typed", "price", "unit"),
    [
        ("₱1,299.00", "1299.00", ""),
        ("1299/pc", "1299.00", ""),
        ("1,299 each", "1299.00", ""),
        ("₱85/kg", "85.00", "kg"),
        ("120 per dozen", "120.00", "dozen"),
        ("199 only", "199.00", ""),
        ("PHP199", "199.00", ""),
        ("199.- ", "199.00", ""),
    ],
)
def test_prices_as_people_type_them(typed: str, price: str, unit: str) -> None:
    reading = read(f'name,price,stock\nMug,"{typed}",1\nCup,100.00,1\n')
    assert goods(reading)[0] == ("Mug", "", price, 1)
    assert reading.products[0].unit == unit


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("TBA", "“TBA” is no price"),
        ("2 for 500", "“2 for 500” is a price for several: write what one costs"),
        ("3 pcs 100", "“3 pcs 100” is a price for several: write what one costs"),
        ("150-200", "“150-200” is more than one price: write each in a row of its own"),
        ("150/200", "“150/200” is more than one price: write each in a row of its own"),
        ("1.2k", "“1.2k” is no price: 1200?"),
        ("PM is key", "“PM is key” is no price"),
        ("-50", "the price “-50” is below zero"),
    ],
)
def test_what_is_no_price_is_refused_with_the_reason(typed: str, why: str) -> None:
    assert refused(read(f'name,price\nMug,"{typed}"\nCup,100.00\n')) == [(2, why)]


@pytest.mark.parametrize("typed", ["5-Mar", "Mar-05", "05-Mar-26", "3-May"])
def test_a_size_that_excel_has_eaten_is_refused_and_not_sold_as_a_date(typed: str) -> None:
    reading = read(f"name,size,price\nTee,{typed},199\nTee,8-10,199\n")
    assert goods(reading) == [("Tee", "8-10", "199.00", None)]
    assert reading.errors[0].column == "B"
    assert f"“{typed}” was made a date by the spreadsheet" in reading.errors[0].why


def test_ids_keep_their_zeros_and_one_that_lost_digits_or_became_a_date_is_refused() -> None:
    reading = read("sku,name,price\n000123,A,5\n1.23E+12,B,5\n3-May,C,5\n'0456,D,5\n 0789 ,E,5\n")
    assert [product.sku for product in reading.products] == ["000123", "0456", "0789"]
    assert [error.row for error in reading.errors] == [3, 4]


def test_sizes_as_columns_with_what_each_costs() -> None:
    reading = read("Item,Small,Medium,Large,XL\nTee,199,219,239,-\nPolo,350,350,,400\n")
    assert goods(reading) == [
        ("Tee", "Small", "199.00", None),
        ("Tee", "Medium", "219.00", None),
        ("Tee", "Large", "239.00", None),
        ("Polo", "Small", "350.00", None),
        ("Polo", "Medium", "350.00", None),
        ("Polo", "XL", "400.00", None),
    ]
    assert reading.is_sure
    assert reading.products[0].variants[0].options == (("Size", "Small"),)


def test_sizes_as_columns_with_how_many_there_are() -> None:
    reading = read("Code,Design,Kulay,Presyo,36,37,38,39\nSH1,Sapatos,Itim,899,2,0,,1\nSH2,Sapatos,Puti,899,1,x,2,\n")
    assert goods(reading) == [
        ("Sapatos", "Itim / 36", "899.00", 2),
        ("Sapatos", "Itim / 37", "899.00", 0),
        ("Sapatos", "Itim / 39", "899.00", 1),
        ("Sapatos", "Puti / 36", "899.00", 1),
        ("Sapatos", "Puti / 38", "899.00", 2),
    ]
    assert len({variant.sku for product in reading.products for variant in product.variants}) == 5


def test_a_wrong_cell_below_a_size_refuses_that_size_alone() -> None:
    reading = read("Item,S,M,L\nTee,199,TBA,239\n")
    assert goods(reading) == [("Tee", "S", "199.00", None), ("Tee", "L", "239.00", None)]
    assert [(error.row, error.column) for error in reading.errors] == [(2, "C")]


def test_what_it_was_sold_for_before_and_what_it_costs_now() -> None:
    reading = read("Product,SRP,Selling Price,Qty\nMug,500,399,4\nCup,100,100,2\n")
    assert goods(reading) == [("Mug", "", "399.00", 4), ("Cup", "", "100.00", 2)]
    assert [product.variants[0].list_price for product in reading.products] == [500, None]


def test_semicolons_decimal_commas_and_windows_1252() -> None:
    text = "Código;Produkto;Presyo;Stock\r\n0012;Piña “Especial”;1.299,00;5\r\n0013;Niño;85,5;1.200\r\n"
    reading = read(text.encode("cp1252"))
    assert goods(reading) == [("Piña “Especial”", "", "1299.00", 5), ("Niño", "", "85.50", 1200)]
    assert [product.sku for product in reading.products] == ["0012", "0013"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_excels_unicode_text_with_its_mark_or_without(encoding: str) -> None:
    text = 'Name\tPrice\tDescription\r\n"Mug ""Kape"""\t120\t"Two\r\nlines"\r\n\t\t\r\nCup\t80\t\r\n'
    reading = read(text.encode(encoding))
    assert goods(reading) == [('Mug "Kape"', "", "120.00", None), ("Cup", "", "80.00", None)]
    assert reading.products[0].description == "Two\nlines"


def test_two_rows_of_titles_groups_above_and_a_total_below() -> None:
    rows: list[list[Cell]] = [
        ["PRICE LIST", None, None, None],
        ["Product info", None, "Selling", None],
        ["Item", "Code", "Price", "Qty"],
        ["Total Care shampoo", "TC1", 150, 3],
        ["Mug", "M1", 99, 2],
        [None, None, None, None],
        [None, "TOTAL", 249, 5],
        ["Prepared by:", "Nena", None, None],
    ]
    reading = read(workbook({"List": rows}, merged=("A1:D1", "A2:B2", "C2:D2")))
    assert goods(reading) == [("Total Care shampoo", "", "150.00", 3), ("Mug", "", "99.00", 2)]
    assert refused(reading) == []
    assert {remark.row for remark in reading.passed_over} >= {1, 2, 6, 7, 8}


def test_cells_merged_downwards_hold_for_every_row_but_a_stock_is_not_counted_twice() -> None:
    rows: list[list[Cell]] = [
        ["Category", "Name", "Size", "Price", "Stock"],
        ["Tops", "Tee", "S", 199, 10],
        [None, None, "M", None, None],
        [None, "Polo", "S", 350, 4],
        ["Caps", "Cap", None, 80, 2],
    ]
    reading = read(workbook({"List": rows}, merged=("A2:A4", "B2:B3", "D2:D3", "E2:E3")))
    assert goods(reading) == [
        ("Tee", "S", "199.00", None),
        ("Tee", "M", "199.00", None),
        ("Polo", "S", "350.00", 4),
        ("Cap", "", "80.00", 2),
    ]
    assert [product.category for product in reading.products] == [("Tops",), ("Tops",), ("Caps",)]
    assert [remark.row for remark in reading.questions if "one cell for several rows" in remark.why] == [2, 3]


def test_a_sheet_for_each_category_and_one_that_is_hidden() -> None:
    titles = ["Item", "Price", "Stock"]
    reading = read(
        workbook(
            {
                "Bags": [titles, ["Tote", 250, 3]],
                "Shoes": [titles, ["Sandals", 399, 2], ["Slides", "TBA", 1]],
                "Old prices": [titles, ["Tote", 100, 1]],
                "Suppliers": [["Supplier", "Price", "Phone"], ["Mang Ben", 5, "0917"]],
            },
            hidden=("Old prices",),
        )
    )
    assert goods(reading) == [("Tote", "", "250.00", 3), ("Sandals", "", "399.00", 2)]
    assert [product.category for product in reading.products] == [("Bags",), ("Shoes",)]
    assert refused(reading) == [(3, "in the sheet “Shoes”: “TBA” is no price")]
    assert any("“Suppliers” was not read" in remark.why for remark in reading.questions)


def test_formulas_are_what_they_came_to() -> None:
    rows: list[list[Cell]] = [
        ["Name", "Cost", "Price", "Stock"],
        ["Mug", 60, None, 5],
        ["Cup", 50, None, None],
        ["Plate", 10, None, 1],
    ]
    content = workbook(
        {"List": rows}, formulas={"C2": ("=B2*2", "120"), "C3": ("=B3*1.5", "75.5"), "C4": ("=X9", "#REF!")}
    )
    reading = read(content)
    assert goods(reading) == [("Mug", "", "120.00", 5), ("Cup", "", "75.50", None)]
    assert [error.row for error in reading.errors] == [4]


def test_one_category_written_in_several_ways_is_one() -> None:
    reading = read(
        "sku,name,price,category\nA,Tote,1,Bags > Totes\nB,Big tote,1,Bags/Totes\nC,Small tote,1,bags>totes\n"
        "D,Odd tote,1,BAGS / Totes\nE,Blouse,1,Tops/Blouses\n"
    )
    assert [product.category for product in reading.products] == [("Bags", "Totes")] * 4 + [("Tops/Blouses",)]

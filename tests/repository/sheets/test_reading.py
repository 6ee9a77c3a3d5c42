"""Sheets written for these tests: what each kind of trouble in a file becomes."""

import io
from datetime import date

import openpyxl
import pytest

from repository.sheets.goods import Reading
from repository.sheets.reading import read_sheet
from repository.sheets.table import Unreadable
from repository.sheets.titles import Field

TODAY = date(2026, 11, 29)


def read(text: str, encoding: str = "utf-8") -> Reading:
    return read_sheet(text.encode(encoding), today=TODAY)


def said(reading: Reading) -> list[tuple[int, str]]:
    return [(remark.row, remark.why) for remark in reading.errors]


def rows(reading: Reading) -> list[tuple[str, str]]:
    return [(product.name, str(variant.price)) for product in reading.products for variant in product.variants]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_file_is_understood_whatever_it_was_saved_as(encoding: str, separator: str) -> None:
    reading = read(f"sku{separator}name{separator}price\r\n007{separator}Piña juice{separator}45.50\r\n", encoding)
    assert rows(reading) == [("Piña juice", "45.50")]
    assert reading.products[0].sku == "007"


def test_a_number_that_lost_digits_is_refused_with_its_column() -> None:
    reading = read("sku,name,price\n4.80653E+12,Sardines,25\n4806530000123,Tuna,30\n")
    assert rows(reading) == [("Tuna", "30.00")]
    assert (reading.errors[0].row, reading.errors[0].column) == (2, "A")
    assert "lost digits" in reading.errors[0].why


def test_a_long_id_in_a_number_cell_is_refused_and_a_text_is_not() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Code", "Name", "Price"],
        [12345678901234567, "A", 5],
        ["12345678901234567", "B", 5],
        ["07", "C", 5],
    ):
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    reading = read_sheet(file.getvalue(), today=TODAY)
    assert [product.sku for product in reading.products] == ["12345678901234567", "07"]
    assert said(reading)[0][0] == 2


def test_sections_in_merged_cells_are_categories_and_a_slipped_date_is_refused() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Name", "Size", "Price"], ["Shirts"], ["Tee", "S", 199], ["Tee", date(2026, 3, 6), 199]):
        sheet.append(list(row))
    sheet.merge_cells("A2:C2")
    file = io.BytesIO()
    book.save(file)
    reading = read_sheet(file.getvalue(), today=TODAY)
    assert reading.products[0].category == ("Shirts",)
    assert [(remark.row, remark.column) for remark in reading.errors] == [(4, "B")]


def test_two_rows_of_titles_a_comment_and_a_total() -> None:
    reading = read("Our shop,,\n,,\nProduct,Selling,Note\nname,price (PHP),text\n# old\nMug,₱120,x\nTOTAL,120,\n")
    assert rows(reading) == [("Mug", "120.00")]
    assert reading.currency == "PHP"
    assert {remark.row for remark in reading.passed_over} >= {1, 2, 3, 4, 5, 7}


def test_the_second_of_two_rows_with_one_sku_is_refused() -> None:
    assert said(read("sku,name,price\nA1,Mug,10\na1,Cup,12\n")) == [(3, "the SKU “a1” stands in row 2 already")]


def test_a_category_within_itself_is_refused() -> None:
    reading = read("sku,name,price,category\nA1,Mug,10,Home > Kitchen > Home\n")
    assert said(reading) == [(2, "the category “Home > Kitchen > Home” stands within itself")]


def test_a_formula_is_refused_and_a_text_kept_from_being_one_is_itself() -> None:
    reading = read('sku,name,price\n="0012",\'=Mug,10\nA2,Cup,=B2*2\n')
    assert (reading.products[0].sku, reading.products[0].name) == ("0012", "=Mug")
    assert said(reading) == [(3, "“=B2*2” is a formula: save the sheet with its values")]


def test_variants_in_rows_of_one_name_or_under_a_merged_name() -> None:
    reading = read("Name,Size,Color,Price\nTee,S,Red,100\n,M,Red,110\nCap,,,50\n")
    tee, cap = reading.products
    assert [variant.options for variant in tee.variants] == [
        (("Size", "S"), ("Color", "Red")),
        (("Size", "M"), ("Color", "Red")),
    ]
    assert cap.variants[0].options == ()


def test_a_person_says_what_a_column_is() -> None:
    text = "Gunita,Bayad\nTsinelas,99\nPayong,150\n"
    with pytest.raises(Unreadable, match="No row of titles"):
        read(text)
    matched = {"gunita": Field.NAME, "bayad": Field.PRICE}
    found = rows(read_sheet(text.encode(), today=TODAY, matched=matched))
    assert found == [
        ("Tsinelas", "99.00"),
        ("Payong", "150.00"),
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "no text file"),
        (b"PK\x03\x04 no zip", "damaged"),
        (b"<rss><channel><item>", "broken in line 1"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]><rss><item><title>&a;</title></item></rss>', "entities"),
        (b"hello\nthere\n", "No row of titles"),
        ("name,price\n" + "x,1\n" * 200_001, "more than 200,000 rows"),
    ],
    ids=["empty", "picture", "zip", "cut feed", "entities", "prose", "long"],
)
def test_what_is_no_sheet_says_so(content: bytes | str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_sheet(content.encode() if isinstance(content, str) else content, today=TODAY)


def test_seventy_thousand_rows_are_read() -> None:
    lines = "".join(f"S{number},Thing {number},{number % 900 + 1}.50,3\n" for number in range(70_000))
    assert len(read("sku,name,price,stock\n" + lines).products) == 70_000

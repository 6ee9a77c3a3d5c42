"""Several lists in one file, and files that two programs or a slip have made."""

import pytest

from repository.sheets.table import Unreadable
from tests.repository.sheets.test_sellers_sheets import goods, read, refused


def test_lists_below_one_another_are_all_read_each_under_its_own_heading() -> None:
    reading = read(
        "MUGS\r\nName,Price,Stock\r\nBlue mug,120,5\r\nTasa,80,2\r\n\r\n"
        "SHIRTS\r\nProduct,Size,Price,Qty\r\nTee,S,250,5\r\nTee,M,260,4\r\n"
    )
    assert goods(reading) == [
        ("Blue mug", "", "120.00", 5),
        ("Tasa", "", "80.00", 2),
        ("Tee", "S", "250.00", 5),
        ("Tee", "M", "260.00", 4),
    ]
    assert [product.category for product in reading.products] == [("MUGS",), ("MUGS",), ("SHIRTS",)]
    assert {remark.row for remark in reading.passed_over} == {1, 2, 5, 6, 7}


def test_a_second_list_with_its_columns_in_another_order_is_read_by_its_own_titles() -> None:
    reading = read("name,price,code\nMug,100,A\nCup,80,B\n\ncode,name,price\nC,Tee,250\nA,Cap,90\n")
    assert goods(reading) == [("Mug", "", "100.00", None), ("Cup", "", "80.00", None), ("Tee", "", "250.00", None)]
    assert refused(reading) == [(7, "the SKU “a” stands in row 2 already")]
    assert [product.category for product in reading.products] == [()] * 3


def test_titles_that_come_once_more_begin_no_other_list() -> None:
    reading = read("name,price\nMug,100\nname,price\nTee,250\n")
    assert goods(reading) == [("Mug", "", "100.00", None), ("Tee", "", "250.00", None)]


def test_each_line_is_read_as_the_program_that_wrote_it_meant() -> None:
    reading = read("name,price\nCafé,10\n".encode() + "Piña,20\n".encode("cp1252"))
    assert [product.name for product in reading.products] == ["Café", "Piña"]
    assert reading.encoding == "UTF-8 and Windows-1252"


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_quotation_mark_without_its_end_is_told_with_its_row(end: str) -> None:
    with pytest.raises(Unreadable, match="The quotation mark in row 3 has no end"):
        read(f'name,price\nMug,10\n"Cup,20\nPot,30{end}')
    assert len(goods(read('name,price\nFrame 12",10\n"A ""fine"" cup",20'))) == 2


def test_a_name_that_is_too_long_is_cut_and_said() -> None:
    reading = read(f"name,price\n{'x' * 300},10\nCup,20\n")
    assert len(reading.products[0].name) == 255
    assert (2, "A", "the name has 300 letters: it is cut behind 255") in [
        (told.row, told.column, told.why) for told in reading.questions
    ]


def test_variations_before_their_parent_have_its_name_and_its_shelf() -> None:
    reading = read(
        "ID,Type,SKU,Name,Published,Parent,Regular price,Sale price,Stock,Categories,Attribute 1 name,"
        "Attribute 1 value(s)\n"
        "12,variation,TS-S,Tee - S,1,TS,250,,5,,Size,S\n"
        "13,variation,TS-M,Tee - M,1,id:10,250,200,6,,Size,M\n"
        '10,variable,TS,Tee,1,,,,,Shirts,Size,"S, M"\n'
    )
    assert goods(reading) == [("Tee", "S", "250.00", 5), ("Tee", "M", "200.00", 6)]
    assert [(product.handle, product.category) for product in reading.products] == [("TS", ("Shirts",))]
    assert not any("no stock" in told.why for told in reading.questions)


def test_a_shelf_within_a_shelf_in_two_columns() -> None:
    reading = read("name,price,category,subcategory\nMug,10,Kitchen,Mugs\nPan,20,Kitchen,\nLid,5,Kitchen,kitchen\n")
    assert [product.category for product in reading.products] == [("Kitchen", "Mugs"), ("Kitchen",)]
    assert refused(reading) == [(4, "the category “Kitchen” stands within itself")]


def test_facebooks_feed_with_nothing_but_what_groups_its_rows() -> None:
    reading = read("id,title,price,item_group_id,color\n01,Tee,250.00 PHP,G,Red\n02,Tee,250.00 PHP,G,Blue\n")
    assert [variant.sku for variant in reading.products[0].variants] == ["01", "02"]

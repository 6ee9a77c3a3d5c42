"""Lists of further shops, tills and offices, and files that are no lists: each with what it was decided to give."""

import pytest

from repository.sheets.table import Unreadable
from tests.repository.sheets.test_nasty_sheets import asked
from tests.repository.sheets.test_sellers_sheets import goods, read, refused


def test_odoos_price_is_the_list_price_and_what_it_calls_standard_price_is_what_it_cost() -> None:
    reading = read("id,name,default_code,list_price,standard_price,qty_available\np1,Blue mug,MUG,120.0,60.0,5.0\n")
    assert goods(reading) == [("Blue mug", "", "120.00", 5)]
    assert (str(reading.products[0].cost), reading.products[0].sku) == ("60.00", "MUG")


def test_squares_list_of_several_shops_and_what_it_says_of_alerts() -> None:
    reading = read(
        "Token,Item Name,Variation Name,SKU,Price,Current Quantity Main St,New Quantity Main St,"
        "Stock Alert Enabled Main St,Current Quantity Mall,Price Mall\n"
        "T1,Mug,Blue,M-B,120.00,5,,N,3,125.00\nT2,Mug,Red,M-R,120.00,2,,N,0,\n"
    )
    assert goods(reading) == [("Mug", "Blue", "120.00", 5), ("Mug", "Red", "120.00", 2)]
    assert reading.errors == ()
    assert asked(reading, "was not read") == [(0, "I"), (0, "J")]


def test_amazons_names_for_programs_below_those_for_people() -> None:
    reading = read(
        "TemplateType=fptcustom,Version=2021.1,For Amazon only,,,\n"
        "Product Type,Seller SKU,Product Name,Your Price,Quantity,Main Image URL\n"
        "feed_product_type,item_sku,item_name,standard_price,quantity,main_image_url\n"
        "mug,MUG-1,Blue mug,12.50,5,https://x.example/1.jpg\n"
    )
    assert goods(reading) == [("Blue mug", "", "12.50", 5)]
    assert reading.errors == ()


def test_etsys_variations_of_one_row_with_their_own_codes() -> None:
    reading = read(
        "TITLE,PRICE,CURRENCY_CODE,QUANTITY,IMAGE1,VARIATION 1 NAME,VARIATION 1 VALUES,SKU\n"
        'Mug,12.50,USD,5,https://x.example/1.jpg,Size,"S,M","MUG-S,MUG-M"\nCup,8.00,USD,2,,,,CUP\n'
    )
    assert [(v.options, v.sku, v.stock) for product in reading.products for v in product.variants] == [
        ((("Size", "S"),), "MUG-S", None),
        ((("Size", "M"),), "MUG-M", None),
        ((), "CUP", 2),
    ]
    assert asked(reading, "is for 2 variants together") == [(2, "D")]


def test_bigcommerces_and_magentos_categories_and_not_their_types() -> None:
    first = read(
        "Product Name,Product Type,Code,Price,Category,Product Visible?\nMug,P,M,120,Kitchen,Y\nCup,P,C,80,Bar,N\n"
    )
    assert [(one.category, one.is_draft) for one in first.products] == [(("Kitchen",), False), (("Bar",), True)]
    second = read(
        "sku,product_type,categories,name,price,special_price,qty\nM,simple,Mugs,Mug,120.0000,99.0000,5.0000\n"
    )
    assert [one.category for one in second.products] == [("Mugs",)]
    assert goods(second) == [("Mug", "", "99.00", 5)]


def test_menus_with_a_column_for_each_size() -> None:
    assert goods(read("Drink,12oz,16oz\nMilk tea,49,69\nCoffee,39,-\n")) == [
        ("Milk tea", "12oz", "49.00", None),
        ("Milk tea", "16oz", "69.00", None),
        ("Coffee", "12oz", "39.00", None),
    ]
    assert [text for _, text, _, _ in goods(read("Menu,Solo,Barkada\nPancit,120,350\n"))] == ["Solo", "Barkada"]


def test_a_resellers_list_with_stock_in_capitals() -> None:
    reading = read(
        "PRODUCT LIST\n\nITEM NAME,SRP,RESELLER PRICE (3PCS UP),STOCKS\nLip tint #01,99,70,ON HAND\n"
        "Lip tint #02,99,70,SOLD OUT\nBlush on,149,110,PRE ORDER\nSoap 135g,65,45,12PCS\n"
    )
    assert [(name, left) for name, _, _, left in goods(reading)] == [
        ("Lip tint #01", None),
        ("Lip tint #02", 0),
        ("Soap 135g", 12),
    ]
    assert refused(reading) == [(6, "“PRE ORDER” is no number")]


def test_a_page_with_a_table_that_is_called_xls() -> None:
    reading = read(
        "<html><body><table><tr><td colspan=3>Price list</td></tr><tr><th>Name</th><th>Price</th><th>Stock</th></tr>"
        "<tr><td>Blue &amp; white mug</td><td>&#8369;1,250.00</td><td>5</td></tr></table></body></html>"
    )
    assert goods(reading) == [("Blue & white mug", "", "1250.00", 5)]
    assert reading.currency == "PHP"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7 x", "This is a PDF, not a list of products"),
        (b'[{"name": "Mug", "price": 120}]', "This is JSON, not a list of products"),
        (b"<!DOCTYPE html><html><p>Log in</p></html>", "a web page without a list of products"),
    ],
)
def test_what_is_no_list_says_what_it_is(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(content)

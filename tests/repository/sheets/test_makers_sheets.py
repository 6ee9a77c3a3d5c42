"""Lists as shops and marketplaces hand them out: each with the reading that was decided before it was run."""

from tests.repository.sheets.test_sellers_sheets import goods, read
from tests.repository.sheets.workbooks import Cell, workbook


def test_lazadas_list_of_prices_and_stock() -> None:
    titles = "Product ID,catId,Product Name,currencyCode,sku.skuId,status,Shop SKU,SellerSKU,Quantity,SpecialPrice"
    titles += ",SpecialPrice Start,SpecialPrice End,Price,Variations Combo\n"
    hints = "Mandatory,,Do not change,,Mandatory,,,Optional,Optional,Optional,,,Optional,\n"
    rows = (
        "300111,10,Tee,PHP,9001,active,3_PH-1,TEE-S,5,199.00,2026-11-01 00:00:00,2026-12-31 23:59:59,299.00,Size:S\n"
        "300111,10,Tee,PHP,9002,active,3_PH-2,TEE-M,2,199.00,2026-10-01 00:00:00,2026-10-31 23:59:59,299.00,Size:M\n"
        "300112,10,Cap,PHP,9003,inactive,300112_PH-9003,CAP,0,,,,80.00,\n"
    )
    reading = read(titles + hints + rows)
    assert reading.made_by == "Lazada"
    assert goods(reading) == [("Tee", "S", "199.00", 5), ("Tee", "M", "299.00", 2), ("Cap", "", "80.00", 0)]
    tee, cap = reading.products
    assert [(variant.sku, variant.list_price) for variant in tee.variants] == [("TEE-S", 299), ("TEE-M", None)]
    assert tee.variants[0].options == (("Size", "S"),)
    assert cap.is_draft
    assert reading.errors == ()
    assert reading.currency == "PHP"


def test_shopees_list_of_prices_and_stock() -> None:
    rows: list[list[Cell]] = [
        ["et_title_product_id", "et_title_product_name", "et_title_variation_id", "et_title_variation_name",
         "et_title_parent_sku", "et_title_variation_sku", "et_title_variation_price", "et_title_variation_stock"],
        ["sales_info", "220408", None, None, None, None, None, None],
        ["Product ID", "Product Name", "Variation ID", "Variation Name", "Parent SKU", "SKU", "Price", "Stock"],
        ["Cannot be edited", "Cannot be edited", None, None, "Optional", "Optional", "Mandatory", "Mandatory"],
        ["12345678901", "Tumbler", "998877", "Red,500ml", "TMB", "TMB-R5", "350", "10"],
        ["12345678901", "Tumbler", "998878", "Blue,500ml", "TMB", "TMB-B5", "350", "0"],
        ["12345678902", "Straw", None, None, None, "STR", "20", "100"],
    ]  # fmt: skip
    reading = read(workbook({"Sheet1": rows}))
    assert goods(reading) == [
        ("Tumbler", "Red,500ml", "350.00", 10),
        ("Tumbler", "Blue,500ml", "350.00", 0),
        ("Straw", "", "20.00", 100),
    ]
    assert reading.errors == ()


def test_shopify_with_an_apostrophe_before_its_barcodes_and_a_price_before() -> None:
    reading = read(
        "Title,URL handle,Vendor,Option1 name,Option1 value,SKU,Barcode,Price,Compare-at price,Inventory quantity\n"
        "Tee,tee,Acme,Size,S,TEE-S,'4806530000123,199,299,5\n,tee,,,M,TEE-M,'036000291452,219,,0\n"
    )
    assert reading.made_by == "Shopify"
    assert [(variant.barcode, variant.list_price) for variant in reading.products[0].variants] == [
        ("4806530000123", 299),
        ("036000291452", None),
    ]


def test_woocommerce_with_a_sale_that_is_over_and_one_that_has_not_begun() -> None:
    reading = read(
        "ID,Type,SKU,Name,Regular price,Sale price,Date sale price starts,Date sale price ends,Categories,Parent,"
        "Attribute 1 name,Attribute 1 value(s),In stock?,Stock\n"
        '1,variable,TEE,Tee,,,,,"Tops, Sale",,Size,"S, M",1,\n'
        "2,variation,TEE-S,Tee - S,299,199,2026-11-01,2026-12-31,,TEE,Size,S,1,5\n"
        "3,variation,TEE-M,Tee - M,299,199,2026-12-12,2026-12-31,,TEE,Size,M,1,0\n"
        "4,simple,MUG,Mug,150,99,,2026-10-31,Home > Kitchen,,,,1,3\n"
    )
    assert [(str(v.price), v.list_price) for p in reading.products for v in p.variants] == [
        ("199.00", 299),
        ("299.00", None),
        ("150.00", None),
    ]


def test_facebooks_feed_in_csv_and_in_xml_with_a_sale() -> None:
    feed = (
        "# Required | A unique ID,# Required,# Required,# Required,# Required,# Optional,# Optional\n"
        "id,title,availability,condition,price,sale_price,gtin\n"
        "M1,Mug,in stock,new,150.00 PHP,99.00 PHP,4806530000123\n"
        "# old | M2,Cup,in stock,new,80 PHP,,\n"
    )
    xml = (
        '<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>M1</g:id>'
        "<g:title>Mug</g:title><g:link>https://x.example/m1</g:link><g:price>150.00 PHP</g:price>"
        "<g:sale_price>99.00 PHP</g:sale_price><g:gtin>4806530000123</g:gtin></item></channel></rss>"
    )
    for reading in (read(feed), read(xml)):
        (mug,) = reading.products
        assert (mug.name, mug.sku, reading.currency) == ("Mug", "M1", "PHP")
        variant = mug.variants[0]
        assert (str(variant.price), str(variant.list_price), variant.barcode) == ("99.00", "150.00", "4806530000123")
        assert reading.errors == ()

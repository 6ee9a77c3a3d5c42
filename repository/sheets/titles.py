"""What columns are called: by us, by the makers of shops and tills, and by sellers in their languages."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from repository.sheets.numbers import WORDS_OF_MONEY, currency_in


class Field(StrEnum):
    """What a column can be taken for; the value is its name in remembered matches, kept for ever."""

    IGNORED = "ignored"
    KEY = "key"
    PARENT = "parent"
    ID = "id"
    SKU = "sku"
    BARCODE = "barcode"
    NAME = "name"
    DESCRIPTION = "description"
    PRICE = "price"
    SALE_PRICE = "sale_price"
    LIST_PRICE = "list_price"
    SALE_DATES = "sale_dates"
    SURCHARGE = "surcharge"
    DISCOUNT_MODE = "discount_mode"
    DISCOUNT = "discount"
    COST = "cost"
    WHOLESALE = "wholesale"
    CURRENCY = "currency"
    STOCK = "stock"
    AVAILABILITY = "availability"
    CATEGORY = "category"
    SUBCATEGORY = "subcategory"
    TAXONOMY = "taxonomy"
    BRAND = "brand"
    IMAGE = "image"
    OPTION_NAME = "option_name"
    OPTION_VALUE = "option_value"
    OPTION = "option"
    ORIGIN = "origin"
    TYPE = "type"
    STATUS = "status"
    UNIT = "unit"
    WEIGHT = "weight"
    BY_SIZE = "by_size"


SEVERAL = frozenset(
    {
        *(Field.IMAGE, Field.OPTION_NAME, Field.OPTION_VALUE, Field.OPTION, Field.IGNORED),
        *(Field.BY_SIZE, Field.SALE_DATES, Field.STATUS),
    }
)
"""What more than one column can be."""

_KNOWN: dict[Field, str] = {
    Field.KEY: "handle|url handle|handleid|item group id|et title variation integration no|item id|item token|"
    "reference handle|group id|parent id|product key",
    Field.PARENT: "parent",
    Field.ID: "id|product id|variation id|token|content id|товар id|content_id",
    Field.SKU: "sku|variant sku|item code|code|seller sku|sellersku|codigo|cod|cod unidad|ref|"
    "referencia|reference|product code|item no|"
    "item number|style no|stock code|ps sku short|artikelnummer|art nr|artikel nr|article|kode|kode barang|"
    "kode produk|kodigo|kowd|"
    "商品選項貨號|貨號|รหัส|รหัสสินค้า|mã|mã sản phẩm|артикул|код|codice|clave|品番|товарен код|código",
    Field.BARCODE: "barcode|variant barcode|gtin|ean|upc|ean13|gtin upc ean or isbn|gtin upc ean isbn|"
    "codigo de barras|バーコード|isbn|barkod|bar code|upc ean|gtin upc ean|global unique id|código de barras|mã vạch|"
    "ps gtin code|et title variation gtin|barcode upc ean",
    Field.NAME: "ngalan|nagan|tinda|mga tinda|mga paninda|mga produkto|aytem|gamit|binebenta|baligya|drink|drinks|"
    "menu|menu item|dish|food|pagkain|ulam|gulay|prutas|inumin|"
    "name|title|item name|product name|product|item|items|product title|produkt|artikelbezeichnung|"
    "bezeichnung|artikel|nombre|producto|articulo|nom|produit|designation|nome|prodotto|produto|nama|nama barang|"
    "nama produk|pangalan|paninda|produkto|ps product name|商品名稱|商品名称|品名|ชื่อ|ชื่อสินค้า|สินค้า|tên|"
    "tên sản phẩm|наименование|название|товар|име|продукт|назва|商品名|상품명|particulars|goods|item description|"
    "product description name|naam|nazwa|denumire|ürün|ürün adı|اسم المنتج",
    Field.DESCRIPTION: "deskripsyon|detalye|"
    "description|sales description|body html|body|short description|details|descripcion|beschreibung|descricao|"
    "descrizione|deskripsi|paglalarawan|ps product description|商品描述|รายละเอียด|mô tả|описание|opis|omschrijving|"
    "item description long|rich text description|long description|product description|kurzbeschreibung",
    Field.PRICE: "presyong tingi|tingi|tingian|benta|bentahan|presyong benta|price|variant price|regular price|"
    "selling price|sale rate|unit price|srp|presyo|"
    "magkano|precio|preis|prix|"
    "prezzo|preco|harga|pvp|p v p|p v p 1|pvp 1|precio venta|precio de venta|verkaufspreis|vk|mrp|rate|retail|"
    "retail price|ps price|價格|价格|售价|ราคา|ราคาขาย|giá|giá bán|цена|ціна|fiyat|価格|가격|prijs|cena|pret|"
    "price per unit|base price|halaga|default price|السعر|unit cost price|price per kilo|price per kg|price per piece|"
    "regularer preis|precio normal|tarif regulier|preco normal|prezzo di listino",
    Field.SALE_PRICE: "sale price|specialprice|special price|promo price|discounted price|"
    "discount price|precio oferta|oferta|"
    "angebotspreis|aktionspreis|prix promo|precio rebajado|tarif promo|preco promocional",
    Field.LIST_PRICE: "compare at price|variant compare at price|compare at|original price|list price|was price|"
    "old price|streichpreis|uvp|dating presyo|orig price|original",
    Field.SALE_DATES: "sale price effective date|date sale price ends|date sale price starts|"
    "specialprice start|specialprice end|sale end|sale start|special price start date|special price end date|"
    "special price start|special price end",
    Field.SURCHARGE: "surcharge",
    Field.DISCOUNT_MODE: "discountmode|discount mode",
    Field.DISCOUNT: "discountvalue|discount value",
    Field.COST: "cost|cost per item|costo|coste|einkaufspreis|ek|purchase price|prix d achat|puhunan|kapital|capital|"
    "buying price|unit cost|harga beli|harga modal|default unit cost|cost price|purchase rate|purchase cost",
    Field.WHOLESALE: "wholesale|wholesale price|pakyawan|pakyaw|bultuhan|presyong pakyaw|presyong pakyawan|mayorista|"
    "precio mayor|grosir|großhandel|"
    "reseller price|reseller|dealer price|dropship price|dealer s price|reseller s price|resellers price|bulk price",
    Field.CURRENCY: "currency|currencycode|currency code|moneda|wahrung|devise|valuta|mata uang|валюта",
    Field.STOCK: "stock|variant inventory qty|inventory quantity|inventory|in stock qty|stocks|on hand|qty on hand|"
    "quantity|qty|pcs|pieces|existencias|existencia|cantidad|bestand|lagerbestand|menge|stok|jumlah|giacenza|estoque|"
    "quantity to sell on facebook|ps stock|庫存|库存|จำนวน|คงเหลือ|tồn kho|số lượng|остаток|количество|stan|在庫|재고|"
    "available|available stock|available stocks|bilang ng stock|dami ng stock|natitirang stock|laman|meron|"
    "pila|pila kabuok|kabuok|in stock|natitira|ilan|ilan pa|ilan na lang|bilang|dami|stock quantity|"
    "available quantity|"
    "current quantity|new quantity|voorraad|inventory qty|quantity in|quantity in warehouse|stock quantity on hand|"
    "lager|inventario|estoque|natira|qty available|current stock level",
    Field.AVAILABILITY: "availability|available for sale|disponibilidad|verfugbarkeit|наличност",
    Field.CATEGORY: "category|categories|product type|reporting category|categoria|kategorie|kategori|kategorya|"
    "warengruppe|waren gruppe|rubrique|famille|rubro|grupo|group|department|collection|分類|分类|類別|หมวดหมู่|"
    "danh mục|uri|klase|категория|categorie|tipo|kategorien|categorias|kategoriya|klase ng paninda|uri ng paninda|"
    "uri ng produkto",
    Field.SUBCATEGORY: "subcategory|sub category|sub categories|subkategorya|child category|subcategoria",
    Field.TAXONOMY: "google product category|fb product category|product category|google shopping category|"
    "ps category",
    Field.BRAND: "brand|vendor|marca|marke|marque|tatak|merek|品牌|แบรนด์|thương hiệu|бренд|марка|merk|manufacturer|"
    "brands",
    Field.IMAGE: "image#|photo#|picture#|image url#|"
    "image|image #|images|image src|product image url|productimageurl|image link|additional image link|"
    "image url|picture|pictures|photo|photos|imagen|bild|foto|larawan|litrato|gambar|"
    "ps item cover image|ps item image #|"
    "variant image|variant image url|et title image per variation|image link url|picture url|hostedimageurls|"
    "product images#|main image|main product image|product image #|bilder|imagenes|imagens|immagini|fotos",
    Field.OPTION_NAME: "variation # name|"
    "option# name|option # name|productoptionname#|et title variation #|attribute # name|"
    "variation name #|variant # name|option name #|option name|property name #|primary variation name|"
    "secondary variation name",
    Field.OPTION_VALUE: "option# value|option # value|productoptiondescription#|et title option for variation #|"
    "attribute # value s|variation option #|variant # value|option value #|option value|attribute # values|"
    "property value #|variation # values|primary variation value|secondary variation value",
    Field.OPTION: "color|colour|size|variation name|variation|variant|flavor|flavour|material|pattern|kulay|sukat|"
    "talla|grosse|farbe|taille|couleur|ukuran|warna|taglia|colore|tamanho|cor|lasa|scent|variasi|variations|"
    "size name|color name|sizes|colors|laki|design|variations combo|variation value|color family|colours|variants|"
    "flavors|flavours|shade|shades|available sizes|available colors|mga kulay|mga size",
    Field.ORIGIN: "herkunft|origin|origen|origine|provenance|country of origin|asal|pinagmulan",
    Field.TYPE: "fieldtype",
    Field.STATUS: "status|product visible|published|published on online store|visible|is active|active|estado",
    Field.UNIT: "unit|je|uom|unidad|einheit|unite|unita|pack|packing|packaging|satuan|unit of measure|per|yunit|"
    "sukatan|"
    "pack size|หน่วย|đơn vị|единица|ед изм",
    Field.WEIGHT: "variant grams|weight|weight value grams|weight kg|weight lbs|peso kg|gewicht|timbang|bigat|berat|"
    "ps weight|shipping weight|вес|weight g|package weight g|package weight kg",
    Field.IGNORED: "total|totals|amount|sum|summe|sum total|order qty|order|bestellmenge|bestell menge|sno|s no|no|nr|"
    "#|sl no|sr no|number|line|gestionado como|quantity of included item|sku of included item|low stock|"
    "low stock amount|track stock|sold by weight|tags|variant image position|image position|image alt text|label|"
    "remarks|bemerkungen|notes|link|url|condition|gender|age group|subtotal|gesamt|importe|monto|discount|"
    "property # image|primary variation image|variation image #|item no #",
}  # fmt: skip
OURS = "QuickSell"
"""Whose files we write ourselves."""
_ODOO = {"default code": Field.SKU, "internal reference": Field.SKU, "categ id name": Field.CATEGORY}
_SHOPEE_IDS = ("variation id", "et title variation id")
_FEEDS = {"id": Field.SKU, "item group id": Field.KEY}
_NOT_OURS = dict.fromkeys(("sku skuid", "shop sku", "sku id", "size chart", "delivery"), Field.IGNORED)
_MAKERS: dict[str, tuple[str, dict[str, Field]]] = {
    OURS: ("product key|sku|name|price|status", {}),
    "Wix": ("handleid|fieldtype|productimageurl", {"collection": Field.CATEGORY, "handleid": Field.KEY}),
    "WooCommerce": (
        "type|regular price|sale price",
        {
            "type": Field.TYPE,
            "regular price": Field.PRICE,
            "categories": Field.CATEGORY,
            "images": Field.IMAGE,
            "in stock": Field.AVAILABILITY,
            "id": Field.ID,
            "visibility in catalog": Field.IGNORED,
        },
    ),
    "Shopify": ("vendor|option1 name|option1 value", {"type": Field.CATEGORY, "inventory quantity": Field.STOCK}),
    "Shopee": (
        "ps product name|ps price or et title product name|et title variation price"
        " or product id|product name|variation id|variation name",
        {
            "ps category": Field.IGNORED,
            "ps sku parent short": Field.ID,
            **dict.fromkeys(("product id", "et title product id"), Field.KEY),
            "et title product name": Field.NAME,
            **dict.fromkeys(("variation name", "et title variation name"), Field.OPTION),
            "et title variation sku": Field.SKU,
            "et title variation price": Field.PRICE,
            "et title variation stock": Field.STOCK,
            **dict.fromkeys(("parent sku", "et title parent sku", *_SHOPEE_IDS), Field.IGNORED),
        },
    ),
    "Lazada": (
        "sellersku|specialprice|product name or group no|sellersku",
        {**dict.fromkeys(("product id", "group no"), Field.KEY), **_NOT_OURS},
    ),
    "TikTok Shop": (
        "product name|property name 1|seller sku or primary variation name theme|seller sku"
        " or product id|sku id|seller sku",
        {"product id": Field.KEY, **_NOT_OURS},
    ),
    "Loyverse": ("handle|sold by weight|option 1 name", {}),
    "Square": (
        "item name|variation name",
        {"item id": Field.KEY, "token": Field.ID, "reference handle": Field.IGNORED},
    ),
    "Odoo": ("list price|standard price", {"list price": Field.PRICE, "standard price": Field.COST, **_ODOO}),
    "Facebook": ("id|title|availability|condition|price or id|title|price|item group id", _FEEDS),
    "Google": ("id|title|price|link", _FEEDS),
}
"""By which titles a maker is known, and what its own titles mean where others mean something else by them."""


@lru_cache(maxsize=2048)
def plain(title: str) -> str:
    """A title as it is compared: folded, marks and accents of Latin letters left out, nothing in square brackets.

    Args:
        title: The cell.
    """
    text = re.sub(r"\[[^\]]*\]", " ", title.replace("_", " "))
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    text = re.sub(r"[\u0300-\u036f]", "", text)
    return " ".join(re.sub(r"[^\w?#]|_", " ", unicodedata.normalize("NFC", text)).split()).replace("?", "").strip()


_LESS_SURE = frozenset(("product type", "tipo", "group", "grupo", "department", "collection"))
"""Titles of shelves that stand beside those of categories, and mean less."""
_SIZE = re.compile(
    r"(\d+ )?\d+ ?(oz|ml|l|liter|g|kg|kilo|inch|in)|solo|barkada|family|sharing|regular|tall|grande|venti|jumbo|bilao|"
    r"(size )?([2-6]?x{0,4}[sl]|m|small|medium|large|extra (small|large)|free ?size|fs|(us |eu |uk )?\d{1,2}( 5)?)"
)
_OF_EACH = re.compile(
    r" (ng |sa )?((kada|bawat|per|for) (isa|piraso|piece|pc|item)|each|isa|ea)$| ng (produkto|paninda|item)$|^(mga) "
)
"""What a title says of one piece, or of several, beside what it is."""
_FIELDS = {plain(title): field for field, titles in _KNOWN.items() for title in titles.split("|")}
_STRONG = {
    Field.IGNORED: "stock alert|product metafields|google shopping|meta|unit price total|unit price base|seo",
    Field.SALE_PRICE: "sale price|promo price",
    Field.COST: "cost|costo|einkauf",
    Field.WHOLESALE: "wholesale|mayorista|pakyawan",
    Field.PRICE: "price|presyo|presyong|halaga|precio|preis|prix|prezzo|preco|harga|srp|pvp|цена",
    Field.BARCODE: "barcode|ean|upc|gtin",
    Field.SKU: "sku|code|codigo",
    Field.NAME: "name|nombre|pangalan|ngalan|bezeichnung|nama",
    Field.STOCK: "current quantity|stock|stocks|natitira|natitirang|on hand|existencias|bestand|stok",
    Field.CATEGORY: "category|categoria|kategorie|kategori",
    Field.IMAGE: "image|photo|picture|foto",
}
"""Words that stand in longer titles, the surest first."""


def maker(titles: frozenset[str]) -> str:
    """Whose file has these titles; empty where it is a seller's own.

    Args:
        titles: All of a header, as `plain` has them.
    """
    for name, (needed, _) in _MAKERS.items():
        if any(titles.issuperset(some.split("|")) for some in needed.split(" or ")):
            return name
    return ""


def taken_for(title: str, made_by: str = "") -> tuple[Field | None, float]:
    """What a column is most likely, and how sure that is, from 0 to 1.

    Args:
        title: The cell above it.
        made_by: Whose file it is, as `maker` says.
    """
    short = plain(title)
    if not short:
        return None, 0
    if made_by and (own := _MAKERS[made_by][1].get(short)):
        return own, 1
    if re.search(r"\bmetafields?\b", short):
        return Field.IGNORED, 1
    for tried in (short, re.sub(r"\d+", "#", short), _without_money(title), _OF_EACH.sub("", short)):
        if field := _FIELDS.get(tried):
            return field, 0.9 if short in _LESS_SURE else 1
    padded = f" {short} "
    for field, words in _STRONG.items():
        if any(f" {word} " in padded for word in words.split("|")):
            return field, 0.6 if len(short.split()) <= 4 else 0.3
    return None, 0


def is_size(title: str) -> bool:
    """Whether a column is called after a size: what stands below belongs to that size.

    Args:
        title: The cell above it.
    """
    return _SIZE.fullmatch(plain(title)) is not None


def _without_money(title: str) -> str:
    words = [word for word in plain(re.sub(r"\([^)]*\)", " ", title)).split() if not currency_in(word.upper())]
    return " ".join(word for word in words if word not in WORDS_OF_MONEY)

"""The list of products for merchants, a page at a time."""

from decimal import Decimal

import msgspec

from bot.language.values import barcodes
from repository.database.connection import Connection


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the list shall hold.

    Attributes:
        text: What stands in the name, the SKU or the brand, or the barcode as it was scanned; or empty.
        category_id: `categories.id`, 0 for any; what stands below it belongs to it.
        brand_id: `brands.id`, 0 for any.
        state: `products.status`; empty for all but the archive.
        mark: "no_picture", "no_price", "low" or "out"; empty for any.
    """

    text: str = ""
    category_id: int = 0
    brand_id: int = 0
    state: str = ""
    mark: str = ""


class Listed(msgspec.Struct, frozen=True):
    """A product in the list.

    Attributes:
        id: `products.id`.
        name: Its name.
        sku: Its article number.
        category: The name of its category.
        status: `products.status`.
        price: What it costs, before what its variants add.
        left: Pieces that can still be sold, of all its variants where it has any.
        threshold: At how many the merchant is told.
        variants: How many variants can be chosen.
        has_variants: Whether there are any, so that they hold the stock.
        picture_url: Its main picture, or empty.
    """

    id: int
    name: str
    sku: str
    category: str
    status: str
    price: Decimal
    left: int
    threshold: int
    variants: int
    has_variants: bool
    picture_url: str


_HAS_VARIANTS = "EXISTS (SELECT 1 FROM product_variants v WHERE v.product_id = p.id)"
# A sum of nothing is NULL: then the product itself holds the stock.
_LEFT = """COALESCE((SELECT SUM(IF(v.is_available, v.stock_quantity, 0)) FROM product_variants v
    WHERE v.product_id = p.id), p.stock_quantity)"""
_PICTURE = "SELECT i.image_url FROM product_images i WHERE i.product_id = p.id AND i.image_type <> 'thumbnail'"
_MARKS = {
    "no_picture": f" AND NOT EXISTS ({_PICTURE})",
    "no_price": " AND p.base_price = 0",
    "low": f" AND {_LEFT} BETWEEN 1 AND p.low_stock_threshold",
    "out": f" AND {_LEFT} = 0",
}


async def page(
    conn: Connection, *, wanted: Wanted, limit: int, before: int | None = None, backwards: bool = False
) -> list[Listed]:
    """Products of the list, the newest first.

    Args:
        conn: An open connection.
        wanted: What it shall hold.
        limit: Products at most.
        before: Only those behind this `products.id`; None begins at the end.
        backwards: Whether it goes towards the newest; then those nearest come first too.
    """
    way, sign = ("ASC", ">") if backwards else ("DESC", "<")
    fits = " AND p.status = %(state)s" if wanted.state else " AND p.status <> 'discontinued'"
    fits += _MARKS.get(wanted.mark, "")
    if before is not None:
        fits += f" AND p.id {sign} %(before)s"
    if wanted.text:
        fits += """ AND (p.name LIKE %(like)s OR p.sku LIKE %(like)s OR b.name LIKE %(like)s OR p.barcode IN %(codes)s
            OR p.id IN (SELECT v.product_id FROM product_variants v WHERE v.barcode IN %(codes)s))"""
    if wanted.brand_id:
        fits += " AND p.brand_id = %(brand_id)s"
    if wanted.category_id:
        fits += """ AND p.category_id IN (
            WITH RECURSIVE tree (id) AS (SELECT %(category_id)s UNION
                SELECT c.id FROM tree JOIN categories c ON c.parent_id = tree.id) SELECT id FROM tree)"""
    return await conn.all(
        Listed,
        f"""
        SELECT p.id, p.name, p.sku, c.name, p.status, p.base_price, {_LEFT}, p.low_stock_threshold,
               (SELECT COUNT(*) FROM product_variants v WHERE v.product_id = p.id AND v.is_available),
               {_HAS_VARIANTS},
               COALESCE(({_PICTURE}
                         ORDER BY i.is_primary DESC, i.display_order, i.id LIMIT 1), '')
        FROM (SELECT p.id FROM products p STRAIGHT_JOIN brands b ON b.id = p.brand_id WHERE TRUE{fits}
              ORDER BY p.id {way} LIMIT %(limit)s) found
        JOIN products p ON p.id = found.id JOIN categories c ON c.id = p.category_id
        ORDER BY p.id {way}
        """,
        limit=limit,
        before=before,
        like=f"%{_literally(wanted.text)}%",
        codes=barcodes.ways(wanted.text),
        brand_id=wanted.brand_id,
        category_id=wanted.category_id,
        state=wanted.state,
    )


async def are_there(conn: Connection) -> bool:
    """Whether the shop has any product, archived ones too.

    Args:
        conn: An open connection.
    """
    return await conn.value("SELECT id FROM products LIMIT 1") is not None


def _literally(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

"""Lists of products by what is said of them: new, best sold, on sale, of a brand, alike."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

import msgspec

from repository.catalogue.cards import ProductPage, pages_of
from repository.catalogue.listed import Wanted, page_of
from repository.database.connection import Connection
from repository.database.errors import UnknownProduct

Kind = Literal["all", "new", "best", "sale", "brand", "similar"]
LONG, SHORT = 96, 40
"""Products at most of a list that begins a longer one: of all that is sold or on sale, and of what is new or alike."""

_RUNS = """EXISTS (SELECT 1 FROM promo_products about JOIN promos r ON r.id = about.promo_id
    WHERE about.product_id = p.id AND r.is_active AND r.promo_code IS NOT NULL
    AND NOW() BETWEEN r.start_date AND r.end_date AND r.for_tier IS NULL AND r.away_days IS NULL
    AND (r.usage_limit IS NULL OR r.usage_count < r.usage_limit))"""
_ALIKE = "(SELECT {} FROM products alike WHERE alike.id = %(of)s)"
_LISTS: Mapping[str, Wanted] = MappingProxyType(
    {
        "all": Wanted(where="TRUE", values={}, order="p.base_price, p.id", most=LONG),
        "new": Wanted(where="TRUE", values={}, order="p.created_at DESC, p.id DESC", most=SHORT),
        "best": Wanted(where="p.sales_count > 0", values={}, order="p.sales_count DESC, p.id", most=SHORT),
        "sale": Wanted(
            where=f"(p.was_price > p.base_price OR {_RUNS})",
            values={},
            order="(p.was_price > p.base_price) DESC, p.was_price - p.base_price DESC, p.id",
            most=LONG,
        ),
        "brand": Wanted(
            where="p.brand_id = %(of)s",
            values={},
            title="(SELECT name FROM brands WHERE id = %(of)s)",
        ),
        "similar": Wanted(
            where=f"p.id <> %(of)s AND p.category_id = {_ALIKE.format('alike.category_id')}",
            values={},
            order=f"p.stock_quantity > 0 DESC, (p.brand_id = {_ALIKE.format('alike.brand_id')}) DESC,"
            f" ABS(p.base_price - {_ALIKE.format('alike.base_price')}), p.id",
            title=_ALIKE.format("alike.name"),
            most=SHORT,
        ),
    }
)
_DEAREST = "p.base_price DESC, p.id"


class Brand(msgspec.Struct, frozen=True):
    """A brand of which something is sold.

    Attributes:
        id: `brands.id`.
        name: Its name.
        picture_url: Its logo, else a picture of something of it, or empty.
        product_count: Products of it that are sold.
    """

    id: int
    name: str
    picture_url: str
    product_count: int


class BrandPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of brands. Pages count from 1."""

    items: tuple[Brand, ...]
    page: int
    pages: int


class PriceRange(msgspec.Struct, frozen=True):
    """Between which prices things lie.

    Attributes:
        of: The category's name; empty for the whole shop.
        least: What the cheapest costs.
        most: What the dearest costs.
        total: How many things are sold.
    """

    of: str
    least: Decimal
    most: Decimal
    total: int


async def listed(
    conn: Connection, *, kind: str, of: int = 0, sort: str = "", page: int = 1, page_size: int
) -> ProductPage:
    """A page of a list.

    Args:
        conn: An open connection.
        kind: "all", "new" (the newest first), "best" (what orders have taken most of), "sale" (what costs less than
            before, and what a running promo for everybody names), "brand" or "similar" (of the same shelf: of the same
            brand and about that price first).
        of: Of which brand, or to which product; 0 for the others.
        sort: "cheap" or "dear" where what costs least, or most, shall come first.
        page: Which page, from 1; past the end it is the last one.
        page_size: Products on a page.

    Raises:
        UnknownProduct: There is no such list, brand or product.
    """
    wanted = _LISTS.get(kind)
    if wanted is None:
        raise UnknownProduct(kind)
    if kind == "all" and sort == "dear":
        wanted = msgspec.structs.replace(wanted, order=_DEAREST)
    wanted = msgspec.structs.replace(wanted, values={"of": of})
    found = await page_of(conn, wanted, sort=sort, page=page, page_size=page_size)
    if found is None:
        raise UnknownProduct(f"{kind} {of}")
    return found


async def brands(conn: Connection, *, page: int, page_size: int) -> BrandPage:
    """The brands of which something is sold, those with most first.

    Args:
        conn: An open connection.
        page: Which page, from 1; past the end it is the last one.
        page_size: Brands on a page.
    """
    rows = await conn.all(
        Brand,
        """
        SELECT b.id, b.name, COALESCE(NULLIF(b.logo_url, ''),
            (SELECT COALESCE(i.thumbnail_url, i.image_url) FROM product_images i WHERE i.product_id = sold.one
             AND i.is_primary ORDER BY i.id LIMIT 1), ''), sold.products
        FROM (SELECT brand_id, COUNT(*) AS products, MIN(id) AS one FROM products WHERE status = 'active'
              GROUP BY brand_id) sold
        JOIN brands b ON b.id = sold.brand_id WHERE b.slug <> 'no-brand'
        ORDER BY sold.products DESC, b.name, b.id
        """,
    )
    pages = pages_of(len(rows), page_size)
    page = min(max(page, 1), pages)
    return BrandPage(items=tuple(rows[(page - 1) * page_size : page * page_size]), page=page, pages=pages)


async def price_range(conn: Connection, *, category_id: int = 0) -> PriceRange:
    """Between which prices what is sold lies; nothing costs anything where nothing is sold.

    Args:
        conn: An open connection.
        category_id: `categories.id` of a category without those in it; 0 for the whole shop.
    """
    found = await conn.one(
        PriceRange,
        "SELECT COALESCE((SELECT name FROM categories WHERE id = %(category_id)s), ''), COALESCE(MIN(base_price), 0),"
        " COALESCE(MAX(base_price), 0), COUNT(*) FROM products"
        " WHERE status = 'active' AND base_price > 0 AND (%(category_id)s = 0 OR category_id = %(category_id)s)",
        category_id=category_id,
    )
    assert found is not None, "it counts"
    return found

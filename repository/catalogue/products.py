"""What the shop sells: categories, pages of product cards, one product with its variants and pictures."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from repository.catalogue.cards import ProductCard, ProductPage, cards, pages_of
from repository.catalogue.goods import Category, CategoryPage, Product, Variant, specifications
from repository.catalogue.listed import Wanted, page_of
from repository.catalogue.search import search
from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import UnknownCategory, UnknownProduct
from repository.database.scalars import number

__all__ = [
    "Category",
    "CategoryPage",
    "Product",
    "ProductCard",
    "ProductPage",
    "Variant",
    "by_skus",
    "cards",
    "categories",
    "category_by_slug",
    "featured",
    "product",
    "products_in",
    "search",
]


_BELOW = """
    WITH RECURSIVE tree (id) AS (
        SELECT id FROM categories WHERE {}
        UNION
        SELECT child.id FROM tree JOIN categories child ON child.parent_id = tree.id AND child.is_active
    ) SELECT id FROM tree
"""
"""A category and all that stand in it."""
_ABOVE = """
    (WITH RECURSIVE above (id, name, parent_id, steps) AS (
        SELECT higher.id, higher.name, higher.parent_id, 1
        FROM categories here JOIN categories higher ON higher.id = here.parent_id
        WHERE here.id = %(category_id)s
        UNION ALL
        SELECT higher.id, higher.name, higher.parent_id, above.steps + 1
        FROM above JOIN categories higher ON higher.id = above.parent_id WHERE above.steps < 9
    ) SELECT CONCAT('[', COALESCE(GROUP_CONCAT(JSON_ARRAY(id, name) ORDER BY steps DESC), ''), ']') FROM above)
"""
"""The categories in which one stands, the outermost first; a loop that was made at a SQL prompt ends."""
_INSIDE = """
    (WITH RECURSIVE inside (root_id, id) AS (
        SELECT id, id FROM categories WHERE parent_id = %(category_id)s AND is_active
        UNION
        SELECT inside.root_id, child.id
        FROM inside JOIN categories child ON child.parent_id = inside.id AND child.is_active
    ) SELECT CONCAT('[', COALESCE(GROUP_CONCAT(JSON_ARRAY(c.id, c.name) ORDER BY c.display_order, c.name, c.id), ''),
                    ']')
    FROM categories c WHERE c.id IN (SELECT inside.root_id FROM inside
                                     JOIN products sold ON sold.category_id = inside.id AND sold.status = 'active'))
"""
"""The categories right in one, of those with something to sell."""


class _Product(msgspec.Struct, frozen=True):
    id: int
    name: str
    description: str
    price: Decimal
    left: int
    category_id: int
    category: str
    weight_kg: Decimal
    rating: Decimal
    review_count: int
    was: Decimal
    brand: str
    specifications: str
    dimensions: str
    has_size_guide: bool


async def categories(conn: Connection, *, page: int, page_size: int, within: int | None = None) -> CategoryPage:
    """The categories of a level in which something is sold, in the merchant's order.

    Args:
        conn: An open connection.
        page: Which page, from 1; past the end it is the last one.
        page_size: Categories on a page.
        within: `categories.id` of the one in which they stand, None for the top level.
    """
    rows = await conn.all(
        Category,
        """
        WITH RECURSIVE tree (root_id, id) AS (
            SELECT id, id FROM categories WHERE is_active AND parent_id <=> %(within)s
            UNION ALL
            SELECT tree.root_id, child.id
            FROM tree JOIN categories child ON child.parent_id = tree.id AND child.is_active
        )
        SELECT root.id, root.name, COALESCE(root.icon_emoji, ''), COALESCE(
            (SELECT COALESCE(image.thumbnail_url, image.image_url)
             FROM tree JOIN products shown ON shown.category_id = tree.id AND shown.status = 'active'
             JOIN product_images image ON image.product_id = shown.id AND image.is_primary
             WHERE tree.root_id = root.id ORDER BY shown.is_featured DESC, shown.id LIMIT 1), ''),
            counted.products
        FROM (SELECT tree.root_id, COUNT(*) AS products
              FROM tree JOIN products p ON p.category_id = tree.id AND p.status = 'active'
              GROUP BY tree.root_id) counted
        JOIN categories root ON root.id = counted.root_id
        ORDER BY root.display_order, root.name, root.id
        """,
        within=within,
    )
    pages = pages_of(len(rows), page_size)
    page = min(max(page, 1), pages)
    return CategoryPage(items=tuple(rows[(page - 1) * page_size : page * page_size]), page=page, pages=pages)


async def category_by_slug(conn: Connection, *, slug: str) -> Category | None:
    """The category with this slug, or None. The earlier bot's buttons name categories so.

    Args:
        conn: An open connection.
        slug: `categories.slug`, in any case.
    """
    return await conn.one(
        Category,
        "SELECT id, name, COALESCE(icon_emoji, ''), '',"
        " (SELECT COUNT(*) FROM products WHERE category_id = categories.id AND status = 'active')"
        " FROM categories WHERE slug = %(slug)s AND is_active",
        slug=slug[:100],
    )


async def products_in(conn: Connection, *, category_id: int, page: int, page_size: int, sort: str = "") -> ProductPage:
    """What is sold in a category and below it, featured and well-sold products first, with the categories around it.

    Args:
        conn: An open connection.
        category_id: `categories.id`.
        page: Which page, from 1; past the end it is the last one.
        page_size: Products on a page.
        sort: "cheap" or "dear" where what costs least, or most, shall come first.

    Raises:
        UnknownCategory: There is no such category, or it is not shown.
    """
    wanted = Wanted(
        where=f"p.category_id IN ({_BELOW.format('id = %(category_id)s')})",
        values={"category_id": category_id},
        title="(SELECT name FROM categories WHERE id = %(category_id)s AND is_active)",
        above=_ABOVE,
        below=_INSIDE,
    )
    products = await page_of(conn, wanted, sort=sort, page=page, page_size=page_size)
    if products is None:
        raise UnknownCategory(f"category {category_id}")
    return products


async def featured(conn: Connection, *, page: int, page_size: int) -> ProductPage:
    """What the merchant has put in the window, well-sold products first.

    Args:
        conn: An open connection.
        page: Which page, from 1; past the end it is the last one.
        page_size: Products on a page.
    """
    products = await page_of(conn, Wanted(where="p.is_featured", values={}), sort="", page=page, page_size=page_size)
    assert products is not None
    return products


async def product(conn: Connection, *, product_id: int) -> Product:
    """One product, its pictures and its variants.

    Args:
        conn: An open connection.
        product_id: `products.id`.

    Raises:
        UnknownProduct: It does not exist or is no longer sold.
    """
    values: dict[str, Bound] = {"product_id": product_id}
    described, pictures, chosen = await conn.batch(
        Statement(
            """
            SELECT p.id, p.name, COALESCE(p.description, ''), p.base_price, p.stock_quantity, p.category_id, c.name,
                   COALESCE(p.weight_kg, 0), p.average_rating, p.review_count, COALESCE(p.was_price, 0),
                   IF(b.slug = 'no-brand', '', b.name), COALESCE(p.specifications, ''), COALESCE(p.dimensions_cm, ''),
                   CONCAT(COALESCE(p.size_guide, ''), COALESCE(c.size_guide, ''), COALESCE(up.size_guide, '')) <> ''
            FROM products p JOIN categories c ON c.id = p.category_id JOIN brands b ON b.id = p.brand_id
            LEFT JOIN categories up ON up.id = c.parent_id
            WHERE p.id = %(product_id)s AND p.status = 'active'
            """,
            values,
        ),
        Statement(
            "SELECT image_url FROM product_images WHERE product_id = %(product_id)s AND image_type <> 'thumbnail'"
            " ORDER BY is_primary DESC, display_order, id LIMIT 10",
            values,
        ),
        Statement(
            """
            SELECT v.id, v.variant_name, v.variant_value, GREATEST(p.base_price + v.price_adjustment, 0),
                   IF(v.is_available, v.stock_quantity, 0), v.is_available
            FROM product_variants v JOIN products p ON p.id = v.product_id
            WHERE v.product_id = %(product_id)s ORDER BY v.variant_name, v.id
            """,
            values,
        ),
    )
    if not described.rows:
        raise UnknownProduct(f"product {product_id}")
    row = conn.read(_Product, described.rows[0])
    variants = tuple(conn.read(Variant, raw[:5]) for raw in chosen.rows if raw[5])
    price, left = row.price, row.left
    if chosen.rows:
        price = min((variant.price for variant in variants), default=row.price)
        left = sum(variant.left for variant in variants)
    most = max((variant.price for variant in variants), default=price)
    return Product(
        id=row.id,
        name=row.name,
        description=row.description,
        price=price,
        left=left,
        picture_urls=tuple(str(url) for (url,) in pictures.rows),
        category_id=row.category_id,
        category=row.category,
        variants=variants,
        weight_kg=row.weight_kg,
        rating=row.rating,
        review_count=row.review_count,
        price_most=most,
        was=row.was if row.was > price else Decimal(0),
        brand=row.brand,
        specifications=specifications(row.specifications),
        dimensions=row.dimensions,
        has_size_guide=row.has_size_guide,
    )


async def by_skus(conn: Connection, *, skus: Sequence[str]) -> tuple[ProductCard, ...]:
    """The products with these article numbers that are still sold, in the order given.

    Args:
        conn: An open connection.
        skus: `products.sku`, fifty at most are looked up.
    """
    wanted = list(dict.fromkeys(sku.casefold() for sku in skus))[:50]
    if not wanted:
        return ()
    rows = await conn.run(
        "SELECT sku, id FROM products WHERE sku IN %(skus)s AND status = 'active'",
        skus=wanted,
    )
    ids = {str(sku).casefold(): number(product_id) for sku, product_id in rows.rows}
    return await cards(conn, ids=[ids[sku] for sku in wanted if sku in ids])

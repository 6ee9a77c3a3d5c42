"""What the shop sells: categories, pages of product cards, one product with its variants and pictures."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from repository.catalogue.cards import ProductCard, ProductPage, card_query, cards, pages_of, read_cards
from repository.catalogue.goods import Category, CategoryPage, Product, Variant
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


async def categories(conn: Connection, *, page: int, page_size: int) -> CategoryPage:
    """The categories in which something is sold, in the merchant's order.

    Args:
        conn: An open connection.
        page: Which page, from 1; past the end it is the last one.
        page_size: Categories on a page.
    """
    rows = await conn.all(
        Category,
        """
        WITH RECURSIVE tree (root_id, id) AS (
            SELECT id, id FROM categories WHERE is_active AND parent_id IS NULL
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


async def products_in(conn: Connection, *, category_id: int, page: int, page_size: int) -> ProductPage:
    """What is sold in a category and below it, featured and well-sold products first.

    Args:
        conn: An open connection.
        category_id: `categories.id`.
        page: Which page, from 1; past the end it is the last one.
        page_size: Products on a page.

    Raises:
        UnknownCategory: There is no such category, or it is not shown.
    """
    within = """
        category_id IN (
            WITH RECURSIVE tree (id) AS (
                SELECT id FROM categories WHERE id = %(category_id)s
                UNION
                SELECT child.id FROM tree JOIN categories child ON child.parent_id = tree.id AND child.is_active
            ) SELECT id FROM tree)
    """
    name = "(SELECT name FROM categories WHERE id = %(category_id)s AND is_active)"
    products = await _page(conn, within, {"category_id": category_id}, page, page_size, name)
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
    products = await _page(conn, "is_featured", {}, page, page_size, "''")
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
                   COALESCE(p.weight_kg, 0), p.average_rating, p.review_count
            FROM products p JOIN categories c ON c.id = p.category_id
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


async def _page(
    conn: Connection, where: str, values: dict[str, Bound], page: int, page_size: int, title: str
) -> ProductPage | None:
    """A page of the products sold that meet a condition, None without a title.

    It takes one round trip, and a second one where the page lies past the end.
    """
    page = max(page, 1)
    count = Statement(
        f"SELECT COUNT(*), {title} FROM products WHERE status = 'active' AND {where}",
        values,
    )
    chosen = f"""
        (SELECT id FROM products WHERE status = 'active' AND {where}
         ORDER BY is_featured DESC, sales_count DESC, id LIMIT %(most)s OFFSET %(skip)s) chosen
        JOIN products p ON p.id = chosen.id
    """
    sql = f"{card_query(chosen)} ORDER BY p.is_featured DESC, p.sales_count DESC, p.id"

    def cards_at(page: int) -> Statement:
        return Statement(sql, {**values, "most": page_size, "skip": (page - 1) * page_size})

    counted, listed = await conn.batch(count, cards_at(page))
    total, named = number(counted.rows[0][0]), counted.rows[0][1]
    if named is None:
        return None
    pages = pages_of(total, page_size)
    if page > pages:
        page = pages
        (listed,) = await conn.batch(cards_at(page))
    return ProductPage(items=read_cards(conn, listed), page=page, pages=pages, total=total, title=str(named))

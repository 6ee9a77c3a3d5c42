"""Product cards: a product as it is shown among others, and pages of them."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from repository.database.connection import Connection, Result

DESCRIPTION_MOST = 200
"""Characters of a description on a card."""
_OFFERED = "FROM product_variants v WHERE v.product_id = p.id"
SHOWN_PRICE = f"GREATEST(p.base_price + COALESCE((SELECT MIN(v.price_adjustment) {_OFFERED} AND v.is_available), 0), 0)"
"""What a product `p` costs at least, as its card says it."""
WAS = f"IF(p.was_price > {SHOWN_PRICE}, p.was_price, 0)"
"""What a product `p` cost before, where that was more; else 0."""
LEFT = f"COALESCE((SELECT CAST(SUM(v.stock_quantity * v.is_available) AS SIGNED) {_OFFERED}), p.stock_quantity)"
"""How many of a product `p` are left, as its card says it."""


class ProductCard(msgspec.Struct, frozen=True):
    """A product as it is shown among others.

    Attributes:
        id: `products.id`.
        name: Its name.
        description: The beginning of its description, or empty.
        price: What the cheapest variant costs, or the product itself where it has none.
        has_range: Whether its variants differ in price.
        left: Pieces that can still be sold, of all its variants where it has any. 0 is sold out.
        picture_url: Its main picture, or empty.
        has_variants: Whether a variant must be chosen.
        category_id: `categories.id`.
        rating: What its approved reviews come to, 1 to 5; 0 where there is none.
        was: What it cost before, where it costs less now; else 0.
    """

    id: int
    name: str
    description: str
    price: Decimal
    has_range: bool
    left: int
    picture_url: str
    has_variants: bool
    category_id: int
    rating: Decimal = Decimal(0)
    was: Decimal = Decimal(0)


class CategoryStep(msgspec.Struct, frozen=True):
    """A category that one can step to from another: up to it, or down into it.

    Attributes:
        id: `categories.id`.
        name: What people call it.
    """

    id: int
    name: str


class ProductPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of products. Pages count from 1.

    Attributes:
        items: The cards, best first.
        page: Which page it is; the last one where a later one was asked for.
        pages: How many there are, at least 1.
        total: Products on all pages.
        title: What the page shows: a category's name, what was searched for, or empty.
        meant: What was searched for in the shop's own spelling, where a word of it was misspelt; else empty.
        near: What may do in place of what was searched for, where nothing was found.
        above: The categories in which this one stands, the outermost first.
        below: The categories that stand in this one and have something to sell, in the merchant's order.
    """

    items: tuple[ProductCard, ...]
    page: int
    pages: int
    total: int
    title: str
    meant: str = ""
    near: tuple[ProductCard, ...] = ()
    above: tuple[CategoryStep, ...] = ()
    below: tuple[CategoryStep, ...] = ()


async def cards(conn: Connection, *, ids: Sequence[int]) -> tuple[ProductCard, ...]:
    """The cards of these products, in the order given; those no longer sold are left out.

    Args:
        conn: An open connection.
        ids: `products.id`.
    """
    if not ids:
        return ()
    rows = await conn.run(card_query("products p WHERE p.id IN %(ids)s AND p.status = 'active'"), ids=list(ids))
    made = {card.id: card for card in read_cards(conn, rows)}
    return tuple(made[product_id] for product_id in ids if product_id in made)


def pages_of(total: int, page_size: int) -> int:
    """How many pages that many items fill, at least 1.

    Args:
        total: Items on all pages.
        page_size: Items on a page.
    """
    return max(1, -(-total // page_size))


def card_query(source: str) -> str:
    """The query for the cards of some products.

    Args:
        source: What stands behind FROM; it names the products `p`, a few, since each is looked up. Written in this
            package only.
    """
    return f"""
        SELECT p.id, p.name, LEFT(COALESCE(p.description, ''), {DESCRIPTION_MOST}),
            {SHOWN_PRICE},
            COALESCE((SELECT MIN(v.price_adjustment) < MAX(v.price_adjustment) {_OFFERED} AND v.is_available), 0),
            {LEFT},
            COALESCE((SELECT image_url FROM product_images WHERE product_id = p.id AND image_type <> 'thumbnail'
                      ORDER BY is_primary DESC, display_order, id LIMIT 1), ''),
            EXISTS (SELECT 1 {_OFFERED}), p.category_id, p.average_rating, COALESCE({WAS}, 0)
        FROM {source}
    """


def read_cards(conn: Connection, result: Result) -> tuple[ProductCard, ...]:
    """The cards that `card_query` found.

    Args:
        conn: The connection on which they were found.
        result: Its result.
    """
    return tuple(conn.read(ProductCard, row) for row in result.rows)

"""What is on a wishlist or waited for: a product as its card shows it, or one variant; its price and what is left."""

import msgspec

from repository.catalogue.cards import LEFT, SHOWN_PRICE
from repository.database.connection import Statement


class Good(msgspec.Struct, frozen=True):
    """Something that can be wished for. `variant_id` is None where any variant will do, or there is none."""

    product_id: int
    variant_id: int | None = None


def price_now(variant: str) -> str:
    """SQL of what a piece of product `p` and variant `v` costs now.

    Args:
        variant: SQL of the variant's id, NULL for the product as its card shows it.
    """
    return f"IF({variant} IS NULL, {SHOWN_PRICE}, GREATEST(p.base_price + COALESCE(v.price_adjustment, 0), 0))"


def pieces_now(variant: str) -> str:
    """SQL of how many pieces of product `p` and variant `v` can be bought now.

    Args:
        variant: As above.
    """
    return f"""CASE WHEN p.status <> 'active' THEN 0
        WHEN {variant} IS NULL THEN {LEFT} ELSE COALESCE(v.is_available * v.stock_quantity, 0) END"""


def watching(good: Good) -> Statement:
    """What begins to watch a good; nothing where it is watched already, or not there.

    It goes before what is written for a shopper: whoever tells of a good locks it first too.

    Args:
        good: The good.
    """
    return Statement(
        f"""
        INSERT IGNORE INTO watched_goods (product_id, variant_id, price, pieces, price_new, pieces_new)
        SELECT p.id, v.id, {price_now("v.id")}, {pieces_now("v.id")}, {price_now("v.id")}, {pieces_now("v.id")}
        FROM products p LEFT JOIN product_variants v ON v.id = %(variant_id)s AND v.product_id = p.id
        WHERE p.id = %(product_id)s AND (%(variant_id)s IS NULL OR v.id IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM watched_goods g WHERE g.product_id = p.id
                AND g.variant_key = COALESCE(%(variant_id)s, 0))
        """,
        {"product_id": good.product_id, "variant_id": good.variant_id},
    )

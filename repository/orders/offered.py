"""Whether a product can be put into a cart: looked at with its lock, in the round trip that puts it in."""

import msgspec

from repository.database.errors import CartFull, OutOfStock, ShopError, TooMany, UnknownProduct, VariantNeeded
from repository.rules import Rules


class Offer(msgspec.Struct, frozen=True):
    """Whether and how many of a product could be put in the cart.

    Attributes:
        has_variants: Whether it comes in variants.
        variant_fits: Whether the variant that was named is one of its own, and sold.
        left: Pieces that can still be sold to the shopper.
        held: Pieces of it in the cart.
        lines: Lines of the cart.
    """

    has_variants: bool
    variant_fits: bool
    left: int
    held: int
    lines: int


OURS = """COALESCE((SELECT CAST(SUM(c.held) AS SIGNED) FROM post_claims c FORCE INDEX (ix_post_claims_user)
        WHERE c.user_id = %(shopper_id)s AND c.status = 'held' AND c.product_id = p.id
            AND c.variant_id <=> {variant}), 0)"""
"""Pieces that are off the stock because the shopper has claimed them below a post: they can have those."""
OFFERED = f"""
    SELECT EXISTS (SELECT 1 FROM product_variants WHERE product_id = p.id), v.id IS NOT NULL,
        COALESCE(v.stock_quantity, p.stock_quantity) + {OURS.format(variant="%(variant_id)s")},
        COALESCE((SELECT quantity FROM cart_items WHERE user_id = %(shopper_id)s AND product_id = p.id
                  AND variant_id <=> %(variant_id)s), 0),
        (SELECT COUNT(*) FROM cart_items WHERE user_id = %(shopper_id)s)
    FROM products p
    LEFT JOIN product_variants v ON v.id = %(variant_id)s AND v.product_id = p.id AND v.is_available
    WHERE p.id = %(product_id)s AND p.status = 'active'
    LOCK IN SHARE MODE
"""
PUT = """
    INSERT INTO cart_items (user_id, product_id, variant_id, quantity, price_put)
    SELECT %(shopper_id)s, p.id, v.id, %(wanted)s, GREATEST(p.base_price + COALESCE(v.price_adjustment, 0), 0)
    FROM products p LEFT JOIN product_variants v ON v.id = %(variant_id)s AND v.product_id = p.id
    WHERE p.id = %(product_id)s
    ON DUPLICATE KEY UPDATE quantity = cart_items.quantity + %(wanted)s, price_put = VALUES(price_put)
"""


def refusal(
    offer: Offer | None, product_id: int, variant_id: int | None, wanted: int, rules: Rules
) -> ShopError | None:
    """Why so many more of a product cannot be in the cart; None where they can.

    Args:
        offer: What was seen; None where the product is not sold.
        product_id: `products.id`.
        variant_id: Which variant was named.
        wanted: How many more.
        rules: How much a cart and a line may hold.
    """
    if offer is None or (variant_id is not None and not offer.variant_fits):
        return UnknownProduct(f"product {product_id}, variant {variant_id}")
    if variant_id is None and offer.has_variants:
        return VariantNeeded(f"product {product_id}")
    if offer.held + wanted > offer.left:
        return OutOfStock(left=offer.left, product_id=product_id)
    if offer.held + wanted > rules.line_quantity_most:
        return TooMany(most=rules.line_quantity_most)
    if not offer.held and offer.lines >= rules.cart_lines_most:
        return CartFull(most=rules.cart_lines_most)
    return None

"""What can be put into an order or a draft: products and their variants, as a clerk looks for them."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from bot.language.values import barcodes
from repository.database.connection import Bound, Connection

OFFERS_MOST = 24


class Offer(msgspec.Struct, frozen=True):
    """Something that can be ordered.

    Attributes:
        product_id: `products.id`.
        variant_id: `product_variants.id`, None where the product has none.
        name: The product's name.
        variant: Such as "Size: Large", or empty.
        sku: Its number.
        price: What a piece costs now.
        left: Pieces that can still be sold.
        picture_url: Its main picture, or empty.
    """

    product_id: int
    variant_id: int | None
    name: str
    variant: str
    sku: str
    price: Decimal
    left: int
    picture_url: str

    @property
    def key(self) -> tuple[int, int | None]:
        """What tells it from others."""
        return self.product_id, self.variant_id

    @property
    def title(self) -> str:
        """Its name, with the variant where it has one."""
        return f"{self.name} ({self.variant})" if self.variant else self.name


_OFFER = """
    SELECT p.id, v.id, p.name, COALESCE(CONCAT(v.variant_name, ': ', v.variant_value), ''),
        CONCAT(p.sku, COALESCE(v.sku_suffix, '')), GREATEST(p.base_price + COALESCE(v.price_adjustment, 0), 0),
        IF(v.id IS NULL, p.stock_quantity, IF(v.is_available, v.stock_quantity, 0)),
        COALESCE((SELECT image_url FROM product_images WHERE product_id = p.id AND image_type <> 'thumbnail'
                  ORDER BY is_primary DESC, display_order, id LIMIT 1), '')
    FROM {products} p LEFT JOIN product_variants v ON v.product_id = p.id
    WHERE {condition} ORDER BY p.name, p.id, v.id LIMIT %(most)s
"""


async def offers(conn: Connection, *, text: str) -> tuple[Offer, ...]:
    """What is sold that has every word of a text in its name, begins with it by its number, or has it for a barcode.

    Args:
        conn: An open connection.
        text: What a clerk types; empty finds nothing.
    """
    words = text.split()[:6]
    if not words:
        return ()
    values: dict[str, Bound] = {
        "most": OFFERS_MOST,
        "sku": f"{_literally(text.strip())}%",
        "codes": barcodes.ways(text),
    }
    fits = []
    for number, word in enumerate(words):
        values[f"word{number}"] = f"%{_literally(word)}%"
        fits.append(f"name LIKE %(word{number})s")
    products = (
        f"(SELECT * FROM products WHERE status = 'active' AND ({' AND '.join(fits)} OR sku LIKE %(sku)s"
        " OR barcode IN %(codes)s OR id IN (SELECT product_id FROM product_variants WHERE barcode IN %(codes)s))"
        " ORDER BY name, id LIMIT %(most)s)"
    ).replace("SELECT *", "SELECT id, name, sku, base_price, stock_quantity")
    rows = await conn.all(Offer, _OFFER.format(products=products, condition="TRUE"), **values)
    return tuple(rows)


async def offers_of(conn: Connection, *, keys: Sequence[tuple[int, int | None]]) -> tuple[Offer, ...]:
    """What is known of products and variants that somebody has picked, whether they are sold or not.

    Args:
        conn: An open connection.
        keys: (product, variant) of each; the variant is None where the product has none.
    """
    if not keys:
        return ()
    rows = await conn.all(
        Offer,
        _OFFER.format(products="products", condition="p.id IN %(ids)s"),
        ids=sorted({product_id for product_id, _ in keys}),
        most=10_000,
    )
    known = {offer.key: offer for offer in rows}
    return tuple(known[key] for key in keys if key in known)


def _literally(text: str) -> str:
    """Text in which LIKE sees no wildcards."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")[:100]

"""What is asked about one product besides what its card says: which size fits, and every picture."""

import msgspec

from repository.database.connection import Connection
from repository.database.errors import UnknownProduct


class SizeGuide(msgspec.Struct, frozen=True):
    """Which size fits whom, as the merchant has written it.

    Attributes:
        product_id: `products.id`.
        product: Its name.
        words: The guide, of the product or else of its category; empty where neither has one.
    """

    product_id: int
    product: str
    words: str


async def size_guide(conn: Connection, *, product_id: int) -> SizeGuide:
    """The size guide of a product.

    Args:
        conn: An open connection.
        product_id: `products.id`.

    Raises:
        UnknownProduct: It does not exist or is no longer sold.
    """
    found = await conn.one(
        SizeGuide,
        "SELECT p.id, p.name,"
        " COALESCE(NULLIF(p.size_guide, ''), NULLIF(c.size_guide, ''), NULLIF(up.size_guide, ''), '')"
        " FROM products p JOIN categories c ON c.id = p.category_id LEFT JOIN categories up ON up.id = c.parent_id"
        " WHERE p.id = %(product_id)s AND p.status = 'active'",
        product_id=product_id,
    )
    if found is None:
        raise UnknownProduct(f"product {product_id}")
    return found

"""Who waits for something that is sold out: whoever asked first is told first."""

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import UnknownProduct
from repository.database.scalars import number
from repository.wishlist.goods import Good, pieces_now, watching

BOUGHT = """EXISTS (SELECT 1 FROM orders o JOIN order_items i ON i.order_id = o.id
    WHERE o.user_id = w.user_id AND o.created_at >= w.told_at AND i.product_id = w.product_id
        AND (w.variant_id IS NULL OR i.variant_id = w.variant_id))"""
"""SQL: whether who was told of the wait `w` has bought it since."""
WANTS = """(u.promos_stopped_at IS NULL OR (NOT w.by_wish AND u.promos_stopped_at < w.asked_at))
    AND (u.wish_news_stopped_at IS NULL OR (NOT w.by_wish AND u.wish_news_stopped_at < w.asked_at))"""
"""SQL: whether the shopper `u` wants to hear of what the wait `w` is for; whoever asks again after a stop does."""


class Waiting(msgspec.Struct, frozen=True):
    """What a shopper waits for.

    Attributes:
        product_id: `products.id`.
        variant_id: `product_variants.id`; None where any will do.
        name: The product's name.
        variant: Such as "Size: Large", or empty.
        left: Pieces that can be bought now: above 0 nobody has to wait.
        before: Shoppers who asked earlier and wait still.
    """

    product_id: int
    variant_id: int | None
    name: str
    variant: str
    left: int
    before: int = 0


async def stop_news(conn: Connection, *, shopper_id: int) -> None:
    """Tell a shopper nothing of their wishlist any more, nor of stock that they wait for.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
    """
    values: dict[str, Bound] = {"id": shopper_id}
    await conn.batch(
        Statement(
            "DELETE w FROM stock_waits w FORCE INDEX (uq_stock_waits_line)"
            " WHERE w.user_id = %(id)s AND w.told_at IS NULL",
            values,
        ),
        Statement(
            "UPDATE users SET wish_news_stopped_at = COALESCE(wish_news_stopped_at, NOW()) WHERE id = %(id)s", values
        ),
    )


async def resume_news(conn: Connection, *, shopper_id: int) -> None:
    """Tell a shopper of their wishlist again.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
    """
    await conn.run("UPDATE users SET wish_news_stopped_at = NULL WHERE id = %(id)s", id=shopper_id)


async def wait_for(conn: Connection, *, shopper_id: int, product_id: int, variant_id: int | None = None) -> Waiting:
    """Let a shopper be told when something is back that is sold out; who waits already keeps their place.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        product_id: What.
        variant_id: Which variant; None where any will do.

    Returns:
        What is waited for. Nothing was noted where it can be bought now.

    Raises:
        UnknownProduct: The product or the variant does not exist or is no longer sold.
    """
    values: dict[str, Bound] = {"shopper_id": shopper_id, "product_id": product_id, "variant_id": variant_id}
    waiting = await conn.one(
        Waiting,
        f"""
        SELECT p.id, v.id, p.name, COALESCE(CONCAT(v.variant_name, ': ', v.variant_value), ''),
            {pieces_now("v.id")}, 0
        FROM products p LEFT JOIN product_variants v ON v.id = %(variant_id)s AND v.product_id = p.id
        WHERE p.id = %(product_id)s AND p.status = 'active' AND (%(variant_id)s IS NULL OR v.id IS NOT NULL)
        """,
        **values,
    )
    if waiting is None:
        raise UnknownProduct(f"product {product_id}, variant {variant_id}")
    if waiting.left > 0:
        return waiting
    *_, earlier = await conn.batch(
        watching(Good(product_id, variant_id)),
        # Whoever was told before and missed it stands in line anew; whoever only had a wish has asked now.
        Statement(
            "INSERT INTO stock_waits (user_id, product_id, variant_id)"
            " VALUES (%(shopper_id)s, %(product_id)s, %(variant_id)s)"
            " ON DUPLICATE KEY UPDATE asked_at = IF(told_at IS NULL, asked_at, NOW(3)),"
            " noticed_at = IF(told_at IS NULL, noticed_at, NULL), told_at = NULL, by_wish = FALSE",
            values,
        ),
        Statement(
            "SELECT COUNT(*) FROM stock_waits w JOIN stock_waits mine ON mine.user_id = %(shopper_id)s"
            " AND mine.product_id = w.product_id AND mine.variant_key = w.variant_key"
            " WHERE w.product_id = %(product_id)s AND w.variant_key = COALESCE(%(variant_id)s, 0)"
            " AND w.told_at IS NULL AND (w.asked_at, w.id) < (mine.asked_at, mine.id)",
            values,
        ),
    )
    return msgspec.structs.replace(waiting, before=number(earlier.rows[0][0]))


async def stop_waiting(conn: Connection, *, shopper_id: int, product_id: int, variant_id: int | None = None) -> None:
    """Tell a shopper no more when something is back.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        product_id: What.
        variant_id: Which variant; None where any would have done.
    """
    await conn.run(
        "DELETE w FROM stock_waits w FORCE INDEX (uq_stock_waits_line) WHERE w.user_id = %(shopper_id)s"
        " AND w.product_id = %(product_id)s AND w.variant_key = %(key)s",
        shopper_id=shopper_id,
        product_id=product_id,
        key=variant_id or 0,
    )

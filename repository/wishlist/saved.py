"""Saving for later: on the wishlist, or a line of the cart as it is; and forgetting it again."""

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import ShopError, UnknownProduct
from repository.database.scalars import number, text
from repository.orders import carts
from repository.orders.carts import Cart
from repository.wishlist.goods import Good, pieces_now, price_now, watching
from repository.wishlist.listed import SAVED, Saved, one

MOST = 100
"""Things that a wishlist holds."""


class WishlistFull(ShopError):
    """The wishlist holds as much as it can.

    Attributes:
        most: Things that fit.
    """

    def __init__(self, *, most: int) -> None:
        super().__init__(f"{most} things at most")
        self.most = most


async def save(conn: Connection, *, shopper_id: int, product_id: int, variant_id: int | None = None) -> Saved:
    """Put something on the shopper's wishlist, once for a product: with the variant that was chosen last.

    A variant that was saved before goes, and is told of: the contract has one wish for each product.

    What is sold out is waited for at once, like what a shopper has asked to be told of.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        product_id: What.
        variant_id: Which variant; None where none was chosen.

    Raises:
        UnknownProduct: The product or the variant does not exist or is no longer sold.
        WishlistFull: There is no room for more.
    """
    values: dict[str, Bound] = {
        "shopper_id": shopper_id,
        "product_id": product_id,
        "variant_id": variant_id,
    }
    offered, held, other = await conn.batch(
        Statement(
            "SELECT 1 FROM products p LEFT JOIN product_variants v ON v.id = %(variant_id)s AND v.product_id = p.id"
            " AND v.is_available WHERE p.id = %(product_id)s AND p.status = 'active'"
            " AND (%(variant_id)s IS NULL OR v.id IS NOT NULL)",
            values,
        ),
        Statement(
            "SELECT COUNT(*), COALESCE(SUM(product_id = %(product_id)s), 0)"
            " FROM wishlists WHERE user_id = %(shopper_id)s",
            values,
        ),
        Statement(
            "SELECT v.variant_value FROM wishlists w JOIN product_variants v ON v.id = w.variant_id"
            " WHERE w.user_id = %(shopper_id)s AND w.product_id = %(product_id)s AND v.id <> %(variant_id)s",
            values,
        ),
    )
    if not offered.rows:
        raise UnknownProduct(f"product {product_id}, variant {variant_id}")
    count, is_there = map(number, held.rows[0])
    if count >= MOST and not is_there:
        raise WishlistFull(most=MOST)
    *_, found = await conn.batch(
        watching(Good(product_id, variant_id)),
        Statement(
            "DELETE FROM wishlists WHERE user_id = %(shopper_id)s AND product_id = %(product_id)s"
            " AND %(variant_id)s IS NOT NULL AND NOT (variant_id <=> %(variant_id)s)",
            values,
        ),
        Statement(
            "DELETE w FROM stock_waits w FORCE INDEX (uq_stock_waits_line) WHERE w.user_id = %(shopper_id)s"
            " AND w.product_id = %(product_id)s AND w.by_wish AND w.told_at IS NULL AND %(variant_id)s IS NOT NULL"
            " AND NOT (w.variant_id <=> %(variant_id)s)",
            values,
        ),
        Statement(
            f"""
            INSERT INTO wishlists (user_id, product_id, variant_id, price_saved, price_told)
            SELECT %(shopper_id)s, p.id, v.id, {price_now("v.id")}, {price_now("v.id")}
            FROM products p LEFT JOIN product_variants v ON v.id = %(variant_id)s AND v.product_id = p.id
            WHERE p.id = %(product_id)s
            ON DUPLICATE KEY UPDATE is_silent = FALSE
            """,
            values,
        ),
        Statement(
            f"""
            INSERT IGNORE INTO stock_waits (user_id, product_id, variant_id, by_wish)
            SELECT %(shopper_id)s, p.id, v.id, TRUE
            FROM products p LEFT JOIN product_variants v ON v.id = %(variant_id)s AND v.product_id = p.id
            WHERE p.id = %(product_id)s AND {pieces_now("v.id")} = 0
            """,
            values,
        ),
        Statement(f"{SAVED} WHERE w.user_id = %(shopper_id)s AND w.product_id = %(product_id)s", values),
    )
    saved = conn.read(Saved, found.rows[0])
    return msgspec.structs.replace(saved, instead=text(other.rows[0][0])) if other.rows else saved


async def drop(conn: Connection, *, shopper_id: int, saved_id: int, is_line: bool = False) -> Saved:
    """Forget something that was saved; nobody waits for its stock any more on its account.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        saved_id: `wishlists.id`, or `saved_lines.id`.
        is_line: Whether it is a line that was put aside.

    Returns:
        What it was.

    Raises:
        UnknownLine: There is no such thing.
    """
    saved = await one(conn, shopper_id=shopper_id, saved_id=saved_id, is_line=is_line)
    if is_line:
        await conn.run("DELETE FROM saved_lines WHERE id = %(id)s", id=saved.id)
    else:
        forgotten = Statement("DELETE FROM wishlists WHERE id = %(id)s", {"id": saved.id})
        await conn.batch(_no_wait(shopper_id, saved), forgotten)
    return saved


async def put_aside(conn: Connection, *, shopper_id: int, line_id: int) -> Cart:
    """Move a line of the cart to what is saved, as it is; what is there of the same is replaced by it.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        line_id: `cart_items.id`.

    Returns:
        The cart without it.

    Raises:
        UnknownLine: The cart has no such line.
        WishlistFull: There is no room for more.
    """
    values: dict[str, Bound] = {"shopper_id": shopper_id, "line_id": line_id}
    count = await conn.value("SELECT COUNT(*) FROM saved_lines WHERE user_id = %(id)s", id=shopper_id)
    if number(count) >= MOST:
        raise WishlistFull(most=MOST)
    await conn.run(
        """
        INSERT INTO saved_lines (user_id, product_id, variant_id, quantity, price_put)
        SELECT line.user_id, line.product_id, line.variant_id, line.quantity, line.price_put
        FROM cart_items line WHERE line.id = %(line_id)s AND line.user_id = %(shopper_id)s
        ON DUPLICATE KEY UPDATE quantity = line.quantity, price_put = line.price_put, saved_at = NOW()
        """,
        **values,
    )
    return await carts.remove_line(conn, shopper_id=shopper_id, line_id=line_id)


async def silence(conn: Connection, *, shopper_id: int, saved_id: int) -> Saved:
    """Tell a shopper nothing more of something on their wishlist; it stays there.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        saved_id: `wishlists.id`.

    Returns:
        What it is.

    Raises:
        UnknownLine: There is no such thing on it.
    """
    saved = await one(conn, shopper_id=shopper_id, saved_id=saved_id)
    await conn.batch(
        _no_wait(shopper_id, saved),
        Statement("UPDATE wishlists SET is_silent = TRUE, dropped_at = NULL WHERE id = %(id)s", {"id": saved.id}),
    )
    return saved


def _no_wait(shopper_id: int, saved: Saved) -> Statement:
    return Statement(
        "DELETE w FROM stock_waits w FORCE INDEX (uq_stock_waits_line) WHERE w.user_id = %(shopper_id)s"
        " AND w.product_id = %(product_id)s AND w.variant_key = %(key)s AND w.by_wish",
        {"shopper_id": shopper_id, "product_id": saved.product_id, "key": saved.variant_id or 0},
    )

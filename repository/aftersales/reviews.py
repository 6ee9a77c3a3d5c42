"""What shoppers think of what they bought: asked for after delivery, kept, and shown once a person has approved it."""

from datetime import datetime
from decimal import Decimal

import msgspec

from repository.catalogue.cards import pages_of
from repository.chats.notices import notice_statement
from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import NotReviewable
from repository.database.scalars import number
from repository.files import files

WORDS_MOST = 2000
ASKED_AT_ONCE = 50
ASKED_WITHIN_DAYS = 30
"""How long after its delivery an order may still be asked about: none of long ago, where a shop is new to reviews."""
_UNTOUCHED = "NOT EXISTS (SELECT 1 FROM product_reviews r WHERE r.order_id = o.id)"


class Bought(msgspec.Struct, frozen=True):
    """A product that was bought and is not reviewed yet."""

    product_id: int
    name: str


class Reviewable(msgspec.Struct, frozen=True):
    """A delivered order of which something is not reviewed yet.

    Attributes:
        order_id: `orders.id`.
        number: What people call it.
        asked_at: When the shopper was asked, None where nobody has.
        products: What is not reviewed yet, one at least.
    """

    order_id: int
    number: str
    asked_at: datetime | None
    products: tuple[Bought, ...]


class Review(msgspec.Struct, frozen=True):
    """A review as shoppers read it.

    Attributes:
        rating: 1 to 5.
        words: What was written, or empty.
        by: The first name of who wrote it, or empty.
        at: When.
    """

    rating: int
    words: str
    by: str
    at: datetime


class ReviewPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the approved reviews of a product, the newest first. Pages count from 1."""

    product_id: int
    product: str
    average: Decimal
    count: int
    items: tuple[Review, ...]
    page: int
    pages: int


class _Head(msgspec.Struct, frozen=True):
    order_id: int
    number: str
    asked_at: datetime | None


_LEFT = """
    SELECT DISTINCT line.product_id, line.product_name FROM order_items line
    WHERE line.order_id = %(order_id)s AND line.quantity > line.returned_quantity
      AND NOT EXISTS (SELECT 1 FROM product_reviews r WHERE r.order_id = line.order_id
                      AND r.product_id = line.product_id)
    ORDER BY line.product_id
"""


async def reviewable(conn: Connection, *, shopper_id: int, order_id: int = 0) -> Reviewable:
    """What a shopper may review of an order, or of the delivered one that was asked about last.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        order_id: `orders.id`; 0 for the one that was asked about last, else the newest.

    Raises:
        NotReviewable: There is no such order, it is somebody else's or not delivered, or nothing is left to review.
    """
    heads = await conn.all(
        _Head,
        """
        SELECT o.id, o.order_number, o.review_asked_at FROM orders o
        WHERE o.user_id = %(shopper_id)s AND o.order_status = 'delivered' AND %(order_id)s IN (0, o.id)
        ORDER BY o.review_asked_at DESC, o.created_at DESC LIMIT 5
        """,
        shopper_id=shopper_id,
        order_id=order_id,
    )
    for head in heads:
        products = await conn.all(Bought, _LEFT, order_id=head.order_id)
        if products:
            return Reviewable(head.order_id, head.number, head.asked_at, tuple(products))
    raise NotReviewable(f"order {order_id}")


async def keep(
    conn: Connection,
    *,
    shopper_id: int,
    order_id: int,
    product_ids: tuple[int, ...],
    rating: int,
    words: str = "",
    file_id: int | None = None,
) -> int:
    """Keep what a shopper says of some products of an order, for a person to approve; what was said before is replaced.

    Args:
        conn: A connection in a transaction, which the caller owns.
        shopper_id: `users.id`.
        order_id: `orders.id`.
        product_ids: `products.id` of each; those that are not of the order are left out.
        rating: 1 to 5.
        words: What was written; empty keeps what was written before.
        file_id: `stored_files.id` of a picture; None keeps the one that was sent before.

    Returns:
        How many products were reviewed.

    Raises:
        NotReviewable: The order is somebody else's, not delivered, or has none of the products.
    """
    rows = await conn.run(
        "SELECT DISTINCT line.product_id FROM orders o JOIN order_items line ON line.order_id = o.id"
        " WHERE o.id = %(order_id)s AND o.user_id = %(shopper_id)s AND o.order_status = 'delivered'"
        " AND line.product_id IN %(ids)s ORDER BY line.product_id",
        order_id=order_id,
        shopper_id=shopper_id,
        ids=list(product_ids) or [0],
    )
    bought = [number(product_id) for (product_id,) in rows.rows]
    if not bought:
        raise NotReviewable(f"order {order_id}")
    for product_id in bought:
        values: dict[str, Bound] = {
            "product_id": product_id,
            "shopper_id": shopper_id,
            "order_id": order_id,
            "rating": min(max(rating, 1), 5),
            "words": words[:WORDS_MOST],
            "file_id": file_id,
        }
        await conn.batch(
            Statement("SELECT id FROM products WHERE id = %(product_id)s FOR UPDATE", values),
            Statement(
                "INSERT INTO product_reviews (product_id, user_id, order_id, rating, review_text, picture_file_id,"
                " is_verified_purchase) VALUES (%(product_id)s, %(shopper_id)s, %(order_id)s, %(rating)s,"
                " NULLIF(%(words)s, ''), %(file_id)s, TRUE)"
                " ON DUPLICATE KEY UPDATE rating = VALUES(rating),"
                " review_text = COALESCE(VALUES(review_text), review_text),"
                " picture_file_id = COALESCE(VALUES(picture_file_id), picture_file_id),"
                " is_approved = FALSE, moderated_at = NULL, moderated_by = NULL",
                values,
            ),
            recounting(product_id),
        )
    if file_id is not None:
        await files.hold(conn, file_ids=(file_id,))
    return len(bought)


def recounting(product_id: int) -> Statement:
    """What keeps a product's average and count right, behind what changes its reviews, with the product locked.

    Args:
        product_id: `products.id`.
    """
    return Statement(
        """
        UPDATE products p SET
            p.review_count = (SELECT COUNT(*) FROM product_reviews r WHERE r.product_id = p.id AND r.is_approved),
            p.average_rating = (SELECT COALESCE(ROUND(AVG(r.rating), 2), 0) FROM product_reviews r
                                WHERE r.product_id = p.id AND r.is_approved)
        WHERE p.id = %(product_id)s
        """,
        {"product_id": product_id},
    )


async def newest(conn: Connection, *, product_id: int, page: int, page_size: int) -> ReviewPage:
    """A page of a product's approved reviews, the newest first.

    Args:
        conn: An open connection.
        product_id: `products.id`.
        page: Which page, from 1; past the end it is the last one.
        page_size: Reviews on a page.
    """
    values: dict[str, Bound] = {"product_id": product_id}
    (head,) = await conn.batch(
        Statement("SELECT name, average_rating, review_count FROM products WHERE id = %(product_id)s", values)
    )
    name, average, count = head.rows[0] if head.rows else ("", Decimal(0), 0)
    pages = pages_of(number(count), page_size)
    page = min(max(page, 1), pages)
    items = await conn.all(
        Review,
        "SELECT r.rating, COALESCE(r.review_text, ''), COALESCE(u.facebook_name, ''), r.created_at"
        " FROM product_reviews r JOIN users u ON u.id = r.user_id"
        " WHERE r.product_id = %(product_id)s AND r.is_approved"
        " ORDER BY r.created_at DESC, r.id DESC LIMIT %(most)s OFFSET %(skip)s",
        product_id=product_id,
        most=page_size,
        skip=(page - 1) * page_size,
    )
    # Of a name only the first is shown to strangers.
    shown = tuple(msgspec.structs.replace(one, by=one.by.partition(" ")[0]) for one in items)
    return ReviewPage(
        product_id=product_id,
        product=str(name),
        average=Decimal(str(average)),
        count=number(count),
        items=shown,
        page=page,
        pages=pages,
    )


class _Due(msgspec.Struct, frozen=True):
    id: int
    number: str
    product: str


async def ask_due(conn: Connection, *, days: int) -> int:
    """Ask for a review of what was delivered some days ago, each order once; those who want no reminders are not asked.

    Args:
        conn: A connection in a transaction, which the caller owns.
        days: Days after the delivery; 0 never asks.

    Returns:
        How many orders were looked at; as many as `ASKED_AT_ONCE` where there may be more.
    """
    if days <= 0:
        return 0
    due = await conn.all(
        _Due,
        """
        SELECT o.id, o.order_number,
            COALESCE((SELECT product_name FROM order_items WHERE order_id = o.id ORDER BY id LIMIT 1), '')
        FROM orders o FORCE INDEX (ix_orders_review)
        WHERE o.review_asked_at IS NULL AND o.order_status = 'delivered'
          AND o.delivered_at BETWEEN NOW() - INTERVAL %(oldest)s DAY AND NOW() - INTERVAL %(days)s DAY
        LIMIT %(most)s FOR UPDATE SKIP LOCKED
        """,
        days=days,
        oldest=days + ASKED_WITHIN_DAYS,
        most=ASKED_AT_ONCE,
    )
    if not due:
        return 0
    ids = [order.id for order in due]
    rows = await conn.run(
        f"""
        SELECT o.id FROM orders o JOIN users u ON u.id = o.user_id
        WHERE o.id IN %(ids)s AND u.promos_stopped_at IS NULL AND {_UNTOUCHED}
          AND NOT EXISTS (SELECT 1 FROM order_flags f
                          WHERE f.order_id = o.id AND f.open_kind IN ('complaint', 'return'))
        """,
        ids=ids,
    )
    wanted = {number(order_id) for (order_id,) in rows.rows}
    await conn.batch(
        Statement("UPDATE orders SET review_asked_at = NOW() WHERE id IN %(ids)s", {"ids": ids}),
        *(
            notice_statement(
                order.id,
                "custom",
                "notices.review_asked",
                {"order_id": order.id, "number": order.number, "product": order.product},
            )
            for order in due
            if order.id in wanted
        ),
    )
    return len(due)

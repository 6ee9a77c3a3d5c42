"""Reviews before people see them: listed, approved, refused."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from repository.aftersales.reviews import recounting
from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number
from repository.staff import audit
from repository.staff.by import By


class ListedReview(msgspec.Struct, frozen=True):
    """A review in the list of the console.

    Attributes:
        id: `product_reviews.id`.
        product_id: `products.id`.
        product: Its name.
        shopper: Who wrote it, as Facebook calls them; may be empty.
        order_id: `orders.id`; 0 where the order is gone.
        order_number: What people call it, or empty.
        rating: 1 to 5.
        words: What was written, or empty.
        file_id: Its picture in `stored_files`; 0 for none.
        state: "waiting", "approved" or "refused".
        at: When it was written.
        moderated_by: Who decided, or empty.
        moderated_at: When, None while nobody has.
    """

    id: int
    product_id: int
    product: str
    shopper: str
    order_id: int
    order_number: str
    rating: int
    words: str
    file_id: int
    state: str
    at: datetime
    moderated_by: str
    moderated_at: datetime | None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which reviews a list shall hold.

    Attributes:
        text: In the words, the product's name or the order's number; empty for any.
        state: "waiting", "approved", "refused", or empty for any.
        rating: 1 to 5; 0 for any.
        pictures: Only those with a picture.
    """

    text: str = ""
    state: str = ""
    rating: int = 0
    pictures: bool = False


_STATE = "IF(r.is_approved, 'approved', IF(r.moderated_at IS NULL, 'waiting', 'refused'))"
_FROM = """
    FROM product_reviews r JOIN products p ON p.id = r.product_id JOIN users u ON u.id = r.user_id
    LEFT JOIN orders o ON o.id = r.order_id LEFT JOIN admin_users a ON a.id = r.moderated_by
"""
_COLUMNS = f"""
    r.id, r.product_id, p.name, COALESCE(u.facebook_name, ''), COALESCE(r.order_id, 0),
    COALESCE(o.order_number, ''), r.rating, COALESCE(r.review_text, ''), COALESCE(r.picture_file_id, 0), {_STATE},
    r.created_at, COALESCE(NULLIF(a.full_name, ''), a.username, ''), r.moderated_at
"""
_STATES = {
    "waiting": "NOT r.is_approved AND r.moderated_at IS NULL",
    "approved": "r.is_approved",
    "refused": "NOT r.is_approved AND r.moderated_at IS NOT NULL",
}


def _where(wanted: Wanted) -> tuple[str, dict[str, Bound]]:
    conditions, values = ["TRUE"], dict[str, Bound]()
    if wanted.state in _STATES:
        conditions.append(_STATES[wanted.state])
    if wanted.rating:
        conditions.append("r.rating = %(rating)s")
        values["rating"] = wanted.rating
    if wanted.pictures:
        conditions.append("r.picture_file_id IS NOT NULL")
    if wanted.text:
        conditions.append(
            "(r.review_text LIKE %(like)s OR p.name LIKE %(like)s OR o.order_number LIKE %(like)s"
            " OR u.facebook_name LIKE %(like)s)"
        )
        plain = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        values["like"] = f"%{plain}%"
    return " AND ".join(conditions), values


async def count(conn: Connection, *, wanted: Wanted) -> int:
    """How many reviews a list holds.

    Args:
        conn: An open connection.
        wanted: Which.
    """
    where, values = _where(wanted)
    (counted,) = await conn.batch(Statement(f"SELECT COUNT(*) {_FROM} WHERE {where}", values))
    return number(counted.rows[0][0])


async def page(
    conn: Connection, *, wanted: Wanted, limit: int, before: int | None, backwards: bool
) -> list[ListedReview]:
    """Reviews, the newest first.

    Args:
        conn: An open connection.
        wanted: Which.
        limit: How many at most.
        before: Only those older than this id, or newer where `backwards`; None begins at that end.
        backwards: The nearest newer ones first.
    """
    where, values = _where(wanted)
    if before is not None:
        where += " AND r.id > %(before)s" if backwards else " AND r.id < %(before)s"
        values["before"] = before
    values["limit"] = limit
    order = "ASC" if backwards else "DESC"
    (rows,) = await conn.batch(
        Statement(f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY r.id {order} LIMIT %(limit)s", values)
    )
    return [conn.read(ListedReview, row) for row in rows.rows]


async def decide(conn: Connection, *, review_ids: Sequence[int], approved: bool, by: By) -> list[int]:
    """Approve some reviews or refuse them; those that were decided so already are left alone.

    Args:
        conn: A connection in a transaction, which the caller owns.
        review_ids: `product_reviews.id` of each.
        approved: Whether shoppers see them from now on.
        by: Who decides.

    Returns:
        `product_reviews.id` of those that were decided otherwise, or not at all, before.
    """
    if not review_ids:
        return []
    products = await conn.run(
        "SELECT DISTINCT product_id FROM product_reviews WHERE id IN %(ids)s ORDER BY product_id", ids=list(review_ids)
    )
    product_ids = [number(product_id) for (product_id,) in products.rows]
    if not product_ids:
        return []
    # Products first, by id, as everybody locks them.
    await conn.run("SELECT id FROM products WHERE id IN %(ids)s ORDER BY id FOR UPDATE", ids=product_ids)
    rows = await conn.run(
        "SELECT id FROM product_reviews WHERE id IN %(ids)s"
        " AND (moderated_at IS NULL OR is_approved <> %(approved)s) ORDER BY id FOR UPDATE",
        ids=list(review_ids),
        approved=approved,
    )
    changed = [number(review_id) for (review_id,) in rows.rows]
    if not changed:
        return []
    await conn.batch(
        Statement(
            "UPDATE product_reviews SET is_approved = %(approved)s, moderated_by = %(admin_id)s, moderated_at = NOW()"
            " WHERE id IN %(ids)s",
            {"approved": approved, "admin_id": by.admin_id, "ids": changed},
        ),
        *(recounting(product_id) for product_id in product_ids),
    )
    await audit.record(
        conn,
        action="review.approved" if approved else "review.refused",
        admin_id=by.admin_id,
        subject=f"review {changed[0]}" if len(changed) == 1 else f"{len(changed)} reviews",
        details={"ids": changed},
        ip_address=by.ip_address,
    )
    return changed

"""What one person can have in a live sale, and has already; who asks for more is told once."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from repository.database.connection import Connection
from repository.database.scalars import number
from repository.posts.comments import NewComment


class Had(msgspec.Struct, frozen=True):
    """What somebody has claimed before below the same post.

    Attributes:
        comment: `post_comments.id` by which it is taken up; 0 where there is nothing to take up.
        held: Pieces that are held.
        held_until: Until when the first of them are; None where none is held.
        ordered: Pieces that were ordered.
    """

    comment: int
    held: int
    held_until: datetime | None
    ordered: int


async def had(conn: Connection, *, comment: int, product_id: int) -> Had:
    """What whoever wrote a comment has of a product by other comments below the same post.

    Args:
        conn: An open connection.
        comment: `post_comments.id`.
        product_id: `products.id`.
    """
    found = await conn.one(
        Had,
        "SELECT COALESCE(MIN(IF(c.status = 'ordered', NULL, c.comment)), 0),"
        " CAST(COALESCE(SUM(c.held), 0) AS SIGNED), MIN(IF(c.status = 'held', c.held_until, NULL)),"
        " CAST(COALESCE(SUM(IF(c.status = 'ordered', c.wanted, 0)), 0) AS SIGNED)"
        " FROM post_comments m JOIN page_posts p ON p.post_id = m.post_id JOIN post_claims c ON c.post = p.id"
        " AND c.from_id = m.from_id AND c.comment <> m.id WHERE m.id = %(comment)s AND c.product_id = %(product_id)s"
        " AND c.status IN ('open', 'asked', 'held', 'waiting', 'ordered')",
        comment=comment,
        product_id=product_id,
    )
    return found or Had(0, 0, None, 0)


async def ordered(conn: Connection, *, post: int, from_id: str) -> Mapping[int, int]:
    """Pieces that somebody has claimed and ordered below a post, by `products.id`.

    Args:
        conn: A connection in a transaction.
        post: `page_posts.id`.
        from_id: Who, as their comments say.
    """
    rows = await conn.run(
        "SELECT product_id, CAST(SUM(wanted) AS SIGNED) FROM post_claims WHERE from_id = %(from_id)s"
        " AND %(from_id)s <> '' AND status = 'ordered' AND post = %(post)s GROUP BY product_id",
        from_id=from_id,
        post=post,
    )
    return {number(product_id): number(pieces) for product_id, pieces in rows.rows}


async def knows_limit(conn: Connection, *, comment: NewComment, product_id: int) -> bool:
    """Whether somebody hears by another comment of the last day that they can claim no more of a product.

    Args:
        conn: A connection in a transaction.
        comment: The comment.
        product_id: `products.id`.
    """
    return bool(
        await conn.value(
            "SELECT EXISTS (SELECT 1 FROM post_claims c JOIN post_comments m ON m.id = c.comment"
            " WHERE c.from_id = %(from_id)s AND %(from_id)s <> '' AND c.status = 'over' AND c.post = %(post)s"
            " AND c.product_id = %(product_id)s AND c.comment <> %(id)s"
            " AND m.status IN ('queued', 'sending', 'answered') AND c.placed_at > NOW() - INTERVAL 1 DAY)",
            from_id=comment.from_id,
            post=comment.post,
            product_id=product_id,
            id=comment.id,
        )
    )


async def forget_over(conn: Connection, *, comment: int) -> None:
    """Forget what a comment wanted above the limit before it was changed.

    Args:
        conn: A connection in a transaction.
        comment: `post_comments.id`.
    """
    await conn.run("DELETE FROM post_claims WHERE comment = %(id)s AND status = 'over'", id=comment)

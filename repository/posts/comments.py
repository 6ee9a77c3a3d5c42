"""Comments as they come in and as they are read: each once, its last words, in the order of their writing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from bot.messenger.events import Comment, PagePost
from repository.database.connection import Bound, Connection, Statement
from repository.database.inserting import insert_rows
from repository.database.scalars import number

SETTLES_S = 1.0
"""Seconds that comments may come in one before the other: Facebook does not keep their order."""
AT_ONCE = 50
"""Comments that are read before it is looked anew who was first."""


class NewComment(msgspec.Struct, frozen=True):
    """A comment that waits to be read.

    Attributes:
        id: `post_comments.id`.
        post: `page_posts.id`.
        written_at: By Facebook.
        edited_at: When it was changed last, None where it never was.
        is_sale: Whether it stands below a live sale.
        is_answered: Whether comments of its post are answered.
        is_too_old: Whether Facebook takes no answer to it any more.
        most_each: Pieces of one thing that one person can claim below its post; 0 is no limit.
    """

    id: int
    comment_id: str
    post: int
    post_id: str
    page_id: str
    from_id: str
    words: str
    written_at: datetime
    edited_at: datetime | None
    is_sale: bool
    is_answered: bool
    is_too_old: bool
    most_each: int


async def keep(conn: Connection, *, comments: Sequence[Comment], posts: Sequence[PagePost]) -> int:
    """Keep what was heard below the page's posts and of them, each once however often it is delivered.

    Args:
        conn: An open connection, in no transaction: this is one of its own.
        comments: Comments, and what became of them, in the order in which they came.
        posts: What the page wrote.

    Returns:
        How many comments had not been here before.
    """
    named = {comment.post_id: "" for comment in comments} | {post.post_id: post.text for post in posts}
    written = [comment for comment in comments if comment.verb in ("add", "edited", "remove")]
    known: list[Statement] = []
    if named:
        known.append(insert_rows("INSERT IGNORE INTO page_posts (post_id)", [(post_id,) for post_id in sorted(named)]))
    known += [
        Statement(
            "UPDATE page_posts SET asked_at = IF(words <=> %(words)s, asked_at, NULL), words = %(words)s"
            " WHERE post_id = %(post_id)s",
            {"words": post.text, "post_id": post.post_id},
        )
        for post in posts
        if post.text
    ]
    if written:
        known.append(
            insert_rows(
                "INSERT IGNORE INTO post_comments (comment_id, post_id, page_id, from_id, from_name, words, written_at,"
                " edited_at, status)",
                [_row(comment) for comment in written],
            )
        )
    changes = [_changed(comment) for comment in written if comment.verb != "add"]
    if not known:
        return 0
    results = await conn.batch(Statement("BEGIN"), *known, *changes, commit=True)
    return results[len(known)].rowcount if written else 0


def _row(comment: Comment) -> tuple[Bound, ...]:
    is_gone = comment.verb == "remove"
    return (
        comment.comment_id, comment.post_id, comment.page_id[:64], comment.from_id, comment.from_name,
        "" if is_gone else comment.text, comment.sent_at,
        comment.sent_at if comment.verb == "edited" else None, "removed" if is_gone else "new",
    )  # fmt: skip


def _changed(comment: Comment) -> Statement:
    """What an edit or a deletion makes of a comment: what was said privately already stays said."""
    values: dict[str, Bound] = {"id": comment.comment_id, "words": comment.text, "at": comment.sent_at}
    if comment.verb == "remove":
        return Statement(
            "UPDATE post_comments SET words = '', from_name = '', due_at = NOW(3), status ="
            " IF(status IN ('new', 'silent', 'queued', 'failed'), 'removed', status) WHERE comment_id = %(id)s",
            values,
        )
    return Statement(
        "UPDATE post_comments SET words = %(words)s, edited_at = %(at)s, due_at = NOW(3),"
        " status = IF(status IN ('silent', 'queued'), 'new', status)"
        " WHERE comment_id = %(id)s AND status <> 'removed' AND COALESCE(edited_at, written_at) < %(at)s",
        values,
    )


_NEW = """
    SELECT m.id, m.comment_id, p.id, m.post_id, m.page_id, m.from_id, m.words, m.written_at, m.edited_at, p.is_sale,
        p.is_active, m.written_at < NOW() - INTERVAL %(days)s DAY, IF(p.is_sale, p.most_each, 0)
    FROM post_comments m JOIN page_posts p ON p.post_id = m.post_id
"""


async def unread(conn: Connection, *, days: int, settles: float = SETTLES_S) -> list[NewComment]:
    """Comments that wait to be read, in the order in which they were written, then in which they came.

    Args:
        conn: An open connection.
        days: How old a comment may be that is answered.
        settles: Seconds that the one must have waited that came first: those that were written before it have come.
    """
    return await conn.all(
        NewComment,
        f"{_NEW} WHERE m.status = 'new' AND EXISTS (SELECT 1 FROM post_comments n WHERE n.status = 'new'"
        " AND n.received_at <= NOW(3) - INTERVAL %(micros)s MICROSECOND) ORDER BY m.written_at, m.id LIMIT %(most)s",
        days=days,
        micros=round(settles * 1_000_000),
        most=AT_ONCE,
    )


async def open_comment(conn: Connection, *, comment: int, days: int) -> NewComment | None:
    """A comment, locked to be read; None where somebody has read it meanwhile, or it was taken away.

    Args:
        conn: A connection in a transaction.
        comment: `post_comments.id`.
        days: As in `unread`.
    """
    return await conn.one(
        NewComment, f"{_NEW} WHERE m.id = %(id)s AND m.status = 'new' FOR UPDATE", id=comment, days=days
    )


async def note_read(conn: Connection, *, comment: int, kind: str, is_answered: bool) -> None:
    """Write what a comment was read as.

    Args:
        conn: A connection in a transaction, which holds it.
        comment: `post_comments.id`.
        kind: As in the table.
        is_answered: Whether it gets a private reply.
    """
    await conn.run(
        "UPDATE post_comments SET kind = %(kind)s, status = %(status)s, due_at = NOW(3) WHERE id = %(id)s",
        id=comment,
        kind=kind,
        status="queued" if is_answered else "silent",
    )


async def note_unreadable(conn: Connection, *, comment: int, kind: str) -> None:
    """Note that a comment could not be read, through a mistake in the program: it is shown, and not tried again.

    Args:
        conn: An open connection.
        comment: `post_comments.id`.
        kind: The kind of error.
    """
    await conn.run(
        "UPDATE post_comments SET status = 'failed', error_code = 'bug', error_message = %(reason)s"
        " WHERE id = %(id)s AND status = 'new'",
        id=comment,
        reason=f"It could not be read: {kind}",
    )


async def is_answered_already(conn: Connection, *, comment: NewComment) -> bool:
    """Whether somebody got, or gets, a private reply to another comment of the last day below the same post.

    Args:
        conn: A connection in a transaction.
        comment: The comment.
    """
    return bool(
        comment.from_id
        and await conn.value(
            "SELECT EXISTS (SELECT 1 FROM post_comments FORCE INDEX (ix_post_comments_from)"
            " WHERE from_id = %(from_id)s AND post_id = %(post_id)s AND id <> %(id)s"
            " AND status IN ('queued', 'sending', 'answered') AND received_at > NOW() - INTERVAL 1 DAY)",
            from_id=comment.from_id,
            post_id=comment.post_id,
            id=comment.id,
        )
    )


class Tied(msgspec.Struct, frozen=True):
    """Something that a post sells. `code` is empty where it has none."""

    product_id: int
    variant_id: int | None
    code: str


async def tied(conn: Connection, *, post: int) -> list[Tied]:
    """What a post sells: what merchants have tied to it, else what its words name.

    Args:
        conn: An open connection.
        post: `page_posts.id`.
    """
    return await conn.all(
        Tied,
        "SELECT t.product_id, t.variant_id, COALESCE(t.code, '') FROM post_products t"
        " JOIN products p ON p.id = t.product_id AND p.status = 'active' WHERE t.post = %(post)s ORDER BY t.id",
        post=post,
    )


class Earlier(msgspec.Struct, frozen=True):
    """A claim that somebody has made already, in the same post or by the same comment."""

    claim: int
    comment: int
    product_id: int
    variant_id: int | None
    wanted: int
    status: str


async def earlier(conn: Connection, *, comment: NewComment) -> list[Earlier]:
    """The live claims of a comment itself, and those that whoever wrote it has made below the same post.

    What was only asked about, or offered more than a day ago, is no claim that a new one could repeat.

    Args:
        conn: A connection in a transaction.
        comment: The comment.
    """
    return await conn.all(
        Earlier,
        "SELECT c.id, c.comment, c.product_id, c.variant_id, c.wanted, c.status FROM post_claims c"
        " JOIN post_comments m ON m.id = c.comment WHERE c.status IN ('open', 'asked', 'held', 'waiting')"
        " AND (c.comment = %(comment)s OR (%(from_id)s <> '' AND c.from_id = %(from_id)s AND c.post = %(post)s"
        " AND m.kind = 'claims' AND m.status NOT IN ('failed', 'removed')"
        " AND (c.status IN ('held', 'waiting') OR c.placed_at > NOW() - INTERVAL 1 DAY))) ORDER BY c.id",
        comment=comment.id,
        from_id=comment.from_id,
        post=comment.post,
    )


async def names(conn: Connection, *, product_ids: Sequence[int]) -> Mapping[int, str]:
    """What products are called, by `products.id`.

    Args:
        conn: An open connection.
        product_ids: Which.
    """
    if not product_ids:
        return {}
    rows = await conn.run("SELECT id, name FROM products WHERE id IN %(ids)s", ids=sorted(set(product_ids)))
    return {number(product_id): str(name) for product_id, name in rows.rows}


async def kinds(conn: Connection, *, product_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """What the variants of products are called, by `products.id`; those without any are left out.

    Args:
        conn: An open connection.
        product_ids: Which.
    """
    if not product_ids:
        return {}
    rows = await conn.run(
        "SELECT product_id, variant_value FROM product_variants WHERE product_id IN %(ids)s ORDER BY id",
        ids=sorted(set(product_ids)),
    )
    found: dict[int, list[str]] = {}
    for product_id, value in rows.rows:
        found.setdefault(number(product_id), []).append(str(value))
    return found

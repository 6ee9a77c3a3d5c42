"""Public replies to comments: which are due, and what became of each."""

from collections.abc import Sequence

import msgspec

from repository.database.connection import Connection


class ToSay(msgspec.Struct, frozen=True):
    """A public reply that is due."""

    id: int
    comment_id: str
    words: str
    from_name: str
    page_id: str


async def public_due(conn: Connection, *, most: int) -> Sequence[ToSay]:
    """Public replies that wait, the oldest first, each taken once: one that fails is not written again.

    Args:
        conn: A connection in a transaction.
        most: How many.
    """
    rows = await conn.all(
        ToSay,
        "SELECT id, comment_id, words, from_name, page_id FROM post_comments WHERE public = 'queued' ORDER BY id"
        " LIMIT %(most)s FOR UPDATE",
        most=most,
    )
    if rows:
        await conn.run("UPDATE post_comments SET public = 'sent' WHERE id IN %(ids)s", ids=[row.id for row in rows])
    return rows


async def public_failed(conn: Connection, *, comment: int, again: bool) -> None:
    """Note that a public reply was not written.

    Args:
        conn: An open connection.
        comment: `post_comments.id`.
        again: Whether it may be tried again.
    """
    await conn.run(
        "UPDATE post_comments SET public = %(public)s WHERE id = %(id)s",
        id=comment,
        public="queued" if again else "failed",
    )


async def is_next(conn: Connection, *, comment: int) -> bool:
    """Whether a comment holds something by now that its private reply had to say others have.

    Args:
        conn: An open connection.
        comment: `post_comments.id`.
    """
    return bool(
        await conn.value(
            "SELECT EXISTS (SELECT 1 FROM post_claims c JOIN post_comments m ON m.id = c.comment"
            " WHERE c.comment = %(id)s AND c.status = 'held' AND c.served_at > m.sent_at)",
            id=comment,
        )
    )

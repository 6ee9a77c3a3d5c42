"""Who got what below a post, and who was too late; and how private replies get on."""

from datetime import datetime

import msgspec

from bot.messenger.limits import PRIVATE_REPLIES
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.database.scalars import number
from repository.posts import claims
from repository.posts.claims import CLAIM, Claim, Line


class GotRow(msgspec.Struct, frozen=True):
    """A comment below a post, with what it claims and what came of it.

    Attributes:
        id: `post_comments.id`.
        claim: `post_claims.id`, 0 where it claims nothing.
        name: Who wrote it.
        words: What it says.
        status: Of the claim, empty where there is none.
        kind: As it was read.
        place: The place in line of a claim that waits.
        answer: How its private reply stands: "new", "silent", "queued", "sending", "answered", "failed" or "removed".
        why: Why it was not answered, or waits.
        psid: Whose chat it led to; empty where nobody has answered.
    """

    id: int
    claim: int
    written_at: datetime
    name: str
    words: str
    product: str
    variant: str
    wanted: int
    held: int
    status: str
    held_until: datetime | None
    place: int
    order_id: int
    order_number: str
    kind: str
    answer: str
    why: str
    psid: str


_ROWS = """
    SELECT m.id, COALESCE(c.id, 0), m.written_at, m.from_name, m.words, COALESCE(p.name, ''),
        COALESCE(v.variant_value, ''), COALESCE(c.wanted, 0), COALESCE(c.held, 0), COALESCE(c.status, ''), c.held_until,
        IF(c.status = 'waiting', 1 + (SELECT COUNT(*) FROM post_claims o WHERE o.product_id = c.product_id
            AND o.variant_id <=> c.variant_id AND o.status = 'waiting'
            AND (o.placed_at, o.comment, o.id) < (c.placed_at, c.comment, c.id)), 0),
        COALESCE(o.id, 0), COALESCE(o.order_number, ''), m.kind, m.status, COALESCE(m.error_message, ''),
        COALESCE((SELECT t.psid FROM conversations t WHERE t.psid = m.psid), '')
    FROM post_comments m LEFT JOIN post_claims c ON c.comment = m.id LEFT JOIN products p ON p.id = c.product_id
    LEFT JOIN product_variants v ON v.id = c.variant_id LEFT JOIN orders o ON o.id = c.order_id
    WHERE m.post_id = %(post_id)s
"""


async def count(conn: Connection, *, post_id: str) -> int:
    """How many rows `page` has of a post.

    Args:
        conn: An open connection.
        post_id: As Facebook names it.
    """
    counted = await conn.value(
        "SELECT COUNT(*) FROM post_comments m LEFT JOIN post_claims c ON c.comment = m.id"
        " WHERE m.post_id = %(post_id)s",
        post_id=post_id,
    )
    return number(counted)


async def page(
    conn: Connection, *, post_id: str, limit: int, key: tuple[int, int] | None = None, backwards: bool = False
) -> list[GotRow]:
    """Comments below a post, the newest first.

    Args:
        conn: An open connection.
        post_id: As Facebook names it.
        limit: How many.
        key: `GotRow.id` and `GotRow.claim` of the row from which on; None begins at that end.
        backwards: Whether the rows before it are wanted, the nearest first.
    """
    order, than = ("ASC", ">") if backwards else ("DESC", "<")
    where = f" AND (m.id, COALESCE(c.id, 0)) {than} (%(comment)s, %(claim)s)" if key else ""
    return await conn.all(
        GotRow,
        f"{_ROWS}{where} ORDER BY m.id {order}, COALESCE(c.id, 0) {order} LIMIT %(limit)s",
        post_id=post_id,
        limit=limit,
        comment=key[0] if key else 0,
        claim=key[1] if key else 0,
    )


class Pace(msgspec.Struct, frozen=True):
    """How private replies get on.

    Attributes:
        waiting: Comments that wait for theirs.
        sent: Private replies of the last hour.
        most: How many Facebook takes in an hour.
        failed: Comments of the last week that could not be answered.
    """

    waiting: int
    sent: int
    failed: int
    most: int = PRIVATE_REPLIES


async def pace(conn: Connection) -> Pace:
    """How private replies get on now.

    Args:
        conn: An open connection.
    """
    rows = await conn.run(
        "SELECT (SELECT COUNT(*) FROM post_comments WHERE status IN ('queued', 'sending')),"
        " (SELECT COUNT(*) FROM post_comments WHERE sent_at > NOW(3) - INTERVAL 1 HOUR),"
        " (SELECT COUNT(*) FROM post_comments WHERE status = 'failed' AND due_at > NOW(3) - INTERVAL 7 DAY)"
    )
    waiting, sent, failed = (number(value) for value in rows.rows[0])
    return Pace(waiting, sent, failed)


class Sums(msgspec.Struct, frozen=True):
    """What came of a post.

    Attributes:
        comments: Comments.
        held: Pieces that are held now.
        ordered: Pieces that were ordered.
        late: Claims that wait in line.
        lapsed: Claims whose time was over.
    """

    comments: int
    held: int
    ordered: int
    late: int
    lapsed: int


async def sums(conn: Connection, *, post: int) -> Sums:
    """What came of a post so far.

    Args:
        conn: An open connection.
        post: `page_posts.id`.
    """
    rows = await conn.run(
        "SELECT"
        " (SELECT COUNT(*) FROM post_comments m JOIN page_posts p ON p.post_id = m.post_id WHERE p.id = %(post)s),"
        " CAST(COALESCE(SUM(held), 0) AS SIGNED),"
        " CAST(COALESCE(SUM(IF(status = 'ordered', wanted, 0)), 0) AS SIGNED),"
        " CAST(COALESCE(SUM(status = 'waiting'), 0) AS SIGNED), CAST(COALESCE(SUM(status = 'lapsed'), 0) AS SIGNED)"
        " FROM post_claims WHERE post = %(post)s",
        post=post,
    )
    return Sums(*(number(value) for value in rows.rows[0]))


async def release(conn: Connection, *, claim_id: int) -> Line:
    """Let a claim go by hand: its pieces can be sold again.

    Args:
        conn: A connection in a transaction.
        claim_id: `post_claims.id`.

    Returns:
        What it was for; whoever waits for that is next.

    Raises:
        NotFound: It is over already.
    """
    claim = await conn.one(Claim, f"{CLAIM} WHERE c.id = %(id)s", id=claim_id)
    if claim is None or not await claims.let_go(conn, claim, status="released"):
        raise NotFound(f"claim {claim_id}")
    return Line(claim.product_id, claim.variant_id)

"""Private replies to comments: which is due, how many Facebook still takes, what became of each."""

from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number
from repository.posts.claims import Status

ATTEMPTS_MOST = 6


class ToAnswer(msgspec.Struct, frozen=True):
    """A comment whose private reply is due, in this process's hands.

    Attributes:
        id: `post_comments.id`.
        comment_id: As Facebook names it.
        kind: As it was read.
        post: `page_posts.id`.
        is_sale: Whether it stands below a live sale.
        psid: Whom an earlier try reached; empty where none did.
        in_doubt: Whether an earlier try may have arrived.
        attempts: How often it failed.
        language: In which who wrote it is answered in the chat; empty where nobody knows.
        most_each: Pieces of one thing that one person can claim there; 0 is no limit.
        page_id: The page below whose post it stands.
    """

    id: int
    comment_id: str
    kind: str
    words: str
    from_name: str
    post: int
    is_sale: bool
    psid: str
    in_doubt: bool
    attempts: int
    language: str
    most_each: int
    page_id: str = ""


class Wanted(msgspec.Struct, frozen=True):
    """What a comment claims, as its private reply says it.

    Attributes:
        held: Pieces that are held.
        held_until: Until when.
        ahead: Claims before it that wait for the same.
    """

    claim: int
    product_id: int
    variant_id: int | None
    status: Status
    wanted: int
    held: int
    held_until: datetime | None
    ahead: int


async def left(conn: Connection, *, most: int) -> int:
    """How many private replies may still be sent now.

    Args:
        conn: An open connection.
        most: How many may be sent in an hour.
    """
    sent = await conn.value("SELECT COUNT(*) FROM post_comments WHERE sent_at > NOW(3) - INTERVAL 1 HOUR")
    return max(0, most - number(sent))


async def take(conn: Connection, *, most: int, minutes: int) -> list[ToAnswer]:
    """Take private replies that are due, claims of a live sale first, each of them the oldest first.

    Args:
        conn: A connection in a transaction.
        most: How many.
        minutes: How long a claim is held from when its shopper is told.

    Returns:
        What this process has to send now; whoever finds it unsent after a while sends it again.
    """
    rows = await conn.all(
        ToAnswer,
        "SELECT m.id, m.comment_id, m.kind, m.words, m.from_name, p.id, p.is_sale, COALESCE(m.psid, ''), m.in_doubt,"
        " m.attempts, COALESCE((SELECT u.language FROM users u WHERE u.messenger_id = COALESCE(m.psid, m.from_id)), '')"
        ", IF(p.is_sale, p.most_each, 0), m.page_id FROM post_comments m JOIN page_posts p ON p.post_id = m.post_id"
        " WHERE m.status IN ('queued', 'sending') AND m.due_at <= NOW(3)"
        " ORDER BY m.kind <> 'claims', m.written_at, m.id LIMIT %(most)s FOR UPDATE",
        most=most,
    )
    if rows:
        # Whoever takes one that is being sent finds a process that died over it: it may have arrived.
        values: dict[str, Bound] = {"ids": [row.id for row in rows], "minutes": minutes}
        await conn.batch(
            Statement(
                "UPDATE post_comments SET in_doubt = (in_doubt OR status = 'sending'), status = 'sending',"
                " sent_at = NOW(3), due_at = NOW(3) + INTERVAL 60 SECOND WHERE id IN %(ids)s",
                values,
            ),
            Statement(
                "UPDATE post_claims FORCE INDEX (ix_post_claims_comment)"
                " SET held_until = GREATEST(held_until, NOW() + INTERVAL %(minutes)s MINUTE)"
                " WHERE comment IN %(ids)s AND status = 'held'",
                values,
            ),
        )
    return rows


async def wanted(conn: Connection, *, comment: int) -> list[Wanted]:
    """What a comment claims, as it stands now.

    Args:
        conn: An open connection.
        comment: `post_comments.id`.
    """
    return await conn.all(
        Wanted,
        "SELECT c.id, c.product_id, c.variant_id, c.status, c.wanted, c.held, c.held_until,"
        " (SELECT COUNT(*) FROM post_claims o WHERE o.product_id = c.product_id AND o.variant_id <=> c.variant_id"
        " AND o.status = 'waiting' AND (o.placed_at, o.comment, o.id) < (c.placed_at, c.comment, c.id))"
        " FROM post_claims c WHERE c.comment = %(comment)s"
        " AND c.status IN ('open', 'asked', 'held', 'waiting', 'lapsed', 'over') ORDER BY c.id",
        comment=comment,
    )


async def answered(conn: Connection, *, comment: int, psid: str, message_id: str, message: str, publicly: bool) -> None:
    """Write that a private reply arrived, and who its shopper is.

    Args:
        conn: A connection in a transaction.
        comment: `post_comments.id`.
        psid: Whom it reached; empty where Facebook did not say.
        message_id: The `mid` that Facebook gave it, or empty.
        message: JSON of what was said; empty leaves what is there.
        publicly: Whether "check your inbox" is to be written below the comment.
    """
    values: dict[str, Bound] = {
        "id": comment,
        "psid": psid or None,
        "message_id": message_id or None,
        "message": message or None,
        "public": "queued" if publicly else "none",
    }
    await conn.batch(
        Statement(
            "UPDATE post_comments SET status = 'answered', psid = COALESCE(%(psid)s, psid),"
            " message_id = COALESCE(%(message_id)s, message_id), message = COALESCE(%(message)s, message),"
            " in_doubt = FALSE, error_code = NULL, error_message = NULL,"
            " public = IF(public = 'none', %(public)s, public) WHERE id = %(id)s",
            values,
        ),
        *((known(psid),) if psid else ()),
    )


def known(psid: str) -> Statement:
    """What links the claims of somebody whom private replies have reached with the shopper that they are by now.

    Args:
        psid: Who.
    """
    return Statement(
        "UPDATE post_claims c JOIN post_comments m FORCE INDEX (ix_post_comments_psid) ON m.id = c.comment"
        " JOIN users u ON u.messenger_id = m.psid SET c.user_id = u.id WHERE m.psid = %(psid)s AND c.user_id IS NULL"
        " AND c.status IN ('open', 'asked', 'held', 'waiting')",
        {"psid": psid},
    )


async def echoed(conn: Connection, *, comment: int, psid: str, message_id: str) -> None:
    """Write that an echo shows that a private reply arrived.

    Args:
        conn: An open connection.
        comment: `post_comments.id`.
        psid: Whom it reached.
        message_id: Its `mid`.
    """
    await conn.run(
        "UPDATE post_comments SET psid = COALESCE(psid, %(psid)s), message_id = COALESCE(message_id, %(message_id)s),"
        " status = IF(status IN ('queued', 'sending') AND in_doubt, 'answered', status) WHERE id = %(id)s",
        id=comment,
        psid=psid,
        message_id=message_id,
    )


async def put_off(
    conn: Connection, *, comment: int, seconds: float, code: str, reason: str, in_doubt: bool, counts: bool
) -> None:
    """Send a private reply again later; give it up after the last attempt.

    Args:
        conn: An open connection.
        comment: `post_comments.id`.
        seconds: In how many.
        code: Facebook's code, with its subcode behind a slash.
        reason: Facebook's words.
        in_doubt: Whether it may have arrived.
        counts: Whether something is wrong with it: a page that cannot send counts no attempt.
    """
    await conn.run(
        "UPDATE post_comments SET attempts = attempts + %(counts)s, error_code = %(code)s, error_message = %(reason)s,"
        " in_doubt = (in_doubt OR %(in_doubt)s), sent_at = IF(%(in_doubt)s, sent_at, NULL),"
        " due_at = NOW(3) + INTERVAL %(micros)s MICROSECOND,"
        " status = IF(attempts >= %(most)s, 'failed', 'queued') WHERE id = %(id)s AND status = 'sending'",
        id=comment,
        counts=counts,
        code=code[:40],
        reason=reason[:500],
        in_doubt=in_doubt,
        micros=round(seconds * 1_000_000),
        most=ATTEMPTS_MOST,
    )


async def give_up(conn: Connection, *, comment: int, code: str, reason: str) -> None:
    """Note that a comment cannot be answered privately; it is not tried again.

    Args:
        conn: An open connection.
        comment: `post_comments.id`.
        code: Facebook's code, with its subcode behind a slash.
        reason: Why, for the merchant.
    """
    await conn.run(
        "UPDATE post_comments SET status = 'failed', error_code = %(code)s, error_message = %(reason)s, sent_at = NULL"
        " WHERE id = %(id)s AND status = 'sending'",
        id=comment,
        code=code[:40],
        reason=reason[:500],
    )


class Said(msgspec.Struct, frozen=True):
    """A private reply that a shopper has got, with the words of the comment, and how it was read."""

    id: int
    message_id: str
    message: str
    words: str
    kind: str


def saying(psid: str) -> Statement:
    """What reads the last private reply that somebody got within the last week, a `Said`, to be sent with others.

    Args:
        psid: Whom.
    """
    return Statement(
        "SELECT id, COALESCE(message_id, ''), message, words, kind FROM post_comments WHERE psid = %(psid)s"
        " AND status = 'answered' AND message IS NOT NULL AND sent_at > NOW(3) - INTERVAL 7 DAY"
        " ORDER BY sent_at DESC LIMIT 1",
        {"psid": psid},
    )


async def last_said(conn: Connection, *, psid: str) -> Said | None:
    """The last private reply that somebody got within the last week, None where they got none.

    Args:
        conn: An open connection.
        psid: Whom.
    """
    (found,) = await conn.batch(saying(psid))
    return conn.read(Said, found.rows[0]) if found.rows else None

"""What is to be done about comments, and which process of all does it."""

from repository.database.connection import Bound, Connection, Statement
from repository.posts.claims import CLAIM, Claim, Line

LEASE = "comments"
LEASE_SECONDS = 20
"""How long the process that sees to comments is believed to live without a word."""
_FREE = """
    SELECT c.product_id, c.variant_id FROM post_claims c JOIN products p ON p.id = c.product_id AND p.status = 'active'
    LEFT JOIN product_variants v ON v.id = c.variant_id
    WHERE c.status = 'waiting' AND IF(c.variant_id IS NULL, p.stock_quantity, v.stock_quantity * v.is_available) > 0
"""
"""What somebody waits for and is there again."""


async def take_lease(conn: Connection, *, first: bool) -> bool:
    """Whether this process sees to comments for the next seconds: one of all does, so that who was first stays first.

    Args:
        conn: An open connection, in no transaction.
        first: Whether it has not done so just before.
    """
    values: dict[str, Bound] = {"name": LEASE, "seconds": LEASE_SECONDS}
    mine = " AND next_at <= NOW()" if first else ""
    *_, moved = await conn.batch(
        Statement("INSERT IGNORE INTO scheduled_jobs (name, next_at) VALUES (%(name)s, NOW())", values),
        Statement(
            f"UPDATE scheduled_jobs SET next_at = NOW() + INTERVAL %(seconds)s SECOND WHERE name = %(name)s{mine}",
            values,
        ),
    )
    return moved.rowcount == 1 or not first


async def give_lease_back(conn: Connection) -> None:
    """Let any process see to comments."""
    await conn.run("UPDATE scheduled_jobs SET next_at = NOW() WHERE name = %(name)s", name=LEASE)


async def has_work(conn: Connection) -> bool:
    """Whether anything is to be done about comments now. One question."""
    return bool(
        await conn.value(
            "SELECT EXISTS (SELECT 1 FROM post_comments WHERE status IN ('new', 'queued') AND due_at <= NOW(3))"
            " OR EXISTS (SELECT 1 FROM post_comments WHERE status = 'sending' AND due_at <= NOW(3))"
            " OR EXISTS (SELECT 1 FROM post_comments WHERE public = 'queued')"
            " OR EXISTS (SELECT 1 FROM post_comments m JOIN post_claims c ON c.comment = m.id"
            " WHERE m.status = 'removed' AND c.status IN ('open', 'asked', 'held', 'waiting'))"
            " OR EXISTS (SELECT 1 FROM post_claims WHERE status = 'held' AND held_until <= NOW())"
            f" OR EXISTS ({_FREE})"
        )
    )


async def lines_due(conn: Connection) -> list[Line]:
    """What somebody waits for and is there again, whoever gave it back.

    Args:
        conn: An open connection.
    """
    return await conn.all(Line, f"{_FREE} GROUP BY c.product_id, c.variant_id ORDER BY c.product_id LIMIT 100")


async def claims_over(conn: Connection) -> list[Claim]:
    """Claims whose time is over, and those of comments that were taken away.

    Args:
        conn: An open connection.
    """
    return await conn.all(
        Claim,
        f"{CLAIM} WHERE c.status = 'held' AND c.held_until <= NOW() UNION {CLAIM} JOIN post_comments m"
        " ON m.id = c.comment WHERE m.status = 'removed' AND c.status IN ('open', 'asked', 'held', 'waiting')"
        " LIMIT 100",
    )

"""The line of those who wait for a stock: who joins it, who is told when some of it is back, who leaves it again."""

from collections.abc import Sequence

from repository.database.connection import Connection, Statement
from repository.wishlist.waits import BOUGHT, WANTS
from repository.wishlist.watching import AT_ONCE, FOUND_MOST, Marked, When, queueing

_GOOD = "w.product_id = g.product_id AND w.variant_key = g.variant_key"
_IN_LINE = f"""
    STRAIGHT_JOIN stock_waits w FORCE INDEX (ix_stock_waits_good) ON {_GOOD} AND w.noticed_at IS NULL
    JOIN users u ON u.id = w.user_id LEFT JOIN conversations c ON c.psid = u.messenger_id
"""


async def sold_out(conn: Connection, first: int) -> list[Marked]:
    """Wishes that have sold out and do not wait for it yet.

    Args:
        conn: An open connection.
        first: The good with which to begin, in `watched_goods`.

    Returns:
        `FOUND_MOST` at most, in the order of goods.
    """
    return await conn.all(
        Marked,
        f"""
        SELECT w.id, w.user_id, g.id FROM watched_goods g FORCE INDEX (PRIMARY)
            STRAIGHT_JOIN wishlists w FORCE INDEX (ix_wishlists_product) ON {_GOOD}
        WHERE g.id >= %(first)s AND g.pieces_new = 0 AND g.pieces > 0 AND NOT w.is_silent AND NOT EXISTS (
            SELECT 1 FROM stock_waits s WHERE s.user_id = w.user_id AND s.product_id = w.product_id
                AND s.variant_key = w.variant_key AND s.told_at IS NULL)
        ORDER BY g.id, w.id LIMIT %(most)s
        """,
        first=first,
        most=FOUND_MOST,
    )


async def wait(conn: Connection, *, wishes: Sequence[Marked]) -> None:
    """Let those whose wish has sold out wait for it, behind those who wait already.

    Args:
        conn: A connection in a transaction.
        wishes: Which.
    """
    await conn.run(
        "INSERT INTO stock_waits (user_id, product_id, variant_id, by_wish)"
        " SELECT user_id, product_id, variant_id, TRUE FROM wishlists WHERE id IN %(ids)s ORDER BY id"
        " ON DUPLICATE KEY UPDATE asked_at = IF(told_at IS NULL, asked_at, NOW(3)),"
        " noticed_at = IF(told_at IS NULL, noticed_at, NULL), told_at = NULL",
        ids=[wish.id for wish in wishes],
    )


async def away(conn: Connection, first: int, *, when: When) -> list[Marked]:
    """Those who wait for what is there, and whose window is closed: they hear of it once they write, while it lasts.

    Args:
        conn: An open connection.
        first: The good with which to begin, in `watched_goods`.
        when: When notices may be said.

    Returns:
        `FOUND_MOST` at most, in the order of goods.
    """
    return await conn.all(
        Marked,
        f"""
        SELECT w.id, w.user_id, g.id FROM watched_goods g FORCE INDEX (PRIMARY) {_IN_LINE}
        WHERE g.id >= %(first)s AND g.pieces_new > 0 AND COALESCE(c.window_expires_at <= %(open_after)s, TRUE)
            AND {WANTS}
        ORDER BY g.id LIMIT %(most)s
        """,
        first=first,
        open_after=when.open_after,
        most=FOUND_MOST,
    )


async def next_in_line(conn: Connection, first: int, *, when: When) -> list[Marked]:
    """Those who wait for what is there and may be told now: whoever asked first, as many as there are pieces.

    Whoever was told a while ago and has not bought counts as one who may still.

    Args:
        conn: An open connection.
        first: The good with which to begin, in `watched_goods`.
        when: When notices may be said.

    Returns:
        All of them, in the order of goods.
    """
    return await conn.all(
        Marked,
        f"""
        SELECT id, user_id, good_id FROM (
            SELECT w.id, w.user_id, g.id AS good_id, there.free,
                ROW_NUMBER() OVER (PARTITION BY g.id ORDER BY w.asked_at, w.id) AS place
            FROM (
                SELECT g.id, g.product_id, g.variant_key, g.pieces_new - (
                    SELECT COUNT(*) FROM stock_waits w JOIN users u ON u.id = w.user_id
                        LEFT JOIN conversations c ON c.psid = u.messenger_id
                    WHERE {_GOOD} AND w.noticed_at IS NOT NULL
                        AND IF(w.told_at IS NULL, c.window_expires_at > %(open_after)s,
                               w.told_at > NOW() - INTERVAL %(hold)s MINUTE AND NOT {BOUGHT})) AS free
                FROM watched_goods g WHERE g.pieces_new > 0 AND g.id >= %(first)s
            ) there
            JOIN watched_goods g ON g.id = there.id {_IN_LINE}
            WHERE there.free > 0 AND c.window_expires_at > %(open_after)s AND {WANTS}
        ) line
        WHERE place <= free ORDER BY good_id, place, id
        """,
        first=first,
        open_after=when.open_after,
        hold=when.hold_minutes,
    )


async def mark_back(conn: Connection, *, waits: Sequence[Marked], when: When) -> None:
    """Queue notices to those who wait for what is there.

    Args:
        conn: A connection in a transaction.
        waits: Who.
        when: When notices may be said.
    """
    ids = [one.id for one in waits]
    await conn.batch(
        Statement("UPDATE stock_waits SET noticed_at = NOW() WHERE id IN %(ids)s", {"ids": ids}),
        queueing(waits, when),
    )


async def end_holds(conn: Connection, *, hold_minutes: int) -> int:
    """Let those be forgotten who were told of a stock long enough ago.

    Args:
        conn: An open connection.
        hold_minutes: How long ago.

    Returns:
        How many there were; call it again where that is `AT_ONCE`.
    """
    gone = await conn.run(
        "DELETE FROM stock_waits WHERE told_at < NOW() - INTERVAL %(hold)s MINUTE LIMIT %(most)s",
        hold=hold_minutes,
        most=AT_ONCE,
    )
    return gone.rowcount

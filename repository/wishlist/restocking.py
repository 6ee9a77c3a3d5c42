"""The line of those who wait for a stock: who joins it, who is told when some of it is back, who leaves it again."""

from repository.database.connection import Connection, Statement
from repository.database.scalars import number
from repository.wishlist.waits import BOUGHT, WANTS
from repository.wishlist.watching import AT_ONCE, Change, When, queueing


async def mark_sold_out(conn: Connection, *, change: Change, after: int) -> int:
    """Let some whose wish has sold out wait for it, behind those who wait already.

    Args:
        conn: A connection in a transaction.
        change: The good.
        after: `wishlists.id` behind which to go on.

    Returns:
        The id behind which to go on; 0 where nothing is left.
    """
    rows = await conn.run(
        "SELECT id FROM wishlists FORCE INDEX (ix_wishlists_product) WHERE product_id = %(product_id)s"
        " AND id > %(after)s AND variant_key = %(key)s AND NOT is_silent ORDER BY id LIMIT %(most)s",
        after=after,
        most=AT_ONCE,
        **change.values,
    )
    if not rows.rows:
        return 0
    ids = [number(row[0]) for row in rows.rows]
    await conn.run(
        "INSERT INTO stock_waits (user_id, product_id, variant_id, by_wish)"
        " SELECT user_id, product_id, variant_id, TRUE FROM wishlists WHERE id IN %(ids)s ORDER BY id"
        " ON DUPLICATE KEY UPDATE asked_at = IF(told_at IS NULL, asked_at, NOW(3)),"
        " noticed_at = IF(told_at IS NULL, noticed_at, NULL), told_at = NULL",
        ids=ids,
    )
    return ids[-1] if len(ids) == AT_ONCE else 0


async def mark_back(conn: Connection, *, change: Change, when: When) -> bool:
    """Queue notices to those who wait for a good that is there, whoever asked first, as many as there are pieces.

    Whoever was told a while ago and has not bought counts as one who may still. Those whose window is closed hear of it
    when they write, if it is still true then, and take no piece from anybody before.

    Args:
        conn: A connection in a transaction.
        change: The good.
        when: When notices may be said.

    Returns:
        Whether there may be more to do at once.
    """
    values = change.values | {"open_after": when.open_after, "hold": when.hold_minutes, "most": AT_ONCE}
    good = "w.product_id = %(product_id)s AND w.variant_key = %(key)s"
    waits = f"""
        SELECT w.id, w.user_id FROM stock_waits w FORCE INDEX (ix_stock_waits_good) JOIN users u ON u.id = w.user_id
            LEFT JOIN conversations c ON c.psid = u.messenger_id
        WHERE {good} AND w.noticed_at IS NULL AND {WANTS}"""
    _, taken, closed = await conn.batch(
        Statement("SELECT id FROM watched_goods WHERE id = %(good_id)s FOR UPDATE", values),
        Statement(
            f"""
            SELECT COUNT(*) FROM stock_waits w JOIN users u ON u.id = w.user_id
                LEFT JOIN conversations c ON c.psid = u.messenger_id
            WHERE {good} AND w.noticed_at IS NOT NULL
                AND IF(w.told_at IS NULL, c.window_expires_at > %(open_after)s,
                       w.told_at > NOW() - INTERVAL %(hold)s MINUTE AND NOT {BOUGHT})
            """,
            values,
        ),
        Statement(
            f"{waits} AND COALESCE(c.window_expires_at <= %(open_after)s, TRUE) ORDER BY w.asked_at, w.id"
            " LIMIT %(most)s",
            values,
        ),
    )
    free = min(AT_ONCE, max(0, change.pieces - number(taken.rows[0][0])))
    told = list(closed.rows)
    if free:
        fitting = await conn.run(
            f"{waits} AND c.window_expires_at > %(open_after)s ORDER BY w.asked_at, w.id LIMIT %(free)s",
            free=free,
            **values,
        )
        told += fitting.rows
    if not told:
        return False
    await conn.batch(
        Statement(
            "UPDATE stock_waits SET noticed_at = NOW() WHERE id IN %(ids)s", {"ids": [number(row[0]) for row in told]}
        ),
        queueing([number(row[1]) for row in told], when),
    )
    return len(closed.rows) == AT_ONCE or len(told) - len(closed.rows) == AT_ONCE


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

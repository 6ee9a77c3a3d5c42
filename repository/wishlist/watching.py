"""What has changed of what is on wishlists or waited for: noticed by sets, in steps that hold few rows for a moment.

`watched_goods` has what the last look found, a row for each good, so that a look costs as much as there are goods, and
nothing by wish. A step marks wishes, and queues one notice a shopper; what it says is read when it is said
(`telling.py`), so that it is true then. A process that dies between two steps leaves the old price in `watched_goods`:
the next look finds the same change, and only the wishes that are not marked yet.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number
from repository.wishlist.goods import pieces_now, price_now

AT_ONCE = 1000
"""Wishes of a step."""
NEWS = "unasked.wish_news"
"""The notice that tells a shopper of their wishlist."""
_KEPT_DAYS = 30
"""How long a notice waits for its shopper to write again."""
_LEASE = "wishlists"
_LEASE_MINUTES = 5


class Change(msgspec.Struct, frozen=True):
    """A good that is not as the last look found it, or that somebody waits for and can have.

    Attributes:
        id: `watched_goods.id`.
        product_id, variant_id: Which good.
        price_before, pieces_before: As they were.
        price, pieces: As they are.
    """

    id: int
    product_id: int
    variant_id: int | None
    price_before: Decimal
    pieces_before: int
    price: Decimal
    pieces: int

    @property
    def values(self) -> dict[str, Bound]:
        """The good, as statements name it."""
        return {"good_id": self.id, "product_id": self.product_id, "key": self.variant_id or 0}


class When(msgspec.Struct, frozen=True):
    """When notices may be said.

    Attributes:
        open_after: A shopper's window is open where it ends later than this.
        at: When what may be said is due: now, or in the morning.
        hold_minutes: How long a piece that came back is kept in mind for whoever was told of it.
    """

    open_after: datetime
    at: datetime
    hold_minutes: int


async def take_lease(conn: Connection) -> bool:
    """Whether this process looks now, of all that could.

    Args:
        conn: A connection on which each statement commits by itself.
    """
    *_, moved = await conn.batch(
        Statement("INSERT IGNORE INTO scheduled_jobs (name, next_at) VALUES (%(name)s, NOW())", {"name": _LEASE}),
        Statement(
            "UPDATE scheduled_jobs SET next_at = NOW() + INTERVAL %(minutes)s MINUTE"
            " WHERE name = %(name)s AND next_at <= NOW()",
            {"name": _LEASE, "minutes": _LEASE_MINUTES},
        ),
    )
    return moved.rowcount == 1


async def give_lease_back(conn: Connection) -> None:
    """Let any process look."""
    await conn.run("UPDATE scheduled_jobs SET next_at = NOW() WHERE name = %(name)s", name=_LEASE)


async def changed(conn: Connection) -> list[Change]:
    """The goods that something is to be done about. Reads a row for each good that is watched, and locks none.

    Args:
        conn: An open connection.
    """
    return await conn.all(
        Change,
        f"""
        SELECT * FROM (
            SELECT g.id, g.product_id, g.variant_id, g.price AS price_before, g.pieces AS pieces_before,
                {price_now("g.variant_id")} AS price, {pieces_now("g.variant_id")} AS pieces
            FROM watched_goods g JOIN products p ON p.id = g.product_id
                LEFT JOIN product_variants v ON v.id = g.variant_id
        ) seen
        WHERE price <> price_before OR (pieces = 0) <> (pieces_before = 0)
            OR (pieces > 0 AND EXISTS (SELECT 1 FROM stock_waits w FORCE INDEX (ix_stock_waits_good)
                WHERE w.product_id = seen.product_id AND w.variant_key = COALESCE(seen.variant_id, 0)
                    AND w.noticed_at IS NULL))
        ORDER BY id
        """,
    )


async def mark_drop(conn: Connection, *, change: Change, after: int, when: When) -> int:
    """Mark some wishes for which the price has dropped, and queue notices to their shoppers.

    Args:
        conn: A connection in a transaction.
        change: The good.
        after: `wishlists.id` behind which to go on.
        when: When notices may be said.

    Returns:
        The id behind which to go on; 0 where nothing is left.
    """
    values = change.values | {"price": change.price, "before": change.price_before}
    rows = await conn.run(
        "SELECT id, user_id FROM wishlists FORCE INDEX (ix_wishlists_product) WHERE product_id = %(product_id)s"
        " AND id > %(after)s AND variant_key = %(key)s AND NOT is_silent"
        " AND COALESCE(price_told, %(before)s) > %(price)s ORDER BY id LIMIT %(most)s",
        after=after,
        most=AT_ONCE,
        **values,
    )
    if not rows.rows:
        return 0
    ids = [number(row[0]) for row in rows.rows]
    await conn.batch(
        Statement(
            "UPDATE wishlists SET price_saved = COALESCE(price_saved, %(before)s), price_told = %(price)s,"
            " dropped_at = NOW() WHERE id IN %(ids)s AND COALESCE(price_told, %(before)s) > %(price)s",
            values | {"ids": ids},
        ),
        queueing([number(row[1]) for row in rows.rows], when),
    )
    return ids[-1] if len(ids) == AT_ONCE else 0


async def mark_rise(conn: Connection, *, change: Change, after: int) -> int:
    """Let a later drop be news again to some wishes that were told of a lower price.

    Never above what the shopper saw when they saved it: back at that price, nothing has become cheaper for them.

    Args:
        conn: A connection in a transaction.
        change: The good.
        after: `wishlists.id` behind which to go on.

    Returns:
        The id behind which to go on; 0 where nothing is left.
    """
    rows = await conn.run(
        "SELECT id FROM wishlists FORCE INDEX (ix_wishlists_product) WHERE product_id = %(product_id)s"
        " AND id > %(after)s AND variant_key = %(key)s AND price_told < LEAST(%(price)s, price_saved)"
        " ORDER BY id LIMIT %(most)s",
        after=after,
        price=change.price,
        most=AT_ONCE,
        **change.values,
    )
    if not rows.rows:
        return 0
    ids = [number(row[0]) for row in rows.rows]
    await conn.run(
        "UPDATE wishlists SET price_told = LEAST(%(price)s, price_saved) WHERE id IN %(ids)s",
        price=change.price,
        ids=ids,
    )
    return ids[-1] if len(ids) == AT_ONCE else 0


async def seen(conn: Connection, *, change: Change) -> None:
    """Note how a good is, once everybody whom that concerns is marked.

    Args:
        conn: An open connection.
        change: The good.
    """
    await conn.run(
        "UPDATE watched_goods SET price = %(price)s, pieces = %(pieces)s WHERE id = %(good_id)s",
        price=change.price,
        pieces=change.pieces,
        **change.values,
    )


async def tidy(conn: Connection) -> int:
    """Watch no longer what nobody wishes or waits for; how many goods that were.

    Args:
        conn: An open connection.
    """
    gone = await conn.run(
        "DELETE FROM watched_goods WHERE"
        " NOT EXISTS (SELECT 1 FROM wishlists w WHERE w.product_id = watched_goods.product_id)"
        " AND NOT EXISTS (SELECT 1 FROM stock_waits s WHERE s.product_id = watched_goods.product_id)"
        " LIMIT %(most)s",
        most=AT_ONCE,
    )
    return gone.rowcount


def queueing(shopper_ids: Sequence[int], when: When) -> Statement:
    """What queues one notice to each of some shoppers, where none waits for them already.

    Args:
        shopper_ids: `users.id`; at least one.
        when: When notices may be said.
    """
    return Statement(
        f"""
        INSERT INTO notification_queue (user_id, notification_type, channel, recipient, message, template_name,
            template_data, scheduled_at, waits_for)
        SELECT u.id, 'custom', 'messenger', u.messenger_id, '', '{NEWS}', '{{}}',
            IF(c.window_expires_at > %(open_after)s, %(at)s, NOW() + INTERVAL {_KEPT_DAYS} DAY),
            IF(c.window_expires_at > %(open_after)s, NULL, 'window')
        FROM users u LEFT JOIN conversations c ON c.psid = u.messenger_id
        WHERE u.id IN %(ids)s AND NOT EXISTS (
            SELECT 1 FROM notification_queue n FORCE INDEX (ix_notification_queue_user)
            WHERE n.user_id = u.id AND n.status = 'pending' AND n.template_name = '{NEWS}')
        """,
        {"ids": sorted(set(shopper_ids)), "open_after": when.open_after, "at": when.at},
        feeds_queue="notices",
    )

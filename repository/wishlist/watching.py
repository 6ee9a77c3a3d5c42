"""What has changed of what is on wishlists or waited for: noticed by sets, and followed in steps that hold few rows.

`watched_goods` has a row for each such good, so that a look costs as much as there are goods, and nothing by wish. What
a look finds is written beside what everybody has been told (`price_new` beside `price`); then wishes are marked, some
at a time, each once, and one notice is queued for a shopper; only when all are marked is the new price that of all. A
process that dies in between leaves both, and whoever looks next goes on. What a notice says is read when it is said
(`telling.py`), so that it is true then.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby

import msgspec

from repository.database.connection import Connection, Statement
from repository.wishlist.goods import pieces_now, price_now

AT_ONCE = 1000
"""Wishes of a step."""
FOUND_MOST = 10_000
"""Wishes that are found before they are marked."""
NEWS = "unasked.wish_news"
"""The notice that tells a shopper of their wishlist."""
_KEPT_DAYS = 30
"""How long a notice waits for its shopper to write again."""
_LEASE = "wishlists"
_LEASE_MINUTES = 5
_WISHES = """
    FROM watched_goods g FORCE INDEX (PRIMARY) STRAIGHT_JOIN wishlists w FORCE INDEX (ix_wishlists_product)
        ON w.product_id = g.product_id AND w.variant_key = g.variant_key
"""
_CHEAPER = "NOT w.is_silent AND COALESCE(w.price_told, {price}) > {price_new}"
_DEARER = "w.price_told < LEAST({price_new}, w.price_saved)"
_COLUMNS = {"price": "g.price", "price_new": "g.price_new"}
_VALUES = {"price": "%(price)s", "price_new": "%(price_new)s"}
"""A good's prices, given to what marks its wishes: an update that joins them costs three times as much."""


class Marked(msgspec.Struct, frozen=True):
    """Something that is to be marked: a wish, or who waits for a stock.

    Attributes:
        id: Of the wish or the wait.
        shopper_id: Whose it is.
        good_id: Of the good in `watched_goods`.
    """

    id: int
    shopper_id: int
    good_id: int


class Priced(Marked, frozen=True):
    """A wish for something whose price has changed.

    Attributes:
        price: As everybody has been told.
        price_new: As the last look found it.
    """

    price: Decimal
    price_new: Decimal


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


class Todo(msgspec.Struct, frozen=True):
    """What is to be followed: whether anything is cheaper, dearer, sold out, or there for somebody who waits."""

    cheaper: bool
    dearer: bool
    sold_out: bool
    back: bool


class _Seen(msgspec.Struct, frozen=True):
    id: int
    price: Decimal
    pieces: int


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


async def look(conn: Connection) -> Todo:
    """Note how the goods are now, and say what follows. Reads a row for each good, and locks those that have changed.

    Args:
        conn: A connection in a transaction.
    """
    seen = await conn.all(
        _Seen,
        f"""
        SELECT id, price, pieces FROM (
            SELECT g.id, g.price_new, g.pieces_new, {price_now("g.variant_id")} AS price,
                {pieces_now("g.variant_id")} AS pieces
            FROM watched_goods g JOIN products p ON p.id = g.product_id
                LEFT JOIN product_variants v ON v.id = g.variant_id
        ) seen
        WHERE price <> price_new OR pieces <> pieces_new ORDER BY id
        """,
    )
    *_, todo = await conn.batch(
        *(
            Statement(
                "UPDATE watched_goods SET price_new = %(price)s, pieces_new = %(pieces)s WHERE id = %(id)s",
                msgspec.structs.asdict(one),
            )
            for one in seen
        ),
        Statement(
            """
            SELECT COALESCE(MAX(price_new < price), 0), COALESCE(MAX(price_new > price), 0),
                COALESCE(MAX(pieces_new = 0 AND pieces > 0), 0),
                COALESCE(MAX(pieces_new > 0 AND EXISTS (
                    SELECT 1 FROM stock_waits w FORCE INDEX (ix_stock_waits_good)
                    WHERE w.product_id = g.product_id AND w.variant_key = g.variant_key AND w.noticed_at IS NULL)), 0)
            FROM watched_goods g
            """
        ),
    )
    return conn.read(Todo, todo.rows[0])


async def cheaper(conn: Connection, first: int) -> list[Priced]:
    """Wishes for which the price has dropped, and that are not marked yet.

    Args:
        conn: An open connection.
        first: The good with which to begin, in `watched_goods`.

    Returns:
        `FOUND_MOST` at most, in the order of goods.
    """
    return await _priced(conn, f"g.price_new < g.price AND {_CHEAPER.format_map(_COLUMNS)}", first)


async def mark_cheaper(conn: Connection, *, wishes: Sequence[Priced], when: When) -> None:
    """Mark wishes for which the price has dropped, and queue notices to their shoppers.

    Args:
        conn: A connection in a transaction.
        wishes: Which.
        when: When notices may be said.
    """
    change = (
        "UPDATE wishlists w SET w.price_saved = COALESCE(w.price_saved, %(price)s), w.price_told = %(price_new)s,"
        f" w.dropped_at = NOW() WHERE w.id IN %(ids)s AND {_CHEAPER.format_map(_VALUES)}"
    )
    await conn.batch(*_of_each_good(change, wishes), queueing(wishes, when))


async def dearer(conn: Connection, first: int) -> list[Priced]:
    """Wishes that were told of a lower price than there is now: a later drop is news to them again.

    Never above what the shopper saw when they saved it: back at that price, nothing has become cheaper for them.

    Args:
        conn: An open connection.
        first: The good with which to begin, in `watched_goods`.

    Returns:
        `FOUND_MOST` at most, in the order of goods.
    """
    return await _priced(conn, f"g.price_new > g.price AND {_DEARER.format_map(_COLUMNS)}", first)


async def mark_dearer(conn: Connection, *, wishes: Sequence[Priced]) -> None:
    """Let a later drop be news to some wishes.

    Args:
        conn: A connection in a transaction.
        wishes: Which.
    """
    change = (
        "UPDATE wishlists w SET w.price_told = LEAST(%(price_new)s, w.price_saved)"
        f" WHERE w.id IN %(ids)s AND {_DEARER.format_map(_VALUES)}"
    )
    await conn.batch(*_of_each_good(change, wishes))


async def followed(conn: Connection) -> None:
    """Note that everybody is marked whom the prices and stocks concern that the last look found.

    Args:
        conn: An open connection.
    """
    await conn.run(
        "UPDATE watched_goods SET price = price_new, pieces = pieces_new"
        " WHERE price <> price_new OR pieces <> pieces_new"
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


def queueing(marked: Sequence[Marked], when: When) -> Statement:
    """What queues one notice to each of some shoppers, where none waits for them already.

    Args:
        marked: Whom; at least one.
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
        WHERE u.id IN %(ids)s AND u.promos_stopped_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM notification_queue n FORCE INDEX (ix_notification_queue_user)
            WHERE n.user_id = u.id AND n.status = 'pending' AND n.template_name = '{NEWS}')
        """,
        {"ids": sorted({one.shopper_id for one in marked}), "open_after": when.open_after, "at": when.at},
        feeds_queue="notices",
    )


async def _priced(conn: Connection, is_news: str, first: int) -> list[Priced]:
    return await conn.all(
        Priced,
        f"SELECT w.id, w.user_id, g.id, g.price, g.price_new {_WISHES}"
        f" WHERE g.id >= %(first)s AND {is_news} ORDER BY g.id LIMIT %(most)s",
        first=first,
        most=FOUND_MOST,
    )


def _of_each_good(change: str, wishes: Sequence[Priced]) -> Iterator[Statement]:
    """A statement for the wishes of each good."""
    for _, those in groupby(wishes, key=lambda wish: wish.good_id):
        some = list(those)
        prices = {"price": some[0].price, "price_new": some[0].price_new}
        yield Statement(change, {"ids": [wish.id for wish in some], **prices})

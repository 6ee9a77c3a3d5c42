"""Which day's figures are to be gathered next, from its chats or from its orders."""

from datetime import date
from typing import Literal

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.scalars import number

Of = Literal["chats", "orders"]
EVERY_MINUTES = 5
"""How old the figures of a day's chats may become while the day lasts."""
CLOSED_HOURS = 30
"""Hours after a day's beginning at which its chats are gathered for the last time: by then late answers have come."""
CHAT_DAYS = 89
"""Days back that still have all of their chats: older ones may be half deleted, and keep the figures that they have."""
DAYS_MOST = 800
"""Days back that have figures at all: a year, and the year before it."""


class Due(msgspec.Struct, frozen=True):
    """Figures that are to be gathered.

    Attributes:
        day: Of which day of the shop.
        of: From its chats or from its orders.
    """

    day: date
    of: Of


async def open_days(conn: Connection) -> None:
    """Let every day up to today be gathered; called once for each new day, and harmless more often.

    Args:
        conn: A connection on which each statement commits by itself.
    """
    if await conn.value("SELECT EXISTS (SELECT 1 FROM analytics_days WHERE day = CURDATE())"):
        return
    await conn.run(
        f"""
        INSERT IGNORE INTO analytics_days (day)
        WITH RECURSIVE days (day) AS (
            SELECT CURDATE() UNION ALL SELECT day - INTERVAL 1 DAY FROM days WHERE day > GREATEST(
                CURDATE() - INTERVAL {DAYS_MOST} DAY,
                LEAST(COALESCE((SELECT MIN(order_day) FROM orders), CURDATE()),
                      COALESCE((SELECT CAST(MIN(created_at) AS DATE) FROM chat_logs), CURDATE())))
        )
        SELECT day FROM days
        """
    )


def _moved(day: str) -> str:
    """Which days the orders of the last days are of that have changed, and when they did last."""
    return (
        f"SELECT {day} AS day, MAX(updated_at) AS at FROM orders FORCE INDEX (ix_orders_updated)"
        " WHERE updated_at >= NOW() - INTERVAL 3 DAY AND updated_at < NOW() - INTERVAL 1 SECOND"
        f" AND {day} IS NOT NULL GROUP BY {day}"
    )


async def due(conn: Connection) -> Due | None:
    """What is to be gathered next, the newest day first; None where everything is.

    Args:
        conn: An open connection.
    """
    moved, chats, new = await conn.batch(
        Statement(
            f"SELECT MAX(d.day) FROM ({_moved('order_day')} UNION ALL {_moved('CAST(paid_at AS DATE)')}) moved"
            " JOIN analytics_days d ON d.day = moved.day AND d.orders_at <= moved.at"
        ),
        Statement(
            f"SELECT MAX(day) FROM analytics_days WHERE day >= CURDATE() - INTERVAL {CHAT_DAYS} DAY"
            f" AND (chats_at IS NULL OR chats_at < LEAST(day + INTERVAL {CLOSED_HOURS} HOUR,"
            f" NOW() - INTERVAL {EVERY_MINUTES} MINUTE))"
        ),
        Statement("SELECT MAX(day) FROM analytics_days WHERE orders_at IS NULL"),
    )
    for found, of in ((moved, "orders"), (chats, "chats"), (new, "orders")):
        day = found.rows[0][0]
        if isinstance(day, date):
            return Due(day, "orders" if of == "orders" else "chats")
    return None


async def note(conn: Connection, *, gathered: Due, began: object) -> None:
    """Note that figures were gathered; until then they stay due.

    Args:
        conn: An open connection.
        gathered: Which.
        began: When the gathering began, by the database.
    """
    column = "chats_at" if gathered.of == "chats" else "orders_at"
    await conn.run(
        f"UPDATE analytics_days SET {column} = %(began)s WHERE day = %(day)s", began=str(began), day=gathered.day
    )


async def count_open(conn: Connection) -> int:
    """How many days have figures that were never gathered.

    Args:
        conn: An open connection.
    """
    return number(
        await conn.value(
            "SELECT COUNT(*) FROM analytics_days WHERE orders_at IS NULL"
            f" OR (chats_at IS NULL AND day >= CURDATE() - INTERVAL {CHAT_DAYS} DAY)"
        )
    )

"""The daily jobs of the database, done by one process of all, and again where it died."""

from collections.abc import Sequence

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.scalars import number
from repository.orders.promos import give_back

RETRY_MINUTES = 30
"""How long whoever took a job has for it, before somebody else takes it."""


class Daily(msgspec.Struct, frozen=True, kw_only=True):
    """A job of each day of the shop.

    Attributes:
        name: In `scheduled_jobs`.
        procedure: What does it: the twin of a database event, harmless where the event has been there before; empty
            where the program does it.
        after_midnight: Minutes.
    """

    name: str
    procedure: str
    after_midnight: int


DAILY: Sequence[Daily] = (
    Daily(name="analytics", procedure="sp_update_daily_analytics", after_midnight=5),
    Daily(name="cleanup", procedure="sp_cleanup_old_queue_items", after_midnight=180),
)


OLD_ROWS = Daily(name="retention", procedure="", after_midnight=220)
"""Deletes rows that are older than they are kept: `repository/privacy/keeping.py` says which."""

TOKEN = Daily(name="token", procedure="", after_midnight=0)
"""Looks at how long the page's token is good for: `handlers/doctor/watching.py` does it."""

SUBSCRIPTIONS = Daily(name="subscriptions", procedure="", after_midnight=0)
"""Looks every hour whether each page still tells the shop everything: `handlers/doctor/watching.py` does it."""

OLD_FILES = Daily(name="files", procedure="", after_midnight=200)
"""Deletes pictures whose time is over: `repository/payments/retention.py` does it, since it knows the rules."""


PICTURES = Daily(name="pictures", procedure="", after_midnight=240)
"""Deletes pictures of goods that nothing has shown for long: `repository/catalogue/orphans.py` says which."""

FIGURES = Daily(name="figures", procedure="", after_midnight=0)
"""Gathers the figures of days, again and again: `repository/analytics/gathering/` does it."""


async def take(conn: Connection, *, job: Daily, minutes: int = RETRY_MINUTES) -> bool:
    """Take a daily job where it is due and nobody else has.

    Args:
        conn: A connection on which each statement commits by itself.
        job: The job.
        minutes: How long whoever takes it has for it, before somebody else takes it.
    """
    *_, moved = await conn.batch(
        Statement("INSERT IGNORE INTO scheduled_jobs (name, next_at) VALUES (%(name)s, NOW())", {"name": job.name}),
        Statement(
            "UPDATE scheduled_jobs SET next_at = NOW() + INTERVAL %(minutes)s MINUTE"
            " WHERE name = %(name)s AND next_at <= NOW()",
            {"name": job.name, "minutes": minutes},
        ),
    )
    return moved.rowcount == 1


async def do(conn: Connection, *, job: Daily) -> None:
    """Do a daily job that was taken, and put it down for tomorrow.

    Args:
        conn: A connection on which each statement commits by itself.
        job: The job.
    """
    await conn.sets(f"CALL {job.procedure}()")
    await put_down(conn, job=job)


async def free(conn: Connection, *, job: Daily) -> None:
    """Let a job that was taken be taken again at once, by anybody.

    Args:
        conn: An open connection.
        job: The job.
    """
    await conn.run("UPDATE scheduled_jobs SET next_at = NOW() WHERE name = %(name)s", name=job.name)


async def put_down(conn: Connection, *, job: Daily) -> None:
    """Put a daily job that is done down for tomorrow.

    Args:
        conn: An open connection.
        job: The job.
    """
    await conn.run(
        "UPDATE scheduled_jobs SET next_at = CURDATE() + INTERVAL 1 DAY + INTERVAL %(minutes)s MINUTE"
        " WHERE name = %(name)s",
        name=job.name,
        minutes=job.after_midnight,
    )


async def sweep(conn: Connection) -> int:
    """Cancel every order whose time has run out: stock given back, history written, notice queued.

    The database's own event does the same; whoever comes first does it.

    Args:
        conn: A connection on which each statement commits by itself.

    Returns:
        How many orders were cancelled.
    """
    (said,) = await conn.sets("CALL sp_cleanup_expired_reservations()")
    return number(said.rows[0][2])


async def cancelled_with_promo(conn: Connection) -> list[int]:
    """Orders of the last week that were cancelled and still count as a use of their promo.

    Args:
        conn: An open connection.
    """
    rows = await conn.run(
        """
        SELECT o.id FROM orders o FORCE INDEX (ix_orders_status)
        WHERE o.order_status = 'cancelled' AND o.created_at > NOW() - INTERVAL 7 DAY AND o.promo_code IS NOT NULL
          AND EXISTS (SELECT 1 FROM promo_redemptions used WHERE used.order_id = o.id)
        LIMIT 100
        """
    )
    return [number(order_id) for (order_id,) in rows.rows]


async def flag_refunds(conn: Connection) -> int:
    """Flag the orders of the last week that ran out of time with money in them: it has to go back.

    Args:
        conn: A connection on which each statement commits by itself.

    Returns:
        How many there were.
    """
    flagged = await conn.run(
        """
        INSERT IGNORE INTO order_flags (order_id, kind, note)
        SELECT o.id, 'refund', CONCAT(o.upfront_paid, ' came in and has not gone back')
        FROM orders o FORCE INDEX (ix_orders_status)
        WHERE o.order_status = 'cancelled' AND o.created_at > NOW() - INTERVAL 7 DAY AND o.upfront_paid > 0
          AND o.payment_status <> 'refunded'
          AND NOT EXISTS (SELECT 1 FROM order_flags f WHERE f.order_id = o.id AND f.kind = 'refund')
        LIMIT 100
        """
    )
    return flagged.rowcount


async def give_promo_back(conn: Connection, *, order_id: int) -> None:
    """Let somebody else use the promo of a cancelled order.

    Args:
        conn: A connection in a transaction.
        order_id: `orders.id`.
    """
    status = await conn.value("SELECT order_status FROM orders WHERE id = %(id)s FOR UPDATE", id=order_id)
    if status == "cancelled":
        await give_back(conn, order_id=order_id)

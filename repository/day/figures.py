"""How the day goes, beside the day before."""

from decimal import Decimal

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.scalars import number


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the shop.

    Attributes:
        orders: Orders that were placed and are not cancelled.
        sales: What these come to.
        came_in: Money that was booked as having come in.
    """

    orders: int
    sales: Decimal
    came_in: Decimal


class Day(msgspec.Struct, frozen=True):
    """Today so far, all of yesterday, and how many shoppers have done something today."""

    today: Figures
    yesterday: Figures
    shoppers: int


async def day(conn: Connection) -> Day:
    """How today goes.

    Args:
        conn: An open connection.
    """
    orders, money, shoppers = await conn.batch(
        Statement(
            "SELECT COALESCE(SUM(order_day = CURDATE()), 0),"
            " COALESCE(SUM(IF(order_day = CURDATE(), total_amount, 0)), 0), COALESCE(SUM(order_day < CURDATE()), 0),"
            " COALESCE(SUM(IF(order_day < CURDATE(), total_amount, 0)), 0) FROM orders FORCE INDEX (ix_orders_day)"
            " WHERE order_day IN (CURDATE(), CURDATE() - INTERVAL 1 DAY) AND order_status <> 'cancelled'"
        ),
        Statement(
            # Rows come in the order of time, so the last one that is older says where the days begin.
            "SELECT COALESCE(SUM(IF(p.created_at >= CURDATE(), p.amount, 0)), 0),"
            " COALESCE(SUM(IF(p.created_at < CURDATE(), p.amount, 0)), 0) FROM order_payments p WHERE p.id >"
            " COALESCE((SELECT older.id FROM order_payments older WHERE older.created_at < CURDATE() - INTERVAL 1 DAY"
            " ORDER BY older.id DESC LIMIT 1), 0) AND p.kind = 'payment'"
        ),
        Statement(
            "SELECT COUNT(*) FROM conversations FORCE INDEX (ix_conversations_heard) WHERE heard_at >= CURDATE()"
        ),
    )
    placed, came_in = orders.rows[0], money.rows[0]
    today, yesterday = (
        Figures(
            orders=number(placed[2 * at]),
            sales=Decimal(str(placed[2 * at + 1])),
            came_in=Decimal(str(came_in[at])),
        )
        for at in (0, 1)
    )
    return Day(today, yesterday, number(shoppers.rows[0][0]))

"""What links, ads and posts brought: how many came, how many ordered, and what was kept of it."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec

from repository.database.connection import Connection

By = Literal["kind", "ref", "ad_id", "post_id"]
"""By what it is added up."""
_COLUMNS: dict[By, str] = {"kind": "r.kind", "ref": "r.ref", "ad_id": "r.ad_id", "post_id": "r.post_id"}


class Brought(msgspec.Struct, frozen=True):
    """What came of one link, ad or post.

    Attributes:
        what: Its ref, or the number of the ad or the post.
        title: What stands on the ad, or empty.
        came: How often somebody came by it.
        shoppers: How many different people these were.
        orders: Orders that count as of it, without those that were cancelled or came back.
        sales: What these come to.
    """

    what: str
    title: str
    came: int
    shoppers: int
    orders: int
    sales: Decimal


async def brought(
    conn: Connection, *, by: By, since: datetime, until: datetime, most: int = 100
) -> tuple[Brought, ...]:
    """What each link, ad or post brought, those with the most sales first.

    Args:
        conn: An open connection.
        by: By what it is added up.
        since: From when people came.
        until: Until when, itself left out.
        most: Rows at most.
    """
    column = _COLUMNS[by]
    rows = await conn.all(
        Brought,
        f"""
        SELECT {column}, COALESCE(MAX(r.ad_title), ''), COUNT(DISTINCT r.id), COUNT(DISTINCT r.user_id),
            COUNT(o.id), COALESCE(SUM(o.total_amount), 0.00)
        FROM referrals r FORCE INDEX (ix_referrals_came)
        LEFT JOIN orders o ON o.referral_id = r.id AND o.order_status NOT IN ('cancelled', 'returned')
        WHERE r.came_at >= %(since)s AND r.came_at < %(until)s AND {column} IS NOT NULL
        GROUP BY {column} ORDER BY 6 DESC, 3 DESC, 1 LIMIT %(most)s
        """,
        since=since,
        until=until,
        most=most,
    )
    return tuple(rows)

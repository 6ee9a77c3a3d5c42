"""The order desk's lists: by what needs doing, searched, filtered, a page at a time."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

import msgspec

from repository.database.connection import Connection, Statement
from repository.database.scalars import number
from repository.desk.lists.needs import NEEDED, REASONS, limits
from repository.desk.lists.searching import hits
from repository.rules import Rules

COUNTED_MOST = 1000
"""How many orders of a list are counted; behind that a number helps nobody."""
STATUSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "new": ("pending",),
        "paid": ("pending", "confirmed"),
        "to_ship": ("confirmed", "processing"),
        "shipped": ("shipped",),
        "done": ("delivered", "returned"),
        "cancelled": ("cancelled",),
        "all": ("pending", "confirmed", "processing", "shipped", "delivered", "cancelled", "returned"),
    }
)
"""The lists by `orders.order_status`, each newest first; "paid" holds only what is paid. Beside them stands "needs"."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shall hold; what is empty does not matter.

    Attributes:
        tab: "needs" or one of `STATUSES`.
        text: What is searched for.
        method: As in `orders.payment_method`.
        courier: As in `orders.courier`.
        since: The first day, "2026-11-28".
        until: The last day.
        why: A reason of `NEEDED`; it matters only where the tab is "needs".
    """

    tab: str = "needs"
    text: str = ""
    method: str = ""
    courier: str = ""
    since: str = ""
    until: str = ""
    why: str = ""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where an order stands in a list.

    Attributes:
        at: When it was placed, or since when it needs a person: "2026-11-28 09:30:00".
        id: `orders.id`.
    """

    at: str
    id: int


class ListedOrder(msgspec.Struct, frozen=True):
    """An order in a list.

    Attributes:
        id: `orders.id`.
        order_number: What people call it.
        status: As in `orders.order_status`.
        payment_status: As in `orders.payment_status`.
        payment_method: As in `orders.payment_method`.
        verification_status: As in `orders.verification_status`.
        recipient: To whom it goes, or empty.
        shopper: Their name on Facebook, or empty.
        shopper_id: `users.id`.
        city: Where it goes, or empty.
        phone: Of the recipient, or empty.
        total: What it comes to.
        paid: What of that has been paid.
        pieces: How many.
        first_item: The name of its first line, or empty.
        courier: Who brings it, or empty.
        tracking: The parcel's number, or empty.
        version: `orders.version`.
        created_at: When it was placed.
        at: By what the list is sorted.
        way: By what the shopper came here, as in `referrals.kind`; empty for directly.
        source: What that carried: the link's ref, the ad's title or number, the post; or empty.
        whys: Why it needs a person; empty in every list but "needs".
    """

    id: int
    order_number: str
    status: str
    payment_status: str
    payment_method: str
    verification_status: str
    recipient: str
    shopper: str
    shopper_id: int
    city: str
    phone: str
    total: Decimal
    paid: Decimal
    pieces: int
    first_item: str
    courier: str
    tracking: str
    version: int
    created_at: datetime
    at: datetime
    way: str
    source: str
    whys: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where it stands in the list."""
        return Place(f"{self.at:%Y-%m-%d %H:%M:%S}", self.id)


async def counts(conn: Connection, *, rules: Rules) -> dict[str, int]:
    """How many orders each list holds, `COUNTED_MOST` at most.

    Args:
        conn: An open connection.
        rules: In force.
    """
    tabs = [tab for tab in STATUSES if tab != "all"]
    results = await conn.batch(
        Statement(f"SELECT COUNT(DISTINCT n.id) FROM ({NEEDED}) n", limits(rules)),
        *(
            Statement(
                f"SELECT COUNT(*) FROM ({_union(Wanted(tab=tab), 'SELECT 1', '')} LIMIT {COUNTED_MOST}) counted", {}
            )
            for tab in tabs
        ),
    )
    return dict(zip(("needs", *tabs), (number(result.rows[0][0]) for result in results), strict=True))


async def page(
    conn: Connection,
    *,
    wanted: Wanted,
    limit: int,
    rules: Rules,
    place: Place | None = None,
    backwards: bool = False,
) -> list[ListedOrder]:
    """Some of the orders of a list: what needs a person the oldest first, all else the newest first.

    Args:
        conn: An open connection.
        wanted: What the list shall hold.
        limit: How many at most.
        rules: In force; they say when an order is late.
        place: Begin behind it; None begins at the end of the list.
        backwards: From its other end.
    """
    rising = (wanted.tab == "needs") != backwards
    way, beyond = ("", ">") if rising else (" DESC", "<")
    found, values = await hits(conn, text=wanted.text) if wanted.text else ("", {})
    values |= {name: getattr(wanted, name) for name in ("method", "courier", "since", "until", "why")}
    values["limit"] = limit
    behind = ""
    if place is not None:
        values |= {"place_at": place.at, "place_id": place.id}
        behind = (
            f" AND {{at}} {beyond}= %(place_at)s AND ({{at}} {beyond} %(place_at)s OR {{id}} {beyond} %(place_id)s)"
        )
    if wanted.tab == "needs":
        values |= limits(rules)
        listed = f"""
            SELECT n.id, MIN(n.at) AS at, {REASONS} AS whys FROM ({NEEDED}) n JOIN orders o ON o.id = n.id
            WHERE TRUE{_filters(wanted)}{f" AND o.id IN (SELECT found.id FROM ({found}) found)" if found else ""}
            GROUP BY n.id
            HAVING {"SUM(n.why = %(why)s) > 0" if wanted.why else "TRUE"}{behind.format(at="MIN(n.at)", id="n.id")}
            ORDER BY at{way}, id{way} LIMIT %(limit)s
        """
    elif found:
        listed = f"""
            SELECT o.id, o.created_at AS at, '[]' AS whys FROM ({found}) found JOIN orders o ON o.id = found.id
            WHERE o.order_status IN %(statuses)s{_paid(wanted)}{_filters(wanted)}
            {behind.format(at="o.created_at", id="o.id")} ORDER BY at{way}, id{way} LIMIT %(limit)s
        """
        values["statuses"] = list(STATUSES[wanted.tab])
    else:
        tail = f"{behind.format(at='o.created_at', id='o.id')} ORDER BY o.created_at{way}, o.id{way} LIMIT %(limit)s"
        listed = _union(wanted, "SELECT o.id, o.created_at AS at, '[]' AS whys", tail)
        listed += f" ORDER BY at{way}, id{way} LIMIT %(limit)s"
    return await conn.all(
        ListedOrder,
        f"""
        SELECT o.id, o.order_number, o.order_status, o.payment_status, o.payment_method, o.verification_status,
            COALESCE(o.ship_recipient_name, ''), COALESCE(u.facebook_name, ''), o.user_id, COALESCE(o.ship_city, ''),
            COALESCE(o.ship_phone, ''), o.total_amount, o.upfront_paid,
            COALESCE((SELECT CAST(SUM(i.quantity) AS SIGNED) FROM order_items i WHERE i.order_id = o.id), 0),
            COALESCE((SELECT i.product_name FROM order_items i WHERE i.order_id = o.id ORDER BY i.id LIMIT 1), ''),
            COALESCE(o.courier, ''), COALESCE(o.tracking_number, ''), o.version, o.created_at, listed.at,
            COALESCE(r.kind, ''), COALESCE(r.ref, r.ad_title, r.ad_id, r.post_id, ''), listed.whys
        FROM ({listed}) listed STRAIGHT_JOIN orders o ON o.id = listed.id JOIN users u ON u.id = o.user_id
            LEFT JOIN referrals r ON r.id = o.referral_id
        ORDER BY listed.at{way}, listed.id{way}
        """,
        **values,
    )


def _union(wanted: Wanted, select: str, tail: str) -> str:
    """A SELECT for each status of a list, so that each reads its index from its end."""
    index = "courier" if wanted.courier else "method" if wanted.method else "paid" if wanted.tab == "paid" else "status"
    each = (
        f"({select} FROM orders o FORCE INDEX (ix_orders_{index}) WHERE o.order_status = '{status}'"
        f"{_paid(wanted)}{_filters(wanted)}{tail or f' LIMIT {COUNTED_MOST}'})"
        for status in STATUSES[wanted.tab]
    )
    return " UNION ALL ".join(each)


def _paid(wanted: Wanted) -> str:
    return " AND o.payment_status = 'paid'" if wanted.tab == "paid" else ""


def _filters(wanted: Wanted) -> str:
    """What an order of the list must fulfil, behind its status."""
    conditions = {
        "method": "o.payment_method = %(method)s",
        "courier": "o.courier = %(courier)s",
        "since": "o.created_at >= %(since)s",
        "until": "o.created_at < %(until)s + INTERVAL 1 DAY",
    }
    return "".join(f" AND {sql}" for name, sql in conditions.items() if getattr(wanted, name))

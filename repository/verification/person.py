"""One shopper as the shop knows them: orders, money, addresses, and what merchants decided about them."""

from datetime import datetime
from decimal import Decimal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import NotFound

_ORDERS_MOST = 20
_DECISIONS = ("trust.granted", "trust.taken_back", "blocked.added", "blocked.removed")


class Shopper(msgspec.Struct, frozen=True):
    """Who somebody is.

    Attributes:
        id: `users.id`.
        name: Theirs, or empty.
        phone: E.164, or empty.
        language: "en", "fil", or empty where they never chose.
        tier: As in `users.customer_tier`.
        points: Loyalty points.
        spent: What they paid for orders that reached them.
        created_at: When they first wrote.
        seen_at: When they last wrote; None where that is not known.
        open: Orders under way.
        delivered: Orders that reached them.
        cancelled: Orders that were cancelled.
        returned: Orders that came back.
    """

    id: int
    name: str
    phone: str
    language: str
    tier: str
    points: int
    spent: Decimal
    created_at: datetime
    seen_at: datetime | None
    open: int
    delivered: int
    cancelled: int
    returned: int

    @property
    def lost_percent(self) -> int:
        """How many of a hundred finished orders were cancelled or came back."""
        finished = self.delivered + self.cancelled + self.returned
        return round(100 * (self.cancelled + self.returned) / finished) if finished else 0


class ShopperOrder(msgspec.Struct, frozen=True):
    """One of their orders.

    Attributes:
        id: `orders.id`.
        number: What people call it.
        status: As in `orders.order_status`.
        payment_method: As in `orders.payment_method`.
        payment_status: As in `orders.payment_status`.
        total: What it comes to.
        risk: Why it is risky; none where it is not.
        created_at: When it was placed.
    """

    id: int
    number: str
    status: str
    payment_method: str
    payment_status: str
    total: Decimal
    risk: tuple[str, ...]
    created_at: datetime


class Whereabouts(msgspec.Struct, frozen=True):
    """Where they had something sent.

    Attributes:
        recipient: Who receives it.
        phone: E.164.
        line: House and street.
        barangay: The barangay, or empty.
        city: City or town.
        province: The province.
    """

    recipient: str
    phone: str
    line: str
    barangay: str
    city: str
    province: str

    @property
    def on_one_line(self) -> str:
        """As people write it."""
        return ", ".join(part for part in (self.line, self.barangay, self.city, self.province) if part)


class Decision(msgspec.Struct, frozen=True):
    """What a merchant decided about them.

    Attributes:
        action: "trust.granted", "trust.taken_back", "blocked.added" or "blocked.removed".
        by: Who, as colleagues call them.
        at: When.
    """

    action: str
    by: str
    at: datetime


class Person(msgspec.Struct, frozen=True):
    """All of it.

    Attributes:
        shopper: Who they are.
        orders: Their newest orders, the newest first.
        addresses: Where they had something sent, each once.
        decisions: What merchants decided about them, the newest first.
    """

    shopper: Shopper
    orders: tuple[ShopperOrder, ...]
    addresses: tuple[Whereabouts, ...]
    decisions: tuple[Decision, ...]


_SHOPPER = """
    SELECT u.id, COALESCE(u.facebook_name, ''), COALESCE(u.phone, ''), COALESCE(u.language, ''), u.customer_tier,
        u.loyalty_points, u.total_spent, u.created_at, u.last_interaction_at, COALESCE(o.open, 0),
        COALESCE(o.delivered, 0), COALESCE(o.cancelled, 0), COALESCE(o.returned, 0)
    FROM users u LEFT JOIN (
        SELECT user_id, CAST(SUM(order_status IN ('pending', 'confirmed', 'processing', 'shipped')) AS SIGNED) AS open,
            CAST(SUM(order_status = 'delivered') AS SIGNED) AS delivered,
            CAST(SUM(order_status = 'cancelled') AS SIGNED) AS cancelled,
            CAST(SUM(order_status = 'returned') AS SIGNED) AS returned
        FROM orders WHERE user_id = %(shopper_id)s GROUP BY user_id
    ) o ON o.user_id = u.id
    WHERE u.id = %(shopper_id)s
"""
_ORDERS = f"""
    SELECT id, order_number, order_status, payment_method, payment_status, total_amount,
        COALESCE(risk_reasons, '[]'), created_at
    FROM orders WHERE user_id = %(shopper_id)s ORDER BY created_at DESC, id DESC LIMIT {_ORDERS_MOST}
"""
_ADDRESSES = """
    SELECT DISTINCT recipient, phone, line, barangay, city, province FROM (
        SELECT recipient_name AS recipient, phone, address_line1 AS line, COALESCE(barangay, '') AS barangay, city,
            province, 1 AS saved, id FROM user_addresses WHERE user_id = %(shopper_id)s
        UNION ALL
        SELECT COALESCE(ship_recipient_name, ''), COALESCE(ship_phone, ''), ship_address_line1,
            COALESCE(ship_barangay, ''), COALESCE(ship_city, ''), COALESCE(ship_province, ''), 0, id
        FROM orders WHERE user_id = %(shopper_id)s AND ship_address_line1 > ''
    ) places LIMIT 10
"""
_DECIDED = """
    SELECT l.action, COALESCE(NULLIF(a.full_name, ''), a.username, 'the command line'), l.created_at
    FROM console_audit l LEFT JOIN admin_users a ON a.id = l.admin_id
    WHERE l.action IN %(actions)s AND l.subject = %(subject)s ORDER BY l.id DESC LIMIT 20
"""


async def person(conn: Connection, *, shopper_id: int) -> Person:
    """A shopper as the shop knows them, in one round trip.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.

    Raises:
        NotFound: There is none.
    """
    values: dict[str, Bound] = {
        "shopper_id": shopper_id,
        "subject": f"shopper {shopper_id}",
        "actions": list(_DECISIONS),
    }
    kinds = (_SHOPPER, _ORDERS, _ADDRESSES, _DECIDED)
    shopper, orders, addresses, decided = await conn.batch(*(Statement(sql, values) for sql in kinds))
    if not shopper.rows:
        raise NotFound(str(shopper_id))
    return Person(
        shopper=conn.read(Shopper, shopper.rows[0]),
        orders=tuple(conn.read(ShopperOrder, row) for row in orders.rows),
        addresses=tuple(conn.read(Whereabouts, row) for row in addresses.rows),
        decisions=tuple(conn.read(Decision, row) for row in decided.rows),
    )

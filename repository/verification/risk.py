"""How risky an order is, and why: parcels that came back, orders that were cancelled, people who are blocked."""

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number, text
from repository.orders.flags import flag_statement
from repository.rules import Rules
from repository.verification.blocked import hits_statement

BLOCKED = 100
"""What a blocked shopper, phone or address weighs."""
SIGNAL = 60
"""What too many open or lately cancelled orders weigh."""
_WEIGHTS = {
    "returned_by_shopper": (25, 75),
    "cancelled_by_shopper": (5, 20),
    "returned_from_phone": (20, 60),
    "cancelled_from_phone": (4, 16),
    "returned_from_address": (15, 45),
    "cancelled_from_address": (3, 12),
}
"""What each parcel that came back, and each cancelled order, of the shopper and of others with the same phone or door
weighs, and together at most. A parcel that came back was paid for twice; most who cancel only changed their mind."""


class Risk(msgspec.Struct, frozen=True):
    """How risky an order is.

    Attributes:
        score: From 0 to 100.
        reasons: Names of what makes it so, such as "returned_by_shopper", the heaviest first.
        is_trusted: Whether a merchant lets its shopper skip verification.
    """

    score: int
    reasons: tuple[str, ...]
    is_trusted: bool = False

    @property
    def is_blocked(self) -> bool:
        """Whether somebody or something about it is blocked."""
        return any(reason.startswith("blocked_") for reason in self.reasons)


class _Order(msgspec.Struct, frozen=True):
    shopper_id: int
    phone: str
    line: str
    barangay: str
    city: str
    is_trusted: bool


async def assess(conn: Connection, *, order_id: int, rules: Rules) -> Risk:
    """How risky an order is by what the shop knows now; kept beside the order.

    Args:
        conn: A connection in a transaction, which the caller owns. The order is locked.
        order_id: `orders.id`.
        rules: The shop's rules.
    """
    order = await conn.one(
        _Order,
        """
        SELECT o.user_id, COALESCE(o.ship_phone, ''), COALESCE(o.ship_address_line1, ''),
            COALESCE(o.ship_barangay, ''), COALESCE(o.ship_city, ''),
            EXISTS (SELECT 1 FROM trusted_buyers t WHERE t.user_id = o.user_id AND t.verification_skip_enabled)
        FROM orders o WHERE o.id = %(order_id)s FOR UPDATE
        """,
        order_id=order_id,
    )
    if order is None:
        return Risk(0, ())
    values: dict[str, Bound] = {
        "order_id": order_id, "shopper_id": order.shopper_id, "phone": order.phone, "line": order.line,
        "city": order.city,
    }  # fmt: skip
    hits, mine, phone, door = await conn.batch(
        hits_statement(
            shopper_id=order.shopper_id, phone=order.phone, line=order.line, barangay=order.barangay, city=order.city
        ),
        Statement(
            """
            SELECT COALESCE(SUM(order_status = 'returned'), 0), COALESCE(SUM(order_status = 'cancelled'), 0),
                COALESCE(SUM(order_status IN ('pending', 'confirmed', 'processing') AND id <> %(order_id)s), 0),
                COALESCE(SUM(order_status = 'cancelled' AND created_at > NOW() - INTERVAL 30 DAY), 0)
            FROM orders WHERE user_id = %(shopper_id)s
            """,
            values,
        ),
        _others("ship_phone = %(phone)s AND %(phone)s <> ''", "ix_orders_phone", values),
        _others("ship_city = %(city)s AND ship_address_line1 = %(line)s AND %(line)s <> ''", "ix_orders_door", values),
    )
    returned, cancelled, open_ones, lately = (number(each) for each in mine.rows[0])
    counts = {
        "returned_by_shopper": returned, "cancelled_by_shopper": cancelled,
        "returned_from_phone": number(phone.rows[0][0]), "cancelled_from_phone": number(phone.rows[0][1]),
        "returned_from_address": number(door.rows[0][0]), "cancelled_from_address": number(door.rows[0][1]),
    }  # fmt: skip
    weights = {name: min(counts[name] * each, most) for name, (each, most) in _WEIGHTS.items()}
    weights |= {f"blocked_{text(kind)}": BLOCKED for kind, _ in hits.rows}
    weights["open_orders"] = SIGNAL if open_ones >= rules.open_orders_most else 0
    weights["cancellations"] = SIGNAL if lately >= rules.cancellations_most else 0
    reasons = sorted((name for name in weights if weights[name]), key=lambda name: (-weights[name], name))
    risk = Risk(min(100, sum(weights.values())), tuple(reasons), order.is_trusted)
    await conn.run(
        "UPDATE orders SET risk_score = %(score)s, risk_reasons = %(reasons)s WHERE id = %(order_id)s",
        order_id=order_id,
        score=risk.score,
        reasons=msgspec.json.encode(risk.reasons).decode(),
    )
    return risk


async def hold(conn: Connection, *, order_id: int, risk: Risk, rules: Rules) -> str:
    """Let a risky order wait: for a person, or, where it is paid to the rider, for its shopper's own tap.

    A trusted buyer's order waits only where somebody is blocked; one that waits to be verified already is only flagged.

    Args:
        conn: A connection in a transaction, which the caller owns. The order is locked and pending.
        order_id: `orders.id`.
        risk: How risky it is.
        rules: The shop's rules.

    Returns:
        "person", "tap", or "" where it need not wait for its risk.
    """
    if not risk.is_blocked and (risk.is_trusted or risk.score < rules.risk_tap_from):
        return ""
    person = risk.is_blocked or risk.score >= rules.risk_person_from
    minutes = rules.verification_minutes if person else rules.risky_confirm_minutes
    values: dict[str, Bound] = {
        "order_id": order_id, "minutes": minutes, "type": None if person else "shopper_tap",
    }  # fmt: skip
    waits = await conn.run(
        "UPDATE orders SET verification_required = TRUE, verification_status = 'pending', verification_type = %(type)s,"
        " verification_expires_at = NOW() + INTERVAL %(minutes)s MINUTE WHERE id = %(order_id)s"
        " AND order_status = 'pending' AND NOT verification_required AND verification_status <> 'verified'"
        + ("" if person else " AND payment_method = 'cod' AND down_payment = 0"),
        **values,
    )
    if person:
        await conn.batch(flag_statement(order_id, "risk", ", ".join(risk.reasons).replace("_", " ")))
    if waits.rowcount:
        await conn.sets("CALL sp_reserve_order_inventory(%(order_id)s, %(minutes)s)", **values)
    return "person" if person else ("tap" if waits.rowcount else "")


def _others(where: str, index: str, values: dict[str, Bound]) -> Statement:
    """What counts the returned and cancelled orders of other shoppers."""
    return Statement(
        f"SELECT COALESCE(SUM(order_status = 'returned'), 0), COALESCE(SUM(order_status = 'cancelled'), 0)"
        f" FROM orders FORCE INDEX ({index}) WHERE {where} AND user_id <> %(shopper_id)s",
        values,
    )

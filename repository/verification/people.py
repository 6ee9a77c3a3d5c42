"""The list of shoppers: searched by name and phone, a page at a time."""

import re
from datetime import datetime
from decimal import Decimal

import msgspec

from bot.language.phones import phone_in
from repository.database.connection import Bound, Connection
from repository.database.scalars import number

MARKS = ("trusted", "blocked", "returns", "dormant", "at_risk")
_DIGITS_LEAST = 4  # of a phone that is searched for in part


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which shoppers a list shall hold; what is empty does not matter.

    Attributes:
        text: A part of their name, or their phone in any usual spelling, or some digits of it in a row.
        mark: "trusted" (by a merchant), "blocked", "returns" (two orders at least were cancelled or came back), or
            "dormant" and "at_risk", by how long ago the last order was.
        dormant_days: Without an order, after which somebody is dormant.
        at_risk_days: After which they are at risk.
    """

    text: str = ""
    mark: str = ""
    dormant_days: int = 30
    at_risk_days: int = 90


class ListedShopper(msgspec.Struct, frozen=True):
    """A shopper in the list.

    Attributes:
        id: `users.id`.
        name: Theirs, or empty.
        phone: E.164, or empty.
        placed: Orders that they placed.
        delivered: Orders that reached them.
        lost: Orders that were cancelled or came back.
        spent: What they paid for orders that reached them.
        trust: Their level as a buyer, or empty.
        is_blocked: Whether they themselves are blocked.
        seen_at: When they last wrote; None where that is not known.
    """

    id: int
    name: str
    phone: str
    placed: int
    delivered: int
    lost: int
    spent: Decimal
    trust: str
    is_blocked: bool
    seen_at: datetime | None


_BLOCKED = "u.id IN (SELECT CAST(b.value AS UNSIGNED) FROM blocked_people b WHERE b.kind = 'shopper')"
_LOST = "(SELECT COUNT(*) FROM orders o WHERE o.user_id = u.id AND o.order_status IN ('cancelled', 'returned'))"


async def count(conn: Connection, *, wanted: Wanted) -> int:
    """How many shoppers fit.

    Args:
        conn: An open connection.
        wanted: Which.
    """
    where, values = _conditions(wanted)
    return number(await conn.value(f"SELECT COUNT(*) FROM users u WHERE {where}", **values))


async def page(
    conn: Connection, *, wanted: Wanted, limit: int, at: int = 0, backwards: bool = False
) -> list[ListedShopper]:
    """Some of the shoppers that fit, the newest first.

    Args:
        conn: An open connection.
        wanted: Which.
        limit: How many at most.
        at: Begin behind this `users.id`; 0 begins at the end of the list.
        backwards: From the oldest to the newest.
    """
    where, values = _conditions(wanted)
    beyond, order = (">", "") if backwards else ("<", " DESC")
    behind = f"u.id {beyond} %(at)s" if at else "TRUE"
    return await conn.all(
        ListedShopper,
        f"""
        SELECT u.id, COALESCE(u.facebook_name, ''), COALESCE(u.phone, ''),
            (SELECT COUNT(*) FROM orders o WHERE o.user_id = u.id), u.total_orders, {_LOST}, u.total_spent,
            COALESCE((SELECT t.trust_level FROM trusted_buyers t WHERE t.user_id = u.id), ''), {_BLOCKED},
            u.last_interaction_at
        FROM users u WHERE {where} AND {behind} ORDER BY u.id{order} LIMIT %(limit)s
        """,
        **values,
        at=at,
        limit=limit,
    )


def _conditions(wanted: Wanted) -> tuple[str, dict[str, Bound]]:
    conditions, values = ["TRUE"], dict[str, Bound]()
    if wanted.mark == "trusted":
        conditions.append(
            "u.id IN (SELECT t.user_id FROM trusted_buyers t"
            " WHERE t.granted_by IS NOT NULL OR t.verification_skip_enabled)"
        )
    elif wanted.mark == "blocked":
        conditions.append(_BLOCKED)
    elif wanted.mark == "returns":
        conditions.append(
            "u.id IN (SELECT o.user_id FROM orders o WHERE o.order_status IN ('cancelled', 'returned')"
            " GROUP BY o.user_id HAVING COUNT(*) > 1)"
        )
    elif wanted.mark in ("dormant", "at_risk"):
        conditions.append(
            "u.id IN (SELECT o.user_id FROM orders o GROUP BY o.user_id"
            " HAVING DATEDIFF(CURDATE(), MAX(o.created_at)) BETWEEN %(least)s AND %(most)s)"
        )
        dormant = wanted.mark == "dormant"
        values["least"] = (wanted.dormant_days if dormant else wanted.at_risk_days) + 1
        values["most"] = wanted.at_risk_days if dormant else 1_000_000
    text = wanted.text.strip()
    phone, digits = phone_in(text), re.sub(r"\D", "", text, flags=re.ASCII)
    if phone is not None or (len(digits) >= _DIGITS_LEAST and not re.search(r"[^\W\d_]", text)):
        # A whole number is looked up as it is stored, in the orders too; a part wherever it stands in what is theirs.
        is_like = "= %(phone)s" if phone else "LIKE %(phone)s"
        places = [f"u.phone {is_like}", f"u.id IN (SELECT d.user_id FROM user_addresses d WHERE d.phone {is_like})"]
        if phone:
            places.append("u.id IN (SELECT o.user_id FROM orders o WHERE o.ship_phone = %(phone)s)")
        conditions.append(f"({' OR '.join(places)})")
        values["phone"] = phone or f"%{digits.removeprefix('0')}%"
    elif text:
        conditions.append("LOCATE(%(text)s, u.facebook_name)")
        values["text"] = text
    return " AND ".join(conditions), values

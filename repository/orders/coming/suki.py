"""Shoppers who come back: their tier and points, and what they usually order with."""

from decimal import Decimal

import msgspec

from repository.database.connection import Connection
from repository.orders.addresses import COLUMNS, SHOWN, Address
from repository.orders.promos import FITS_SHOPPER, TIERS
from repository.rules import Rules


class Usual(msgspec.Struct, frozen=True, kw_only=True):
    """What a shopper ordered with before.

    Attributes:
        addresses: The saved addresses, the default first and then the newest; ten at most.
        method: How the last order that was not cancelled was paid, as in `orders.payment_method`; empty where there was
            none, or its own is no way to pay of this shop any more.
        tier: As in `users.customer_tier`.
        points: Loyalty points.
    """

    addresses: tuple[Address, ...] = ()
    method: str = ""
    tier: str = "regular"
    points: int = 0


class Loyalty(msgspec.Struct, frozen=True, kw_only=True):
    """How good a customer a shopper is.

    Attributes:
        tier: As in `users.customer_tier`.
        points: Loyalty points.
        next_tier: The tier above; empty at the top.
        to_next: For how much more must be delivered until then.
        promos: Promos that run now for shoppers like this one, and not for everybody.
    """

    tier: str
    points: int
    next_tier: str = ""
    to_next: Decimal = Decimal(0)
    promos: int = 0


class _Row(msgspec.Struct, frozen=True):
    method: str
    tier: str
    points: int


class _Spent(msgspec.Struct, frozen=True):
    tier: str
    points: int
    spent: Decimal
    promos: int


async def usual(conn: Connection, *, shopper_id: int, rules: Rules) -> Usual:
    """What a shopper ordered with before; nothing for whoever has saved no address.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        rules: The shop's rules.
    """
    rows = await conn.run(
        f"SELECT {COLUMNS}, COALESCE((SELECT o.payment_method FROM orders o WHERE o.user_id = %(shopper_id)s"
        " AND o.order_status <> 'cancelled' ORDER BY o.id DESC LIMIT 1), ''),"
        " (SELECT customer_tier FROM users WHERE id = %(shopper_id)s),"
        " (SELECT loyalty_points FROM users WHERE id = %(shopper_id)s)"
        " FROM user_addresses WHERE user_id = %(shopper_id)s ORDER BY is_default DESC, id DESC LIMIT %(most)s",
        shopper_id=shopper_id,
        most=SHOWN,
    )
    if not rows.rows:
        return Usual()
    width = len(Address.__struct_fields__)
    first = conn.read(_Row, rows.rows[0][width:])
    return Usual(
        addresses=tuple(conn.read(Address, row[:width]) for row in rows.rows),
        method=first.method if first.method in rules.payment_methods else "",
        tier=first.tier,
        points=first.points,
    )


async def loyalty(conn: Connection, *, shopper_id: int, rules: Rules) -> Loyalty:
    """A shopper's tier and points (contract/rules.md, "customer tier", "loyalty").

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        rules: The shop's rules.
    """
    found = await conn.one(
        _Spent,
        f"""
        SELECT customer_tier, loyalty_points, total_spent,
            (SELECT COUNT(*) FROM promos WHERE is_active AND promo_code IS NOT NULL
             AND NOW() BETWEEN start_date AND end_date AND (usage_limit IS NULL OR usage_count < usage_limit)
             AND (for_tier IS NOT NULL OR away_days IS NOT NULL) AND {FITS_SHOPPER})
        FROM users WHERE id = %(shopper_id)s
        """,
        shopper_id=shopper_id,
    )
    if found is None:
        return Loyalty(tier="regular", points=0)
    above = TIERS[TIERS.index(found.tier) + 1 :][:1]
    from_amount = {"silver": rules.tier_silver_from, "gold": rules.tier_gold_from, "platinum": rules.tier_platinum_from}
    return Loyalty(
        tier=found.tier,
        points=found.points,
        next_tier=above[0] if above else "",
        to_next=max(Decimal(0), from_amount[above[0]] - found.spent) if above else Decimal(0),
        promos=found.promos,
    )

"""Promos: which run, whom they are for, and what they take off."""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import PromoRefused
from repository.orders.carts import CartLine

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


class Promo(msgspec.Struct, frozen=True):
    """A promo as the merchant has set it.

    Attributes:
        id: `promos.id`.
        code: What the shopper types.
        title: What it is called.
        description: What it gives, in the merchant's words.
        promo_type: "percentage", "fixed_amount", "free_shipping" or "bundle".
        value: Percent or amount off; None for free shipping.
        minimum: For how much one must buy, None where it does not matter.
        most: What it takes off at most, None where there is no limit.
        usage_limit: How often it may be used by all together, None where there is no limit.
        usage_count: How often it was.
        once_per_shopper: Whether a shopper may use it once only.
        starts_at: From when.
        ends_at: Until when.
        product_ids: What it is about; everything where it names none.
        for_tier: From which tier of shoppers on it is, empty for everybody.
        away_days: How many days ago their last order must be, None where it does not matter.
    """

    id: int
    code: str
    title: str
    description: str
    promo_type: str
    value: Decimal | None
    minimum: Decimal | None
    most: Decimal | None
    usage_limit: int | None
    usage_count: int
    once_per_shopper: bool
    starts_at: datetime
    ends_at: datetime
    product_ids: tuple[int, ...]
    for_tier: str = ""
    away_days: int | None = None


class Buyer(msgspec.Struct, frozen=True):
    """What a promo asks about whoever uses it.

    Attributes:
        used: How often they have used it.
        tier: As in `users.customer_tier`.
        away: Days since their last order, None where there was none.
    """

    used: int = 0
    tier: str = "regular"
    away: int | None = None


TIERS = ("regular", "silver", "gold", "platinum")
"""`users.customer_tier`, the lowest first (contract/rules.md)."""
_RANK = "FIELD({}, 'silver', 'gold', 'platinum')"
_AWAY = """(SELECT DATEDIFF(NOW(), MAX(o.created_at)) FROM orders o
    WHERE o.user_id = %(shopper_id)s AND o.order_status <> 'cancelled')"""
FITS_SHOPPER = f"""(for_tier IS NULL
         OR {_RANK.format("(SELECT customer_tier FROM users WHERE id = %(shopper_id)s)")} >= {_RANK.format("for_tier")})
    AND (away_days IS NULL OR {_AWAY} >= away_days)"""
"""Whether a promo is for a shopper: of the tier, and away for so long."""
PROMO_COLUMNS = """id, COALESCE(promo_code, ''), title, description, promo_type, discount_value, min_purchase_amount,
    max_discount_amount, usage_limit, usage_count, once_per_shopper, start_date, end_date,
    (SELECT CONCAT('[', COALESCE(GROUP_CONCAT(product_id), ''), ']') FROM promo_products WHERE promo_id = promos.id),
    COALESCE(for_tier, ''), away_days"""


async def live(conn: Connection, *, shopper_id: int = 0) -> tuple[Promo, ...]:
    """The promos that a shopper could use now, the one that ends first in front.

    Args:
        conn: An open connection.
        shopper_id: `users.id`; 0 for those that everybody could use.
    """
    promos = await conn.all(
        Promo,
        f"""
        SELECT {PROMO_COLUMNS} FROM promos
        WHERE is_active AND promo_code IS NOT NULL AND NOW() BETWEEN start_date AND end_date
          AND (usage_limit IS NULL OR usage_count < usage_limit) AND {FITS_SHOPPER}
        ORDER BY end_date, id LIMIT 20
        """,
        shopper_id=shopper_id,
    )
    return tuple(promos)


def promo_statements(code: str, shopper_id: int) -> tuple[Statement, Statement]:
    """What finds a promo by its code, and the `Buyer` whom it is judged by, to be sent together with something else.

    A use on an order that was cancelled is given back.

    Args:
        code: As the shopper typed it; empty finds nothing.
        shopper_id: `users.id`.
    """
    values: dict[str, Bound] = {"code": code.strip(), "shopper_id": shopper_id}
    return (
        Statement(
            f"SELECT {PROMO_COLUMNS} FROM promos WHERE promo_code = %(code)s AND is_active",
            values,
        ),
        Statement(
            f"""
            SELECT (SELECT COUNT(*) FROM promo_redemptions used
                    JOIN promos p ON p.id = used.promo_id AND p.promo_code = %(code)s
                    JOIN orders o ON o.id = used.order_id AND o.order_status <> 'cancelled'
                    WHERE used.user_id = %(shopper_id)s),
                COALESCE((SELECT customer_tier FROM users WHERE id = %(shopper_id)s), 'regular'), {_AWAY}
            """,
            values,
        ),
    )


def discount(
    promo: Promo | None, *, lines: Iterable[CartLine], shipping_fee: Decimal, buyer: Buyer | None, now: datetime
) -> Decimal:
    """What a promo takes off (contract/rules.md, "promo").

    Args:
        promo: The promo, None where nobody knows the code.
        lines: What is bought.
        shipping_fee: What sending it costs, which free shipping takes off.
        buyer: Who uses it; None where that was judged before, or is not known yet.
        now: The present moment.

    Raises:
        PromoRefused: It does not apply; says why.
    """
    if promo is None:
        raise PromoRefused("unknown")
    if now < promo.starts_at:
        raise PromoRefused("not_started")
    if now > promo.ends_at:
        raise PromoRefused("ended")
    if promo.usage_limit is not None and promo.usage_count >= promo.usage_limit:
        raise PromoRefused("used_up")
    if buyer is not None:
        _judge(promo, buyer)
    bought = list(lines)
    about = set(promo.product_ids)
    meant = [line for line in bought if not about or line.product_id in about]
    if not meant or (promo.promo_type == "bundle" and about - {line.product_id for line in meant}):
        raise PromoRefused("wrong_products")
    subtotal = sum((line.total for line in bought), NOTHING)
    if promo.minimum is not None and subtotal < promo.minimum:
        raise PromoRefused("minimum", minimum=promo.minimum)
    priced = sum((line.total for line in meant), NOTHING)
    value = promo.value or NOTHING
    if promo.promo_type == "free_shipping":
        if not shipping_fee:
            raise PromoRefused("free_already")  # the use is kept for an order that it helps
        off = shipping_fee
    elif promo.promo_type == "percentage":
        off = priced * value / 100
    else:
        off = min(value, priced)
    if promo.most is not None:
        off = min(off, promo.most)
    return off.quantize(CENT, ROUND_HALF_UP)


def _judge(promo: Promo, buyer: Buyer) -> None:
    """Refuse a promo to whom it is not for.

    Raises:
        PromoRefused: They have used it, are of a lower tier, or have ordered lately.
    """
    if promo.once_per_shopper and buyer.used:
        raise PromoRefused("used_by_shopper")
    if promo.for_tier and TIERS.index(buyer.tier) < TIERS.index(promo.for_tier):
        raise PromoRefused("tier", tier=promo.for_tier)
    if promo.away_days is not None and (buyer.away is None or buyer.away < promo.away_days):
        raise PromoRefused("not_away", days=promo.away_days)


async def give_back(conn: Connection, *, order_id: int) -> None:
    """Let somebody else use the promo of an order that was cancelled.

    Args:
        conn: An open connection. The caller owns the transaction and has locked the order.
        order_id: `orders.id`.
    """
    await conn.batch(
        Statement(
            "UPDATE promo_redemptions used FORCE INDEX (ix_promo_redemptions_order)"
            " JOIN promos p FORCE INDEX (PRIMARY) ON p.id = used.promo_id SET p.usage_count = p.usage_count - 1"
            " WHERE used.order_id = %(order_id)s AND p.usage_count > 0",
            {"order_id": order_id},
        ),
        Statement(
            "DELETE used FROM promo_redemptions used FORCE INDEX (ix_promo_redemptions_order)"
            " WHERE used.order_id = %(order_id)s",
            {"order_id": order_id},
        ),
    )

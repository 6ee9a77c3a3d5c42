"""An order that is not packed yet, locked to be changed: what it holds, and what it would come to."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import NotChangeable, PromoRefused, Stale, UnknownOrder
from repository.orders.carts import CartLine
from repository.orders.history import Actor
from repository.orders.promos import NOTHING, PROMO_COLUMNS, Promo, discount
from repository.orders.shipping import Zone, fee
from repository.payments.ledger import Money, money_statement, read_money
from repository.rules import Rules

CHANGEABLE = ("pending", "confirmed")
"""Where an order can still be changed: before it is packed."""


class ItemLine(msgspec.Struct, frozen=True):
    """A line of an order.

    Attributes:
        item_id: `order_items.id`; 0 for one that is not in it yet.
        product_id: `products.id`.
        variant_id: `product_variants.id`, None where the product has none.
        name: The product's name when it was ordered.
        variant: Such as "Size: Large", or empty.
        quantity: Pieces.
        unit_price: What a piece costs.
    """

    item_id: int
    product_id: int
    variant_id: int | None
    name: str
    variant: str
    quantity: int
    unit_price: Decimal


class Sums(msgspec.Struct, frozen=True):
    """What an order comes to."""

    subtotal: Decimal
    shipping_fee: Decimal
    discount: Decimal
    total: Decimal


class Order(msgspec.Struct, frozen=True):
    """An order as it is changed: the columns that decide."""

    id: int
    shopper_id: int
    number: str
    status: str
    version: int
    zone_id: int | None
    subtotal: Decimal
    shipping_fee: Decimal
    discount: Decimal
    total: Decimal
    promo_code: str
    method: str
    is_verified: bool
    is_proven: bool
    minutes: int
    created_at: datetime

    @property
    def sums(self) -> Sums:
        """What it comes to now."""
        return Sums(self.subtotal, self.shipping_fee, self.discount, self.total)


class Unpacked(msgspec.Struct, frozen=True):
    """An order that is locked, its lines and its money."""

    order: Order
    lines: tuple[ItemLine, ...]
    money: Money


async def lock(
    conn: Connection, *, order_id: int, shopper_id: int | None = None, opened: int | None = None
) -> Unpacked:
    """Lock an order that is to be changed.

    Args:
        conn: A connection in a transaction, which the caller owns.
        order_id: `orders.id`.
        shopper_id: `users.id` of whose it must be; None for anybody's.
        opened: `orders.version` at which whoever decides saw it; None where that does not matter.

    Raises:
        UnknownOrder: There is no such order, or it is somebody else's.
        Stale: Somebody has changed it since it was opened.
        NotChangeable: It is packed already, or over; says where it is.
    """
    values: dict[str, Bound] = {"order_id": order_id}
    head, lines, money = await conn.batch(
        Statement(
            """
            SELECT o.id, o.user_id, o.order_number, o.order_status, o.version, o.shipping_zone_id, o.subtotal,
                o.shipping_fee, o.discount_amount, o.total_amount, COALESCE(o.promo_code, ''), o.payment_method,
                o.verification_status = 'verified',
                EXISTS (SELECT 1 FROM order_proofs WHERE order_id = o.id AND status = 'waiting'),
                COALESCE((SELECT GREATEST(1, TIMESTAMPDIFF(MINUTE, NOW(), MAX(expires_at))) FROM inventory_reservations
                          WHERE order_id = o.id AND status = 'reserved'), 30), o.created_at
            FROM orders o WHERE o.id = %(order_id)s FOR UPDATE
            """,
            values,
        ),
        lines_statement(order_id),
        money_statement(order_id),
    )
    order = conn.read(Order, head.rows[0]) if head.rows else None
    if order is None or shopper_id not in (None, order.shopper_id):
        raise UnknownOrder(f"order {order_id}")
    if opened is not None and opened != order.version:
        raise Stale("")
    if order.status not in CHANGEABLE:
        raise NotChangeable("status", status=order.status)
    return Unpacked(order, tuple(conn.read(ItemLine, row) for row in lines.rows), read_money(conn, money, order_id))


def lines_statement(order_id: int) -> Statement:
    """What reads the lines of an order.

    Args:
        order_id: `orders.id`.
    """
    return Statement(
        "SELECT id, product_id, variant_id, product_name, COALESCE(variant_details, ''), quantity, unit_price"
        " FROM order_items WHERE order_id = %(order_id)s ORDER BY id",
        {"order_id": order_id},
    )


async def sums_of(
    conn: Connection, unpacked: Unpacked, *, lines: Sequence[ItemLine], zone: Zone | None, same_fee: bool = False
) -> Sums:
    """What an order would come to, at the prices of its lines, with its promo as far as that still applies.

    Args:
        conn: An open connection.
        unpacked: The order as it is.
        lines: What it would hold.
        zone: Where it would go; None keeps the fee.
        same_fee: Whether the fee stays as it is.
    """
    order = unpacked.order
    subtotal = sum((line.unit_price * line.quantity for line in lines), NOTHING)
    shipping = order.shipping_fee
    if zone is not None and not same_fee:
        shipping = fee(zone, subtotal=subtotal, weight_kg=await _weight(conn, lines))
    off = await _discount(conn, order, lines, shipping) if order.promo_code else NOTHING
    return Sums(subtotal, shipping, off, max(NOTHING, subtotal + shipping - off))


async def _weight(conn: Connection, lines: Sequence[ItemLine]) -> Decimal:
    rows = await conn.run(
        "SELECT id, COALESCE(weight_kg, 0) FROM products WHERE id IN %(ids)s",
        ids=sorted({line.product_id for line in lines}),
    )
    weights = {int(str(product_id)): Decimal(str(weight)) for product_id, weight in rows.rows}
    return sum((weights.get(line.product_id, Decimal(0)) * line.quantity for line in lines), Decimal(0))


async def _discount(conn: Connection, order: Order, lines: Sequence[ItemLine], shipping: Decimal) -> Decimal:
    """What the order's promo takes off: judged as when the order was placed, whose use is counted already."""
    promo = await conn.one(
        Promo, f"SELECT {PROMO_COLUMNS} FROM promos WHERE promo_code = %(code)s", code=order.promo_code
    )
    if promo is None:
        return min(order.discount, sum((line.unit_price * line.quantity for line in lines), NOTHING))
    bought = [
        CartLine(0, line.product_id, line.variant_id, line.name, line.variant, line.quantity, line.unit_price,
                 line.unit_price * line.quantity, 0, "")
        for line in lines
    ]  # fmt: skip
    as_then = msgspec.structs.replace(promo, usage_limit=None, starts_at=order.created_at, ends_at=order.created_at)
    try:
        return discount(as_then, lines=bought, shipping_fee=shipping, buyer=None, now=order.created_at)
    except PromoRefused:
        return NOTHING


def check_sums(unpacked: Unpacked, sums: Sums, *, actor: Actor, rules: Rules) -> None:
    """Refuse a change of the total that a shopper may not make alone.

    Args:
        unpacked: The order as it is.
        sums: What it would come to.
        actor: Who changes it.
        rules: The shop's rules.

    Raises:
        NotChangeable: Money came in or a proof waits, or so large an order would have to be verified.
    """
    order, was = unpacked.order, unpacked.order.total
    if actor.kind != "customer" or sums.total == was:
        return
    if unpacked.money.kept > 0 or order.is_proven:
        raise NotChangeable("paid", status=order.status)
    if order.method == "cod" and not order.is_verified and was < rules.verification_from <= sums.total:
        raise NotChangeable("large", status=order.status)


def sums_statement(unpacked: Unpacked, sums: Sums) -> Statement:
    """What writes what an order comes to, with what is still to be paid of it.

    Args:
        unpacked: The order as it was.
        sums: What it comes to.
    """
    return Statement(
        "UPDATE orders SET subtotal = %(subtotal)s, shipping_fee = %(fee)s, discount_amount = %(discount)s,"
        " total_amount = %(total)s, remaining_balance = %(balance)s WHERE id = %(order_id)s",
        {
            "subtotal": sums.subtotal,
            "fee": sums.shipping_fee,
            "discount": sums.discount,
            "total": sums.total,
            "balance": max(NOTHING, sums.total - unpacked.money.paid),
            "order_id": unpacked.order.id,
        },
    )


def edit_statement(order_id: int, what: str, before: object, after: object, actor: Actor) -> Statement:
    """What notes a change of an order for its timeline.

    Args:
        order_id: `orders.id`.
        what: As in `order_edits.what`.
        before: How it was.
        after: How it is.
        actor: Who changed it.
    """
    return Statement(
        "INSERT INTO order_edits (order_id, what, before_it, after_it, actor, actor_type)"
        " VALUES (%(order_id)s, %(what)s, %(before)s, %(after)s, %(actor)s, %(kind)s)",
        {
            "order_id": order_id,
            "what": what,
            "before": msgspec.json.encode(before).decode(),
            "after": msgspec.json.encode(after).decode(),
            "actor": actor.name[:100],
            "kind": actor.kind,
        },
    )

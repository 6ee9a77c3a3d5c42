"""One order as its page shows it: everything that a clerk needs to decide, in one round trip."""

from datetime import datetime
from decimal import Decimal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import UnknownOrder
from repository.orders.addresses import AddressDraft
from repository.orders.flags import Flag
from repository.payments.ledger import Money, money_statement, read_money, refundable


class DeskOrder(msgspec.Struct, frozen=True):
    """An order, as far as its own row tells it.

    Attributes:
        id: `orders.id`.
        order_number: What people call it.
        version: `orders.version`, which a form carries.
        status: As in `orders.order_status`.
        payment_method: As in `orders.payment_method`.
        payment_status: As in `orders.payment_status`.
        verification_status: As in `orders.verification_status`.
        needs_verification: Whether it must be verified before it is confirmed, and is not yet.
        held_until: Until when it waits to be paid or verified; None where it does not.
        subtotal: What the goods cost.
        shipping_fee: What sending them costs.
        discount: What a promo takes off.
        total: What it comes to.
        paid: What came in.
        promo_code: Which promo, or empty.
        promo_title: What that is called, or empty.
        zone: Where it goes, by the shop's zones, or empty.
        zone_id: `shipping_zones.id`, None where it has none.
        days: How long sending takes, or empty.
        notes: What was asked and answered at checkout, or empty.
        courier: Who brings it, or empty.
        tracking: The parcel's number, or empty.
        courier_link: Of that courier's page, with {number} where the number goes; or empty.
        reason: Why it was cancelled, or empty.
        language: "en" or "fil".
        risk_score: How risky it looks, None where nobody looked.
        risk_reasons: Why, by name.
        created_at: When it was placed.
    """

    id: int
    order_number: str
    version: int
    status: str
    payment_method: str
    payment_status: str
    verification_status: str
    needs_verification: bool
    held_until: datetime | None
    subtotal: Decimal
    shipping_fee: Decimal
    discount: Decimal
    total: Decimal
    paid: Decimal
    promo_code: str
    promo_title: str
    zone: str
    zone_id: int | None
    days: str
    notes: str
    courier: str
    tracking: str
    courier_link: str
    reason: str
    language: str
    risk_score: int | None
    risk_reasons: tuple[str, ...]
    created_at: datetime


class DeskLine(msgspec.Struct, frozen=True):
    """A line of an order.

    Attributes:
        id: `order_items.id`.
        product_id: `products.id`.
        variant_id: `product_variants.id`, None where the product has none.
        name: The product's name when it was ordered.
        variant: Such as "Size: Large", or empty.
        sku: Its number, or empty.
        quantity: Pieces.
        unit_price: What a piece cost.
        total: What the line cost.
        returned: Pieces that came back.
        picture_url: The product's picture of today, or empty.
        left: Pieces that can still be sold today.
    """

    id: int
    product_id: int
    variant_id: int | None
    name: str
    variant: str
    sku: str
    quantity: int
    unit_price: Decimal
    total: Decimal
    returned: int
    picture_url: str
    left: int


class DeskShopper(msgspec.Struct, frozen=True):
    """Who ordered.

    Attributes:
        id: `users.id`.
        psid: Their page-scoped id.
        name: Their name on Facebook, or empty.
        tier: As in `users.customer_tier`.
        spent: What they have bought and kept.
        orders: Orders that they have placed.
        delivered: Those that reached them.
        cancelled: Those that were cancelled.
        returned: Those that came back.
        trust_level: As in `trusted_buyers`, or empty.
        skips: Whether a merchant lets them skip verification.
        window_until: Until when Messenger lets us write freely; None where it does not.
        quiet_reason: Why the bot is quiet in their chat, or empty.
        now: The present moment by the database's clock.
    """

    id: int
    psid: str
    name: str
    tier: str
    spent: Decimal
    orders: int
    delivered: int
    cancelled: int
    returned: int
    trust_level: str
    skips: bool
    window_until: datetime | None
    quiet_reason: str
    now: datetime

    @property
    def cancelled_percent(self) -> int:
        """How many of their orders were cancelled, in percent."""
        return round(100 * self.cancelled / self.orders) if self.orders else 0

    @property
    def window_minutes(self) -> int:
        """For how many minutes Messenger still lets us write freely."""
        return max(0, int((self.window_until - self.now).total_seconds() // 60)) if self.window_until else 0


class DeskProof(msgspec.Struct, frozen=True):
    """What the shopper sent to prove something.

    Attributes:
        id: `order_proofs.id`.
        kind: "payment" or "identity".
        status: "waiting", "accepted", "rejected" or "withdrawn".
        amount: How much it says, None where it does not.
        reference: The number of the transfer, or empty.
        file_id: `stored_files.id` of its picture, None where there is none any more.
        created_at: When it came.
    """

    id: int
    kind: str
    status: str
    amount: Decimal | None
    reference: str
    file_id: int | None
    created_at: datetime


class DeskPayment(msgspec.Struct, frozen=True):
    """Money that came in or went back.

    Attributes:
        kind: "payment" or "refund".
        amount: How much.
        method: As in `orders.payment_method`.
        reference: The number of the transfer, or empty.
        by: Who wrote it down, or empty.
        created_at: When.
    """

    kind: str
    amount: Decimal
    method: str
    reference: str
    by: str
    created_at: datetime


class DeskReturn(msgspec.Struct, frozen=True):
    """What the shopper wants to send back.

    Attributes:
        id: `order_returns.id`.
        status: "requested", "accepted", "refused" or "received".
        reason: Why, in their words.
        pieces: How many.
        pictures: `stored_files.id` of what they sent to show why.
        created_at: When they asked.
    """

    id: int
    status: str
    reason: str
    pieces: int
    pictures: tuple[int, ...]
    created_at: datetime


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An order, opened.

    Attributes:
        refundable: How much of its money may go back now.
    """

    order: DeskOrder
    delivery: AddressDraft
    lines: tuple[DeskLine, ...]
    shopper: DeskShopper
    money: Money
    refundable: Decimal
    proofs: tuple[DeskProof, ...]
    payments: tuple[DeskPayment, ...]
    returns: tuple[DeskReturn, ...]
    flags: tuple[Flag, ...]


_ORDER = """
    SELECT o.id, o.order_number, o.version, o.order_status, o.payment_method, o.payment_status, o.verification_status,
        o.order_status = 'pending' AND o.verification_required AND o.verification_status <> 'verified',
        IF(o.order_status = 'pending', COALESCE(o.verification_expires_at,
            (SELECT MAX(r.expires_at) FROM inventory_reservations r WHERE r.order_id = o.id AND r.status = 'reserved')),
            NULL),
        o.subtotal, o.shipping_fee, o.discount_amount, o.total_amount, o.upfront_paid, COALESCE(o.promo_code, ''),
        COALESCE((SELECT p.title FROM promos p WHERE p.promo_code = o.promo_code LIMIT 1), ''),
        COALESCE(z.zone_name, ''), o.shipping_zone_id, COALESCE(z.estimated_days, ''), COALESCE(o.notes, ''),
        COALESCE(o.courier, ''), COALESCE(o.tracking_number, ''),
        COALESCE((SELECT c.link FROM couriers c WHERE c.name = o.courier), ''), COALESCE(o.cancellation_reason, ''),
        COALESCE(o.language, u.language, 'en'), o.risk_score, COALESCE(o.risk_reasons, '[]'), o.created_at
    FROM orders o JOIN users u ON u.id = o.user_id LEFT JOIN shipping_zones z ON z.id = o.shipping_zone_id
    WHERE o.id = %(order_id)s
"""
_DELIVERY = """
    SELECT COALESCE(ship_recipient_name, ''), COALESCE(ship_phone, ''), COALESCE(ship_address_line1, ''),
        COALESCE(ship_city, ''), COALESCE(ship_province, ''), COALESCE(ship_address_line2, ''),
        COALESCE(ship_barangay, ''), COALESCE(ship_region, ''), COALESCE(ship_postal_code, ''),
        COALESCE(ship_landmark, '')
    FROM orders WHERE id = %(order_id)s
"""
_LINES = """
    SELECT line.id, line.product_id, line.variant_id, line.product_name, COALESCE(line.variant_details, ''),
        COALESCE(line.sku, ''), line.quantity, line.unit_price, line.total_price, line.returned_quantity,
        COALESCE((SELECT image_url FROM product_images WHERE product_id = line.product_id
                  AND image_type <> 'thumbnail' ORDER BY is_primary DESC, display_order, id LIMIT 1), ''),
        COALESCE(v.stock_quantity, p.stock_quantity)
    FROM order_items line JOIN products p ON p.id = line.product_id
    LEFT JOIN product_variants v ON v.id = line.variant_id
    WHERE line.order_id = %(order_id)s ORDER BY line.id
"""
_SHOPPER = """
    SELECT u.id, u.messenger_id, COALESCE(u.facebook_name, ''), u.customer_tier, u.total_spent,
        COUNT(mine.id), COALESCE(CAST(SUM(mine.order_status = 'delivered') AS SIGNED), 0),
        COALESCE(CAST(SUM(mine.order_status = 'cancelled') AS SIGNED), 0),
        COALESCE(CAST(SUM(mine.order_status = 'returned') AS SIGNED), 0),
        COALESCE(MAX(t.trust_level), ''), COALESCE(MAX(t.verification_skip_enabled), FALSE),
        MAX(c.window_expires_at), COALESCE(MAX(IF(c.quiet_since IS NULL, NULL, c.quiet_reason)), ''), NOW()
    FROM orders o JOIN users u ON u.id = o.user_id JOIN orders mine ON mine.user_id = u.id
    LEFT JOIN trusted_buyers t ON t.user_id = u.id
    LEFT JOIN conversations c ON c.psid = u.messenger_id
    WHERE o.id = %(order_id)s
    GROUP BY u.id, u.messenger_id, u.facebook_name, u.customer_tier, u.total_spent
"""
_PROOFS = """
    SELECT id, kind, status, amount, COALESCE(reference, ''), file_id, created_at FROM order_proofs
    WHERE order_id = %(order_id)s ORDER BY id LIMIT 50
"""
_PAYMENTS = """
    SELECT p.kind, p.amount, p.method, COALESCE(p.reference, ''), COALESCE(NULLIF(a.full_name, ''), a.username, ''),
        p.created_at
    FROM order_payments p LEFT JOIN admin_users a ON a.id = p.recorded_by
    WHERE p.order_id = %(order_id)s ORDER BY p.id LIMIT 200
"""
_RETURNS = """
    SELECT r.id, r.status, COALESCE(r.reason, ''),
        COALESCE((SELECT CAST(SUM(quantity) AS SIGNED) FROM order_return_lines WHERE return_id = r.id), 0),
        COALESCE((SELECT CONCAT('[', GROUP_CONCAT(file_id), ']') FROM order_return_pictures WHERE return_id = r.id),
                 '[]'), r.created_at
    FROM order_returns r WHERE r.order_id = %(order_id)s ORDER BY r.id LIMIT 50
"""
_FLAGS = """
    SELECT kind, COALESCE(note, ''), raised_at FROM order_flags
    WHERE order_id = %(order_id)s AND open_kind IS NOT NULL ORDER BY raised_at, id
"""


async def opened(conn: Connection, *, order_id: int) -> Opened:
    """An order with its lines, shopper, money, proofs, returns and open flags.

    Args:
        conn: An open connection.
        order_id: `orders.id`.

    Raises:
        UnknownOrder: There is no such order.
    """
    values: dict[str, Bound] = {"order_id": order_id}
    selects = (_ORDER, _DELIVERY, _LINES, _SHOPPER, _PROOFS, _PAYMENTS, _RETURNS, _FLAGS)
    found = await conn.batch(*(Statement(sql, values) for sql in selects), money_statement(order_id))
    head, delivery, lines, shopper, proofs, payments, returns, flags, money = found
    if not head.rows:
        raise UnknownOrder(f"order {order_id}")
    return Opened(
        order=conn.read(DeskOrder, head.rows[0]),
        delivery=AddressDraft(**dict(zip(AddressDraft.__struct_fields__, map(str, delivery.rows[0]), strict=True))),
        lines=tuple(conn.read(DeskLine, row) for row in lines.rows),
        shopper=conn.read(DeskShopper, shopper.rows[0]),
        money=read_money(conn, money, order_id),
        refundable=await refundable(conn, order_id=order_id),
        proofs=tuple(conn.read(DeskProof, row) for row in proofs.rows),
        payments=tuple(conn.read(DeskPayment, row) for row in payments.rows),
        returns=tuple(conn.read(DeskReturn, row) for row in returns.rows),
        flags=tuple(conn.read(Flag, row) for row in flags.rows),
    )

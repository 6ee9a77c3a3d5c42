"""One order as its page shows it: everything that a clerk needs to decide, in one round trip."""

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import UnknownOrder
from repository.desk.order.opened import (
    DeskLine,
    DeskOrder,
    DeskPayment,
    DeskProof,
    DeskReferral,
    DeskReturn,
    DeskShopper,
    Opened,
)
from repository.orders.addresses import AddressDraft
from repository.orders.flags import Flag
from repository.payments.ledger import money_statement, read_money, refundable

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
        COALESCE(o.language, u.language, 'en'), o.risk_score, COALESCE(o.risk_reasons, '[]'), o.created_at,
        COALESCE(o.ship_pin, '')
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
_REFERRAL = """
    SELECT r.kind, COALESCE(r.ref, ''), COALESCE(r.ad_id, ''), COALESCE(r.ad_title, ''), COALESCE(r.post_id, ''),
        r.came_at
    FROM orders o JOIN referrals r ON r.id = o.referral_id WHERE o.id = %(order_id)s
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
    selects = (_ORDER, _DELIVERY, _LINES, _SHOPPER, _PROOFS, _PAYMENTS, _RETURNS, _FLAGS, _REFERRAL)
    found = await conn.batch(*(Statement(sql, values) for sql in selects), money_statement(order_id))
    head, delivery, lines, shopper, proofs, payments, returns, flags, referral, money = found
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
        referral=conn.read(DeskReferral, referral.rows[0]) if referral.rows else None,
    )

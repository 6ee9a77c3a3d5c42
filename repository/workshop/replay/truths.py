"""What is true of a shop's rows whatever was said in it."""

from repository.database.connection import Connection, Statement
from repository.database.scalars import number

_BROKEN = (
    ("a stock is negative", "SELECT COUNT(*) FROM products WHERE stock_quantity < 0"),
    ("the stock of a variant is negative", "SELECT COUNT(*) FROM product_variants WHERE stock_quantity < 0"),
    (
        "the lines of an order do not add up to its subtotal",
        "SELECT COUNT(*) FROM orders o WHERE o.subtotal <>"
        " (SELECT COALESCE(SUM(i.total_price), 0) FROM order_items i WHERE i.order_id = o.id)",
    ),
    (
        "an order's amounts do not add up to its total",
        "SELECT COUNT(*) FROM orders WHERE total_amount <> subtotal + shipping_fee + tax_amount - discount_amount",
    ),
    (
        "more was paid back than came in",
        "SELECT COUNT(*) FROM (SELECT order_id FROM order_payments GROUP BY order_id"
        " HAVING SUM(IF(kind = 'refund', amount, 0)) > SUM(IF(kind = 'payment', amount, 0))) AS back",
    ),
    (
        "an order is called paid and its money is not there",
        "SELECT COUNT(*) FROM orders o WHERE o.payment_status = 'paid' AND o.total_amount >"
        " (SELECT COALESCE(SUM(p.amount), 0) FROM order_payments p WHERE p.order_id = o.id AND p.kind = 'payment')",
    ),
    (
        "a discount is more than what was bought and its shipping",
        "SELECT COUNT(*) FROM orders WHERE discount_amount > subtotal + shipping_fee OR total_amount < 0",
    ),
    (
        "pieces are neither left nor held nor sold",
        "SELECT COUNT(*) FROM products p WHERE NOT EXISTS (SELECT 1 FROM product_variants v WHERE v.product_id = p.id)"
        " AND p.stock_quantity + (SELECT COALESCE(SUM(r.quantity), 0) FROM inventory_reservations r"
        " WHERE r.product_id = p.id AND (r.status IN ('reserved', 'committed')"
        " OR r.release_reason = 'Returned, not restocked')) <>"
        " (SELECT COALESCE(SUM(l.quantity_change), 0) FROM inventory_logs l WHERE l.product_id = p.id"
        " AND l.reference_type NOT IN ('order', 'return'))",
    ),
    (
        "an order that goes on holds no stock",
        "SELECT COUNT(*) FROM orders o JOIN order_items i ON i.order_id = o.id"
        " WHERE o.order_status IN ('confirmed', 'processing', 'shipped') AND NOT EXISTS (SELECT 1"
        " FROM inventory_reservations r WHERE r.order_item_id = i.id AND r.status IN ('reserved', 'committed'))",
    ),
    ("a turn was given up on", "SELECT COUNT(*) FROM chat_logs WHERE turn_status = 'buried'"),
    ("work for an order was given up on", "SELECT COUNT(*) FROM order_processing_queue WHERE status = 'failed'"),
    (
        "a confirmation placed more than one order",
        "SELECT COUNT(*) FROM (SELECT placement_nonce FROM orders WHERE placement_nonce IS NOT NULL"
        " GROUP BY user_id, placement_nonce HAVING COUNT(*) > 1) AS doubled",
    ),
)


async def broken(conn: Connection) -> list[str]:
    """What of it does not hold, in words; nothing where all is well.

    Args:
        conn: An open connection.
    """
    found = await conn.batch(*(Statement(question) for _, question in _BROKEN))
    return [words for (words, _), answer in zip(_BROKEN, found, strict=True) if number(answer.rows[0][0])]

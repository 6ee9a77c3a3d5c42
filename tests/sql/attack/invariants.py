"""What must hold at every moment, whoever writes: each is a query for whatever breaks it."""

from tests.sql.prompt import Row
from tests.sql.shop import Shop

BREAKS = {
    "stock is never negative": """
        SELECT 'product' AS what, id FROM products WHERE stock_quantity < 0
        UNION ALL SELECT 'variant', id FROM product_variants WHERE stock_quantity < 0""",
    "a product's log adds up to its stock": """
        SELECT p.id, p.stock_quantity, l.logged FROM products p
        LEFT JOIN (SELECT product_id, SUM(quantity_change) AS logged FROM inventory_logs
                   WHERE variant_id IS NULL GROUP BY product_id) l ON l.product_id = p.id
        WHERE p.stock_quantity <> COALESCE(l.logged, 0)""",
    "a variant's log adds up to its stock": """
        SELECT v.id, v.stock_quantity, SUM(l.quantity_change) AS logged FROM product_variants v
        LEFT JOIN inventory_logs l ON l.variant_id = v.id
        GROUP BY v.id, v.stock_quantity HAVING v.stock_quantity <> COALESCE(logged, 0)""",
    "on the shelf and reserved and sold is what was received": """
        SELECT k.product_id, k.variant_id, k.stock,
            (SELECT SUM(l.quantity_change) FROM inventory_logs l WHERE l.reference_type = 'adjustment'
                AND l.product_id = k.product_id AND l.variant_id <=> k.variant_id) AS received,
            (SELECT SUM(r.quantity) FROM inventory_reservations r
                WHERE (r.status IN ('reserved', 'committed') OR r.release_reason = 'Returned, not restocked')
                AND r.product_id = k.product_id AND r.variant_id <=> k.variant_id) AS held
        FROM (SELECT id AS product_id, NULL AS variant_id, stock_quantity AS stock FROM products
              UNION ALL SELECT product_id, id, stock_quantity FROM product_variants) k
        HAVING stock + COALESCE(held, 0) <> COALESCE(received, 0)""",
    "sales are counted once": """
        SELECT p.id, p.sales_count, SUM(r.quantity) AS sold FROM products p
        LEFT JOIN inventory_reservations r ON r.product_id = p.id AND r.status = 'committed'
        GROUP BY p.id, p.sales_count HAVING p.sales_count <> COALESCE(sold, 0)""",
    "an order holds all its lines or none": """
        SELECT o.id, COUNT(*) AS line_count, COUNT(r.id) AS held FROM orders o JOIN order_items i ON i.order_id = o.id
        LEFT JOIN inventory_reservations r ON r.order_item_id = i.id AND r.live_slot = 1
        GROUP BY o.id HAVING held NOT IN (0, line_count)""",
    "a line says whether it is held": """
        SELECT i.id FROM order_items i
        LEFT JOIN inventory_reservations r ON r.order_item_id = i.id AND r.live_slot = 1
        WHERE i.inventory_reserved <> (r.id IS NOT NULL)""",
    "a reservation is for what its line says": """
        SELECT r.id FROM inventory_reservations r JOIN order_items i ON i.id = r.order_item_id
        WHERE r.quantity <> i.quantity OR r.product_id <> i.product_id OR NOT (r.variant_id <=> i.variant_id)""",
    "the history is one chain": """
        SELECT h.* FROM order_state_history h
        WHERE NOT (h.from_status <=> (SELECT b.to_status FROM order_state_history b
                                      WHERE b.order_id = h.order_id AND b.id < h.id ORDER BY b.id DESC LIMIT 1))""",
    "the history ends where the order stands": """
        SELECT o.id, o.order_status FROM orders o
        WHERE o.order_status <> (SELECT h.to_status FROM order_state_history h
                                 WHERE h.order_id = o.id ORDER BY h.id DESC LIMIT 1)""",
    "every order has a history": """
        SELECT o.id FROM orders o LEFT JOIN order_state_history h ON h.order_id = o.id WHERE h.id IS NULL""",
    "an order that was swept has told its shopper once": """
        SELECT o.id, COUNT(n.id) AS told FROM orders o LEFT JOIN notification_queue n ON n.order_id = o.id
        WHERE o.cancellation_reason = 'Reservation expired' GROUP BY o.id HAVING told <> 1""",
    "a shopper's sums are those of the delivered orders": """
        SELECT u.id FROM users u LEFT JOIN orders o ON o.user_id = u.id AND o.order_status = 'delivered'
        GROUP BY u.id, u.total_orders, u.total_spent
        HAVING u.total_orders <> COUNT(o.id) OR u.total_spent <> COALESCE(SUM(o.total_amount), 0)""",
}


def broken(shop: Shop) -> dict[str, list[Row]]:
    """Whatever breaks an invariant, seen in one snapshot; empty when all hold."""
    shop.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    shop.run("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
    found = {name: shop.rows(sql) for name, sql in BREAKS.items()}
    shop.raw.rollback()
    return {name: rows for name, rows in found.items() if rows}

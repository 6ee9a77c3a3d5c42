"""The orders of a shop with a long history: every row that a million of them would have left behind.

Rows are made by the server from numbers, not by chance: a given count gives the same shop each time. What triggers and
procedures would have derived (history, reservations, the log of stock, sales, the shoppers' sums) is made to agree.
"""

from collections.abc import Callable

from repository.database.connection import Connection, Database
from repository.database.inserting import insert_rows

PRODUCTS = 10_000
VARIANTS_EVERY = 5  # each fifth product has two variants, and is sold as one of them only
LINES = 3
ORDERS_PER_SHOPPER = 10

_THREE = "(SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3) k"


def _product(line: int | str) -> str:
    """Which product a line of the order `b.n` is about: three different ones for each order."""
    return f"((b.n * 7919 + {line} * 4729) %% %(products)s + 1)"


def _quantity(line: int | str) -> str:
    return f"(1 + (b.n + {line}) %% 3)"


def _price(product: str) -> str:
    return f"(100 + {product} %% 400)"


_SUBTOTAL = "(" + " + ".join(f"{_quantity(line)} * {_price(_product(line))}" for line in range(1, LINES + 1)) + ")"
_SHIPPING = 79
_STATUS = (
    "CASE WHEN b.n > %(orders)s * 0.994 THEN 'pending' WHEN b.n > %(orders)s * 0.990 THEN 'confirmed'"
    " WHEN b.n > %(orders)s * 0.985 THEN 'processing' WHEN b.n > %(orders)s * 0.980 THEN 'shipped'"
    " WHEN b.n %% 17 = 0 THEN 'cancelled' ELSE 'delivered' END"
)
_SEARCH = "words of the search"
_STEPS: tuple[tuple[str, str], ...] = (
    (
        "numbers",
        "INSERT INTO mass_numbers (n) SELECT a.n + 1000 * c.n + 1 FROM mass_thousand a"
        " JOIN mass_thousand c ON a.n + 1000 * c.n < %(orders)s ORDER BY c.n, a.n",
    ),
    (
        "shoppers",
        "INSERT INTO users (id, messenger_id, facebook_name, phone, created_at, last_interaction_at)"
        " SELECT b.n, CONCAT('mass-', b.n), CONCAT('Shopper ', b.n), '09171234567', %(oldest)s, %(newest)s"
        " FROM mass_numbers b WHERE b.n <= %(shoppers)s ORDER BY b.n",
    ),
    (
        "orders",
        "INSERT INTO orders (id, order_number, user_id, subtotal, shipping_fee, total_amount, remaining_balance,"
        " payment_method, payment_status, order_status, verification_required, verification_status,"
        " ship_recipient_name, ship_phone, ship_address_line1, ship_city, ship_province, ship_region, error_count,"
        " confirmed_at, shipped_at,"
        " delivered_at, cancelled_at, cancellation_reason, created_at, updated_at)"
        " SELECT b.n, CONCAT('QS-', LPAD(b.n, 10, '0')), (b.n * 31) %% %(shoppers)s + 1,"
        f" {_SUBTOTAL}, {_SHIPPING}, {_SUBTOTAL} + {_SHIPPING}, {_SUBTOTAL} + {_SHIPPING},"
        " IF(b.n %% 4 = 0, 'gcash', 'cod'), IF(b.n > %(orders)s * 0.98, 'pending', 'paid'), " + _STATUS + ","
        " b.n %% 10 = 0, IF(b.n %% 10 = 0, 'verified', 'not_required'), CONCAT('Shopper ', b.n), '09171234567',"
        " '123 Mabini Street', 'Makati', 'Metro Manila', 'NCR', b.n %% 50 = 0,"
        " IF(b.n <= %(orders)s * 0.994, b.at + INTERVAL 1 HOUR, NULL),"
        " IF(b.n <= %(orders)s * 0.985 AND b.n %% 17 <> 0, b.at + INTERVAL 1 DAY, NULL),"
        " IF(b.n <= %(orders)s * 0.980 AND b.n %% 17 <> 0, b.at + INTERVAL 3 DAY, NULL),"
        " IF(b.n <= %(orders)s * 0.980 AND b.n %% 17 = 0, b.at + INTERVAL 2 HOUR, NULL),"
        " IF(b.n <= %(orders)s * 0.980 AND b.n %% 17 = 0, 'Order cancelled', NULL), b.at, b.at"
        " FROM (SELECT n, %(newest)s - INTERVAL (%(orders)s - n) * 86400 DIV %(per_day)s SECOND AS at"
        " FROM mass_numbers) b ORDER BY b.n",
    ),
    (
        _SEARCH,
        "INSERT INTO order_search (word, order_id)"
        " SELECT CASE k.k WHEN 1 THEN 'Shopper' WHEN 2 THEN o.id WHEN 3 THEN o.order_number"
        " WHEN 4 THEN CONCAT('<', REVERSE(o.order_number)) WHEN 5 THEN o.ship_phone"
        " ELSE CONCAT('<', REVERSE(o.ship_phone)) END, o.id FROM orders o JOIN (SELECT 1 AS k UNION ALL SELECT 2"
        " UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6) k ORDER BY o.id",
    ),
    (
        "lines",
        "INSERT INTO order_items (id, order_id, product_id, variant_id, product_name, sku, quantity, unit_price,"
        " total_price, inventory_reserved, inventory_reserved_at, inventory_released_at, created_at)"
        f" SELECT (b.n - 1) * {LINES} + k.k, b.n, p.id,"
        f" IF(p.id %% {VARIANTS_EVERY} = 0, p.id DIV {VARIANTS_EVERY} * 2 - b.n %% 2, NULL), p.name, p.sku,"
        f" {_quantity('k.k')}, {_price('p.id')}, {_quantity('k.k')} * {_price('p.id')},"
        " o.order_status <> 'cancelled', o.created_at, o.cancelled_at, o.created_at"
        f" FROM mass_numbers b JOIN {_THREE} JOIN products p ON p.id = {_product('k.k')} JOIN orders o ON o.id = b.n"
        " ORDER BY b.n, k.k",
    ),
    (
        "history",
        "INSERT INTO order_state_history (order_id, from_status, to_status, changed_by, reason, created_at)"
        " SELECT o.id, s.before_it, IF(s.step = 3, o.order_status, s.after_it), 'system',"
        " IF(s.step = 1, 'Order created', o.cancellation_reason), o.created_at + INTERVAL s.step - 1 HOUR"
        " FROM orders o JOIN (SELECT 1 AS step, NULL AS before_it, 'pending' AS after_it"
        " UNION ALL SELECT 2, 'pending', 'confirmed' UNION ALL SELECT 3, 'confirmed', NULL) s"
        " ON s.step <= CASE o.order_status WHEN 'pending' THEN 1 WHEN 'confirmed' THEN 2 ELSE 3 END"
        " ORDER BY o.id, s.step",
    ),
    (
        "reservations",
        "INSERT INTO inventory_reservations (order_id, order_item_id, product_id, variant_id, quantity, status,"
        " reserved_at, expires_at, committed_at, released_at, release_reason)"
        " SELECT i.order_id, i.id, i.product_id, i.variant_id, i.quantity,"
        " CASE o.order_status WHEN 'pending' THEN 'reserved' WHEN 'cancelled' THEN 'released' ELSE 'committed' END,"
        " o.created_at, IF(o.order_status = 'pending', NOW() + INTERVAL 7 DAY, o.created_at + INTERVAL 30 MINUTE),"
        " o.confirmed_at, o.cancelled_at, o.cancellation_reason"
        " FROM order_items i JOIN orders o ON o.id = i.order_id ORDER BY i.id",
    ),
    (
        "log of stock",
        "INSERT INTO inventory_logs (product_id, variant_id, transaction_type, quantity_change, previous_stock,"
        " new_stock, reference_type, reference_id, notes, created_at)"
        " SELECT product_id, variant_id, kind, pieces, after_it - pieces, after_it,"
        " IF(step = 0, 'adjustment', 'order'), IF(step = 0, NULL, order_id),"
        " ELT(step + 1, 'Opening stock', 'Reserved', 'Order cancelled'), at FROM ("
        " SELECT m.*,"
        " SUM(m.pieces) OVER (PARTITION BY m.product_id, m.variant_id ORDER BY m.order_id, m.step) AS after_it"
        " FROM (SELECT h.product_id, h.variant_id, 0 AS order_id, 0 AS step, 'stock_in' AS kind,"
        " h.taken + 1 + h.product_id %% 50 AS pieces, %(oldest)s AS at"
        " FROM (SELECT product_id, variant_id, SUM(quantity) AS taken FROM inventory_reservations"
        " GROUP BY product_id, variant_id) h"
        " UNION ALL SELECT r.product_id, r.variant_id, r.order_id, 1, 'stock_out', -r.quantity, r.reserved_at"
        " FROM inventory_reservations r"
        " UNION ALL SELECT r.product_id, r.variant_id, r.order_id, 2, 'stock_in', r.quantity, r.released_at"
        " FROM inventory_reservations r WHERE r.status = 'released') m) l ORDER BY at, order_id, step",
    ),
    (
        "stock",
        "UPDATE products p JOIN (SELECT product_id, SUM(quantity_change) AS stock FROM inventory_logs"
        " WHERE variant_id IS NULL GROUP BY product_id) l ON l.product_id = p.id SET p.stock_quantity = l.stock",
    ),
    (
        "stock of variants",
        "UPDATE product_variants v JOIN (SELECT variant_id, SUM(quantity_change) AS stock FROM inventory_logs"
        " WHERE variant_id IS NOT NULL GROUP BY variant_id) l ON l.variant_id = v.id SET v.stock_quantity = l.stock",
    ),
    (
        "sales",
        "UPDATE products p JOIN (SELECT product_id, SUM(quantity) AS sold FROM inventory_reservations"
        " WHERE status = 'committed' GROUP BY product_id) r ON r.product_id = p.id SET p.sales_count = r.sold",
    ),
    (
        "shoppers' sums",
        "UPDATE users u JOIN (SELECT user_id, COUNT(*) AS orders, SUM(total_amount) AS spent FROM orders"
        " WHERE order_status = 'delivered' GROUP BY user_id) o ON o.user_id = u.id"
        " SET u.total_orders = o.orders, u.total_spent = o.spent, u.loyalty_points = FLOOR(o.spent / 100),"
        " u.customer_tier = CASE WHEN o.spent >= 100000 THEN 'platinum' WHEN o.spent >= 50000 THEN 'gold'"
        " WHEN o.spent >= 20000 THEN 'silver' ELSE 'regular' END",
    ),
    (
        "verifications",
        "INSERT INTO order_verifications (order_id, user_id, verification_type, verification_status, reviewed_at,"
        " submitted_at)"
        " SELECT o.id, o.user_id, 'id_verification', 'approved', o.created_at + INTERVAL 30 MINUTE, o.created_at"
        " FROM orders o WHERE o.verification_required = TRUE ORDER BY o.id",
    ),
    (
        "metrics",
        "INSERT INTO order_metrics (order_id, validation_duration_ms, fulfillment_duration_ms,"
        " total_processing_duration_ms, created_at, updated_at)"
        " SELECT o.id, 40 + o.id %% 60, 3600000, 3600100 + o.id %% 5000, o.created_at, o.created_at"
        " FROM orders o WHERE o.order_status <> 'pending' ORDER BY o.id",
    ),
    (
        "errors",
        "INSERT INTO order_errors (order_id, error_type, error_code, error_message, is_resolved, created_at)"
        " SELECT o.id, 'payment', 'DECLINED', 'The payment was declined once.', o.id %% 200 <> 0, o.created_at"
        " FROM orders o WHERE o.error_count > 0 ORDER BY o.id",
    ),
)


def _silent(step: str) -> None:
    del step


async def fill(
    database: Database,
    *,
    orders: int,
    products: int = PRODUCTS,
    per_day: int = 1000,
    tell: Callable[[str], None] = _silent,
) -> None:
    """Fill an empty database with a shop and its orders, three lines each, the newest one just placed.

    Args:
        database: Of an account that may drop and create triggers: they are away meanwhile.
        orders: How many; a thousand at least, a million at most.
        products: How many are on the shelves, in thousands.
        per_day: How many orders a day had; the shop is as old as that makes it.
        tell: Told the name of each step.
    """
    async with database.connection() as conn:
        await conn.run(
            "SET SESSION foreign_key_checks = 0, unique_checks = 0, sort_buffer_size = 67108864,"
            " tmp_table_size = 536870912, max_heap_table_size = 536870912"
        )
        triggers = await _take_triggers(conn)
        values = {
            "orders": orders,
            "products": products,
            "per_day": per_day,
            "shoppers": max(1, orders // ORDERS_PER_SHOPPER),
        }
        newest = await conn.value("SELECT NOW()")
        oldest = await conn.value(f"SELECT NOW() - INTERVAL {orders * 86400 // per_day + 86400} SECOND")
        try:
            await _stock(conn, products)
            for name, sql in _STEPS:
                if name == _SEARCH and not await conn.value("SHOW TABLES LIKE 'order_search'"):
                    continue  # of a database of 0.1.0, whose upgrade fills it
                tell(name)
                await conn.run(sql, **values, newest=str(newest), oldest=str(oldest))
        finally:
            for trigger in triggers:
                await conn.run(trigger)
        await conn.run("DROP TABLE mass_numbers, mass_thousand")
        await conn.run("SET SESSION foreign_key_checks = 1, unique_checks = 1")
        tables = "orders, order_items, order_state_history, inventory_reservations, inventory_logs, order_metrics"
        await conn.run(f"ANALYZE TABLE {tables}, order_errors, products, product_variants, users")


async def _stock(conn: Connection, products: int) -> None:
    """Shelves without stock: opening stock comes with the log."""
    await conn.run("CREATE TABLE mass_thousand (n INT NOT NULL PRIMARY KEY)")
    await conn.run("CREATE TABLE mass_numbers (n INT NOT NULL PRIMARY KEY)")
    await conn.batch(insert_rows("INSERT INTO mass_thousand (n)", [(n,) for n in range(1000)]))
    await conn.run("INSERT INTO brands (id, name, slug) VALUES (1, 'Mass', 'mass')")
    await conn.run(
        "INSERT INTO categories (id, name, slug) SELECT n + 1, CONCAT('Shelf ', n), CONCAT('shelf-', n)"
        " FROM mass_thousand WHERE n < 20"
    )
    await conn.run(
        "INSERT INTO products (id, sku, slug, name, category_id, brand_id, base_price, stock_quantity)"
        " SELECT a.n + 1000 * c.n + 1, CONCAT('M-', a.n + 1000 * c.n + 1), CONCAT('m-', a.n + 1000 * c.n + 1),"
        " CONCAT('Product ', a.n + 1000 * c.n + 1), a.n %% 20 + 1, 1, 100 + (a.n + 1000 * c.n + 1) %% 400, 0"
        " FROM mass_thousand a JOIN mass_thousand c ON c.n < %(products)s DIV 1000 ORDER BY c.n, a.n",
        products=products,
    )
    await conn.run(
        "INSERT INTO product_variants (id, product_id, variant_name, variant_value, stock_quantity)"
        f" SELECT p.id DIV {VARIANTS_EVERY} * 2 - s.side, p.id, 'size', IF(s.side, 'Small', 'Large'), 0 FROM products p"
        f" JOIN (SELECT 0 AS side UNION ALL SELECT 1) s WHERE p.id % {VARIANTS_EVERY} = 0 ORDER BY p.id, s.side DESC"
    )


async def _take_triggers(conn: Connection) -> list[str]:
    """Drop the triggers; returns what makes them again, in their order."""
    triggers = await conn.run(
        "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"
        " ORDER BY EVENT_OBJECT_TABLE, EVENT_MANIPULATION, ACTION_TIMING, ACTION_ORDER"
    )
    names = [str(row[0]) for row in triggers.rows]
    made = [str((await conn.run(f"SHOW CREATE TRIGGER {name}")).rows[0][2]) for name in names]
    for name in names:
        await conn.run(f"DROP TRIGGER {name}")
    return made

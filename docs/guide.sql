-- The statements of the public guide, as a person types them into the plain client, in order.
--
-- The test of the guide runs them when the public text itself does not lie beside the project, and otherwise checks that
-- they are the same. `##` names the heading of the guide under which they stand.
--
-- One of them is SQL on no server: EXECUTE on every procedure of a database is granted by naming the database alone,
-- GRANT EXECUTE ON quicksell_chatbot.* TO 'quicksell_app'@'localhost'; the test runs that form.

-- ## Step 1: Drop Old Database (if exists)
DROP DATABASE IF EXISTS quicksell_chatbot;

-- ## Step 4: Verify Installation
USE quicksell_chatbot;
SHOW TABLES;
SHOW TRIGGERS;
SHOW PROCEDURE STATUS WHERE Db = 'quicksell_chatbot';
SHOW FULL TABLES WHERE Table_type = 'VIEW';
SHOW EVENTS;

-- ## Enable Event Scheduler** (if not already enabled)
SET GLOBAL event_scheduler = ON;

-- ## Create an Order (with automatic inventory reservation)
INSERT INTO orders (
    order_number, user_id, subtotal, shipping_fee,
    total_amount, payment_method, order_status
) VALUES (
    'ORD-20251017-12345', 1, 2000.00, 100.00,
    2100.00, 'cod', 'pending'
);
SET @order_id = LAST_INSERT_ID();
INSERT INTO order_items (
    order_id, product_id, product_name, sku,
    quantity, unit_price, total_price
) VALUES (
    @order_id, 1, 'Samsung Galaxy S24', 'SAMS24-256',
    1, 2000.00, 2000.00
);
CALL sp_reserve_order_inventory(@order_id, 30);

-- ## Check Pending Orders
SELECT * FROM vw_pending_orders
WHERE action_required = 'Awaiting Confirmation'
ORDER BY minutes_pending DESC;

-- ## Check Inventory Status
SELECT * FROM vw_inventory_status
WHERE stock_status IN ('LOW_STOCK', 'OUT_OF_STOCK');

-- ## Confirm Order (commits inventory)
UPDATE orders
SET order_status = 'confirmed', confirmed_at = NOW()
WHERE id = @order_id;
CALL sp_commit_order_inventory(@order_id);

-- ## Cancel Order (releases inventory)
UPDATE orders
SET order_status = 'cancelled',
    cancelled_at = NOW(),
    cancellation_reason = 'Customer request'
WHERE id = @order_id;
CALL sp_release_order_inventory(@order_id, 'Order cancelled');

-- ## Get Complete Order Details
CALL sp_get_order_details(@order_id);

-- ## Today's Performance
SELECT * FROM vw_daily_metrics
WHERE date = CURDATE();

-- ## Orders Requiring Attention
SELECT
    order_number,
    facebook_name as customer,
    total_amount,
    action_required,
    minutes_pending
FROM vw_pending_orders
WHERE minutes_pending > 60
ORDER BY minutes_pending DESC;

-- ## Low Stock Alerts
SELECT
    name,
    current_stock,
    reserved_quantity,
    available_stock,
    low_stock_threshold
FROM vw_inventory_status
WHERE stock_status = 'LOW_STOCK'
ORDER BY available_stock ASC;

-- ## Customer Lifetime Value
SELECT
    facebook_name,
    customer_tier,
    total_orders,
    total_spent,
    days_since_last_order,
    customer_status
FROM vw_customer_ltv
WHERE customer_status = 'ACTIVE'
ORDER BY total_spent DESC
LIMIT 20;

-- ## Processing Performance
SELECT
    AVG(total_processing_duration_ms) as avg_ms,
    MAX(total_processing_duration_ms) as max_ms,
    MIN(total_processing_duration_ms) as min_ms,
    COUNT(*) as total_orders
FROM order_metrics
WHERE created_at >= DATE_SUB(NOW(), INTERVAL 24 HOUR);

-- ## Error Summary
SELECT
    error_type,
    severity,
    COUNT(*) as error_count,
    COUNT(CASE WHEN is_resolved = FALSE THEN 1 END) as unresolved
FROM order_errors
WHERE created_at >= DATE_SUB(NOW(), INTERVAL 7 DAY)
GROUP BY error_type, severity
ORDER BY error_count DESC;

-- ## Create Admin User
INSERT INTO admin_users (username, email, password_hash, full_name, role)
VALUES (
    'admin',
    'admin@quicksell.com',
    '$2b$12$LQv3c1yqBWVHxkd0LHAkCOYz6TtxMQJqhN8/LewY5eoT9qbE3NJke',
    'System Administrator',
    'super_admin'
);

-- ## Grant Permissions (create app user)
CREATE USER 'quicksell_app'@'localhost' IDENTIFIED BY 'your_secure_password';
GRANT SELECT, INSERT, UPDATE, DELETE ON quicksell_chatbot.* TO 'quicksell_app'@'localhost';
GRANT EXECUTE ON PROCEDURE quicksell_chatbot.* TO 'quicksell_app'@'localhost';
FLUSH PRIVILEGES;

-- ## Manual Cleanup (if needed)
CALL sp_release_order_inventory(
    (SELECT order_id FROM inventory_reservations
     WHERE status = 'reserved' AND expires_at < NOW() LIMIT 1),
    'Manual cleanup'
);
DELETE FROM chat_logs WHERE created_at < DATE_SUB(NOW(), INTERVAL 90 DAY);
OPTIMIZE TABLE orders, order_items, products;

-- ## Event Scheduler Not Running
SET GLOBAL event_scheduler = ON;
SHOW VARIABLES LIKE 'event_scheduler';

-- ## Trigger Not Firing
SHOW TRIGGERS;
SELECT * FROM order_state_history;

-- ## Procedure Error
SHOW PROCEDURE STATUS WHERE Db = 'quicksell_chatbot';
CALL sp_reserve_order_inventory(1, 30);

-- ## View Empty
SELECT COUNT(*) FROM orders;
SELECT * FROM vw_orders_detailed LIMIT 5;

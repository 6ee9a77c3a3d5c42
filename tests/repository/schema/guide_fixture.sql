-- What the guide's statements take for granted: shopper 1, product 1 without variants, and a pending order 1 with lines.
USE quicksell_chatbot;
INSERT INTO categories (id, name, slug) VALUES (1, 'Phones', 'phones');
INSERT INTO brands (id, name, slug) VALUES (1, 'Tindahan', 'tindahan');
INSERT INTO products (id, sku, name, slug, category_id, brand_id, base_price, stock_quantity, low_stock_threshold) VALUES
    (1, 'SAMS24-256', 'A phone', 'a-phone', 1, 1, 2000.00, 20, 5),
    (2, 'CASE', 'A case', 'a-case', 1, 1, 150.00, 3, 5),
    (3, 'CABLE', 'A cable', 'a-cable', 1, 1, 99.00, 0, 5);
INSERT INTO users (id, messenger_id, facebook_name) VALUES (1, '1000000000000001', 'Ana');
INSERT INTO orders (id, order_number, user_id, subtotal, total_amount, order_status, created_at) VALUES
    (1, 'ORD-1', 1, 4000.00, 4100.00, 'pending', NOW() - INTERVAL 2 HOUR),
    (2, 'ORD-2', 1, 150.00, 250.00, 'pending', NOW() - INTERVAL 3 DAY),
    (3, 'ORD-3', 1, 2000.00, 2100.00, 'pending', NOW() - INTERVAL 1 MINUTE);
INSERT INTO order_items (order_id, product_id, product_name, sku, quantity, unit_price, total_price) VALUES
    (1, 1, 'A phone', 'SAMS24-256', 2, 2000.00, 4000.00),
    (2, 2, 'A case', 'CASE', 1, 150.00, 150.00),
    (3, 1, 'A phone', 'SAMS24-256', 1, 2000.00, 2000.00);
CALL sp_reserve_order_inventory(3, 60);
UPDATE orders SET order_status = 'confirmed' WHERE id = 2;
UPDATE orders SET order_status = 'delivered' WHERE id = 2;
-- The program writes these.
INSERT INTO order_metrics (order_id, total_processing_duration_ms) VALUES (2, 1500), (3, 500);
INSERT INTO order_errors (order_id, error_type, error_message, severity, is_resolved) VALUES
    (1, 'validation', 'No barangay', 'medium', FALSE),
    (1, 'validation', 'No phone', 'medium', TRUE),
    (2, 'payment', 'Declined', 'high', TRUE);
INSERT INTO chat_logs (user_id, user_message, created_at) VALUES
    ('1000000000000001', 'old', NOW() - INTERVAL 100 DAY),
    ('1000000000000001', 'new', NOW());

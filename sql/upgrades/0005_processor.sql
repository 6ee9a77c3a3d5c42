-- From 0.1.0: what tells how risky an order is finds earlier ones by phone and door; orders that are paid ahead and were
-- confirmed without their money, as 0.1.0 did it, are shown to a person.
-- Safe beside 0.1.0: indexes that are made while orders are written, and rows of a table that 0.1.0 does not know.
USE quicksell_chatbot;

ALTER TABLE orders
    ADD KEY ix_orders_phone (ship_phone, order_status),
    ADD KEY ix_orders_door (ship_city, ship_address_line1, order_status),
    ALGORITHM = INPLACE, LOCK = NONE;

-- In small pieces: repeat until nothing changes
INSERT IGNORE INTO order_flags (order_id, kind, note)
SELECT o.id, 'unpaid', 'Confirmed before it was paid'
FROM orders o FORCE INDEX (ix_orders_status)
WHERE o.order_status IN ('confirmed', 'processing')
  AND o.payment_method IN ('gcash', 'paymaya', 'bank_transfer', 'credit_card') AND o.payment_status <> 'paid'
  AND NOT EXISTS (SELECT 1 FROM order_flags f WHERE f.order_id = o.id AND f.kind = 'unpaid')
ORDER BY o.id LIMIT 1000;

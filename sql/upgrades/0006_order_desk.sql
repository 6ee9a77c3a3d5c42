-- From 0.1.0: what the order desk finds orders by, and the indexes of its lists.
-- Safe beside 0.1.0: a table of its own, and indexes that are made while orders are written.
USE quicksell_chatbot;

ALTER TABLE orders
    ADD KEY ix_orders_paid (payment_status, order_status, created_at),
    ADD KEY ix_orders_method (payment_method, order_status, created_at),
    ADD KEY ix_orders_courier (courier, order_status, created_at),
    ALGORITHM = INPLACE, LOCK = NONE;

-- order_search: the words by which a merchant finds an order: its number, its shopper's and recipient's names, phone and
-- tracking number; a number is there from its end too, read backwards behind "<". Written by sp_index_order.
CREATE TABLE order_search (
    word     VARCHAR(120) NOT NULL,
    order_id INT          NOT NULL,
    PRIMARY KEY (word, order_id),
    KEY ix_order_search_order (order_id),
    CONSTRAINT fk_order_search_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- In small pieces: repeat until nothing changes
INSERT IGNORE INTO order_search (word, order_id)
SELECT w.word, w.id FROM (
    SELECT LEFT(SUBSTRING_INDEX(SUBSTRING_INDEX(o.names, ' ', n.k), ' ', -1), 120) AS word, o.id
    FROM (SELECT p.id, TRIM(CONCAT_WS(' ', p.ship_recipient_name, u.facebook_name)) AS names
          FROM (SELECT id, user_id, ship_recipient_name FROM orders
                WHERE id > (SELECT COALESCE(MAX(s.order_id), 0) FROM order_search s) ORDER BY id LIMIT 500) p
          JOIN users u ON u.id = p.user_id) o
    JOIN (SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6
          UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10) n
      ON n.k <= 1 + CHAR_LENGTH(o.names) - CHAR_LENGTH(REPLACE(o.names, ' ', ''))
    UNION ALL
    SELECT CASE f.k WHEN 1 THEN p.order_number WHEN 2 THEN CONCAT('<', REVERSE(p.order_number))
           WHEN 3 THEN p.ship_phone WHEN 4 THEN CONCAT('<', REVERSE(p.ship_phone))
           WHEN 5 THEN p.tracking_number ELSE CONCAT('<', REVERSE(p.tracking_number)) END, p.id
    FROM (SELECT id, order_number, ship_phone, tracking_number FROM orders
          WHERE id > (SELECT COALESCE(MAX(s.order_id), 0) FROM order_search s) ORDER BY id LIMIT 500) p
    JOIN (SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5
          UNION ALL SELECT 6) f
) w
WHERE w.word IS NOT NULL AND w.word NOT IN ('', '<');

-- QuickSell V2: what the promises need beside the two contract scripts, so that they hold for whoever writes.
--
-- Load      mariadb < sql/quicksell_guards_v2.sql    (or mysql < ...), after quicksell_automation_v2.sql
-- Needs     TRIGGER, CREATE ROUTINE and ALTER ROUTINE on the database; never SUPER. (MySQL with its binary log on: see
--           quicksell_automation_v2.sql)
-- Again     safe: everything here is replaced, nothing of it holds data
-- Makes     triggers    before_order_insert, after_order_insert, before_order_update, after_product_insert,
--                       after_variant_insert, after_variant_stock_change
--           procedures  sp_cleanup_expired_reservations, sp_cleanup_old_queue_items, sp_update_daily_analytics (each is
--                       the body of an event, word for word; a test compares them), sp_return_order_inventory

CREATE DATABASE IF NOT EXISTS `quicksell_chatbot` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE `quicksell_chatbot`;

SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SET @qs_old_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

DELIMITER $$

-- --------------------------------------------------------------------------------------------------------- triggers

-- before_order_insert: an order made with an address_id alone gets the copy of that address.
/*!80014 DROP TRIGGER IF EXISTS before_order_insert */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER before_order_insert BEFORE INSERT ON orders FOR EACH ROW
BEGIN
    DECLARE v_recipient, v_line1, v_line2, v_landmark VARCHAR(255) CHARACTER SET utf8mb4;
    DECLARE v_barangay, v_city, v_province, v_region VARCHAR(100) CHARACTER SET utf8mb4;
    DECLARE v_phone, v_postal_code VARCHAR(20) CHARACTER SET utf8mb4;

    IF NEW.address_id IS NOT NULL AND NEW.ship_recipient_name IS NULL AND NEW.ship_address_line1 IS NULL THEN
        SELECT a.recipient_name, a.phone, a.address_line1, a.address_line2, a.barangay, a.city, a.province, a.region,
               a.postal_code, a.landmark
        INTO v_recipient, v_phone, v_line1, v_line2, v_barangay, v_city, v_province, v_region, v_postal_code, v_landmark
        FROM user_addresses a WHERE a.id = NEW.address_id;
        SET NEW.ship_recipient_name = v_recipient, NEW.ship_phone = v_phone,
            NEW.ship_address_line1 = v_line1, NEW.ship_address_line2 = v_line2, NEW.ship_barangay = v_barangay,
            NEW.ship_city = v_city, NEW.ship_province = v_province, NEW.ship_region = v_region,
            NEW.ship_postal_code = v_postal_code, NEW.ship_landmark = v_landmark;
    END IF;
END $$

-- before_order_update: an order that is sent to another address_id gets the copy of that one, unless the same
-- statement writes a copy of its own. Whatever a person decides by counts `version` up, whoever writes it, so that a form
-- that was opened before is refused.
/*!80014 DROP TRIGGER IF EXISTS before_order_update */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER before_order_update BEFORE UPDATE ON orders FOR EACH ROW
BEGIN
    DECLARE v_recipient, v_line1, v_line2, v_landmark VARCHAR(255) CHARACTER SET utf8mb4;
    DECLARE v_barangay, v_city, v_province, v_region VARCHAR(100) CHARACTER SET utf8mb4;
    DECLARE v_phone, v_postal_code VARCHAR(20) CHARACTER SET utf8mb4;

    IF NEW.address_id IS NOT NULL AND NOT (OLD.address_id <=> NEW.address_id)
        AND OLD.ship_recipient_name <=> NEW.ship_recipient_name
        AND OLD.ship_address_line1 <=> NEW.ship_address_line1
    THEN
        SELECT a.recipient_name, a.phone, a.address_line1, a.address_line2, a.barangay, a.city, a.province, a.region,
               a.postal_code, a.landmark
        INTO v_recipient, v_phone, v_line1, v_line2, v_barangay, v_city, v_province, v_region, v_postal_code, v_landmark
        FROM user_addresses a WHERE a.id = NEW.address_id;
        SET NEW.ship_recipient_name = v_recipient, NEW.ship_phone = v_phone,
            NEW.ship_address_line1 = v_line1, NEW.ship_address_line2 = v_line2, NEW.ship_barangay = v_barangay,
            NEW.ship_city = v_city, NEW.ship_province = v_province, NEW.ship_region = v_region,
            NEW.ship_postal_code = v_postal_code, NEW.ship_landmark = v_landmark;
    END IF;
    IF NOT (OLD.order_status <=> NEW.order_status AND OLD.payment_status <=> NEW.payment_status
        AND OLD.verification_status <=> NEW.verification_status AND OLD.upfront_paid <=> NEW.upfront_paid
        AND OLD.total_amount <=> NEW.total_amount AND OLD.payment_method <=> NEW.payment_method
        AND OLD.tracking_number <=> NEW.tracking_number AND OLD.courier <=> NEW.courier
        AND OLD.ship_recipient_name <=> NEW.ship_recipient_name AND OLD.ship_phone <=> NEW.ship_phone
        AND OLD.ship_address_line1 <=> NEW.ship_address_line1 AND OLD.ship_address_line2 <=> NEW.ship_address_line2
        AND OLD.ship_barangay <=> NEW.ship_barangay AND OLD.ship_city <=> NEW.ship_city
        AND OLD.ship_province <=> NEW.ship_province AND OLD.ship_postal_code <=> NEW.ship_postal_code
        AND OLD.ship_landmark <=> NEW.ship_landmark)
    THEN
        SET NEW.version = OLD.version + 1;
    END IF;
END $$

-- after_order_insert: the creation of an order, as the first row of its history (from_status is NULL).
-- Reads     @qs_actor, @qs_actor_type, @qs_reason
/*!80014 DROP TRIGGER IF EXISTS after_order_insert */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_order_insert AFTER INSERT ON orders FOR EACH ROW
BEGIN
    DECLARE v_actor VARCHAR(100) CHARACTER SET utf8mb4 DEFAULT 'system';
    DECLARE v_type VARCHAR(20) CHARACTER SET utf8mb4 DEFAULT 'system';
    DECLARE v_reason TEXT CHARACTER SET utf8mb4 DEFAULT 'Order created';

    IF @qs_actor IS NOT NULL THEN
        SET v_actor = LEFT(@qs_actor, 100);
    END IF;
    IF @qs_actor_type IN ('admin', 'customer', 'automation') THEN
        SET v_type = @qs_actor_type;
    END IF;
    IF @qs_reason IS NOT NULL THEN
        SET v_reason = LEFT(@qs_reason, 10000);
    END IF;
    INSERT INTO order_state_history (order_id, from_status, to_status, changed_by, changed_by_type, reason)
    VALUES (NEW.id, NULL, NEW.order_status, v_actor, v_type, v_reason);
END $$

-- after_product_insert: the stock that a product begins with, in inventory_logs.
-- Reads     @qs_performed_by
/*!80014 DROP TRIGGER IF EXISTS after_product_insert */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_product_insert AFTER INSERT ON products FOR EACH ROW
BEGIN
    IF NEW.stock_quantity <> 0 THEN
        INSERT INTO inventory_logs (product_id, variant_id, transaction_type, quantity_change, previous_stock,
                                    new_stock, reference_type, notes, performed_by)
        VALUES (NEW.id, NULL, 'stock_in', NEW.stock_quantity, 0, NEW.stock_quantity, 'adjustment', 'Opening stock',
                @qs_performed_by);
    END IF;
END $$

-- after_variant_insert: the stock that a variant begins with, in inventory_logs.
-- Reads     @qs_performed_by
/*!80014 DROP TRIGGER IF EXISTS after_variant_insert */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_variant_insert AFTER INSERT ON product_variants FOR EACH ROW
BEGIN
    IF NEW.stock_quantity <> 0 THEN
        INSERT INTO inventory_logs (product_id, variant_id, transaction_type, quantity_change, previous_stock,
                                    new_stock, reference_type, notes, performed_by)
        VALUES (NEW.product_id, NEW.id, 'stock_in', NEW.stock_quantity, 0, NEW.stock_quantity, 'adjustment',
                'Opening stock', @qs_performed_by);
    END IF;
END $$

-- after_variant_stock_change: every change of a variant's stock, in inventory_logs, unless a procedure that logs it
-- itself has said so for this one change.
-- Reads     @qs_ref_type, @qs_ref_id, @qs_ref_note, @qs_performed_by, @qs_variant_logged
-- Locks     the variant, then (by the log's foreign key) its product: a program locks the product first
/*!80014 DROP TRIGGER IF EXISTS after_variant_stock_change */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_variant_stock_change AFTER UPDATE ON product_variants FOR EACH ROW
BEGIN
    IF NOT (OLD.stock_quantity <=> NEW.stock_quantity) THEN
        IF @qs_variant_logged <=> NEW.id THEN
            SET @qs_variant_logged = NULL;
        ELSE
            INSERT INTO inventory_logs (product_id, variant_id, transaction_type, quantity_change, previous_stock,
                                        new_stock, reference_type, reference_id, notes, performed_by)
            VALUES (NEW.product_id, NEW.id,
                    CASE WHEN @qs_ref_type = 'order' AND NEW.stock_quantity < OLD.stock_quantity THEN 'stock_out'
                         WHEN @qs_ref_type IN ('order', 'purchase') AND NEW.stock_quantity > OLD.stock_quantity
                             THEN 'stock_in'
                         WHEN @qs_ref_type = 'return' THEN 'return'
                         ELSE 'adjustment' END,
                    NEW.stock_quantity - OLD.stock_quantity, OLD.stock_quantity, NEW.stock_quantity,
                    CASE WHEN @qs_ref_type IN ('order', 'purchase', 'return') THEN @qs_ref_type ELSE 'adjustment' END,
                    @qs_ref_id, LEFT(@qs_ref_note, 10000), @qs_performed_by);
        END IF;
    END IF;
END $$

-- ------------------------------------------------------------------------------------------------------- procedures

-- sp_return_order_inventory: what a returned order had bought is no longer sold, and goes back on the shelf or not.
-- Call      after the order's status was set to returned
-- Again     moves nothing and says so
-- Returns   one row: status, message, lines_returned
-- Signals   QS_ORDER_NOT_FOUND, QS_BAD_ORDER_STATE (not returned), QS_BAD_ARGUMENT
-- Locks     the order, its reservations, then each product by id and its variants by id
/*!80014 DROP PROCEDURE IF EXISTS sp_return_order_inventory */ $$
CREATE /*M!100600 OR REPLACE */ PROCEDURE sp_return_order_inventory(IN p_order_id INT, IN p_restock BOOLEAN)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
    COMMENT 'Take back what a returned order had bought, restocked or not'
BEGIN
    DECLARE v_own BOOLEAN DEFAULT FALSE;
    DECLARE v_order_status VARCHAR(20);
    DECLARE v_message VARCHAR(128);
    DECLARE v_returned INT DEFAULT 0;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        BEGIN
            DECLARE CONTINUE HANDLER FOR 1305 BEGIN END;
            IF v_own THEN
                ROLLBACK;
            ELSE
                ROLLBACK TO SAVEPOINT qs_return;
                RELEASE SAVEPOINT qs_return;
            END IF;
        END;
        SET @qs_ref_type = NULL, @qs_ref_id = NULL, @qs_ref_note = NULL, @qs_variant_logged = NULL;
        RESIGNAL;
    END;

    BEGIN
        DECLARE CONTINUE HANDLER FOR 1305 SET v_own = TRUE;
        SAVEPOINT qs_return;
        ROLLBACK TO SAVEPOINT qs_return;
    END;
    IF v_own THEN
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        START TRANSACTION;
    END IF;

    IF p_restock IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30006, MESSAGE_TEXT = 'QS_BAD_ARGUMENT: Restock must be true or false';
    END IF;
    SELECT o.order_status INTO v_order_status FROM orders o WHERE o.id = p_order_id FOR UPDATE;
    IF v_order_status IS NULL THEN
        SET v_message = CONCAT('QS_ORDER_NOT_FOUND: No order ', COALESCE(p_order_id, 'NULL'));
        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30001, MESSAGE_TEXT = v_message;
    END IF;
    IF v_order_status <> 'returned' THEN
        SET v_message = CONCAT('QS_BAD_ORDER_STATE: Order ', p_order_id, ' is ', v_order_status);
        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30002, MESSAGE_TEXT = v_message;
    END IF;

    SET @qs_ref_type = 'return', @qs_ref_id = p_order_id, @qs_ref_note = 'Returned';
    held_by_the_order:
    BEGIN
        DECLARE v_reservation BIGINT;
        DECLARE v_item, v_product, v_variant, v_quantity, v_sold, v_stock INT;
        DECLARE v_done BOOLEAN DEFAULT FALSE;
        DECLARE c_held CURSOR FOR
            SELECT r.id, r.order_item_id, r.product_id, r.variant_id, r.quantity,
                   IF(r.status = 'committed', r.quantity, 0)
            FROM inventory_reservations r FORCE INDEX (ix_inventory_reservations_order)
            WHERE r.order_id = p_order_id AND r.status IN ('reserved', 'committed')
            ORDER BY r.product_id, r.variant_id, r.id
            FOR UPDATE;
        DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_done = TRUE;

        OPEN c_held;
        each_reservation:
        LOOP
            FETCH c_held INTO v_reservation, v_item, v_product, v_variant, v_quantity, v_sold;
            IF v_done THEN
                LEAVE each_reservation;
            END IF;
            SET v_returned = v_returned + 1;
            UPDATE products
            SET stock_quantity = stock_quantity + IF(p_restock AND v_variant IS NULL, v_quantity, 0),
                sales_count = GREATEST(0, sales_count - v_sold)
            WHERE id = v_product;
            IF p_restock AND v_variant IS NOT NULL THEN
                SELECT v.stock_quantity INTO v_stock FROM product_variants v WHERE v.id = v_variant FOR UPDATE;
                SET @qs_variant_logged = v_variant;
                UPDATE product_variants SET stock_quantity = v_stock + v_quantity WHERE id = v_variant;
                INSERT INTO inventory_logs (product_id, variant_id, transaction_type, quantity_change, previous_stock,
                                            new_stock, reference_type, reference_id, notes)
                VALUES (v_product, v_variant, 'return', v_quantity, v_stock, v_stock + v_quantity, 'return',
                        p_order_id, 'Returned');
            END IF;
            UPDATE inventory_reservations
            SET status = 'released', released_at = NOW(), release_reason = IF(p_restock, 'Returned', 'Returned, not restocked')
            WHERE id = v_reservation;
            UPDATE order_items SET inventory_reserved = FALSE, inventory_released_at = NOW() WHERE id = v_item;
        END LOOP each_reservation;
        CLOSE c_held;
    END held_by_the_order;
    SET @qs_ref_type = NULL, @qs_ref_id = NULL, @qs_ref_note = NULL, @qs_variant_logged = NULL;

    IF v_own THEN
        COMMIT;
    ELSE
        RELEASE SAVEPOINT qs_return;
    END IF;
    SELECT 'SUCCESS' AS status,
           IF(v_returned > 0, CONCAT('Returned ', v_returned, ' lines'), 'Nothing to return') AS message,
           v_returned AS lines_returned;
END $$

-- sp_cleanup_expired_reservations: the work of evt_cleanup_expired_reservations, as one call.
-- Returns   one row: status, message, orders_cancelled, orders_failed
-- Signals   QS_BAD_ARGUMENT inside a transaction: each order is one of its own
/*!80014 DROP PROCEDURE IF EXISTS sp_cleanup_expired_reservations */ $$
CREATE /*M!100600 OR REPLACE */ PROCEDURE sp_cleanup_expired_reservations()
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
    COMMENT 'Give back what expired, cancel the order, tell the shopper'
BEGIN
    DECLARE v_order_id, v_errno INT;
    DECLARE v_order_status VARCHAR(20);
    DECLARE v_text TEXT;
    DECLARE v_inside BOOLEAN DEFAULT TRUE;
    DECLARE v_done BOOLEAN DEFAULT FALSE;
    DECLARE v_expired, v_failed INT DEFAULT 0;
    DECLARE c_due CURSOR FOR
        SELECT DISTINCT r.order_id
        FROM inventory_reservations r FORCE INDEX (ix_inventory_reservations_due)
        JOIN orders o ON o.id = r.order_id
        WHERE r.status = 'reserved' AND r.expires_at <= NOW()
          AND (o.order_status = 'cancelled' OR o.order_status = 'pending' AND NOT EXISTS (
              SELECT 1 FROM order_verifications v
              WHERE v.open_order_id = o.id AND (v.verification_status = 'under_review' OR v.expires_at > NOW())))
        ORDER BY r.order_id;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_done = TRUE;

    -- Each order is a transaction of its own, so this must not run inside another.
    BEGIN
        DECLARE CONTINUE HANDLER FOR 1305 SET v_inside = FALSE;
        SAVEPOINT qs_sweep;
        RELEASE SAVEPOINT qs_sweep;
    END;
    IF v_inside THEN
        SIGNAL SQLSTATE '45000'
            SET MYSQL_ERRNO = 30006, MESSAGE_TEXT = 'QS_BAD_ARGUMENT: The sweep cannot run inside a transaction';
    END IF;

    OPEN c_due;
    each_order:
    LOOP
        FETCH c_due INTO v_order_id;
        IF v_done THEN
            LEAVE each_order;
        END IF;
        one_order:
        BEGIN
            DECLARE EXIT HANDLER FOR SQLEXCEPTION
            BEGIN
                GET DIAGNOSTICS CONDITION 1 v_errno = MYSQL_ERRNO, v_text = MESSAGE_TEXT;
                ROLLBACK;
                SET @qs_actor = NULL, @qs_actor_type = NULL, @qs_reason = NULL, @qs_quiet = NULL;
                SET v_failed = v_failed + 1;
                IF v_errno NOT IN (1020, 1205, 1213) THEN
                    INSERT INTO order_errors (order_id, error_type, error_code, error_message, severity)
                    SELECT v_order_id, 'inventory', 'QS_SWEEP_FAILED', CONCAT(v_errno, ': ', v_text), 'high' FROM DUAL
                    WHERE NOT EXISTS (SELECT 1 FROM order_errors e WHERE e.order_id = v_order_id
                                      AND e.error_code = 'QS_SWEEP_FAILED' AND NOT e.is_resolved);
                END IF;
            END;
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            START TRANSACTION;
            SELECT o.order_status INTO v_order_status FROM orders o WHERE o.id = v_order_id FOR UPDATE;
            IF v_order_status = 'cancelled' OR v_order_status = 'pending' AND NOT EXISTS (
                SELECT 1 FROM order_verifications v
                WHERE v.open_order_id = v_order_id AND (v.verification_status = 'under_review' OR v.expires_at > NOW()))
            THEN
                SET @qs_quiet = TRUE;
                CALL sp_release_order_inventory(v_order_id, 'Reservation expired');
                SET @qs_actor = 'reservation sweep', @qs_actor_type = 'automation', @qs_reason = 'Reservation expired';
                UPDATE orders
                SET order_status = 'cancelled', cancelled_at = NOW(), cancellation_reason = 'Reservation expired',
                    remaining_balance = 0
                WHERE id = v_order_id AND order_status = 'pending' AND NOT EXISTS (
                    SELECT 1 FROM inventory_reservations r FORCE INDEX (ix_inventory_reservations_order)
                    WHERE r.order_id = v_order_id AND r.status IN ('reserved', 'committed'));
                IF ROW_COUNT() = 1 THEN
                    SET v_expired = v_expired + 1;
                    INSERT INTO notification_queue (order_id, user_id, notification_type, channel, recipient, message,
                                                    template_name, template_data)
                    SELECT o.id, o.user_id, 'order_cancelled', 'messenger', u.messenger_id,
                           IF(COALESCE(o.language, u.language) LIKE 'fil%',
                              CONCAT('Na-cancel ang order ', o.order_number,
                                     ' dahil lumipas na ang oras ng reservation. Pwede ka ulit mag-order anytime!'),
                              CONCAT('Your order ', o.order_number,
                                     ' was cancelled because its reservation ran out. You can order again anytime!')),
                           'order_expired', JSON_OBJECT('order_number', o.order_number, 'paid', o.upfront_paid > 0, 'why',
                               CASE WHEN o.payment_status <> 'paid'
                                         AND o.upfront_paid < IF(o.payment_method = 'cod', o.down_payment, o.total_amount)
                                        THEN 'payment'
                                    WHEN o.verification_required AND o.verification_status <> 'verified'
                                        THEN IF(o.verification_type = 'shopper_tap', 'tap', 'verification')
                                    ELSE '' END)
                    FROM orders o JOIN users u ON u.id = o.user_id
                    WHERE o.id = v_order_id;
                END IF;
                SET @qs_actor = NULL, @qs_actor_type = NULL, @qs_reason = NULL;
            END IF;
            COMMIT;
        END one_order;
        SET v_done = FALSE;
    END LOOP each_order;
    CLOSE c_due;
    SELECT 'SUCCESS' AS status, CONCAT('Cancelled ', v_expired, ' orders, ', v_failed, ' failed') AS message,
           v_expired AS orders_cancelled, v_failed AS orders_failed;
END $$

-- sp_cleanup_old_queue_items: the work of evt_cleanup_old_queue_items, as one call.
-- Returns   one row: status, message, queue_items, notifications, chat_logs
/*!80014 DROP PROCEDURE IF EXISTS sp_cleanup_old_queue_items */ $$
CREATE /*M!100600 OR REPLACE */ PROCEDURE sp_cleanup_old_queue_items()
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
    COMMENT 'Delete old queue items, notifications and chat logs in small batches'
BEGIN
    DECLARE v_rows, v_items, v_notifications, v_turns INT DEFAULT 0;

    REPEAT
        DELETE FROM order_processing_queue
        WHERE status = 'completed' AND completed_at < NOW() - INTERVAL 7 DAY
        ORDER BY completed_at LIMIT 1000;
        SET v_rows = ROW_COUNT(), v_items = v_items + v_rows;
    UNTIL v_rows < 1000 END REPEAT;
    REPEAT
        DELETE FROM notification_queue
        WHERE status = 'sent' AND sent_at < NOW() - INTERVAL 30 DAY
        ORDER BY sent_at LIMIT 1000;
        SET v_rows = ROW_COUNT(), v_notifications = v_notifications + v_rows;
    UNTIL v_rows < 1000 END REPEAT;
    REPEAT
        DELETE FROM chat_logs
        WHERE created_at < NOW() - INTERVAL 90 DAY AND turn_status <> 'received'
        ORDER BY created_at LIMIT 1000;
        SET v_rows = ROW_COUNT(), v_turns = v_turns + v_rows;
    UNTIL v_rows < 1000 END REPEAT;
    SELECT 'SUCCESS' AS status,
           CONCAT('Deleted ', v_items, ' queue items, ', v_notifications, ' notifications, ', v_turns, ' chat logs')
               AS message,
           v_items AS queue_items, v_notifications AS notifications, v_turns AS chat_logs;
END $$

-- sp_update_daily_analytics: the work of evt_update_daily_analytics, as one call.
-- Returns   one row: status, message, days_computed, days_failed
/*!80014 DROP PROCEDURE IF EXISTS sp_update_daily_analytics */ $$
CREATE /*M!100600 OR REPLACE */ PROCEDURE sp_update_daily_analytics()
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
    COMMENT 'Bring analytics_daily up to date'
BEGIN
    DECLARE v_day, v_first DATE;
    DECLARE v_sales DECIMAL(14, 2);
    DECLARE v_average DECIMAL(12, 2);
    DECLARE v_orders, v_customers, v_product, v_category INT;
    DECLARE v_fingerprint BIGINT UNSIGNED;
    DECLARE v_done BOOLEAN DEFAULT FALSE;
    DECLARE v_days, v_failed INT DEFAULT 0;
    DECLARE c_stale CURSOR FOR
        SELECT a.date FROM analytics_daily a
        LEFT JOIN (
            SELECT o.order_day, COUNT(*) AS orders,
                   BIT_XOR(CRC32(CONCAT_WS(':', o.id, o.order_status, o.total_amount))) AS fingerprint
            FROM orders o FORCE INDEX (ix_orders_day) WHERE o.order_day < CURDATE() GROUP BY o.order_day
        ) t ON t.order_day = a.date
        LEFT JOIN (
            SELECT CAST(u.created_at AS DATE) AS user_day, COUNT(*) AS customers
            FROM users u WHERE u.created_at < CURDATE() GROUP BY CAST(u.created_at AS DATE)
        ) n ON n.user_day = a.date
        WHERE a.date < CURDATE()
          AND (a.computed_at < a.date + INTERVAL 1 DAY
               OR a.total_orders <> COALESCE(t.orders, 0) OR a.fingerprint <> COALESCE(t.fingerprint, 0)
               OR a.new_customers <> COALESCE(n.customers, 0))
        ORDER BY a.date;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_done = TRUE;

    -- Days that have no row yet get one that is stale by its computed_at; ten years back at the most.
    SET v_first = GREATEST(CURDATE() - INTERVAL 3660 DAY, LEAST(
        CURDATE() - INTERVAL 1 DAY,
        COALESCE((SELECT MIN(o.order_day) FROM orders o), CURDATE()),
        COALESCE((SELECT CAST(MIN(u.created_at) AS DATE) FROM users u), CURDATE())));
    SET v_day = CURDATE() - INTERVAL 1 DAY;
    WHILE v_day >= v_first DO
        IF NOT EXISTS (SELECT 1 FROM analytics_daily a WHERE a.date = v_day) THEN
            INSERT INTO analytics_daily (date, computed_at) VALUES (v_day, v_day)
            ON DUPLICATE KEY UPDATE analytics_daily.date = analytics_daily.date;
        END IF;
        SET v_day = v_day - INTERVAL 1 DAY;
    END WHILE;

    OPEN c_stale;
    each_day:
    LOOP
        FETCH c_stale INTO v_day;
        IF v_done THEN
            LEAVE each_day;
        END IF;
        one_day:
        BEGIN
            DECLARE EXIT HANDLER FOR SQLEXCEPTION SET v_failed = v_failed + 1;
            SELECT COUNT(*),
                   COALESCE(SUM(CASE WHEN o.order_status <> 'cancelled' THEN o.total_amount END), 0),
                   COALESCE(ROUND(AVG(CASE WHEN o.order_status <> 'cancelled' THEN o.total_amount END), 2), 0),
                   COALESCE(BIT_XOR(CRC32(CONCAT_WS(':', o.id, o.order_status, o.total_amount))), 0)
            INTO v_orders, v_sales, v_average, v_fingerprint
            FROM orders o WHERE o.order_day = v_day;
            SELECT COUNT(*) INTO v_customers FROM users u
            WHERE u.created_at >= v_day AND u.created_at < v_day + INTERVAL 1 DAY;
            SET v_product = (
                SELECT i.product_id FROM orders o JOIN order_items i ON i.order_id = o.id
                WHERE o.order_day = v_day AND o.order_status <> 'cancelled'
                GROUP BY i.product_id ORDER BY SUM(i.quantity) DESC, SUM(i.total_price) DESC, i.product_id LIMIT 1);
            SET v_category = (
                SELECT p.category_id FROM orders o JOIN order_items i ON i.order_id = o.id
                JOIN products p ON p.id = i.product_id
                WHERE o.order_day = v_day AND o.order_status <> 'cancelled'
                GROUP BY p.category_id ORDER BY SUM(i.quantity) DESC, SUM(i.total_price) DESC, p.category_id LIMIT 1);
            UPDATE analytics_daily
            SET total_sales = v_sales, total_orders = v_orders, new_customers = v_customers,
                avg_order_value = v_average, top_product_id = v_product, top_category_id = v_category,
                fingerprint = v_fingerprint, computed_at = NOW()
            WHERE date = v_day;
            SET v_days = v_days + 1;
        END one_day;
        SET v_done = FALSE;
    END LOOP each_day;
    CLOSE c_stale;
    SELECT 'SUCCESS' AS status, CONCAT('Computed ', v_days, ' days, ', v_failed, ' failed') AS message,
           v_days AS days_computed, v_failed AS days_failed;
END $$

DELIMITER ;

SET SESSION sql_mode = @qs_old_sql_mode;

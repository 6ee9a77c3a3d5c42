-- QuickSell V2: 3 triggers, 4 procedures, 5 views and 3 events on the tables of quicksell_complete_v2.sql.
--
-- Load      mariadb < sql/quicksell_automation_v2.sql    (or mysql < ...), after the tables
-- Needs     TRIGGER, CREATE ROUTINE, ALTER ROUTINE, CREATE VIEW and EVENT on the database; never SUPER. MySQL with its
--           binary log on lets an ordinary account create triggers only with log_bin_trust_function_creators=1
-- Again     safe: everything here is replaced, nothing of it holds data
-- Events    stand last, because the plain client stops at the first refusal: where EVENT is not granted, all the rest
--           is in place and the program runs the same jobs itself. They run only while the server has
--           event_scheduler=ON, which this script leaves to the server's configuration
-- Definer   none is named: triggers and events run as the account that loads the file, procedures and views as whoever
--           uses them
--
-- What a session may tell the triggers (and takes back afterwards, by setting NULL):
--   @qs_actor, @qs_actor_type, @qs_reason    who moves an order (admin, customer, automation; else system), and why
--   @qs_ref_type, @qs_ref_id, @qs_ref_note   what a change of stock belongs to (order, purchase, adjustment, return),
--   @qs_performed_by                         and whose hand it was (admin_users.id)
--   @qs_tier_silver, _gold, _platinum        spend from which a shopper has a tier (20000, 50000, 100000)
--   @qs_spend_per_point                      spend that earns one loyalty point (100)

CREATE DATABASE IF NOT EXISTS `quicksell_chatbot` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE `quicksell_chatbot`;

SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SET @qs_old_sql_mode = @@SESSION.sql_mode, @qs_old_time_zone = @@SESSION.time_zone;
SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';
-- The shop's offset from UTC: events remember it, and midnight is the shop's.
SET SESSION time_zone = '+08:00';

DELIMITER $$

-- --------------------------------------------------------------------------------------------------------- triggers
-- MariaDB replaces a routine in place (its grants stay, and there is no moment without it); MySQL drops it first.

-- after_order_status_update: every change of order_status, once, in order_state_history.
-- Reads     @qs_actor, @qs_actor_type, @qs_reason; without a reason, a cancelled order's own cancellation_reason
/*!80014 DROP TRIGGER IF EXISTS after_order_status_update */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_order_status_update AFTER UPDATE ON orders FOR EACH ROW
BEGIN
    DECLARE v_actor VARCHAR(100) CHARACTER SET utf8mb4 DEFAULT 'system';
    DECLARE v_type VARCHAR(20) CHARACTER SET utf8mb4 DEFAULT 'system';
    DECLARE v_reason TEXT CHARACTER SET utf8mb4;

    IF NOT (OLD.order_status <=> NEW.order_status) THEN
        IF @qs_actor IS NOT NULL THEN
            SET v_actor = LEFT(@qs_actor, 100);
        END IF;
        IF @qs_actor_type IN ('admin', 'customer', 'automation') THEN
            SET v_type = @qs_actor_type;
        END IF;
        IF @qs_reason IS NOT NULL THEN
            SET v_reason = LEFT(@qs_reason, 10000);
        ELSEIF NEW.order_status = 'cancelled' THEN
            SET v_reason = NEW.cancellation_reason;
        END IF;
        INSERT INTO order_state_history (order_id, from_status, to_status, changed_by, changed_by_type, reason)
        VALUES (NEW.id, OLD.order_status, NEW.order_status, v_actor, v_type, v_reason);
    END IF;
END $$

-- after_order_delivered: the shopper's total_orders, total_spent, customer_tier and loyalty_points.
-- An order counts from the moment it is delivered until it is cancelled or returned, however often its status moves in
-- between; a corrected total of a counted order is corrected in the sums. The history decides whether it counts, so
-- an order that was inserted as delivered (an import) is left to whoever imports.
-- Follows   after_order_status_update, whose row for this very change it must look past
/*!80014 DROP TRIGGER IF EXISTS after_order_delivered */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_order_delivered AFTER UPDATE ON orders FOR EACH ROW
FOLLOWS after_order_status_update
BEGIN
    DECLARE v_moved BOOLEAN DEFAULT NOT (OLD.order_status <=> NEW.order_status);
    DECLARE v_last VARCHAR(50) CHARACTER SET utf8mb4;
    DECLARE v_counted BOOLEAN;
    DECLARE v_counts BOOLEAN;

    IF (v_moved AND NEW.order_status IN ('delivered', 'cancelled', 'returned'))
        OR NOT (OLD.total_amount <=> NEW.total_amount) OR NOT (OLD.user_id <=> NEW.user_id)
    THEN
        -- What the last of these moves before this one was. Read with a lock, so that it is never an old snapshot.
        IF v_moved THEN
            SET v_last = (
                SELECT h.to_status FROM order_state_history h FORCE INDEX (ix_order_state_history_order)
                WHERE h.order_id = NEW.id AND h.from_status IS NOT NULL
                  AND h.to_status IN ('delivered', 'cancelled', 'returned')
                  AND h.id < (SELECT MAX(m.id) FROM order_state_history m FORCE INDEX (ix_order_state_history_order)
                              WHERE m.order_id = NEW.id)
                ORDER BY h.id DESC LIMIT 1 LOCK IN SHARE MODE
            );
        ELSE
            SET v_last = (
                SELECT h.to_status FROM order_state_history h FORCE INDEX (ix_order_state_history_order)
                WHERE h.order_id = NEW.id AND h.from_status IS NOT NULL
                  AND h.to_status IN ('delivered', 'cancelled', 'returned')
                ORDER BY h.id DESC LIMIT 1 LOCK IN SHARE MODE
            );
        END IF;
        SET v_counted = v_last <=> 'delivered';
        SET v_counts = CASE
            WHEN v_moved AND NEW.order_status = 'delivered' THEN TRUE
            WHEN v_moved AND NEW.order_status IN ('cancelled', 'returned') THEN FALSE
            ELSE v_counted
        END;

        IF v_counted AND NOT (v_counts AND OLD.total_amount <=> NEW.total_amount AND OLD.user_id <=> NEW.user_id) THEN
            UPDATE users u
            SET u.loyalty_points = GREATEST(0, u.loyalty_points
                    + FLOOR(GREATEST(0, u.total_spent - OLD.total_amount) / COALESCE(@qs_spend_per_point, 100))
                    - FLOOR(u.total_spent / COALESCE(@qs_spend_per_point, 100))),
                u.customer_tier = CASE
                    WHEN u.total_spent - OLD.total_amount >= COALESCE(@qs_tier_platinum, 100000) THEN 'platinum'
                    WHEN u.total_spent - OLD.total_amount >= COALESCE(@qs_tier_gold, 50000) THEN 'gold'
                    WHEN u.total_spent - OLD.total_amount >= COALESCE(@qs_tier_silver, 20000) THEN 'silver'
                    ELSE 'regular' END,
                u.total_orders = GREATEST(0, u.total_orders - 1),
                u.total_spent = GREATEST(0, u.total_spent - OLD.total_amount)
            WHERE u.id = OLD.user_id;
        END IF;
        -- total_spent is set last: the others are worked out from what it was before.
        IF v_counts AND NOT (v_counted AND OLD.total_amount <=> NEW.total_amount AND OLD.user_id <=> NEW.user_id) THEN
            UPDATE users u
            SET u.loyalty_points = u.loyalty_points
                    + FLOOR((u.total_spent + NEW.total_amount) / COALESCE(@qs_spend_per_point, 100))
                    - FLOOR(u.total_spent / COALESCE(@qs_spend_per_point, 100)),
                u.customer_tier = CASE
                    WHEN u.total_spent + NEW.total_amount >= COALESCE(@qs_tier_platinum, 100000) THEN 'platinum'
                    WHEN u.total_spent + NEW.total_amount >= COALESCE(@qs_tier_gold, 50000) THEN 'gold'
                    WHEN u.total_spent + NEW.total_amount >= COALESCE(@qs_tier_silver, 20000) THEN 'silver'
                    ELSE 'regular' END,
                u.total_orders = u.total_orders + 1,
                u.total_spent = u.total_spent + NEW.total_amount
            WHERE u.id = NEW.user_id;
        END IF;
    END IF;
END $$

-- after_product_stock_change: every change of a product's own stock, in inventory_logs, with what it belongs to.
-- Reads     @qs_ref_type, @qs_ref_id, @qs_ref_note, @qs_performed_by
/*!80014 DROP TRIGGER IF EXISTS after_product_stock_change */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_product_stock_change AFTER UPDATE ON products FOR EACH ROW
BEGIN
    IF NOT (OLD.stock_quantity <=> NEW.stock_quantity) THEN
        INSERT INTO inventory_logs (product_id, variant_id, transaction_type, quantity_change, previous_stock,
                                    new_stock, reference_type, reference_id, notes, performed_by)
        VALUES (NEW.id, NULL,
                CASE WHEN @qs_ref_type = 'order' AND NEW.stock_quantity < OLD.stock_quantity THEN 'stock_out'
                     WHEN @qs_ref_type IN ('order', 'purchase') AND NEW.stock_quantity > OLD.stock_quantity
                         THEN 'stock_in'
                     WHEN @qs_ref_type = 'return' THEN 'return'
                     ELSE 'adjustment' END,
                NEW.stock_quantity - OLD.stock_quantity, OLD.stock_quantity, NEW.stock_quantity,
                CASE WHEN @qs_ref_type IN ('order', 'purchase', 'return') THEN @qs_ref_type ELSE 'adjustment' END,
                @qs_ref_id, LEFT(@qs_ref_note, 10000), @qs_performed_by);
    END IF;
END $$

-- ------------------------------------------------------------------------------------------------------- procedures
-- Alone or in a transaction: setting a savepoint and rolling back to it fails with 1305 exactly when no transaction is
-- open. Then the procedure begins and ends one of its own, READ COMMITTED; else that savepoint is what a refusal rolls
-- back to, and the caller's transaction is never ended. (After KILL QUERY or a statement time limit a server may run no
-- handler: whoever gets such an error ends the connection, or rolls back.)
-- Locks: the order row, then each product by id followed at once by its variants by id. FORCE INDEX keeps a locking
-- read on the rows of its own order.
-- Variants: their stock is logged here; @qs_variant_logged tells the trigger on product_variants (of the guards script)
-- that this one change is, so that nothing is logged twice.
-- Codes: 30001 QS_ORDER_NOT_FOUND, 30002 QS_BAD_ORDER_STATE, 30003 QS_ORDER_EMPTY, 30004 QS_INSUFFICIENT_STOCK,
-- 30005 QS_ALREADY_FULFILLED, 30006 QS_BAD_ARGUMENT, 30007 QS_NO_ACTIVE_RESERVATION, 30008 QS_NOT_SELLABLE.

-- sp_reserve_order_inventory: hold the stock of an order for some minutes; all lines or none.
-- Again     reserves nothing twice; what the order holds is extended
-- Returns   one row: status, message, lines_reserved, expires_at
-- Signals   QS_BAD_ARGUMENT, QS_ORDER_NOT_FOUND, QS_BAD_ORDER_STATE, QS_ORDER_EMPTY, QS_NOT_SELLABLE,
--           QS_INSUFFICIENT_STOCK
-- Locks     the order, its lines, then each product by id and its variants by id
/*!80014 DROP PROCEDURE IF EXISTS sp_reserve_order_inventory */ $$
CREATE /*M!100600 OR REPLACE */ PROCEDURE sp_reserve_order_inventory(IN p_order_id INT, IN p_expiry_minutes INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
    COMMENT 'Hold the stock of an order for some minutes, all lines or none'
BEGIN
    DECLARE v_own BOOLEAN DEFAULT FALSE;
    DECLARE v_order_status VARCHAR(20);
    DECLARE v_message VARCHAR(128);
    DECLARE v_until DATETIME;
    DECLARE v_lines INT DEFAULT 0;
    DECLARE v_new INT DEFAULT 0;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        BEGIN
            DECLARE CONTINUE HANDLER FOR 1305 BEGIN END;
            IF v_own THEN
                ROLLBACK;
            ELSE
                ROLLBACK TO SAVEPOINT qs_reserve;
                RELEASE SAVEPOINT qs_reserve;
            END IF;
        END;
        SET @qs_ref_type = NULL, @qs_ref_id = NULL, @qs_ref_note = NULL, @qs_variant_logged = NULL;
        RESIGNAL;
    END;

    BEGIN
        DECLARE CONTINUE HANDLER FOR 1305 SET v_own = TRUE;
        SAVEPOINT qs_reserve;
        ROLLBACK TO SAVEPOINT qs_reserve;
    END;
    IF v_own THEN
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        START TRANSACTION;
    END IF;

    IF p_expiry_minutes IS NULL OR p_expiry_minutes NOT BETWEEN 1 AND 10080 THEN
        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30006, MESSAGE_TEXT = 'QS_BAD_ARGUMENT: Minutes must be 1 to 10080';
    END IF;
    SELECT o.order_status INTO v_order_status FROM orders o WHERE o.id = p_order_id FOR UPDATE;
    IF v_order_status IS NULL THEN
        SET v_message = CONCAT('QS_ORDER_NOT_FOUND: No order ', COALESCE(p_order_id, 'NULL'));
        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30001, MESSAGE_TEXT = v_message;
    END IF;
    IF v_order_status NOT IN ('pending', 'confirmed') THEN
        SET v_message = CONCAT('QS_BAD_ORDER_STATE: Order ', p_order_id, ' is ', v_order_status);
        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30002, MESSAGE_TEXT = v_message;
    END IF;

    SET @qs_ref_type = 'order', @qs_ref_id = p_order_id, @qs_ref_note = 'Reserved';
    lines_of_the_order:
    BEGIN
        DECLARE v_item, v_product, v_variant, v_quantity, v_held, v_stock INT;
        DECLARE v_flag, v_same BOOLEAN;
        DECLARE v_product_status VARCHAR(20);
        DECLARE v_done BOOLEAN DEFAULT FALSE;
        DECLARE c_lines CURSOR FOR
            SELECT i.id, i.product_id, i.variant_id, i.quantity, i.inventory_reserved,
                   r.quantity, r.product_id = i.product_id AND r.variant_id <=> i.variant_id
            FROM order_items i FORCE INDEX (ix_order_items_order)
            LEFT JOIN inventory_reservations r FORCE INDEX (uq_inventory_reservations_live)
                ON r.order_item_id = i.id AND r.live_slot = 1
            WHERE i.order_id = p_order_id
            ORDER BY i.product_id, i.variant_id, i.id
            FOR UPDATE;
        DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_done = TRUE;

        OPEN c_lines;
        each_line:
        LOOP
            FETCH c_lines INTO v_item, v_product, v_variant, v_quantity, v_flag, v_held, v_same;
            IF v_done THEN
                LEAVE each_line;
            END IF;
            SET v_lines = v_lines + 1;
            -- The reservation is the truth and inventory_reserved its copy: mend the copy if somebody wrote it.
            IF v_flag <> (v_held IS NOT NULL) THEN
                UPDATE order_items SET inventory_reserved = (v_held IS NOT NULL) WHERE id = v_item;
            END IF;

            IF v_held IS NOT NULL THEN
                IF v_held <> v_quantity OR NOT v_same THEN
                    SET v_message = CONCAT('QS_BAD_ORDER_STATE: Item ', v_item, ' changed while it held ', v_held,
                                           ' pieces, release first');
                    SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30002, MESSAGE_TEXT = v_message;
                END IF;
                ITERATE each_line;
            END IF;
            IF v_quantity < 1 THEN
                SET v_message = CONCAT('QS_BAD_ARGUMENT: Item ', v_item, ' has quantity ', v_quantity);
                SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30006, MESSAGE_TEXT = v_message;
            END IF;

            SET v_new = v_new + 1;
            IF v_variant IS NULL THEN
                UPDATE products SET stock_quantity = stock_quantity - v_quantity
                WHERE id = v_product AND status = 'active' AND stock_quantity >= v_quantity;
                IF ROW_COUNT() <> 1 THEN
                    SET v_product_status = 'deleted';
                    SELECT p.status INTO v_product_status FROM products p WHERE p.id = v_product FOR UPDATE;
                    IF v_product_status <> 'active' THEN
                        SET v_message = CONCAT('QS_NOT_SELLABLE: Product ', v_product, ' is ', v_product_status);
                        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30008, MESSAGE_TEXT = v_message;
                    END IF;
                    SET v_message = CONCAT('QS_INSUFFICIENT_STOCK: Insufficient stock for product ', v_product);
                    SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30004, MESSAGE_TEXT = v_message;
                END IF;
            ELSE
                SET v_product_status = 'deleted';
                SELECT p.status INTO v_product_status FROM products p WHERE p.id = v_product LOCK IN SHARE MODE;
                IF v_product_status <> 'active' THEN
                    SET v_message = CONCAT('QS_NOT_SELLABLE: Product ', v_product, ' is ', v_product_status);
                    SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30008, MESSAGE_TEXT = v_message;
                END IF;
                SET v_stock = NULL;
                SELECT v.stock_quantity INTO v_stock FROM product_variants v
                WHERE v.id = v_variant AND v.product_id = v_product AND v.is_available FOR UPDATE;
                IF v_stock IS NULL THEN
                    SET v_message = CONCAT('QS_NOT_SELLABLE: Variant ', v_variant, ' of product ', v_product,
                                           ' is not available');
                    SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30008, MESSAGE_TEXT = v_message;
                END IF;
                IF v_stock < v_quantity THEN
                    SET v_message = CONCAT('QS_INSUFFICIENT_STOCK: Insufficient stock for product ', v_product,
                                           ' variant ', v_variant);
                    SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30004, MESSAGE_TEXT = v_message;
                END IF;
                SET @qs_variant_logged = v_variant;
                UPDATE product_variants SET stock_quantity = v_stock - v_quantity WHERE id = v_variant;
                INSERT INTO inventory_logs (product_id, variant_id, transaction_type, quantity_change, previous_stock,
                                            new_stock, reference_type, reference_id, notes)
                VALUES (v_product, v_variant, 'stock_out', -v_quantity, v_stock, v_stock - v_quantity, 'order',
                        p_order_id, 'Reserved');
            END IF;
        END LOOP each_line;
        CLOSE c_lines;
    END lines_of_the_order;
    SET @qs_ref_type = NULL, @qs_ref_id = NULL, @qs_ref_note = NULL, @qs_variant_logged = NULL;

    IF v_lines = 0 THEN
        SET v_message = CONCAT('QS_ORDER_EMPTY: Order ', p_order_id, ' has no items');
        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30003, MESSAGE_TEXT = v_message;
    END IF;
    SET v_until = NOW() + INTERVAL p_expiry_minutes MINUTE;
    IF v_new < v_lines THEN
        UPDATE inventory_reservations FORCE INDEX (ix_inventory_reservations_order)
        SET expires_at = v_until
        WHERE order_id = p_order_id AND status = 'reserved' AND expires_at < v_until;
    END IF;
    IF v_new > 0 THEN
        INSERT INTO inventory_reservations (order_id, order_item_id, product_id, variant_id, quantity, expires_at)
        SELECT i.order_id, i.id, i.product_id, i.variant_id, i.quantity, v_until
        FROM order_items i FORCE INDEX (ix_order_items_order)
        WHERE i.order_id = p_order_id AND i.inventory_reserved = FALSE;
        UPDATE order_items FORCE INDEX (ix_order_items_order)
        SET inventory_reserved = TRUE, inventory_reserved_at = NOW(), inventory_released_at = NULL
        WHERE order_id = p_order_id AND inventory_reserved = FALSE;
    END IF;

    IF v_own THEN
        COMMIT;
    ELSE
        RELEASE SAVEPOINT qs_reserve;
    END IF;
    SELECT 'SUCCESS' AS status,
           IF(v_new > 0, CONCAT('Reserved ', v_new, ' of ', v_lines, ' lines'),
              CONCAT('All ', v_lines, ' lines were held already')) AS message,
           v_new AS lines_reserved, v_until AS expires_at;
END $$

-- sp_release_order_inventory: give back everything an order holds, reserved and committed, to where it came from.
-- Expired   with the reason 'Reservation expired' only what is reserved and past its time, marked expired
-- Again     moves nothing and says so, as does a NULL order
-- Returns   one row: status, message, lines_released
-- Signals   QS_ORDER_NOT_FOUND, QS_ALREADY_FULFILLED (shipped, delivered, returned: that is a return)
-- Locks     the order, its reservations, then each product by id and its variants by id
/*!80014 DROP PROCEDURE IF EXISTS sp_release_order_inventory */ $$
CREATE /*M!100600 OR REPLACE */ PROCEDURE sp_release_order_inventory(IN p_order_id INT, IN p_reason VARCHAR(255))
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
    COMMENT 'Give back everything an order holds, once, to where it came from'
BEGIN
    DECLARE v_own BOOLEAN DEFAULT FALSE;
    DECLARE v_order_status VARCHAR(20);
    DECLARE v_message VARCHAR(128);
    DECLARE v_expiry BOOLEAN DEFAULT COALESCE(p_reason = 'Reservation expired', FALSE);
    DECLARE v_released INT DEFAULT 0;
    DECLARE v_quiet BOOLEAN DEFAULT @qs_quiet IS NOT NULL;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        BEGIN
            DECLARE CONTINUE HANDLER FOR 1305 BEGIN END;
            IF v_own THEN
                ROLLBACK;
            ELSE
                ROLLBACK TO SAVEPOINT qs_release;
                RELEASE SAVEPOINT qs_release;
            END IF;
        END;
        SET @qs_ref_type = NULL, @qs_ref_id = NULL, @qs_ref_note = NULL, @qs_variant_logged = NULL;
        RESIGNAL;
    END;

    -- The sweep asks for no answer row, for this one call.
    SET @qs_quiet = NULL;
    BEGIN
        DECLARE CONTINUE HANDLER FOR 1305 SET v_own = TRUE;
        SAVEPOINT qs_release;
        ROLLBACK TO SAVEPOINT qs_release;
    END;
    IF v_own THEN
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        START TRANSACTION;
    END IF;

    IF p_order_id IS NOT NULL THEN
        SELECT o.order_status INTO v_order_status FROM orders o WHERE o.id = p_order_id FOR UPDATE;
        IF v_order_status IS NULL THEN
            SET v_message = CONCAT('QS_ORDER_NOT_FOUND: No order ', p_order_id);
            SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30001, MESSAGE_TEXT = v_message;
        END IF;
        IF v_order_status IN ('shipped', 'delivered', 'returned') THEN
            SET v_message = CONCAT('QS_ALREADY_FULFILLED: Order ', p_order_id, ' is ', v_order_status);
            SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30005, MESSAGE_TEXT = v_message;
        END IF;

        SET @qs_ref_type = 'order', @qs_ref_id = p_order_id, @qs_ref_note = COALESCE(p_reason, 'Released');
        held_by_the_order:
        BEGIN
            DECLARE v_reservation BIGINT;
            DECLARE v_item, v_product, v_variant, v_quantity, v_sold, v_stock INT;
            DECLARE v_done BOOLEAN DEFAULT FALSE;
            DECLARE c_held CURSOR FOR
                SELECT r.id, r.order_item_id, r.product_id, r.variant_id, r.quantity,
                       IF(r.status = 'committed', r.quantity, 0)
                FROM inventory_reservations r FORCE INDEX (ix_inventory_reservations_order)
                WHERE r.order_id = p_order_id
                  AND (r.status = 'reserved' AND (NOT v_expiry OR r.expires_at <= NOW())
                       OR r.status = 'committed' AND NOT v_expiry)
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
                SET v_released = v_released + 1;
                IF v_variant IS NULL THEN
                    UPDATE products
                    SET stock_quantity = stock_quantity + v_quantity, sales_count = GREATEST(0, sales_count - v_sold)
                    WHERE id = v_product;
                ELSE
                    IF v_sold > 0 THEN
                        UPDATE products SET sales_count = GREATEST(0, sales_count - v_sold) WHERE id = v_product;
                    ELSE
                        SELECT p.stock_quantity INTO v_stock FROM products p WHERE p.id = v_product FOR UPDATE;
                    END IF;
                    SELECT v.stock_quantity INTO v_stock FROM product_variants v WHERE v.id = v_variant FOR UPDATE;
                    SET @qs_variant_logged = v_variant;
                    UPDATE product_variants SET stock_quantity = v_stock + v_quantity WHERE id = v_variant;
                    INSERT INTO inventory_logs (product_id, variant_id, transaction_type, quantity_change,
                                                previous_stock, new_stock, reference_type, reference_id, notes)
                    VALUES (v_product, v_variant, 'stock_in', v_quantity, v_stock, v_stock + v_quantity, 'order',
                            p_order_id, COALESCE(p_reason, 'Released'));
                END IF;
                UPDATE inventory_reservations
                SET status = IF(v_expiry, 'expired', 'released'), released_at = NOW(), release_reason = p_reason
                WHERE id = v_reservation;
                UPDATE order_items SET inventory_reserved = FALSE, inventory_released_at = NOW() WHERE id = v_item;
            END LOOP each_reservation;
            CLOSE c_held;
        END held_by_the_order;
        SET @qs_ref_type = NULL, @qs_ref_id = NULL, @qs_ref_note = NULL, @qs_variant_logged = NULL;
    END IF;

    IF v_own THEN
        COMMIT;
    ELSE
        RELEASE SAVEPOINT qs_release;
    END IF;
    IF NOT v_quiet THEN
        SELECT 'SUCCESS' AS status,
               IF(v_released > 0, CONCAT('Released ', v_released, ' lines'), 'Nothing to release') AS message,
               v_released AS lines_released;
    END IF;
END $$

-- sp_commit_order_inventory: turn the reservation of an order into a sale, and count the sale.
-- Late      a reservation past its time that nobody has swept yet is still held, and is honoured
-- Again     changes nothing and says so
-- Returns   one row: status, message, lines_committed
-- Signals   QS_ORDER_NOT_FOUND, QS_BAD_ORDER_STATE (cancelled, returned), QS_ORDER_EMPTY, QS_NO_ACTIVE_RESERVATION
-- Locks     the order, its lines and reservations, then each product by id
/*!80014 DROP PROCEDURE IF EXISTS sp_commit_order_inventory */ $$
CREATE /*M!100600 OR REPLACE */ PROCEDURE sp_commit_order_inventory(IN p_order_id INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
    COMMENT 'Turn the reservation of an order into a sale'
BEGIN
    DECLARE v_own BOOLEAN DEFAULT FALSE;
    DECLARE v_order_status VARCHAR(20);
    DECLARE v_message VARCHAR(128);
    DECLARE v_lines INT DEFAULT 0;
    DECLARE v_new INT DEFAULT 0;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        BEGIN
            DECLARE CONTINUE HANDLER FOR 1305 BEGIN END;
            IF v_own THEN
                ROLLBACK;
            ELSE
                ROLLBACK TO SAVEPOINT qs_commit;
                RELEASE SAVEPOINT qs_commit;
            END IF;
        END;
        RESIGNAL;
    END;

    BEGIN
        DECLARE CONTINUE HANDLER FOR 1305 SET v_own = TRUE;
        SAVEPOINT qs_commit;
        ROLLBACK TO SAVEPOINT qs_commit;
    END;
    IF v_own THEN
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        START TRANSACTION;
    END IF;

    SELECT o.order_status INTO v_order_status FROM orders o WHERE o.id = p_order_id FOR UPDATE;
    IF v_order_status IS NULL THEN
        SET v_message = CONCAT('QS_ORDER_NOT_FOUND: No order ', COALESCE(p_order_id, 'NULL'));
        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30001, MESSAGE_TEXT = v_message;
    END IF;
    IF v_order_status IN ('cancelled', 'returned') THEN
        SET v_message = CONCAT('QS_BAD_ORDER_STATE: Order ', p_order_id, ' is ', v_order_status);
        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30002, MESSAGE_TEXT = v_message;
    END IF;

    lines_of_the_order:
    BEGIN
        DECLARE v_item, v_product, v_quantity, v_held INT;
        DECLARE v_same BOOLEAN;
        DECLARE v_status VARCHAR(20);
        DECLARE v_done BOOLEAN DEFAULT FALSE;
        DECLARE c_lines CURSOR FOR
            SELECT i.id, i.product_id, i.quantity, r.status,
                   r.quantity, r.product_id = i.product_id AND r.variant_id <=> i.variant_id
            FROM order_items i FORCE INDEX (ix_order_items_order)
            LEFT JOIN inventory_reservations r FORCE INDEX (uq_inventory_reservations_live)
                ON r.order_item_id = i.id AND r.live_slot = 1
            WHERE i.order_id = p_order_id
            ORDER BY i.product_id, i.variant_id, i.id
            FOR UPDATE;
        DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_done = TRUE;

        OPEN c_lines;
        each_line:
        LOOP
            FETCH c_lines INTO v_item, v_product, v_quantity, v_status, v_held, v_same;
            IF v_done THEN
                LEAVE each_line;
            END IF;
            SET v_lines = v_lines + 1;
            IF v_held IS NULL OR v_held <> v_quantity OR NOT v_same THEN
                SET v_message = CONCAT('QS_NO_ACTIVE_RESERVATION: Item ', v_item, ' of order ', p_order_id, ' holds ',
                                       COALESCE(v_held, 0), ' of ', v_quantity, ' pieces');
                SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30007, MESSAGE_TEXT = v_message;
            END IF;
            IF v_status = 'reserved' THEN
                SET v_new = v_new + 1;
                UPDATE products SET sales_count = sales_count + v_quantity WHERE id = v_product;
            END IF;
        END LOOP each_line;
        CLOSE c_lines;
    END lines_of_the_order;

    IF v_lines = 0 THEN
        SET v_message = CONCAT('QS_ORDER_EMPTY: Order ', p_order_id, ' has no items');
        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 30003, MESSAGE_TEXT = v_message;
    END IF;
    IF v_new > 0 THEN
        UPDATE inventory_reservations FORCE INDEX (ix_inventory_reservations_order)
        SET status = 'committed', committed_at = NOW()
        WHERE order_id = p_order_id AND status = 'reserved';
    END IF;

    IF v_own THEN
        COMMIT;
    ELSE
        RELEASE SAVEPOINT qs_commit;
    END IF;
    SELECT 'SUCCESS' AS status,
           IF(v_new > 0, CONCAT('Committed ', v_new, ' lines'), 'All lines were committed already') AS message,
           v_new AS lines_committed;
END $$

-- sp_get_order_details: everything about one order.
-- Returns   four result sets: the order with its shopper, its items, its verifications, its last 10 state changes,
--           newest first; an unknown order gives four empty ones
/*!80014 DROP PROCEDURE IF EXISTS sp_get_order_details */ $$
CREATE /*M!100600 OR REPLACE */ PROCEDURE sp_get_order_details(IN p_order_id INT)
    READS SQL DATA
    SQL SECURITY INVOKER
    COMMENT 'An order with its shopper, its items, its verifications and its last state changes'
BEGIN
    SELECT o.*, u.messenger_id, u.facebook_name, u.email, u.phone, u.customer_tier,
           u.total_orders AS user_total_orders, u.total_spent AS user_total_spent
    FROM orders o JOIN users u ON u.id = o.user_id
    WHERE o.id = p_order_id;

    SELECT i.* FROM order_items i WHERE i.order_id = p_order_id ORDER BY i.id;

    SELECT v.* FROM order_verifications v WHERE v.order_id = p_order_id ORDER BY v.submitted_at DESC, v.id DESC;

    SELECT h.* FROM order_state_history h WHERE h.order_id = p_order_id ORDER BY h.created_at DESC, h.id DESC LIMIT 10;
END $$

DELIMITER ;

-- ------------------------------------------------------------------------------------------------------------ views
-- No view groups or sorts at its top, so that a filter, a sort or a limit reaches the tables. MariaDB merges a view
-- whose select list holds subqueries, MySQL does not but knows LATERAL: the same view stands here for either.
-- Words that a view makes up carry a COLLATE, so that a session of any collation may compare them.

-- vw_orders_detailed: an order with its shopper, its lines in short, its unresolved errors, and how long it took.
-- GROUP_CONCAT of MySQL cuts at 1,024 bytes, so there the names come as a JSON array of which one string is made.
/*M!100600 CREATE OR REPLACE SQL SECURITY INVOKER VIEW vw_orders_detailed AS
SELECT o.*, u.facebook_name AS customer_name, u.email AS customer_email, u.phone AS customer_phone, u.customer_tier,
       (SELECT COUNT(*) FROM order_items i WHERE i.order_id = o.id) AS item_count,
       (SELECT GROUP_CONCAT(i.product_name ORDER BY i.id SEPARATOR ', ')
        FROM order_items i WHERE i.order_id = o.id) AS product_names,
       (SELECT COUNT(*) FROM order_errors e WHERE e.order_id = o.id AND NOT e.is_resolved) AS unresolved_errors,
       ROUND(TIMESTAMPDIFF(SECOND, o.created_at, o.delivered_at) / 3600, 2) AS fulfillment_hours,
       (SELECT m.total_processing_duration_ms FROM order_metrics m WHERE m.order_id = o.id)
           AS total_processing_duration_ms
FROM orders o
LEFT JOIN users u ON u.id = o.user_id */;
/*!80014 CREATE OR REPLACE SQL SECURITY INVOKER VIEW vw_orders_detailed AS
SELECT o.*, u.facebook_name AS customer_name, u.email AS customer_email, u.phone AS customer_phone, u.customer_tier,
       l.item_count, l.product_names, x.unresolved_errors,
       ROUND(TIMESTAMPDIFF(SECOND, o.created_at, o.delivered_at) / 3600, 2) AS fulfillment_hours,
       m.total_processing_duration_ms
FROM orders o
LEFT JOIN users u ON u.id = o.user_id
LEFT JOIN LATERAL (
    SELECT COUNT(*) AS item_count,
           JSON_UNQUOTE(JSON_EXTRACT(REPLACE(CAST(JSON_ARRAYAGG(i.product_name) AS CHAR), '", "', ', '), '$[0]'))
               COLLATE utf8mb4_unicode_520_ci AS product_names
    FROM order_items i WHERE i.order_id = o.id
) l ON TRUE
LEFT JOIN LATERAL (
    SELECT COUNT(*) AS unresolved_errors FROM order_errors e WHERE e.order_id = o.id AND NOT e.is_resolved
) x ON TRUE
LEFT JOIN order_metrics m ON m.order_id = o.id */;

-- vw_pending_orders: what waits for somebody, and for what. Sort by created_at for the oldest first: pending_since is
-- created_at of an order that still waits, so the first page comes from its index.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW vw_pending_orders AS
SELECT o.id, o.order_number, o.user_id, u.facebook_name, u.phone, o.total_amount, o.order_status,
       o.verification_required, o.verification_status, o.payment_status, o.pending_since AS created_at,
       TIMESTAMPDIFF(MINUTE, o.pending_since, NOW()) AS minutes_pending,
       CASE WHEN o.verification_required = TRUE AND o.verification_status <> 'verified' THEN 'Awaiting Verification'
            WHEN o.order_status = 'pending' THEN 'Awaiting Confirmation'
            WHEN o.payment_method <> 'cod' AND o.payment_status IN ('pending', 'failed') THEN 'Awaiting Payment'
            ELSE 'Pending Processing' END COLLATE utf8mb4_unicode_520_ci AS action_required
FROM orders o
LEFT JOIN users u ON u.id = o.user_id
WHERE o.pending_since IS NOT NULL;

-- vw_inventory_status: what of a product is on the shelf, held by orders and by claims in live sales, and can still be sold,
-- its variants included. Holding has taken the pieces off the stock already, so available is the stock, and the shelf is stock + reserved.
/*M!100600 CREATE OR REPLACE SQL SECURITY INVOKER VIEW vw_inventory_status AS
SELECT p.id, p.sku, p.name,
       p.stock_quantity
           + COALESCE((SELECT SUM(v.stock_quantity) FROM product_variants v
                       WHERE v.product_id = p.id AND v.is_available), 0)
           + COALESCE((SELECT SUM(r.quantity) FROM inventory_reservations r
                       WHERE r.product_id = p.id AND r.status = 'reserved'), 0)
           + p.claimed_quantity AS current_stock,
       p.low_stock_threshold,
       COALESCE((SELECT SUM(r.quantity) FROM inventory_reservations r
                 WHERE r.product_id = p.id AND r.status = 'reserved'), 0) + p.claimed_quantity AS reserved_quantity,
       p.stock_quantity
           + COALESCE((SELECT SUM(v.stock_quantity) FROM product_variants v
                       WHERE v.product_id = p.id AND v.is_available), 0) AS available_stock,
       CASE WHEN p.stock_quantity
                 + COALESCE((SELECT SUM(v.stock_quantity) FROM product_variants v
                             WHERE v.product_id = p.id AND v.is_available), 0) <= 0 THEN 'OUT_OF_STOCK'
            WHEN p.stock_quantity
                 + COALESCE((SELECT SUM(v.stock_quantity) FROM product_variants v
                             WHERE v.product_id = p.id AND v.is_available), 0) <= p.low_stock_threshold THEN 'LOW_STOCK'
            ELSE 'IN_STOCK' END COLLATE utf8mb4_unicode_520_ci AS stock_status
FROM products p */;
/*!80014 CREATE OR REPLACE SQL SECURITY INVOKER VIEW vw_inventory_status AS
SELECT p.id, p.sku, p.name,
       p.stock_quantity + v.pieces + r.pieces + p.claimed_quantity AS current_stock,
       p.low_stock_threshold,
       r.pieces + p.claimed_quantity AS reserved_quantity,
       p.stock_quantity + v.pieces AS available_stock,
       CASE WHEN p.stock_quantity + v.pieces <= 0 THEN 'OUT_OF_STOCK'
            WHEN p.stock_quantity + v.pieces <= p.low_stock_threshold THEN 'LOW_STOCK'
            ELSE 'IN_STOCK' END COLLATE utf8mb4_unicode_520_ci AS stock_status
FROM products p
LEFT JOIN LATERAL (
    SELECT COALESCE(SUM(x.stock_quantity), 0) AS pieces FROM product_variants x
    WHERE x.product_id = p.id AND x.is_available
) v ON TRUE
LEFT JOIN LATERAL (
    SELECT COALESCE(SUM(y.quantity), 0) AS pieces FROM inventory_reservations y
    WHERE y.product_id = p.id AND y.status = 'reserved'
) r ON TRUE */;

-- vw_daily_metrics: a day of the shop, by the day the orders were placed. Revenue and average leave cancelled orders
-- out; errors and processing times are those of the day's orders.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW vw_daily_metrics AS
SELECT o.order_day AS date,
       COUNT(*) AS total_orders,
       COUNT(CASE WHEN o.order_status = 'delivered' THEN 1 END) AS delivered_orders,
       COUNT(CASE WHEN o.order_status = 'cancelled' THEN 1 END) AS cancelled_orders,
       COALESCE(SUM(CASE WHEN o.order_status <> 'cancelled' THEN o.total_amount END), 0) AS total_revenue,
       COALESCE(ROUND(AVG(CASE WHEN o.order_status <> 'cancelled' THEN o.total_amount END), 2), 0) AS avg_order_value,
       ROUND(AVG(m.total_processing_duration_ms), 2) AS avg_processing_ms,
       (SELECT COUNT(*) FROM orders x STRAIGHT_JOIN order_errors e ON e.order_id = x.id
        WHERE x.order_day = o.order_day) AS total_errors
FROM orders o
LEFT JOIN order_metrics m ON m.order_id = o.id
GROUP BY o.order_day;

-- vw_customer_ltv: a shopper's worth, and how long the last order was ago. The sums in users count delivered orders.
/*M!100600 CREATE OR REPLACE SQL SECURITY INVOKER VIEW vw_customer_ltv AS
SELECT u.id, u.facebook_name, u.email, u.phone, u.customer_tier, u.total_orders, u.total_spent, u.loyalty_points,
       (SELECT COUNT(*) FROM orders o WHERE o.user_id = u.id AND o.verification_status = 'verified')
           AS verified_order_count,
       (SELECT MAX(o.created_at) FROM orders o WHERE o.user_id = u.id) AS last_order_date,
       DATEDIFF(CURDATE(), (SELECT MAX(o.created_at) FROM orders o WHERE o.user_id = u.id)) AS days_since_last_order,
       CASE WHEN (SELECT MAX(o.created_at) FROM orders o WHERE o.user_id = u.id) IS NULL THEN 'INACTIVE'
            WHEN DATEDIFF(CURDATE(), (SELECT MAX(o.created_at) FROM orders o WHERE o.user_id = u.id)) > 90
                THEN 'AT_RISK'
            WHEN DATEDIFF(CURDATE(), (SELECT MAX(o.created_at) FROM orders o WHERE o.user_id = u.id)) > 30
                THEN 'DORMANT'
            ELSE 'ACTIVE' END COLLATE utf8mb4_unicode_520_ci AS customer_status
FROM users u */;
/*!80014 CREATE OR REPLACE SQL SECURITY INVOKER VIEW vw_customer_ltv AS
SELECT u.id, u.facebook_name, u.email, u.phone, u.customer_tier, u.total_orders, u.total_spent, u.loyalty_points,
       v.verified_order_count, l.last_order_date,
       DATEDIFF(CURDATE(), l.last_order_date) AS days_since_last_order,
       CASE WHEN l.last_order_date IS NULL THEN 'INACTIVE'
            WHEN DATEDIFF(CURDATE(), l.last_order_date) > 90 THEN 'AT_RISK'
            WHEN DATEDIFF(CURDATE(), l.last_order_date) > 30 THEN 'DORMANT'
            ELSE 'ACTIVE' END COLLATE utf8mb4_unicode_520_ci AS customer_status
FROM users u
LEFT JOIN LATERAL (
    SELECT COUNT(*) AS verified_order_count FROM orders o
    WHERE o.user_id = u.id AND o.verification_status = 'verified'
) v ON TRUE
LEFT JOIN LATERAL (SELECT MAX(o.created_at) AS last_order_date FROM orders o WHERE o.user_id = u.id) l ON TRUE */;

-- ----------------------------------------------------------------------------------------------------------- events
-- Each body stands once more in quicksell_guards_v2.sql as a procedure that people, tests and the program call.

DELIMITER $$

-- evt_cleanup_expired_reservations: give back the stock of every order whose reservation is past its time, cancel the
-- order, and tell the shopper.
-- Waits     for an open verification: until its own time is up, or until a person has reviewed what was sent
-- Leaves    a confirmed order alone: confirmation ends the reservation's clock
-- Once      whoever runs it, how often or how many at once: the order row decides
-- Failure   of one order is written to order_errors and stops no other
/*!80014 DROP EVENT IF EXISTS evt_cleanup_expired_reservations */ $$
CREATE /*M!100600 OR REPLACE */ EVENT evt_cleanup_expired_reservations
    ON SCHEDULE EVERY 5 MINUTE
    ON COMPLETION PRESERVE
    COMMENT 'Give back what expired, cancel the order, tell the shopper'
DO BEGIN
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

-- evt_cleanup_old_queue_items: delete completed queue items after 7 days, sent notifications after 30, chat logs after
-- 90, a thousand at a time; turns that still wait for an answer stay.
/*!80014 DROP EVENT IF EXISTS evt_cleanup_old_queue_items */ $$
CREATE /*M!100600 OR REPLACE */ EVENT evt_cleanup_old_queue_items
    ON SCHEDULE EVERY 1 DAY STARTS CURRENT_DATE + INTERVAL 27 HOUR
    ON COMPLETION PRESERVE
    COMMENT 'Delete old queue items, notifications and chat logs in small batches'
DO BEGIN
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

-- evt_update_daily_analytics: the figures of yesterday and of every day before it that is missing or whose orders or
-- new shoppers are no longer those that it was computed from.
-- Figures   total_orders counts all orders of the day, as vw_daily_metrics does; total_sales and avg_order_value leave
--           cancelled ones out, as do the top product and category (most pieces; ties: more money, then the older one)
/*!80014 DROP EVENT IF EXISTS evt_update_daily_analytics */ $$
CREATE /*M!100600 OR REPLACE */ EVENT evt_update_daily_analytics
    ON SCHEDULE EVERY 1 DAY STARTS CURRENT_DATE + INTERVAL 1 DAY
    ON COMPLETION PRESERVE
    COMMENT 'Bring analytics_daily up to date, at midnight of the shop'
DO BEGIN
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

SET SESSION sql_mode = @qs_old_sql_mode, SESSION time_zone = @qs_old_time_zone;

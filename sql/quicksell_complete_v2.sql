-- QuickSell V2: the 29 tables of the shop.
--
-- Load      mariadb < sql/quicksell_complete_v2.sql       (or mysql < ...), then quicksell_automation_v2.sql,
--           then quicksell_guards_v2.sql; `./quicksell db init` does all of it, under any database name
-- Needs     MariaDB 10.6 or MySQL 8.0.14, and CREATE, ALTER, INDEX, REFERENCES on the database; never SUPER
-- Again     safe: tables that exist are kept with their rows, and the last statement says how many there were
-- Time      every point in time is a DATETIME in the shop's fixed offset from UTC, which is the session's time zone
--
-- What the tables promise beyond the plain columns:
--   * stock, money and counts are never negative, quantities are at least 1 (CHECK constraints, all named)
--   * rows that tell what happened (history, errors, inventory logs, reservations) outlive what they describe: their
--     foreign keys RESTRICT. An order, product or variant with a history is retired, not deleted
--   * "unique where it counts" is a generated column that is NULL elsewhere, under a unique key. In the large tables
--     generated columns are STORED: under an index of a VIRTUAL one MariaDB can add no column without locking writers out
--   * an index that serves a foreign key holds no column that changes, unless whoever changes it has locked the parent
--     row before: a changed key makes the engine check the foreign key again, which locks the parent

CREATE DATABASE IF NOT EXISTS `quicksell_chatbot` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE `quicksell_chatbot`;

SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SET @qs_old_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';
SET @qs_tables_before = (
    SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'
);

-- ------------------------------------------------------------------------------------------------------------- core

-- categories: the shop's shelves; a category may stand in another.
CREATE TABLE IF NOT EXISTS categories (
    id            INT           NOT NULL AUTO_INCREMENT,
    name          VARCHAR(100)  NOT NULL,
    slug          VARCHAR(100)  NOT NULL,
    parent_id     INT           NULL,
    description   TEXT          NULL,
    icon_emoji    VARCHAR(10)   NULL,
    display_order INT           NOT NULL DEFAULT 0,
    is_active     BOOLEAN       NOT NULL DEFAULT TRUE,
    created_at    DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at    DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    size_guide    TEXT          NULL     COMMENT 'for what stands in it, in the merchant''s words',
    PRIMARY KEY (id),
    UNIQUE KEY uq_categories_slug (slug),
    KEY ix_categories_parent (parent_id),
    KEY ix_categories_shown (is_active, display_order),
    CONSTRAINT fk_categories_parent FOREIGN KEY (parent_id) REFERENCES categories (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- brands: who makes the products.
CREATE TABLE IF NOT EXISTS brands (
    id          INT          NOT NULL AUTO_INCREMENT,
    name        VARCHAR(100) NOT NULL,
    slug        VARCHAR(100) NOT NULL,
    logo_url    VARCHAR(500) NULL,
    description TEXT         NULL,
    website     VARCHAR(255) NULL,
    is_featured BOOLEAN      NOT NULL DEFAULT FALSE,
    created_at  DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_brands_slug (slug)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- users: the shoppers, known by their PSID (messenger_id). last_interaction_at moves only when the shopper did
-- something, so it has no ON UPDATE. total_orders, total_spent, customer_tier and loyalty_points are kept by the
-- trigger after_order_delivered.
CREATE TABLE IF NOT EXISTS users (
    id                  INT            NOT NULL AUTO_INCREMENT,
    messenger_id        VARCHAR(100)   NOT NULL,
    facebook_name       VARCHAR(255)   NULL,
    email               VARCHAR(255)   NULL,
    phone               VARCHAR(20)    NULL,
    language            VARCHAR(10)    NULL,
    customer_tier       ENUM ('regular', 'silver', 'gold', 'platinum') NOT NULL DEFAULT 'regular',
    loyalty_points      INT            NOT NULL DEFAULT 0,
    total_spent         DECIMAL(12, 2) NOT NULL DEFAULT 0.00,
    total_orders        INT            NOT NULL DEFAULT 0,
    account_status      ENUM ('active', 'inactive', 'suspended') NOT NULL DEFAULT 'active',
    created_at          DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    last_interaction_at DATETIME       NULL DEFAULT CURRENT_TIMESTAMP,
    promos_stopped_at   DATETIME       NULL,
    deletion_asked_at   DATETIME       NULL,
    language_lean       TINYINT        NOT NULL DEFAULT 0 COMMENT 'how sure the language is: below 0 English, above 0 Filipino, 100 chosen',
    wish_news_stopped_at DATETIME      NULL COMMENT 'since when nothing is told of the wishlist',
    reminders_stopped_at DATETIME      NULL COMMENT 'since when nothing reminds of a cart',
    cart_reminded_at    DATETIME       NULL COMMENT 'when something reminded of the cart last',
    PRIMARY KEY (id),
    UNIQUE KEY uq_users_messenger (messenger_id),
    UNIQUE KEY uq_users_email (email),
    KEY ix_users_created (created_at),
    KEY ix_users_spent (total_spent),
    CONSTRAINT ck_users_points CHECK (loyalty_points >= 0),
    CONSTRAINT ck_users_spent CHECK (total_spent >= 0),
    CONSTRAINT ck_users_orders CHECK (total_orders >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- admin_users: the people who may open the console.
CREATE TABLE IF NOT EXISTS admin_users (
    id            INT          NOT NULL AUTO_INCREMENT,
    username      VARCHAR(100) NOT NULL,
    email         VARCHAR(255) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    full_name     VARCHAR(255) NULL,
    role          ENUM ('super_admin', 'admin', 'manager', 'staff') NOT NULL DEFAULT 'staff',
    is_active     BOOLEAN      NOT NULL DEFAULT TRUE,
    last_login_at DATETIME     NULL,
    created_at    DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_admin_users_username (username),
    UNIQUE KEY uq_admin_users_email (email)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- products: what is sold. stock_quantity is what can still be sold: reserving has already taken it off.
CREATE TABLE IF NOT EXISTS products (
    id                  INT            NOT NULL AUTO_INCREMENT,
    sku                 VARCHAR(50)    NOT NULL,
    name                VARCHAR(255)   NOT NULL,
    slug                VARCHAR(255)   NOT NULL,
    category_id         INT            NOT NULL,
    brand_id            INT            NOT NULL,
    description         TEXT           NULL,
    specifications      JSON           NULL,
    base_price          DECIMAL(10, 2) NOT NULL,
    cost_price          DECIMAL(10, 2) NULL,
    stock_quantity      INT            NOT NULL DEFAULT 0,
    low_stock_threshold INT            NOT NULL DEFAULT 5,
    weight_kg           DECIMAL(8, 3)  NULL,
    dimensions_cm       VARCHAR(50)    NULL,
    status              ENUM ('active', 'inactive', 'discontinued', 'coming_soon') NOT NULL DEFAULT 'active',
    is_featured         BOOLEAN        NOT NULL DEFAULT FALSE,
    view_count          INT            NOT NULL DEFAULT 0,
    sales_count         INT            NOT NULL DEFAULT 0,
    average_rating      DECIMAL(3, 2)  NOT NULL DEFAULT 0.00,
    review_count        INT            NOT NULL DEFAULT 0,
    created_at          DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at          DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    was_price           DECIMAL(10, 2) NULL     COMMENT 'what it cost before, while it is on sale for base_price',
    size_guide          TEXT           NULL     COMMENT 'in the merchant''s words; its category''s where it has none',
    barcode             VARCHAR(48)    NULL     COMMENT 'as a scanner types it; several things may have the same',
    claimed_quantity    INT            NOT NULL DEFAULT 0 COMMENT 'pieces of it and its variants that claims in live sales hold, off the stock',
    PRIMARY KEY (id),
    UNIQUE KEY uq_products_sku (sku),
    UNIQUE KEY uq_products_slug (slug),
    KEY ix_products_category (category_id),
    KEY ix_products_brand (brand_id),
    KEY ix_products_shown (status, is_featured),
    KEY ix_products_name (name),
    KEY ix_products_sold (status, sales_count),
    KEY ix_products_new (status, created_at),
    KEY ix_products_priced (status, base_price),
    KEY ix_products_sale (status, was_price),
    KEY ix_products_barcode (barcode),
    CONSTRAINT fk_products_category FOREIGN KEY (category_id) REFERENCES categories (id) ON DELETE RESTRICT,
    CONSTRAINT fk_products_brand FOREIGN KEY (brand_id) REFERENCES brands (id) ON DELETE RESTRICT,
    CONSTRAINT ck_products_price CHECK (base_price >= 0),
    CONSTRAINT ck_products_was_price CHECK (was_price >= 0),
    CONSTRAINT ck_products_cost CHECK (cost_price >= 0),
    CONSTRAINT ck_products_stock CHECK (stock_quantity >= 0),
    CONSTRAINT ck_products_threshold CHECK (low_stock_threshold >= 0),
    CONSTRAINT ck_products_weight CHECK (weight_kg >= 0),
    CONSTRAINT ck_products_counts CHECK (view_count >= 0 AND sales_count >= 0 AND review_count >= 0),
    CONSTRAINT ck_products_rating CHECK (average_rating BETWEEN 0 AND 5)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- product_images: pictures of a product, in display order.
CREATE TABLE IF NOT EXISTS product_images (
    id            INT          NOT NULL AUTO_INCREMENT,
    product_id    INT          NOT NULL,
    image_url     VARCHAR(500) NOT NULL,
    thumbnail_url VARCHAR(500) NULL,
    image_type    ENUM ('main', 'gallery', 'thumbnail') NOT NULL DEFAULT 'gallery',
    alt_text      VARCHAR(255) NULL,
    display_order INT          NOT NULL DEFAULT 0,
    is_primary    BOOLEAN      NOT NULL DEFAULT FALSE,
    created_at    DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_product_images_product (product_id),
    CONSTRAINT fk_product_images_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- product_variants: a size or a colour with a stock of its own.
CREATE TABLE IF NOT EXISTS product_variants (
    id               INT            NOT NULL AUTO_INCREMENT,
    product_id       INT            NOT NULL,
    variant_name     VARCHAR(100)   NOT NULL,
    variant_value    VARCHAR(100)   NOT NULL,
    sku_suffix       VARCHAR(20)    NULL,
    price_adjustment DECIMAL(10, 2) NOT NULL DEFAULT 0.00,
    stock_quantity   INT            NOT NULL DEFAULT 0,
    is_available     BOOLEAN        NOT NULL DEFAULT TRUE,
    created_at       DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    barcode          VARCHAR(48)    NULL     COMMENT 'as a scanner types it; several things may have the same',
    PRIMARY KEY (id),
    KEY ix_product_variants_barcode (barcode),
    UNIQUE KEY uq_product_variants_value (product_id, variant_name, variant_value),
    CONSTRAINT fk_product_variants_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT ck_product_variants_stock CHECK (stock_quantity >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- user_addresses: where a shopper wants things sent; orders keep a copy of their own.
CREATE TABLE IF NOT EXISTS user_addresses (
    id             INT          NOT NULL AUTO_INCREMENT,
    user_id        INT          NOT NULL,
    address_label  VARCHAR(50)  NULL,
    recipient_name VARCHAR(255) NOT NULL,
    phone          VARCHAR(20)  NOT NULL,
    address_line1  VARCHAR(255) NOT NULL,
    address_line2  VARCHAR(255) NULL,
    barangay       VARCHAR(100) NULL,
    city           VARCHAR(100) NOT NULL,
    province       VARCHAR(100) NOT NULL,
    postal_code    VARCHAR(10)  NULL,
    region         VARCHAR(100) NOT NULL,
    landmark       VARCHAR(255) NULL,
    is_default     BOOLEAN      NOT NULL DEFAULT FALSE,
    created_at     DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at     DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_user_addresses_user (user_id),
    CONSTRAINT fk_user_addresses_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- promos: discounts, with their dates and limits.
CREATE TABLE IF NOT EXISTS promos (
    id                  INT            NOT NULL AUTO_INCREMENT,
    promo_code          VARCHAR(50)    NULL,
    title               VARCHAR(255)   NOT NULL,
    description         TEXT           NOT NULL,
    promo_type          ENUM ('percentage', 'fixed_amount', 'free_shipping', 'bundle') NOT NULL DEFAULT 'percentage',
    discount_value      DECIMAL(10, 2) NULL,
    min_purchase_amount DECIMAL(10, 2) NULL,
    max_discount_amount DECIMAL(10, 2) NULL,
    usage_limit         INT            NULL,
    usage_count         INT            NOT NULL DEFAULT 0,
    once_per_shopper    BOOLEAN        NOT NULL DEFAULT TRUE,
    start_date          DATETIME       NOT NULL,
    end_date            DATETIME       NOT NULL,
    is_active           BOOLEAN        NOT NULL DEFAULT TRUE,
    created_at          DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    for_tier            VARCHAR(10)    NULL     COMMENT 'from which users.customer_tier on; NULL is everybody',
    away_days           INT            NULL     COMMENT 'days since the shopper''s last order at least; NULL does not matter',
    PRIMARY KEY (id),
    UNIQUE KEY uq_promos_code (promo_code),
    KEY ix_promos_running (is_active, end_date, start_date),
    CONSTRAINT ck_promos_dates CHECK (start_date <= end_date),
    CONSTRAINT ck_promos_usage CHECK (usage_count >= 0 AND (usage_limit IS NULL OR usage_count <= usage_limit)),
    CONSTRAINT ck_promos_limit CHECK (usage_limit >= 0),
    CONSTRAINT ck_promos_away CHECK (away_days >= 0),
    CONSTRAINT ck_promos_money CHECK (
        (discount_value IS NULL OR discount_value >= 0)
        AND (min_purchase_amount IS NULL OR min_purchase_amount >= 0)
        AND (max_discount_amount IS NULL OR max_discount_amount >= 0)
    ),
    CONSTRAINT ck_promos_percentage CHECK (promo_type <> 'percentage' OR discount_value IS NULL OR discount_value <= 100)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- promo_products: the products a promo is about; none means all.
CREATE TABLE IF NOT EXISTS promo_products (
    promo_id   INT      NOT NULL,
    product_id INT      NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (promo_id, product_id),
    KEY ix_promo_products_product (product_id),
    CONSTRAINT fk_promo_products_promo FOREIGN KEY (promo_id) REFERENCES promos (id) ON DELETE CASCADE,
    CONSTRAINT fk_promo_products_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- shipping_zones: what sending costs, by where it goes. `covers` lists the provinces, cities or regions of the zone.
CREATE TABLE IF NOT EXISTS shipping_zones (
    id                      INT            NOT NULL AUTO_INCREMENT,
    zone_name               VARCHAR(100)   NOT NULL,
    zone_type               ENUM ('metro', 'provincial', 'island', 'international') NOT NULL DEFAULT 'provincial',
    base_fee                DECIMAL(10, 2) NOT NULL,
    per_kg_fee              DECIMAL(10, 2) NOT NULL DEFAULT 0.00,
    free_shipping_threshold DECIMAL(10, 2) NULL DEFAULT 5000.00,
    estimated_days          VARCHAR(50)    NULL,
    covers                  JSON           NULL,
    display_order           INT            NOT NULL DEFAULT 0,
    is_active               BOOLEAN        NOT NULL DEFAULT TRUE,
    created_at              DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    weight_steps            JSON           NULL COMMENT '["1: 85", "3: 120"]: up to so many kg for so much, instead of base_fee',
    PRIMARY KEY (id),
    CONSTRAINT ck_shipping_zones_fees CHECK (base_fee >= 0 AND per_kg_fee >= 0),
    CONSTRAINT ck_shipping_zones_threshold CHECK (free_shipping_threshold >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- ----------------------------------------------------------------------------------------------------------- orders

-- orders: one row per order, with a copy of where it goes (ship_*), so that no later edit of an address changes it.
-- placement_nonce: the summary's nonce; unique, so a second tap on Confirm places nothing.
-- order_day: the shop's day it was placed on. pending_since: when it was placed, while it still waits for somebody;
-- its index is the queue that vw_pending_orders reads in order. (MySQL works it out before created_at has its default, and
-- would refuse the zero that it finds there.)
CREATE TABLE IF NOT EXISTS orders (
    id                      INT            NOT NULL AUTO_INCREMENT,
    order_number            VARCHAR(50)    NOT NULL,
    user_id                 INT            NOT NULL,
    address_id              INT            NULL,
    shipping_zone_id        INT            NULL,
    subtotal                DECIMAL(10, 2) NOT NULL DEFAULT 0.00,
    shipping_fee            DECIMAL(10, 2) NOT NULL DEFAULT 0.00,
    discount_amount         DECIMAL(10, 2) NOT NULL DEFAULT 0.00,
    tax_amount              DECIMAL(10, 2) NOT NULL DEFAULT 0.00,
    total_amount            DECIMAL(10, 2) NOT NULL,
    upfront_paid            DECIMAL(10, 2) NOT NULL DEFAULT 0.00,
    remaining_balance       DECIMAL(10, 2) NULL,
    down_payment            DECIMAL(10, 2) NOT NULL DEFAULT 0.00,
    promo_code              VARCHAR(50)    NULL,
    payment_method          ENUM ('cod', 'gcash', 'bank_transfer', 'credit_card', 'paymaya') NOT NULL DEFAULT 'cod',
    payment_status          ENUM ('pending', 'paid', 'failed', 'refunded') NOT NULL DEFAULT 'pending',
    order_status            ENUM ('pending', 'confirmed', 'processing', 'shipped', 'delivered', 'cancelled', 'returned')
                                           NOT NULL DEFAULT 'pending',
    verification_required   BOOLEAN        NOT NULL DEFAULT FALSE,
    verification_status     ENUM ('not_required', 'pending', 'under_review', 'verified', 'rejected')
                                           NOT NULL DEFAULT 'not_required',
    verification_type       VARCHAR(50)    NULL,
    verification_expires_at DATETIME       NULL,
    ship_recipient_name     VARCHAR(255)   NULL,
    ship_phone              VARCHAR(20)    NULL,
    ship_address_line1      VARCHAR(255)   NULL,
    ship_address_line2      VARCHAR(255)   NULL,
    ship_barangay           VARCHAR(100)   NULL,
    ship_city               VARCHAR(100)   NULL,
    ship_province           VARCHAR(100)   NULL,
    ship_region             VARCHAR(100)   NULL,
    ship_postal_code        VARCHAR(10)    NULL,
    ship_landmark           VARCHAR(255)   NULL,
    language                VARCHAR(10)    NULL,
    placement_nonce         VARCHAR(64)    NULL,
    notes                   TEXT           NULL,
    tracking_number         VARCHAR(100)   NULL,
    courier                 VARCHAR(100)   NULL,
    cancellation_reason     TEXT           NULL,
    locked_at               DATETIME       NULL,
    locked_by               VARCHAR(100)   NULL,
    lock_reason             VARCHAR(255)   NULL,
    processing_started_at   DATETIME       NULL,
    processing_completed_at DATETIME       NULL,
    error_count             INT            NOT NULL DEFAULT 0,
    last_error              TEXT           NULL,
    retry_count             INT            NOT NULL DEFAULT 0,
    order_source            ENUM ('messenger', 'web', 'mobile_app', 'admin', 'api') NOT NULL DEFAULT 'messenger',
    ip_address              VARCHAR(45)    NULL,
    user_agent              TEXT           NULL,
    risk_score              INT            NULL,
    risk_reasons            JSON           NULL,
    version                 INT            NOT NULL DEFAULT 0,
    paid_at                 DATETIME       NULL,
    review_asked_at         DATETIME       NULL,
    returned_at             DATETIME       NULL,
    referral_id             BIGINT         NULL,
    ship_pin                VARCHAR(255)   NULL,
    confirmed_at            DATETIME       NULL,
    shipped_at              DATETIME       NULL,
    delivered_at            DATETIME       NULL,
    cancelled_at            DATETIME       NULL,
    created_at              DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at              DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    order_day               DATE     GENERATED ALWAYS AS (CAST(created_at AS DATE)) STORED,
    pending_since           DATETIME GENERATED ALWAYS AS
                                (CASE WHEN order_status IN ('pending', 'confirmed') AND created_at > '1000-01-01'
                                 THEN created_at END) STORED,
    PRIMARY KEY (id),
    UNIQUE KEY uq_orders_number (order_number),
    UNIQUE KEY uq_orders_nonce (placement_nonce),
    KEY ix_orders_user (user_id, created_at),
    KEY ix_orders_address (address_id),
    KEY ix_orders_zone (shipping_zone_id),
    KEY ix_orders_status (order_status, created_at),
    KEY ix_orders_created (created_at),
    KEY ix_orders_day (order_day, order_status, total_amount),
    KEY ix_orders_pending (pending_since),
    KEY ix_orders_paid (payment_status, order_status, created_at),
    KEY ix_orders_method (payment_method, order_status, created_at),
    KEY ix_orders_courier (courier, order_status, created_at),
    KEY ix_orders_review (review_asked_at, order_status, delivered_at),
    KEY ix_orders_phone (ship_phone, order_status),
    KEY ix_orders_referral (referral_id),
    KEY ix_orders_door (ship_city, ship_address_line1, order_status),
    KEY ix_orders_paid_at (paid_at, payment_status, total_amount),
    KEY ix_orders_updated (updated_at),
    CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
    CONSTRAINT fk_orders_address FOREIGN KEY (address_id) REFERENCES user_addresses (id) ON DELETE SET NULL,
    CONSTRAINT fk_orders_zone FOREIGN KEY (shipping_zone_id) REFERENCES shipping_zones (id) ON DELETE RESTRICT,
    CONSTRAINT ck_orders_money CHECK (
        subtotal >= 0 AND shipping_fee >= 0 AND discount_amount >= 0 AND tax_amount >= 0
        AND total_amount >= 0 AND upfront_paid >= 0
    ),
    CONSTRAINT ck_orders_balance CHECK (remaining_balance >= 0),
    CONSTRAINT ck_orders_counts CHECK (error_count >= 0 AND retry_count >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_items: the lines of an order, with names and prices as they were. Whoever inserts lines locks their products
-- first, in the order of their ids (SELECT id FROM products WHERE id IN (...) ORDER BY id FOR UPDATE).
CREATE TABLE IF NOT EXISTS order_items (
    id                    INT            NOT NULL AUTO_INCREMENT,
    order_id              INT            NOT NULL,
    product_id            INT            NOT NULL,
    variant_id            INT            NULL,
    product_name          VARCHAR(255)   NOT NULL,
    variant_details       VARCHAR(255)   NULL,
    sku                   VARCHAR(50)    NULL,
    quantity              INT            NOT NULL,
    unit_price            DECIMAL(10, 2) NOT NULL,
    total_price           DECIMAL(10, 2) NOT NULL,
    returned_quantity     INT            NOT NULL DEFAULT 0,
    inventory_reserved    BOOLEAN        NOT NULL DEFAULT FALSE,
    inventory_reserved_at DATETIME       NULL,
    inventory_released_at DATETIME       NULL,
    created_at            DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_order_items_order (order_id),
    KEY ix_order_items_product (product_id),
    KEY ix_order_items_variant (variant_id),
    CONSTRAINT fk_order_items_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT fk_order_items_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE RESTRICT,
    CONSTRAINT fk_order_items_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE RESTRICT,
    CONSTRAINT ck_order_items_quantity CHECK (quantity > 0),
    CONSTRAINT ck_order_items_prices CHECK (unit_price >= 0 AND total_price >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_state_history: every change of order_status, with who and why; written by triggers alone.
CREATE TABLE IF NOT EXISTS order_state_history (
    id              BIGINT       NOT NULL AUTO_INCREMENT,
    order_id        INT          NOT NULL,
    from_status     VARCHAR(50)  NULL,
    to_status       VARCHAR(50)  NOT NULL,
    changed_by      VARCHAR(100) NULL,
    changed_by_type ENUM ('system', 'admin', 'customer', 'automation') NOT NULL DEFAULT 'system',
    reason          TEXT         NULL,
    metadata        JSON         NULL,
    created_at      DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_order_state_history_order (order_id, created_at),
    CONSTRAINT fk_order_state_history_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_processing_queue: what workers still have to do about an order. `attempts` is the fencing token of a claim,
-- `processing_started_at` its lease; a job whose attempts ran out is buried as `failed`.
CREATE TABLE IF NOT EXISTS order_processing_queue (
    id                    BIGINT   NOT NULL AUTO_INCREMENT,
    order_id              INT      NOT NULL,
    queue_type            ENUM ('new_order', 'payment', 'fulfillment', 'notification', 'verification') NOT NULL,
    priority              TINYINT  NOT NULL DEFAULT 5,
    status                ENUM ('pending', 'processing', 'completed', 'failed', 'retry') NOT NULL DEFAULT 'pending',
    attempts              INT      NOT NULL DEFAULT 0,
    max_attempts          INT      NOT NULL DEFAULT 3,
    scheduled_at          DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    processing_started_at DATETIME NULL,
    completed_at          DATETIME NULL,
    error_message         TEXT     NULL,
    payload               JSON     NULL,
    result                JSON     NULL,
    created_at            DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_order_processing_queue_order (order_id),
    KEY ix_order_processing_queue_claim (status, priority, id),
    KEY ix_order_processing_queue_lease (status, processing_started_at),
    KEY ix_order_processing_queue_done (status, completed_at),
    CONSTRAINT fk_order_processing_queue_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT ck_order_processing_queue_priority CHECK (priority BETWEEN 1 AND 10),
    CONSTRAINT ck_order_processing_queue_attempts CHECK (attempts >= 0 AND max_attempts >= 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- inventory_reservations: what an order holds, line by line; written by the procedures alone. A line has at most one
-- live reservation (reserved or committed): live_slot is NULL for the others, and so outside the unique key.
CREATE TABLE IF NOT EXISTS inventory_reservations (
    id             BIGINT       NOT NULL AUTO_INCREMENT,
    order_id       INT          NOT NULL,
    order_item_id  INT          NOT NULL,
    product_id     INT          NOT NULL,
    variant_id     INT          NULL,
    quantity       INT          NOT NULL,
    status         ENUM ('reserved', 'committed', 'released', 'expired') NOT NULL DEFAULT 'reserved',
    reserved_at    DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at     DATETIME     NOT NULL,
    committed_at   DATETIME     NULL,
    released_at    DATETIME     NULL,
    release_reason VARCHAR(255) NULL,
    live_slot      TINYINT GENERATED ALWAYS AS (CASE WHEN status IN ('reserved', 'committed') THEN 1 END) STORED,
    PRIMARY KEY (id),
    UNIQUE KEY uq_inventory_reservations_live (order_item_id, live_slot),
    KEY ix_inventory_reservations_order (order_id),
    KEY ix_inventory_reservations_product (product_id, status, quantity),
    KEY ix_inventory_reservations_variant (variant_id),
    KEY ix_inventory_reservations_due (status, expires_at),
    CONSTRAINT fk_inventory_reservations_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT,
    CONSTRAINT fk_inventory_reservations_item FOREIGN KEY (order_item_id) REFERENCES order_items (id) ON DELETE RESTRICT,
    CONSTRAINT fk_inventory_reservations_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE RESTRICT,
    CONSTRAINT fk_inventory_reservations_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id)
        ON DELETE RESTRICT,
    CONSTRAINT ck_inventory_reservations_quantity CHECK (quantity > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_errors: what went wrong with an order, until somebody resolved it.
CREATE TABLE IF NOT EXISTS order_errors (
    id               BIGINT       NOT NULL AUTO_INCREMENT,
    order_id         INT          NOT NULL,
    error_type       ENUM ('validation', 'payment', 'inventory', 'shipping', 'system', 'external_api') NOT NULL,
    error_code       VARCHAR(50)  NULL,
    error_message    TEXT         NOT NULL,
    error_details    JSON         NULL,
    stack_trace      TEXT         NULL,
    severity         ENUM ('low', 'medium', 'high', 'critical') NOT NULL DEFAULT 'medium',
    is_resolved      BOOLEAN      NOT NULL DEFAULT FALSE,
    resolved_at      DATETIME     NULL,
    resolved_by      VARCHAR(100) NULL,
    resolution_notes TEXT         NULL,
    created_at       DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_order_errors_order (order_id),
    KEY ix_order_errors_created (created_at),
    KEY ix_order_errors_open (is_resolved, created_at),
    CONSTRAINT fk_order_errors_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_metrics: how long an order took, one row per order, in milliseconds.
CREATE TABLE IF NOT EXISTS order_metrics (
    id                           BIGINT   NOT NULL AUTO_INCREMENT,
    order_id                     INT      NOT NULL,
    validation_duration_ms       INT      NULL,
    payment_duration_ms          INT      NULL,
    fulfillment_duration_ms      INT      NULL,
    total_processing_duration_ms INT      NULL,
    queue_wait_time_ms           INT      NULL,
    customer_response_time_ms    INT      NULL,
    error_count                  INT      NOT NULL DEFAULT 0,
    retry_count                  INT      NOT NULL DEFAULT 0,
    created_at                   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at                   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_order_metrics_order (order_id),
    KEY ix_order_metrics_created (created_at),
    CONSTRAINT fk_order_metrics_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT ck_order_metrics_counts CHECK (error_count >= 0 AND retry_count >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- ----------------------------------------------------------------------------------------------------- verification

-- order_verifications: an ID or an upfront payment that a person looks at. One is open per order at most:
-- open_order_id is the order while it is open and NULL afterwards.
CREATE TABLE IF NOT EXISTS order_verifications (
    id                  INT            NOT NULL AUTO_INCREMENT,
    order_id            INT            NOT NULL,
    user_id             INT            NOT NULL,
    verification_type   ENUM ('id_verification', 'upfront_payment') NOT NULL,
    verification_status ENUM ('pending', 'under_review', 'approved', 'rejected') NOT NULL DEFAULT 'pending',
    id_image_url        VARCHAR(500)   NULL,
    selfie_image_url    VARCHAR(500)   NULL,
    id_type             VARCHAR(50)    NULL,
    id_notes            TEXT           NULL,
    upfront_amount      DECIMAL(10, 2) NULL,
    payment_proof_url   VARCHAR(500)   NULL,
    payment_method      VARCHAR(50)    NULL,
    payment_reference   VARCHAR(100)   NULL,
    reviewed_by         INT            NULL,
    reviewed_at         DATETIME       NULL,
    rejection_reason    TEXT           NULL,
    submitted_at        DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at          DATETIME       NULL,
    open_order_id       INT GENERATED ALWAYS AS
                            (CASE WHEN verification_status IN ('pending', 'under_review') THEN order_id END) VIRTUAL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_order_verifications_open (open_order_id),
    KEY ix_order_verifications_order (order_id),
    KEY ix_order_verifications_user (user_id),
    KEY ix_order_verifications_reviewer (reviewed_by),
    KEY ix_order_verifications_status (verification_status, submitted_at),
    KEY ix_order_verifications_reference (payment_reference),
    KEY ix_order_verifications_reviewed (reviewed_at),
    CONSTRAINT fk_order_verifications_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT fk_order_verifications_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_order_verifications_reviewer FOREIGN KEY (reviewed_by) REFERENCES admin_users (id)
        ON DELETE SET NULL,
    CONSTRAINT ck_order_verifications_upfront CHECK (upfront_amount >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- user_verification_history: how a shopper's verifications went, summed up.
CREATE TABLE IF NOT EXISTS user_verification_history (
    id                       INT           NOT NULL AUTO_INCREMENT,
    user_id                  INT           NOT NULL,
    verification_count       INT           NOT NULL DEFAULT 0,
    successful_verifications INT           NOT NULL DEFAULT 0,
    failed_verifications     INT           NOT NULL DEFAULT 0,
    trust_score              DECIMAL(3, 2) NOT NULL DEFAULT 0.00,
    is_verified_buyer        BOOLEAN       NOT NULL DEFAULT FALSE,
    last_verified_at         DATETIME      NULL,
    created_at               DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at               DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_user_verification_history_user (user_id),
    CONSTRAINT fk_user_verification_history_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT ck_user_verification_history_counts CHECK (
        verification_count >= 0 AND successful_verifications >= 0 AND failed_verifications >= 0 AND trust_score >= 0
    )
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- trusted_buyers: shoppers whom a merchant lets skip verification, with who granted it and when.
CREATE TABLE IF NOT EXISTS trusted_buyers (
    id                        INT            NOT NULL AUTO_INCREMENT,
    user_id                   INT            NOT NULL,
    trust_level               ENUM ('bronze', 'silver', 'gold', 'platinum') NOT NULL DEFAULT 'bronze',
    successful_orders         INT            NOT NULL DEFAULT 0,
    total_spent               DECIMAL(12, 2) NOT NULL DEFAULT 0.00,
    verification_skip_enabled BOOLEAN        NOT NULL DEFAULT FALSE,
    notes                     TEXT           NULL,
    granted_by                INT            NULL,
    granted_at                DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_trusted_buyers_user (user_id),
    KEY ix_trusted_buyers_granter (granted_by),
    CONSTRAINT fk_trusted_buyers_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_trusted_buyers_granter FOREIGN KEY (granted_by) REFERENCES admin_users (id) ON DELETE SET NULL,
    CONSTRAINT ck_trusted_buyers_counts CHECK (successful_orders >= 0 AND total_spent >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- ------------------------------------------------------------------------------------------------------- supporting

-- cart_items: what a shopper means to buy. variant_key makes a line without a variant unique too.
CREATE TABLE IF NOT EXISTS cart_items (
    id          INT      NOT NULL AUTO_INCREMENT,
    user_id     INT      NOT NULL,
    product_id  INT      NOT NULL,
    variant_id  INT      NULL,
    quantity    INT      NOT NULL DEFAULT 1,
    added_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at  DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    variant_key INT GENERATED ALWAYS AS (IFNULL(variant_id, 0)) VIRTUAL,
    price_put   DECIMAL(10, 2) NULL COMMENT 'what a piece cost when it was put in',
    PRIMARY KEY (id),
    UNIQUE KEY uq_cart_items_line (user_id, product_id, variant_key),
    KEY ix_cart_items_product (product_id),
    KEY ix_cart_items_variant (variant_id),
    CONSTRAINT fk_cart_items_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_cart_items_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_cart_items_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE,
    CONSTRAINT ck_cart_items_quantity CHECK (quantity > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- wishlists: what a shopper would like one day.
CREATE TABLE IF NOT EXISTS wishlists (
    id          INT            NOT NULL AUTO_INCREMENT,
    user_id     INT            NOT NULL,
    product_id  INT            NOT NULL,
    added_at    DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    variant_id  INT            NULL     COMMENT 'NULL too where any variant will do',
    price_saved DECIMAL(10, 2) NULL     COMMENT 'what it cost when it was saved',
    price_told  DECIMAL(10, 2) NULL     COMMENT 'a price below this is news',
    dropped_at  DATETIME       NULL     COMMENT 'since when a lower price waits to be told',
    is_silent   BOOLEAN        NOT NULL DEFAULT FALSE COMMENT 'the shopper wants no news of it',
    variant_key INT GENERATED ALWAYS AS (IFNULL(variant_id, 0)) VIRTUAL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_wishlists_line (user_id, product_id),
    KEY ix_wishlists_product (product_id),
    KEY ix_wishlists_variant (variant_id),
    CONSTRAINT fk_wishlists_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_wishlists_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_wishlists_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- product_reviews: one per shopper, product and order; order_key makes that hold without an order too.
CREATE TABLE IF NOT EXISTS product_reviews (
    id                   INT          NOT NULL AUTO_INCREMENT,
    product_id           INT          NOT NULL,
    user_id              INT          NOT NULL,
    order_id             INT          NULL,
    rating               TINYINT      NOT NULL,
    review_title         VARCHAR(255) NULL,
    review_text          TEXT         NULL,
    is_verified_purchase BOOLEAN      NOT NULL DEFAULT FALSE,
    is_approved          BOOLEAN      NOT NULL DEFAULT FALSE,
    picture_file_id      BIGINT       NULL,
    moderated_by         INT          NULL,
    moderated_at         DATETIME     NULL,
    helpful_count        INT          NOT NULL DEFAULT 0,
    created_at           DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at           DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    order_key            INT GENERATED ALWAYS AS (IFNULL(order_id, 0)) VIRTUAL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_product_reviews_once (user_id, product_id, order_key),
    KEY ix_product_reviews_product (product_id, created_at),
    KEY ix_product_reviews_order (order_id),
    KEY ix_product_reviews_approval (is_approved, created_at),
    CONSTRAINT fk_product_reviews_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_product_reviews_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_product_reviews_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE SET NULL,
    CONSTRAINT ck_product_reviews_rating CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT ck_product_reviews_helpful CHECK (helpful_count >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- notification_queue: what shoppers and merchants are still to be told. A claim pushes leased_until into the future.
CREATE TABLE IF NOT EXISTS notification_queue (
    id                BIGINT       NOT NULL AUTO_INCREMENT,
    order_id          INT          NULL,
    user_id           INT          NOT NULL,
    notification_type ENUM ('order_confirmed', 'order_shipped', 'order_delivered', 'order_cancelled',
                            'verification_required', 'verification_approved', 'verification_rejected',
                            'payment_received', 'low_stock', 'custom') NOT NULL,
    channel           ENUM ('messenger', 'email', 'sms', 'push') NOT NULL,
    recipient         VARCHAR(255) NOT NULL,
    subject           VARCHAR(255) NULL,
    message           TEXT         NOT NULL,
    template_name     VARCHAR(100) NULL,
    template_data     JSON         NULL,
    status            ENUM ('pending', 'sent', 'failed', 'bounced') NOT NULL DEFAULT 'pending',
    attempts          INT          NOT NULL DEFAULT 0,
    max_attempts      INT          NOT NULL DEFAULT 3,
    scheduled_at      DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    leased_until      DATETIME     NULL,
    waits_for         VARCHAR(20)  NULL,
    sent_at           DATETIME     NULL,
    error_message     TEXT         NULL,
    created_at        DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_notification_queue_order (order_id),
    KEY ix_notification_queue_user (user_id),
    KEY ix_notification_queue_due (status, scheduled_at),
    KEY ix_notification_queue_sent (status, sent_at),
    CONSTRAINT fk_notification_queue_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT fk_notification_queue_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT ck_notification_queue_attempts CHECK (attempts >= 0 AND max_attempts >= 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- inventory_logs: every change of a stock, in pieces, with what it was before and after. The sum of a product's (or a
-- variant's) changes is its stock.
CREATE TABLE IF NOT EXISTS inventory_logs (
    id               BIGINT   NOT NULL AUTO_INCREMENT,
    product_id       INT      NOT NULL,
    variant_id       INT      NULL,
    transaction_type ENUM ('stock_in', 'stock_out', 'adjustment', 'return') NOT NULL,
    quantity_change  INT      NOT NULL,
    previous_stock   INT      NOT NULL,
    new_stock        INT      NOT NULL,
    reference_type   ENUM ('order', 'purchase', 'adjustment', 'return') NULL,
    reference_id     INT      NULL,
    notes            TEXT     NULL,
    performed_by     INT      NULL,
    created_at       DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_inventory_logs_product (product_id, created_at),
    KEY ix_inventory_logs_variant (variant_id),
    KEY ix_inventory_logs_reference (reference_type, reference_id),
    CONSTRAINT fk_inventory_logs_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE RESTRICT,
    CONSTRAINT fk_inventory_logs_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE RESTRICT,
    CONSTRAINT ck_inventory_logs_sum CHECK (new_stock = previous_stock + quantity_change),
    CONSTRAINT ck_inventory_logs_stock CHECK (previous_stock >= 0 AND new_stock >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- chatbot_replies: what the bot answers to a keyword, in a language. match_rule: how the keyword is looked for.
CREATE TABLE IF NOT EXISTS chatbot_replies (
    id          INT          NOT NULL AUTO_INCREMENT,
    keyword     VARCHAR(255) NOT NULL,
    language    VARCHAR(10)  NOT NULL DEFAULT 'en',
    match_rule  ENUM ('exact', 'word', 'starts_with', 'contains') NOT NULL DEFAULT 'word',
    response    TEXT         NOT NULL,
    category    VARCHAR(50)  NULL,
    tags        JSON         NULL,
    priority    INT          NOT NULL DEFAULT 0,
    is_active   BOOLEAN      NOT NULL DEFAULT TRUE,
    usage_count INT          NOT NULL DEFAULT 0,
    created_at  DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at  DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    active_from  TIME        NULL COMMENT 'of the day, in the shop; both NULL answer at any time',
    active_until TIME        NULL COMMENT 'no more at this time; before active_from means past midnight',
    attached    JSON         NULL COMMENT 'what stands around the words: picture, product, buttons, quick replies',
    PRIMARY KEY (id),
    UNIQUE KEY uq_chatbot_replies_keyword (keyword, language),
    KEY ix_chatbot_replies_active (is_active, priority),
    CONSTRAINT ck_chatbot_replies_usage CHECK (usage_count >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- chat_logs: one row per turn: an event that a shopper caused, and all that was said about it. user_id is the PSID.
-- event_key names the event (unique, so Facebook's redelivery is stored once); event is the typed event as JSON;
-- turn_status: received (still to be answered), done, buried (given up on). A turn can be replayed from state_before,
-- recording and state_after.
CREATE TABLE IF NOT EXISTS chat_logs (
    id               BIGINT        NOT NULL AUTO_INCREMENT,
    user_id          VARCHAR(100)  NOT NULL,
    page_id          VARCHAR(64)   NULL,
    session_id       VARCHAR(100)  NULL,
    event_key        BINARY(16)    NULL,
    event            MEDIUMTEXT    NULL,
    event_at         DATETIME(3)   NULL,
    turn_status      ENUM ('received', 'done', 'buried') NOT NULL DEFAULT 'done',
    attempts         TINYINT       NOT NULL DEFAULT 0,
    decided_at       DATETIME(3)   NULL,
    error_message    VARCHAR(500)  NULL,
    message_type     ENUM ('text', 'postback', 'quick_reply', 'attachment', 'referral', 'other') NOT NULL DEFAULT 'text',
    user_message     MEDIUMTEXT    NULL,
    bot_response     MEDIUMTEXT    NULL,
    intent           VARCHAR(100)  NULL,
    payload          VARCHAR(1000) NULL,
    response_time_ms INT           NULL,
    state_before     TEXT          NULL,
    state_after      TEXT          NULL,
    recording        MEDIUMTEXT    NULL,
    created_at       DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_chat_logs_event (event_key),
    KEY ix_chat_logs_pending (turn_status, user_id, event_at, id),
    KEY ix_chat_logs_user (user_id, created_at),
    KEY ix_chat_logs_created (created_at),
    CONSTRAINT ck_chat_logs_attempts CHECK (attempts >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- analytics_daily: the figures of each day of the shop. fingerprint tells the nightly job whether the day's orders are
-- still those that it was computed from.
CREATE TABLE IF NOT EXISTS analytics_daily (
    id              INT             NOT NULL AUTO_INCREMENT,
    date            DATE            NOT NULL,
    total_sales     DECIMAL(12, 2)  NOT NULL DEFAULT 0.00,
    total_orders    INT             NOT NULL DEFAULT 0,
    new_customers   INT             NOT NULL DEFAULT 0,
    avg_order_value DECIMAL(10, 2)  NOT NULL DEFAULT 0.00,
    top_product_id  INT             NULL,
    top_category_id INT             NULL,
    fingerprint     BIGINT UNSIGNED NOT NULL DEFAULT 0,
    computed_at     DATETIME        NOT NULL DEFAULT CURRENT_TIMESTAMP,
    created_at      DATETIME        NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_analytics_daily_date (date),
    CONSTRAINT ck_analytics_daily_figures CHECK (
        total_sales >= 0 AND total_orders >= 0 AND new_customers >= 0 AND avg_order_value >= 0
    )
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

SET SESSION sql_mode = @qs_old_sql_mode;
SELECT 'quicksell_complete_v2.sql' AS script, COUNT(*) AS tables_now, @qs_tables_before AS tables_before
FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE';

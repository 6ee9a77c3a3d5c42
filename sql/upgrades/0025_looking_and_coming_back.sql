-- From 0.1.0: what costs less than before, size guides, promos for some shoppers, and messages to many.
-- Safe beside running programs: every column may be left out by whoever writes.
USE quicksell_chatbot;

ALTER TABLE categories
    ADD COLUMN size_guide TEXT NULL COMMENT 'for what stands in it, in the merchant''s words' AFTER updated_at;

ALTER TABLE products
    ADD COLUMN was_price DECIMAL(10, 2) NULL COMMENT 'what it cost before, while it is on sale for base_price' AFTER updated_at,
    ADD COLUMN size_guide TEXT NULL COMMENT 'in the merchant''s words; its category''s where it has none' AFTER was_price,
    ADD CONSTRAINT ck_products_was_price CHECK (was_price >= 0),
    ADD KEY ix_products_sold (status, sales_count),
    ADD KEY ix_products_new (status, created_at),
    ADD KEY ix_products_priced (status, base_price),
    ADD KEY ix_products_sale (status, was_price);

ALTER TABLE promos
    ADD COLUMN for_tier VARCHAR(10) NULL COMMENT 'from which users.customer_tier on; NULL is everybody' AFTER created_at,
    ADD COLUMN away_days INT NULL COMMENT 'days since the shopper''s last order at least; NULL does not matter' AFTER for_tier,
    ADD CONSTRAINT ck_promos_away CHECK (away_days >= 0);

CREATE TABLE IF NOT EXISTS broadcasts (
    id          INT           NOT NULL AUTO_INCREMENT,
    title       VARCHAR(100)  NOT NULL COMMENT 'as the merchant calls it',
    words       VARCHAR(1500) NOT NULL COMMENT 'what shoppers read',
    product     VARCHAR(255)  NULL     COMMENT 'the number (SKU) of the product whose card stands below it',
    from_tier   VARCHAR(10)   NULL     COMMENT 'from which users.customer_tier on; NULL is everybody',
    bought      VARCHAR(255)  NULL     COMMENT 'number (SKU) or category of what they have bought; NULL does not matter',
    away_least  INT           NULL     COMMENT 'days since their last order at least',
    away_most   INT           NULL     COMMENT 'days since their last order at most',
    per_minute  INT           NOT NULL DEFAULT 300 COMMENT 'shoppers who are written to in a minute at most',
    status      ENUM('draft', 'sending', 'stopped', 'done') NOT NULL DEFAULT 'draft',
    started_at  DATETIME(3)   NULL,
    ended_at    DATETIME(3)   NULL,
    started_by  INT           NULL     COMMENT 'admin_users.id',
    taken_at    DATETIME(3)   NULL     COMMENT 'when some shoppers were last handed over, for its pace',
    created_at  DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_broadcasts_status (status, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS broadcast_people (
    broadcast_id INT    NOT NULL,
    user_id      INT    NOT NULL COMMENT 'users.id',
    status       ENUM('waiting', 'handed', 'sent', 'failed', 'skipped') NOT NULL DEFAULT 'waiting',
    outbox_id    BIGINT NULL     COMMENT 'outbox.id of the last message to them',
    PRIMARY KEY (broadcast_id, user_id),
    KEY ix_broadcast_people_status (broadcast_id, status, user_id),
    KEY ix_broadcast_people_user (user_id),
    CONSTRAINT fk_broadcast_people_broadcast FOREIGN KEY (broadcast_id) REFERENCES broadcasts (id) ON DELETE CASCADE,
    CONSTRAINT fk_broadcast_people_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

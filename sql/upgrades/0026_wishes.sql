-- From 0.1.0: wishes tell of prices and stocks, sold out goods are waited for, carts say what has changed.
-- Safe beside running programs: what they write may leave the new columns out.
USE quicksell_chatbot;

ALTER TABLE users
    ADD COLUMN wish_news_stopped_at DATETIME NULL COMMENT 'since when nothing is told of the wishlist' AFTER language_lean,
    ADD COLUMN reminders_stopped_at DATETIME NULL COMMENT 'since when nothing reminds of a cart' AFTER wish_news_stopped_at,
    ADD COLUMN cart_reminded_at DATETIME NULL COMMENT 'when something reminded of the cart last' AFTER reminders_stopped_at;

ALTER TABLE cart_items
    ADD COLUMN price_put DECIMAL(10, 2) NULL COMMENT 'what a piece cost when it was put in' AFTER variant_key;

ALTER TABLE wishlists
    ADD COLUMN variant_id INT NULL COMMENT 'NULL too where any variant will do' AFTER added_at,
    ADD COLUMN price_saved DECIMAL(10, 2) NULL COMMENT 'what it cost when it was saved' AFTER variant_id,
    ADD COLUMN price_told DECIMAL(10, 2) NULL COMMENT 'a price below this is news' AFTER price_saved,
    ADD COLUMN dropped_at DATETIME NULL COMMENT 'since when a lower price waits to be told' AFTER price_told,
    ADD COLUMN is_silent BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'the shopper wants no news of it' AFTER dropped_at,
    ADD COLUMN variant_key INT GENERATED ALWAYS AS (IFNULL(variant_id, 0)) VIRTUAL AFTER is_silent;

ALTER TABLE wishlists
    ADD KEY ix_wishlists_variant (variant_id),
    ADD CONSTRAINT fk_wishlists_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE;

CREATE TABLE IF NOT EXISTS saved_lines (
    id          INT            NOT NULL AUTO_INCREMENT,
    user_id     INT            NOT NULL,
    product_id  INT            NOT NULL,
    variant_id  INT            NULL,
    quantity    INT            NOT NULL,
    price_put   DECIMAL(10, 2) NULL COMMENT 'what a piece cost then',
    saved_at    DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    variant_key INT GENERATED ALWAYS AS (IFNULL(variant_id, 0)) VIRTUAL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_saved_lines_line (user_id, product_id, variant_key),
    KEY ix_saved_lines_product (product_id),
    KEY ix_saved_lines_variant (variant_id),
    CONSTRAINT fk_saved_lines_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_saved_lines_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_saved_lines_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE,
    CONSTRAINT ck_saved_lines_quantity CHECK (quantity > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS stock_waits (
    id          BIGINT      NOT NULL AUTO_INCREMENT,
    user_id     INT         NOT NULL,
    product_id  INT         NOT NULL,
    variant_id  INT         NULL     COMMENT 'NULL too where any variant will do',
    asked_at    DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    by_wish     BOOLEAN     NOT NULL DEFAULT FALSE COMMENT 'waits because it is on the wishlist, without having asked',
    noticed_at  DATETIME    NULL     COMMENT 'when a notice was queued that tells of it if it is still true then',
    told_at     DATETIME    NULL     COMMENT 'when the shopper was told; a piece is theirs to buy for some time',
    variant_key INT GENERATED ALWAYS AS (IFNULL(variant_id, 0)) VIRTUAL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_stock_waits_line (user_id, product_id, variant_key),
    KEY ix_stock_waits_good (product_id, variant_key, noticed_at, asked_at),
    KEY ix_stock_waits_told (told_at),
    KEY ix_stock_waits_variant (variant_id),
    CONSTRAINT fk_stock_waits_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_stock_waits_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_stock_waits_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS watched_goods (
    id          INT            NOT NULL AUTO_INCREMENT,
    product_id  INT            NOT NULL,
    variant_id  INT            NULL     COMMENT 'NULL for the product as its card shows it',
    price       DECIMAL(10, 2) NOT NULL COMMENT 'as everybody whom it concerns has been told',
    pieces      INT            NOT NULL COMMENT 'that were left then',
    price_new   DECIMAL(10, 2) NOT NULL COMMENT 'as the last look found it',
    pieces_new  INT            NOT NULL COMMENT 'that were left then',
    variant_key INT GENERATED ALWAYS AS (IFNULL(variant_id, 0)) VIRTUAL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_watched_goods_good (product_id, variant_key),
    KEY ix_watched_goods_variant (variant_id),
    CONSTRAINT fk_watched_goods_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_watched_goods_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- In small pieces: repeat until nothing changes
INSERT IGNORE INTO watched_goods (product_id, price, pieces, price_new, pieces_new)
SELECT id, price, pieces, price, pieces FROM (
    SELECT p.id,
        GREATEST(p.base_price + COALESCE((SELECT MIN(v.price_adjustment) FROM product_variants v
            WHERE v.product_id = p.id AND v.is_available), 0), 0) AS price,
        COALESCE((SELECT CAST(SUM(v.stock_quantity * v.is_available) AS SIGNED) FROM product_variants v
            WHERE v.product_id = p.id), p.stock_quantity) AS pieces
    FROM products p
    WHERE EXISTS (SELECT 1 FROM wishlists w WHERE w.product_id = p.id)
        AND NOT EXISTS (SELECT 1 FROM watched_goods g WHERE g.product_id = p.id)
    LIMIT 1000
) wished;

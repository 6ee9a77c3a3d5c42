-- From 0.1.0: where each order came from is kept, and the place on the map where the rider finds the shopper.
-- Safe beside 0.1.0, which knows none of it.
USE quicksell_chatbot;

CREATE TABLE IF NOT EXISTS referrals (
    id         BIGINT       NOT NULL AUTO_INCREMENT,
    user_id    INT          NOT NULL COMMENT 'users.id',
    kind       VARCHAR(20)  NOT NULL COMMENT 'link, ad, shop, post, product, card, cart, comment',
    ref        VARCHAR(255) NULL     COMMENT 'what the link or the ad carried',
    ad_id      VARCHAR(100) NULL,
    ad_title   VARCHAR(255) NULL,
    post_id    VARCHAR(100) NULL     COMMENT 'of the post, without the id of the page in front',
    product_id INT          NULL     COMMENT 'products.id of what was opened by it',
    came_at    DATETIME(3)  NOT NULL,
    PRIMARY KEY (id),
    KEY ix_referrals_user (user_id, id),
    KEY ix_referrals_came (came_at),
    KEY ix_referrals_post (post_id, id),
    CONSTRAINT fk_referrals_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS facebook_goods (
    facebook_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the product in Facebook''s catalogue',
    product_id  INT         NOT NULL COMMENT 'products.id',
    variant_id  INT         NULL     COMMENT 'product_variants.id',
    learned_at  DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (facebook_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

ALTER TABLE conversations
    ADD COLUMN referral_id BIGINT NULL COMMENT 'referrals.id of where the shopper came from last' AFTER typing_until,
    ADD COLUMN referred_at DATETIME(3) NULL COMMENT 'when that was' AFTER referral_id;

ALTER TABLE orders
    ADD COLUMN referral_id BIGINT NULL AFTER returned_at,
    ADD COLUMN ship_pin VARCHAR(255) NULL AFTER referral_id,
    ADD KEY ix_orders_referral (referral_id);

ALTER TABLE products ADD KEY ix_products_name (name);

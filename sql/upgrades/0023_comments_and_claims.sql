-- From 0.1.0: comments below the page's posts are read and answered, and what is claimed in a live sale is held.
-- Safe beside running programs, which know none of it.
USE quicksell_chatbot;

CREATE TABLE IF NOT EXISTS page_posts (
    id          INT           NOT NULL AUTO_INCREMENT,
    post_id     VARCHAR(100)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'as Facebook names it',
    title       VARCHAR(100)  NOT NULL DEFAULT '' COMMENT 'as the merchant calls it',
    words       VARCHAR(4000) NULL     COMMENT 'what it says; NULL until Facebook has told',
    is_sale     BOOLEAN       NOT NULL DEFAULT FALSE COMMENT 'a live sale, in which a claim holds its pieces',
    is_active   BOOLEAN       NOT NULL DEFAULT TRUE COMMENT 'whether its comments are answered',
    asked_at    DATETIME      NULL     COMMENT 'when Facebook was asked what it says',
    created_at  DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_page_posts_post (post_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS post_products (
    id         BIGINT      NOT NULL AUTO_INCREMENT,
    post       INT         NOT NULL COMMENT 'page_posts.id',
    product_id INT         NOT NULL,
    variant_id INT         NULL,
    code       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'in small letters and digits, such as a12',
    by_words   BOOLEAN     NOT NULL DEFAULT FALSE COMMENT 'found in what the post says; goes once a merchant ties it',
    PRIMARY KEY (id),
    UNIQUE KEY uq_post_products_code (post, code),
    KEY ix_post_products_product (product_id),
    KEY ix_post_products_variant (variant_id),
    CONSTRAINT fk_post_products_post FOREIGN KEY (post) REFERENCES page_posts (id) ON DELETE CASCADE,
    CONSTRAINT fk_post_products_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_post_products_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS post_comments (
    id            BIGINT        NOT NULL AUTO_INCREMENT COMMENT 'the order of arrival',
    comment_id    VARCHAR(100)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'as Facebook names it',
    post_id       VARCHAR(100)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    page_id       VARCHAR(64)   NOT NULL,
    from_id       VARCHAR(100)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '' COMMENT 'who wrote it, as the comment says',
    from_name     VARCHAR(255)  NOT NULL DEFAULT '',
    words         VARCHAR(2000) NOT NULL DEFAULT '',
    written_at    DATETIME(3)   NOT NULL COMMENT 'by Facebook; that of the edit where an edit asks for something else',
    received_at   DATETIME(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    edited_at     DATETIME(3)   NULL     COMMENT 'when it was changed last, by Facebook',
    status        ENUM('new', 'silent', 'queued', 'sending', 'answered', 'failed', 'removed') NOT NULL DEFAULT 'new',
    kind          VARCHAR(20)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'claims, asks, again, no_wish, not_ours or too_old',
    psid          VARCHAR(100)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'whom the private reply reached',
    message_id    VARCHAR(512)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the mid of the private reply',
    message       MEDIUMTEXT    NULL     COMMENT 'the private reply, as JSON',
    attempts      INT           NOT NULL DEFAULT 0,
    due_at        DATETIME(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    sent_at       DATETIME(3)   NULL     COMMENT 'when the private reply was last sent; counts against Meta''s limit',
    in_doubt      BOOLEAN       NOT NULL DEFAULT FALSE COMMENT 'it may have arrived: no answer came',
    error_code    VARCHAR(40)   NULL,
    error_message VARCHAR(500)  NULL,
    public        ENUM('none', 'queued', 'sent', 'failed') NOT NULL DEFAULT 'none' COMMENT 'the reply that everybody sees',
    PRIMARY KEY (id),
    UNIQUE KEY uq_post_comments_comment (comment_id),
    KEY ix_post_comments_status (status, due_at),
    KEY ix_post_comments_sent (sent_at),
    KEY ix_post_comments_public (public, id),
    KEY ix_post_comments_psid (psid),
    KEY ix_post_comments_from (from_id),
    KEY ix_post_comments_post (post_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS post_claims (
    id         BIGINT       NOT NULL AUTO_INCREMENT,
    comment    BIGINT       NOT NULL COMMENT 'post_comments.id',
    post       INT          NULL     COMMENT 'page_posts.id',
    product_id INT          NOT NULL,
    variant_id INT          NULL     COMMENT 'NULL too where the shopper has still to choose',
    wanted     INT          NOT NULL COMMENT 'pieces',
    held       INT          NOT NULL DEFAULT 0 COMMENT 'pieces that are off the stock while status is held',
    status     ENUM('open', 'asked', 'held', 'waiting', 'ordered', 'lapsed', 'released') NOT NULL,
    placed_at  DATETIME(3)  NOT NULL,
    held_until DATETIME     NULL,
    served_at  DATETIME(3)  NULL     COMMENT 'when it was its turn, after it had waited',
    from_id    VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    user_id    INT          NULL     COMMENT 'users.id, once they are known',
    order_id   INT          NULL,
    PRIMARY KEY (id),
    KEY ix_post_claims_comment (comment),
    KEY ix_post_claims_line (product_id, variant_id, status, placed_at, id),
    KEY ix_post_claims_until (status, held_until),
    KEY ix_post_claims_user (user_id, status),
    KEY ix_post_claims_from (from_id, status),
    KEY ix_post_claims_post (post, id),
    KEY ix_post_claims_variant (variant_id),
    KEY ix_post_claims_order (order_id),
    CONSTRAINT fk_post_claims_comment FOREIGN KEY (comment) REFERENCES post_comments (id) ON DELETE RESTRICT,
    CONSTRAINT fk_post_claims_post FOREIGN KEY (post) REFERENCES page_posts (id) ON DELETE SET NULL,
    CONSTRAINT fk_post_claims_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_post_claims_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE,
    CONSTRAINT fk_post_claims_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk_post_claims_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE SET NULL,
    CONSTRAINT ck_post_claims_held CHECK (held >= 0 AND wanted > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

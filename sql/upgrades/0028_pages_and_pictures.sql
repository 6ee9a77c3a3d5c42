-- From 0.1.0: a shop may answer on several pages, each with its token and greeting; which of them cannot send is known. The
-- pictures that a sheet links to are fetched and served by the shop, and those that nothing shows any more go after a while.
-- Safe beside 0.1.0, which answers on the first page alone.
USE quicksell_chatbot;

CREATE TABLE IF NOT EXISTS facebook_pages (
    id            INT           NOT NULL AUTO_INCREMENT,
    page_id       VARCHAR(64)   NOT NULL COMMENT 'as Facebook numbers it',
    name          VARCHAR(200)  NOT NULL,
    access_token  VARCHAR(3000) NOT NULL COMMENT 'sealed under a key made from SECRET_KEY',
    greeting      VARCHAR(160)  NOT NULL DEFAULT '' COMMENT 'empty for the shop''s',
    greeting_fil  VARCHAR(160)  NOT NULL DEFAULT '' COMMENT 'in Filipino; empty for the shop''s',
    is_active     BOOLEAN       NOT NULL DEFAULT TRUE COMMENT 'whether the shop answers there',
    display_order INT           NOT NULL DEFAULT 0,
    PRIMARY KEY (id),
    UNIQUE KEY uq_facebook_pages_page (page_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

ALTER TABLE page_troubles
    ADD COLUMN page_id VARCHAR(64) NOT NULL DEFAULT '' COMMENT 'a further page; empty for the first' AFTER kind,
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (kind, page_id);

ALTER TABLE connection_steps
    MODIFY COLUMN name VARCHAR(80) NOT NULL COMMENT 'the step; of a further page, a colon and the page behind it';

CREATE TABLE IF NOT EXISTS picture_fetches (
    id         BIGINT        NOT NULL AUTO_INCREMENT,
    import_id  BIGINT        NOT NULL COMMENT 'catalogue_imports.id of the sheet that names it',
    product_id INT           NOT NULL,
    link       VARCHAR(500)  NOT NULL,
    status     ENUM('queued', 'done', 'failed') NOT NULL DEFAULT 'queued',
    attempts   INT           NOT NULL DEFAULT 0,
    due_at     DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    reason     VARCHAR(200)  NULL     COMMENT 'why it could not be had',
    PRIMARY KEY (id),
    KEY ix_picture_fetches_due (status, due_at),
    KEY ix_picture_fetches_import (import_id, status),
    KEY ix_picture_fetches_product (product_id),
    CONSTRAINT fk_picture_fetches_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

ALTER TABLE goods_pictures
    ADD COLUMN unused_since DATETIME NULL COMMENT 'since when nothing shows it; NULL while something does' AFTER created_at;

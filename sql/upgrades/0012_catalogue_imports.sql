-- From 0.1.0: what imports of products have set, and what the columns of sheets are.
-- Safe beside 0.1.0, which knows neither.
USE quicksell_chatbot;

CREATE TABLE catalogue_imports (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    file_name   VARCHAR(255) NOT NULL,
    status      ENUM('draft', 'running', 'done', 'reverted') NOT NULL DEFAULT 'running',
    content     MEDIUMBLOB   NULL     COMMENT 'of a draft: the file as it was sent, packed by zlib',
    planned     INT          NOT NULL COMMENT 'products that it was to write',
    written     INT          NOT NULL DEFAULT 0 COMMENT 'products that it has written, or taken back',
    admin_id    INT          NULL     COMMENT 'admin_users.id; NULL for the command line',
    created_at  DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE catalogue_import_rows (
    id         BIGINT NOT NULL AUTO_INCREMENT,
    import_id  BIGINT NOT NULL,
    kind       ENUM('product', 'variant', 'pictures') NOT NULL,
    subject_id INT    NOT NULL COMMENT 'products.id, or product_variants.id',
    more       INT    NOT NULL COMMENT 'pieces that were put on the shelf',
    was        JSON   NULL     COMMENT 'what it was; NULL where the import made it',
    now        JSON   NOT NULL COMMENT 'what it became',
    PRIMARY KEY (id),
    KEY ix_catalogue_import_rows_import (import_id, id),
    CONSTRAINT fk_catalogue_import_rows_import FOREIGN KEY (import_id) REFERENCES catalogue_imports (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE sheet_matches (
    signature  CHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA-256 of its titles in their order',
    fields     JSON      NOT NULL COMMENT 'what each column is, by its title',
    saved_by   INT       NULL     COMMENT 'admin_users.id; NULL for the command line',
    saved_at   DATETIME  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (signature)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

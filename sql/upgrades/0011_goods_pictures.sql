-- From 0.1.0: the pictures of products that merchants upload.
-- Safe beside 0.1.0: a new table.
USE quicksell_chatbot;

CREATE TABLE IF NOT EXISTS goods_pictures (
    name       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'unguessable; its address for good',
    digest     BINARY(32)  NOT NULL COMMENT 'SHA-256 of the file as it was sent: the same file has one address',
    media_type VARCHAR(100) NOT NULL COMMENT 'of what is stored: our own encoding, without metadata',
    width      INT         NOT NULL COMMENT 'pixels',
    height     INT         NOT NULL COMMENT 'pixels',
    content    MEDIUMBLOB  NOT NULL,
    created_at DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (name),
    UNIQUE KEY uq_goods_pictures (digest)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

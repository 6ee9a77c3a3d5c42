-- From 0.1.0: a picture that the shop serves is given to Facebook once for each page, and sent again by the id that it has there.
-- Safe beside 0.1.0, which sends its address each time.
USE quicksell_chatbot;

CREATE TABLE IF NOT EXISTS uploaded_pictures (
    name          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of goods_pictures',
    page_id       VARCHAR(64) NOT NULL DEFAULT '' COMMENT 'a further page; empty for the first',
    attachment_id VARCHAR(64) NOT NULL COMMENT 'as Facebook numbers it, for this page alone',
    uploaded_at   DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (name, page_id),
    CONSTRAINT fk_uploaded_pictures_picture FOREIGN KEY (name) REFERENCES goods_pictures (name) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- From 0.1.0: what has changed of what the search reads, and words that mean the same.
-- Safe beside 0.1.0, which goes on searching in its own tables; this program no longer does.
USE quicksell_chatbot;

CREATE TABLE search_changes (
    kind    ENUM ('all', 'product', 'synonym') NOT NULL,
    row_id  INT    NOT NULL COMMENT 'in the table of that kind; 0 of all',
    version BIGINT NOT NULL,
    PRIMARY KEY (kind, row_id),
    KEY ix_search_changes_version (version)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE search_synonyms (
    id            INT          NOT NULL AUTO_INCREMENT,
    words         VARCHAR(500) NOT NULL COMMENT 'with commas between them',
    is_active     BOOLEAN      NOT NULL DEFAULT TRUE,
    display_order INT          NOT NULL DEFAULT 0,
    PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

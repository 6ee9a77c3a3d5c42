-- From 0.1.0: Meta reviews a template for each page; how it stands on the further pages is kept beside how it stands on the first.
-- Safe beside 0.1.0, which knows one page alone.
USE quicksell_chatbot;

CREATE TABLE IF NOT EXISTS utility_template_pages (
    template_id  INT          NOT NULL,
    page_id      VARCHAR(64)  NOT NULL COMMENT 'a further page; the first stands in utility_templates',
    status       ENUM('draft', 'submitted', 'approved', 'rejected', 'paused') NOT NULL DEFAULT 'draft',
    meta_id      VARCHAR(64)  NULL,
    reason       VARCHAR(500) NULL     COMMENT 'why Meta refused it or paused it',
    submitted_at DATETIME     NULL,
    checked_at   DATETIME     NULL,
    PRIMARY KEY (template_id, page_id),
    CONSTRAINT fk_utility_template_pages_template FOREIGN KEY (template_id) REFERENCES utility_templates (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

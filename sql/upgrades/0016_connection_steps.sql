-- From 0.1.0: how each step ended that connects the page is kept, so that every process shows the same lights.
-- Safe beside 0.1.0, which knows nothing of it.
USE quicksell_chatbot;

CREATE TABLE IF NOT EXISTS connection_steps (
    name       VARCHAR(20)  NOT NULL,
    light      ENUM('good', 'warning', 'broken', 'waiting') NOT NULL,
    sent       VARCHAR(500) NOT NULL COMMENT 'what was asked, without secrets',
    answered   VARCHAR(800) NOT NULL COMMENT 'what came back',
    what_to_do VARCHAR(500) NOT NULL DEFAULT '',
    looked_at  DATETIME(3)  NOT NULL,
    PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

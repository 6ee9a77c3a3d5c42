-- From 0.1.0: what was sent again though it may have arrived is counted, and why the page cannot send is known to everybody.
-- Safe beside 0.1.0, which knows none of it.
USE quicksell_chatbot;

CREATE TABLE IF NOT EXISTS sent_again (
    outbox_id BIGINT      NOT NULL,
    times     INT         NOT NULL DEFAULT 1 COMMENT 'how often it was sent again',
    why       ENUM('no_answer', 'crash') NOT NULL COMMENT 'Facebook did not answer; the process that was sending ended',
    last_at   DATETIME(3) NOT NULL,
    PRIMARY KEY (outbox_id),
    KEY ix_sent_again_last (last_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS page_troubles (
    kind       ENUM('token', 'permission', 'restricted', 'version', 'limit') NOT NULL,
    error_code VARCHAR(40)  NOT NULL COMMENT 'Facebook''s code, with its subcode after a slash',
    reason     VARCHAR(500) NOT NULL COMMENT 'Facebook''s words',
    began_at   DATETIME(3)  NOT NULL,
    last_at    DATETIME(3)  NOT NULL COMMENT 'when Facebook said so last',
    ended_at   DATETIME(3)  NULL     COMMENT 'NULL while it lasts',
    PRIMARY KEY (kind)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

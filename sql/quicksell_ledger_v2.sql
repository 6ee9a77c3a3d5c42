-- QuickSell: the ledger of the schema. It says what has been done to this database, so that nothing is done twice.
-- Loaded by the program before everything else; it can be run again at any time.

CREATE DATABASE IF NOT EXISTS quicksell_chatbot CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE quicksell_chatbot;

-- schema_ledger: one row per numbered upgrade, per script, per object that is made again when its text changes, the lock
-- that keeps two upgrades apart, and what the scripts promise as this server describes it.
CREATE TABLE IF NOT EXISTS schema_ledger (
    kind VARCHAR(20) CHARACTER SET ascii NOT NULL COMMENT 'upgrade, script, object, lock, promise or note',
    name VARCHAR(190) NOT NULL COMMENT 'which of its kind, such as 0001_first or trigger after_order_delivered',
    checksum CHAR(64) CHARACTER SET ascii NOT NULL DEFAULT '' COMMENT 'SHA-256 of the text that was run',
    steps_begun INT NOT NULL DEFAULT 0 COMMENT 'statements of an upgrade that were sent',
    steps_done INT NOT NULL DEFAULT 0 COMMENT 'statements of an upgrade that were answered',
    holder VARCHAR(190) NOT NULL DEFAULT '' COMMENT 'who holds the lock',
    content LONGTEXT NULL COMMENT 'what a promise or a note says',
    started_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    finished_at DATETIME(6) NULL COMMENT 'NULL while under way, or interrupted',
    expires_at DATETIME(6) NULL COMMENT 'when the lock is free although nobody gave it back',
    PRIMARY KEY (kind, name)
) ENGINE = InnoDB COMMENT = 'What has been done to the schema';

-- From 0.1.0: a process's life is a row that it renews, no longer a lock of one server and an end of each claim.
-- Safe beside 0.1.0 while it takes turns: nothing that it reads or writes is taken away. `conversations.sender_until` and
-- ix_conversations_sender are left for it and do nothing for newer programs; a later upgrade drops them. Stop every process
-- of 0.1.0 before the first newer one starts, since the two do not see each other's lives.
USE quicksell_chatbot;

-- Collations are written out: the database's own may be another than its tables' where somebody moved it by a dump, and
-- a name is compared with `conversations.sender`
CREATE TABLE processes (
    name        VARCHAR(40)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    place       VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'machine and PID namespace: those who share it see one another',
    pid         INT          NOT NULL DEFAULT 0,
    started_at  DATETIME(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    alive_until DATETIME(3)  NOT NULL COMMENT 'until when it is believed to live without renewing this',
    PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Comments alone: no row is touched
ALTER TABLE conversations
    MODIFY COLUMN sender VARCHAR(40) NULL COMMENT 'processes.name of who delivers what waits for this shopper',
    MODIFY COLUMN sender_until DATETIME(3) NULL COMMENT 'no longer used, written by 0.1.0 only';

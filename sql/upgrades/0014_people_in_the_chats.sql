-- From 0.2.0: people of the shop speak in the chats themselves, the bot is quiet meanwhile, and what the page says by
-- itself is told apart from them.
-- Safe beside running programs: every column may be left out by whoever writes.
USE quicksell_chatbot;

ALTER TABLE conversations
    ADD COLUMN given_back_at DATETIME(3) NULL COMMENT 'when a person gave the chat back to the bot last' AFTER quiet_reason,
    ADD COLUMN heard_at DATETIME(3) NULL COMMENT 'when the shopper last did something' AFTER given_back_at,
    ADD COLUMN seen_at DATETIME(3) NULL COMMENT 'when a person of the shop last looked at the chat' AFTER heard_at,
    ADD COLUMN waits_since DATETIME(3) NULL COMMENT 'since when the shopper waits for a person' AFTER seen_at,
    ADD COLUMN assigned_to INT NULL COMMENT 'admin_users.id of who sees to it' AFTER waits_since,
    ADD COLUMN snoozed_until DATETIME NULL COMMENT 'until when nobody is reminded of it' AFTER assigned_to,
    ADD COLUMN typing_by INT NULL COMMENT 'admin_users.id of who types an answer' AFTER snoozed_until,
    ADD COLUMN typing_until DATETIME(3) NULL COMMENT 'until when that is believed without hearing more' AFTER typing_by,
    ADD KEY ix_conversations_heard (heard_at, psid),
    ADD KEY ix_conversations_waits (waits_since, psid);

ALTER TABLE webhook_events ADD KEY ix_webhook_events_shopper (psid, received_at);

CREATE TABLE IF NOT EXISTS page_automations (
    words_hash BINARY(32)   NOT NULL COMMENT 'SHA-256 of the words; a person who writes them once is not kept in words',
    app_id     VARCHAR(64)  NOT NULL COMMENT 'which app sent them, as Facebook says',
    words      VARCHAR(500) NULL     COMMENT 'once it is sure that no person types them',
    people     INT          NOT NULL DEFAULT 1 COMMENT 'how often they went to somebody else than the time before',
    hasty      INT          NOT NULL DEFAULT 0 COMMENT 'how often they came within two seconds of what the shopper wrote',
    last_psid  VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    last_at    DATETIME(3)  NOT NULL,
    PRIMARY KEY (words_hash),
    KEY ix_page_automations_last (last_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS typed_messages (
    typed_key  BINARY(16) NOT NULL COMMENT 'of the form that it was typed into, so that it is sent once',
    outbox_id  BIGINT     NOT NULL,
    admin_id   INT        NULL,
    PRIMARY KEY (typed_key),
    KEY ix_typed_messages_outbox (outbox_id),
    KEY ix_typed_messages_admin (admin_id),
    CONSTRAINT fk_typed_messages_admin FOREIGN KEY (admin_id) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS conversation_notes (
    id         BIGINT        NOT NULL AUTO_INCREMENT,
    psid       VARCHAR(100)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    admin_id   INT           NULL,
    words      VARCHAR(2000) NOT NULL,
    created_at DATETIME(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (id),
    KEY ix_conversation_notes_shopper (psid, id),
    KEY ix_conversation_notes_admin (admin_id),
    CONSTRAINT fk_conversation_notes_admin FOREIGN KEY (admin_id) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

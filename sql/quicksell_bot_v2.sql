-- QuickSell V2.0: the program's own tables, beside the two contract scripts.
-- Load after quicksell_complete_v2.sql:  mariadb < quicksell_bot_v2.sql
-- Can be run again without losing a row.

CREATE DATABASE IF NOT EXISTS quicksell_chatbot CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE quicksell_chatbot;

-- conversations: where each shopper's conversation stands. Its row lock orders the turns of one shopper
-- over all processes.
CREATE TABLE IF NOT EXISTS conversations (
    psid              VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    page_id           VARCHAR(64)  NOT NULL,
    state             TEXT         NOT NULL COMMENT 'JSON of the dialog state',
    draft             TEXT         NULL     COMMENT 'JSON of the order that is being made',
    offered           TEXT         NULL     COMMENT 'JSON of what could be tapped last, so that it can be typed too',
    sender            VARCHAR(40)  NULL     COMMENT 'processes.name of who delivers what waits for this shopper',
    sender_until      DATETIME(3)  NULL     COMMENT 'no longer used, written by 0.1.0 only',
    window_expires_at DATETIME(3)  NULL     COMMENT 'until when Messenger lets us write freely',
    delivered_until   DATETIME(3)  NULL     COMMENT 'Messenger delivered everything sent up to here',
    read_until        DATETIME(3)  NULL     COMMENT 'the shopper has seen everything sent up to here',
    unreachable_since DATETIME(3)  NULL,
    profile_tried_at  DATETIME     NULL     COMMENT 'when the name was last asked for',
    created_at        DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (psid),
    KEY ix_conversations_sender (sender, sender_until)
) ENGINE = InnoDB;

-- processes: the running servers and workers. Each renews its row every two seconds; one whose row is gone is dead, and
-- what it had claimed is free. No foreign key: a claim outlives its process.
CREATE TABLE IF NOT EXISTS processes (
    name        VARCHAR(40)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    place       VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'machine and PID namespace: those who share it see one another',
    pid         INT          NOT NULL DEFAULT 0,
    started_at  DATETIME(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    alive_until DATETIME(3)  NOT NULL COMMENT 'until when it is believed to live without renewing this',
    PRIMARY KEY (name)
) ENGINE = InnoDB;

-- outbox: messages to shoppers, in order per shopper by id.
CREATE TABLE IF NOT EXISTS outbox (
    id             BIGINT       NOT NULL AUTO_INCREMENT,
    psid           VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    turn_id        BIGINT       NULL     COMMENT 'chat_logs.id of the turn that said it; NULL for a notice',
    notice_id      BIGINT       NULL     COMMENT 'notification_queue.id of the notice that said it',
    message        MEDIUMTEXT   NOT NULL COMMENT 'JSON of the message as the Send API takes it',
    messaging_type ENUM('RESPONSE', 'UPDATE') NOT NULL DEFAULT 'RESPONSE',
    status         ENUM('queued', 'sent', 'failed') NOT NULL DEFAULT 'queued',
    attempts       INT          NOT NULL DEFAULT 0,
    due_at         DATETIME(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    message_id     VARCHAR(512) NULL     COMMENT 'mid that Facebook gave it',
    error_code     VARCHAR(40)  NULL,
    error_message  VARCHAR(500) NULL,
    created_at     DATETIME(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    sent_at        DATETIME(3)  NULL,
    PRIMARY KEY (id),
    KEY ix_outbox_due (status, psid, id),
    KEY ix_outbox_shopper (psid, id),
    KEY ix_outbox_turn (turn_id),
    KEY ix_outbox_notice (notice_id)
) ENGINE = InnoDB;

-- webhook_events: what Facebook told us that is no turn: echoes of people, reactions, edits, unknown kinds.
CREATE TABLE IF NOT EXISTS webhook_events (
    event_key   BINARY(16)   NOT NULL,
    kind        VARCHAR(40)  NOT NULL,
    page_id     VARCHAR(64)  NOT NULL,
    psid        VARCHAR(100) NOT NULL,
    event       MEDIUMTEXT   NOT NULL COMMENT 'JSON of the typed event',
    received_at DATETIME(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (event_key),
    KEY ix_webhook_events_kind (kind, received_at),
    KEY ix_webhook_events_received (received_at)
) ENGINE = InnoDB;

-- shop_versions: one row of counters; whoever changes words or rules counts up, and every process reloads.
CREATE TABLE IF NOT EXISTS shop_versions (
    id     TINYINT NOT NULL DEFAULT 1,
    words  BIGINT  NOT NULL DEFAULT 1,
    rules  BIGINT  NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    CONSTRAINT chk_shop_versions_one CHECK (id = 1)
) ENGINE = InnoDB;
INSERT IGNORE INTO shop_versions (id) VALUES (1);

-- shop_settings: the shop's rules and facts that a merchant changed; absent means the default.
CREATE TABLE IF NOT EXISTS shop_settings (
    name       VARCHAR(64) NOT NULL,
    value      JSON        NOT NULL,
    updated_by INT         NULL,
    updated_at DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (name)
) ENGINE = InnoDB;

-- reply_words: the merchant's wording of something the bot says, in place of the program's own.
CREATE TABLE IF NOT EXISTS reply_words (
    id         INT          NOT NULL AUTO_INCREMENT,
    name       VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'block, such as cart.sold_out',
    language   VARCHAR(10)  NOT NULL DEFAULT 'en',
    words      TEXT         NOT NULL,
    is_active  BOOLEAN      NOT NULL DEFAULT TRUE,
    updated_by INT          NULL,
    updated_at DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_reply_words (name, language)
) ENGINE = InnoDB;

-- reply_versions: every save of what merchants edit, for the history and for restoring.
CREATE TABLE IF NOT EXISTS reply_versions (
    id         BIGINT       NOT NULL AUTO_INCREMENT,
    kind       VARCHAR(40)  NOT NULL COMMENT 'of what: the kind of a Noun, such as canned or words',
    subject_id INT          NOT NULL COMMENT 'which of its kind, such as chatbot_replies.id or reply_words.id',
    action     ENUM('created', 'changed', 'restored', 'switched_on', 'switched_off', 'deleted') NOT NULL,
    body       JSON         NOT NULL COMMENT 'the whole reply as it was saved',
    saved_by   INT          NULL     COMMENT 'admin_users.id; NULL for an import or the command line',
    saved_at   DATETIME(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (id),
    KEY ix_reply_versions_subject (kind, subject_id, id),
    KEY ix_reply_versions_saved (saved_at)
) ENGINE = InnoDB;

-- console_accounts: what the console knows of an account beyond admin_users. No row means: a password of their own.
CREATE TABLE IF NOT EXISTS console_accounts (
    admin_id             INT      NOT NULL,
    password_is_one_time BOOLEAN  NOT NULL DEFAULT FALSE COMMENT 'a new one must be chosen at the first login',
    password_changed_at  DATETIME NULL,
    PRIMARY KEY (admin_id),
    CONSTRAINT fk_console_accounts_admin FOREIGN KEY (admin_id) REFERENCES admin_users (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- console_sessions: who is logged in to the console, so that a session can be listed and ended.
CREATE TABLE IF NOT EXISTS console_sessions (
    token_hash BINARY(32)   NOT NULL COMMENT 'SHA-256 of the cookie; the cookie itself is never stored',
    admin_id   INT          NULL,
    session    TEXT         NOT NULL COMMENT 'JSON: CSRF token, notices',
    ip_address VARCHAR(45)  NULL,
    user_agent VARCHAR(255) NULL,
    created_at DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    seen_at    DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at DATETIME     NOT NULL,
    PRIMARY KEY (token_hash),
    KEY ix_console_sessions_admin (admin_id),
    KEY ix_console_sessions_expires (expires_at),
    CONSTRAINT fk_console_sessions_admin FOREIGN KEY (admin_id) REFERENCES admin_users (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- console_audit: what was done in the console, by whom. Nothing here is ever edited.
CREATE TABLE IF NOT EXISTS console_audit (
    id         BIGINT       NOT NULL AUTO_INCREMENT,
    admin_id   INT          NULL,
    action     VARCHAR(64)  NOT NULL COMMENT 'such as login, login_failed, reply.changed',
    subject    VARCHAR(100) NULL,
    details    JSON         NULL,
    ip_address VARCHAR(45)  NULL,
    created_at DATETIME(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (id),
    KEY ix_console_audit_admin (admin_id, id),
    KEY ix_console_audit_action (action, created_at),
    CONSTRAINT fk_console_audit_admin FOREIGN KEY (admin_id) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB;

-- promo_redemptions: which shopper used which promo on which order.
CREATE TABLE IF NOT EXISTS promo_redemptions (
    promo_id   INT      NOT NULL,
    order_id   INT      NOT NULL,
    user_id    INT      NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (promo_id, order_id),
    KEY ix_promo_redemptions_shopper (user_id, promo_id),
    KEY ix_promo_redemptions_order (order_id),
    CONSTRAINT fk_promo_redemptions_promo FOREIGN KEY (promo_id) REFERENCES promos (id) ON DELETE CASCADE,
    CONSTRAINT fk_promo_redemptions_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT fk_promo_redemptions_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- search_products: which products the search knows, and as what: the worker reads those again whose names changed.
CREATE TABLE IF NOT EXISTS search_products (
    product_id  INT          NOT NULL,
    fingerprint INT UNSIGNED NOT NULL COMMENT 'CRC32 of what was read',
    words       SMALLINT     NOT NULL COMMENT 'how many words its name has',
    PRIMARY KEY (product_id)
) ENGINE = InnoDB;

-- search_words: in which products a word stands. No foreign key: writing here must lock no product.
CREATE TABLE IF NOT EXISTS search_words (
    word       VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    product_id INT     NOT NULL,
    weight     TINYINT NOT NULL COMMENT 'how much it says about the product: its name most, its description least',
    PRIMARY KEY (word, product_id),
    KEY ix_search_words_product (product_id)
) ENGINE = InnoDB;

-- search_spellings: every word, and every word with one letter left out, so that a misspelt one is found by an index.
CREATE TABLE IF NOT EXISTS search_spellings (
    spelling VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    is_whole BOOLEAN     NOT NULL COMMENT 'whether the spelling is the word itself',
    word     VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (is_whole, spelling, word)
) ENGINE = InnoDB;

-- scheduled_jobs: when each daily job is due next; whoever moves it on does the job, so that a cluster does it once.
CREATE TABLE IF NOT EXISTS scheduled_jobs (
    name    VARCHAR(64) NOT NULL,
    next_at DATETIME    NOT NULL,
    PRIMARY KEY (name)
) ENGINE = InnoDB;

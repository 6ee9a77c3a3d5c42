-- QuickSell V2.0: the program's own tables, beside the two contract scripts.
-- Load after quicksell_complete_v2.sql:  mariadb < quicksell_bot_v2.sql
-- Can be run again without losing a row.

CREATE DATABASE IF NOT EXISTS quicksell_chatbot CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE quicksell_chatbot;

-- conversations: where each shopper's conversation stands. Its row lock orders the turns of one shopper
-- over all processes. sender_until with ix_conversations_sender is read and written by 0.1.0, which may take turns while
-- its shop is brought up to date, and profile_tried_at by nobody: they go together, in an upgrade of a release that need
-- not run beside 0.1.0 any more.
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
    quiet_since       DATETIME     NULL     COMMENT 'the bot says nothing unasked until a person gives the chat back',
    quiet_reason      VARCHAR(40)  NULL     COMMENT 'such as complaint',
    given_back_at     DATETIME(3)  NULL     COMMENT 'when a person gave the chat back to the bot last',
    heard_at          DATETIME(3)  NULL     COMMENT 'when the shopper last did something',
    seen_at           DATETIME(3)  NULL     COMMENT 'when a person of the shop last looked at the chat',
    waits_since       DATETIME(3)  NULL     COMMENT 'since when the shopper waits for a person',
    assigned_to       INT          NULL     COMMENT 'admin_users.id of who sees to it',
    snoozed_until     DATETIME     NULL     COMMENT 'until when nobody is reminded of it',
    typing_by         INT          NULL     COMMENT 'admin_users.id of who types an answer',
    typing_until      DATETIME(3)  NULL     COMMENT 'until when that is believed without hearing more',
    referral_id       BIGINT       NULL     COMMENT 'referrals.id of where the shopper came from last',
    referred_at       DATETIME(3)  NULL     COMMENT 'when that was',
    created_at        DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (psid),
    KEY ix_conversations_sender (sender, sender_until),
    KEY ix_conversations_heard (heard_at, psid),
    KEY ix_conversations_waits (waits_since, psid)
) ENGINE = InnoDB;

-- saved_lines: lines of carts that were put aside for later, with their pieces. variant_key as in cart_items.
CREATE TABLE IF NOT EXISTS saved_lines (
    id          INT            NOT NULL AUTO_INCREMENT,
    user_id     INT            NOT NULL,
    product_id  INT            NOT NULL,
    variant_id  INT            NULL,
    quantity    INT            NOT NULL,
    price_put   DECIMAL(10, 2) NULL COMMENT 'what a piece cost then',
    saved_at    DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    variant_key INT GENERATED ALWAYS AS (IFNULL(variant_id, 0)) VIRTUAL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_saved_lines_line (user_id, product_id, variant_key),
    KEY ix_saved_lines_product (product_id),
    KEY ix_saved_lines_variant (variant_id),
    CONSTRAINT fk_saved_lines_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_saved_lines_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_saved_lines_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE,
    CONSTRAINT ck_saved_lines_quantity CHECK (quantity > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- stock_waits: who is told when something is back, whoever asked first.
CREATE TABLE IF NOT EXISTS stock_waits (
    id          BIGINT      NOT NULL AUTO_INCREMENT,
    user_id     INT         NOT NULL,
    product_id  INT         NOT NULL,
    variant_id  INT         NULL     COMMENT 'NULL too where any variant will do',
    asked_at    DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    by_wish     BOOLEAN     NOT NULL DEFAULT FALSE COMMENT 'waits because it is on the wishlist, without having asked',
    noticed_at  DATETIME    NULL     COMMENT 'when a notice was queued that tells of it if it is still true then',
    told_at     DATETIME    NULL     COMMENT 'when the shopper was told; a piece is theirs to buy for some time',
    variant_key INT GENERATED ALWAYS AS (IFNULL(variant_id, 0)) VIRTUAL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_stock_waits_line (user_id, product_id, variant_key),
    KEY ix_stock_waits_good (product_id, variant_key, noticed_at, asked_at),
    KEY ix_stock_waits_told (told_at),
    KEY ix_stock_waits_variant (variant_id),
    CONSTRAINT fk_stock_waits_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_stock_waits_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_stock_waits_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- watched_goods: prices and stocks of what is on a wishlist or waited for, as the last look found them.
CREATE TABLE IF NOT EXISTS watched_goods (
    id          INT            NOT NULL AUTO_INCREMENT,
    product_id  INT            NOT NULL,
    variant_id  INT            NULL     COMMENT 'NULL for the product as its card shows it',
    price       DECIMAL(10, 2) NOT NULL COMMENT 'as everybody whom it concerns has been told',
    pieces      INT            NOT NULL COMMENT 'that were left then',
    price_new   DECIMAL(10, 2) NOT NULL COMMENT 'as the last look found it',
    pieces_new  INT            NOT NULL COMMENT 'that were left then',
    variant_key INT GENERATED ALWAYS AS (IFNULL(variant_id, 0)) VIRTUAL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_watched_goods_good (product_id, variant_key),
    KEY ix_watched_goods_variant (variant_id),
    CONSTRAINT fk_watched_goods_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_watched_goods_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- referrals: where shoppers came from: each time that a link, an ad, a shared post, product or cart led somebody here.
-- orders.referral_id says which one an order came of. No foreign key to products: writing here must lock no product.
CREATE TABLE IF NOT EXISTS referrals (
    id         BIGINT       NOT NULL AUTO_INCREMENT,
    user_id    INT          NOT NULL COMMENT 'users.id',
    kind       VARCHAR(20)  NOT NULL COMMENT 'link, ad, shop, post, product, card, cart, comment',
    ref        VARCHAR(255) NULL     COMMENT 'what the link or the ad carried',
    ad_id      VARCHAR(100) NULL,
    ad_title   VARCHAR(255) NULL,
    post_id    VARCHAR(100) NULL     COMMENT 'of the post, without the id of the page in front',
    product_id INT          NULL     COMMENT 'products.id of what was opened by it',
    came_at    DATETIME(3)  NOT NULL,
    PRIMARY KEY (id),
    KEY ix_referrals_user (user_id, id),
    KEY ix_referrals_came (came_at),
    KEY ix_referrals_post (post_id, id),
    CONSTRAINT fk_referrals_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- facebook_goods: which product a number of Facebook's own is, learned from shared products and carts, which tell ours
-- beside it; messages from a product's page in the page's shop tell Facebook's alone. No foreign key, as above.
CREATE TABLE IF NOT EXISTS facebook_goods (
    facebook_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the product in Facebook''s catalogue',
    product_id  INT         NOT NULL COMMENT 'products.id',
    variant_id  INT         NULL     COMMENT 'product_variants.id',
    learned_at  DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (facebook_id)
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
    messaging_type ENUM('RESPONSE', 'UPDATE', 'UTILITY', 'MESSAGE_TAG') NOT NULL DEFAULT 'RESPONSE',
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

-- sent_again: messages that were sent again though the first may have arrived: Facebook gave no answer, and no echo in time.
CREATE TABLE IF NOT EXISTS sent_again (
    outbox_id BIGINT      NOT NULL,
    times     INT         NOT NULL DEFAULT 1 COMMENT 'how often it was sent again',
    why       ENUM('no_answer', 'crash') NOT NULL COMMENT 'Facebook did not answer; the process that was sending ended',
    last_at   DATETIME(3) NOT NULL,
    PRIMARY KEY (outbox_id),
    KEY ix_sent_again_last (last_at)
) ENGINE = InnoDB;

-- facebook_pages: the pages that the shop answers on besides the first, which stands in shop_settings with its app.
CREATE TABLE IF NOT EXISTS facebook_pages (
    id            INT           NOT NULL AUTO_INCREMENT,
    page_id       VARCHAR(64)   NOT NULL COMMENT 'as Facebook numbers it',
    name          VARCHAR(200)  NOT NULL,
    access_token  VARCHAR(3000) NOT NULL COMMENT 'sealed under a key made from SECRET_KEY',
    greeting      VARCHAR(160)  NOT NULL DEFAULT '' COMMENT 'empty for the shop''s',
    greeting_fil  VARCHAR(160)  NOT NULL DEFAULT '' COMMENT 'in Filipino; empty for the shop''s',
    is_active     BOOLEAN       NOT NULL DEFAULT TRUE COMMENT 'whether the shop answers there',
    display_order INT           NOT NULL DEFAULT 0,
    PRIMARY KEY (id),
    UNIQUE KEY uq_facebook_pages_page (page_id)
) ENGINE = InnoDB;

-- page_troubles: why a page cannot send, a row for each kind of trouble and page, the last of it.
CREATE TABLE IF NOT EXISTS page_troubles (
    kind       ENUM('token', 'permission', 'restricted', 'version', 'limit') NOT NULL,
    page_id    VARCHAR(64)  NOT NULL DEFAULT '' COMMENT 'a further page; empty for the first',
    error_code VARCHAR(40)  NOT NULL COMMENT 'Facebook''s code, with its subcode after a slash',
    reason     VARCHAR(500) NOT NULL COMMENT 'Facebook''s words',
    began_at   DATETIME(3)  NOT NULL,
    last_at    DATETIME(3)  NOT NULL COMMENT 'when Facebook said so last',
    ended_at   DATETIME(3)  NULL     COMMENT 'NULL while it lasts',
    PRIMARY KEY (kind, page_id)
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
    KEY ix_webhook_events_received (received_at),
    KEY ix_webhook_events_shopper (psid, received_at)
) ENGINE = InnoDB;

-- page_automations: what others than this program and than people say for the page, again and again or at once: Facebook's
-- instant replies, another app. It does not quiet the bot.
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
) ENGINE = InnoDB;

-- typed_messages: which messages of the outbox a person of the shop typed in the console.
CREATE TABLE IF NOT EXISTS typed_messages (
    typed_key  BINARY(16) NOT NULL COMMENT 'of the form that it was typed into, so that it is sent once',
    outbox_id  BIGINT     NOT NULL,
    admin_id   INT        NULL,
    PRIMARY KEY (typed_key),
    KEY ix_typed_messages_outbox (outbox_id),
    KEY ix_typed_messages_admin (admin_id),
    CONSTRAINT fk_typed_messages_admin FOREIGN KEY (admin_id) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB;

-- conversation_notes: what the people of the shop write to each other about a chat. Shoppers never see it.
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
) ENGINE = InnoDB;

-- shop_versions: one row of counters; whoever changes words or rules counts up, and every process reloads.
CREATE TABLE IF NOT EXISTS shop_versions (
    id      TINYINT NOT NULL DEFAULT 1,
    words   BIGINT  NOT NULL DEFAULT 1,
    rules   BIGINT  NOT NULL DEFAULT 1,
    phrases BIGINT  NOT NULL DEFAULT 1 COMMENT 'counted up by triggers whenever what canned replies answer to changes',
    PRIMARY KEY (id),
    CONSTRAINT chk_shop_versions_one CHECK (id = 1)
) ENGINE = InnoDB;
INSERT IGNORE INTO shop_versions (id) VALUES (1);

-- chatbot_reply_phrases: what else a canned reply answers to, beside its keyword, which is its first phrase.
CREATE TABLE IF NOT EXISTS chatbot_reply_phrases (
    reply_id INT          NOT NULL,
    position SMALLINT     NOT NULL COMMENT 'in the order of the merchant, from 1',
    phrase   VARCHAR(255) NOT NULL COMMENT 'as the merchant wrote it',
    folded   VARCHAR(255) NOT NULL COMMENT 'as it is compared: without capitals, accents and punctuation',
    PRIMARY KEY (reply_id, position),
    KEY ix_chatbot_reply_phrases_folded (folded),
    CONSTRAINT fk_chatbot_reply_phrases_reply FOREIGN KEY (reply_id) REFERENCES chatbot_replies (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- canned_uses: each use of a canned reply until it is added to chatbot_replies.usage_count, which happens at once, but not
-- in the shopper's turn: two turns would otherwise wait for one another, and clash on two nodes of a cluster.
CREATE TABLE IF NOT EXISTS canned_uses (
    id       BIGINT NOT NULL AUTO_INCREMENT,
    reply_id INT    NOT NULL COMMENT 'chatbot_replies.id',
    PRIMARY KEY (id)
) ENGINE = InnoDB;

-- shop_settings: the shop's rules and facts that a merchant changed; absent means the default.
CREATE TABLE IF NOT EXISTS shop_settings (
    name       VARCHAR(64) NOT NULL,
    value      JSON        NOT NULL,
    updated_by INT         NULL,
    updated_at DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (name)
) ENGINE = InnoDB;

-- connection_steps: how the last try of each step ended that connects the page with Facebook.
CREATE TABLE IF NOT EXISTS connection_steps (
    name       VARCHAR(80)  NOT NULL COMMENT 'the step; of a further page, a colon and the page behind it',
    light      ENUM('good', 'warning', 'broken', 'waiting') NOT NULL,
    sent       VARCHAR(500) NOT NULL COMMENT 'what was asked, without secrets',
    answered   VARCHAR(800) NOT NULL COMMENT 'what came back',
    what_to_do VARCHAR(500) NOT NULL DEFAULT '',
    looked_at  DATETIME(3)  NOT NULL,
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
    action     ENUM('created', 'changed', 'restored', 'switched_on', 'switched_off', 'deleted', 'drafted',
                    'discarded') NOT NULL COMMENT 'drafted: not in force yet; discarded: such a draft was thrown away',
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
    code_secret          VARCHAR(255) NULL COMMENT 'sealed with SECRET_KEY; NULL where a login needs no code',
    code_used            BIGINT   NULL COMMENT 'the last half minute since 1970 whose code was used',
    spare_codes          JSON     NULL COMMENT 'hashes of the codes that each work once',
    hears                JSON     NULL COMMENT 'kinds of merchant_notices by way; NULL hears of everything in linked chats, nothing by mail',
    PRIMARY KEY (admin_id),
    CONSTRAINT fk_console_accounts_admin FOREIGN KEY (admin_id) REFERENCES admin_users (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- console_invitations: links by which people make an account of their own, each once and until it expires.
CREATE TABLE IF NOT EXISTS console_invitations (
    id         INT          NOT NULL AUTO_INCREMENT,
    token_hash BINARY(32)   NOT NULL COMMENT 'SHA-256 of what the link carries; the link itself is never stored',
    email      VARCHAR(255) NOT NULL COMMENT 'whom it is for',
    role       ENUM ('super_admin', 'admin', 'manager', 'staff') NOT NULL DEFAULT 'staff',
    invited_by INT          NULL,
    created_at DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at DATETIME     NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_console_invitations_token (token_hash),
    UNIQUE KEY uq_console_invitations_email (email),
    KEY ix_console_invitations_by (invited_by),
    KEY ix_console_invitations_expires (expires_at),
    CONSTRAINT fk_console_invitations_by FOREIGN KEY (invited_by) REFERENCES admin_users (id) ON DELETE SET NULL
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

-- catalogue_imports: every sheet of products that was brought in.
CREATE TABLE IF NOT EXISTS catalogue_imports (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    file_name   VARCHAR(255) NOT NULL,
    status      ENUM('draft', 'running', 'done', 'reverted') NOT NULL DEFAULT 'running',
    content     MEDIUMBLOB   NULL     COMMENT 'of a draft: the file as it was sent, packed by zlib',
    planned     INT          NOT NULL COMMENT 'products that it was to write',
    written     INT          NOT NULL DEFAULT 0 COMMENT 'products that it has written, or taken back',
    admin_id    INT          NULL     COMMENT 'admin_users.id; NULL for the command line',
    created_at  DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id)
) ENGINE = InnoDB;

-- catalogue_import_rows: what an import has set, so that it can be taken back where nobody has changed it since.
CREATE TABLE IF NOT EXISTS catalogue_import_rows (
    id         BIGINT NOT NULL AUTO_INCREMENT,
    import_id  BIGINT NOT NULL,
    kind       ENUM('product', 'variant', 'pictures') NOT NULL,
    subject_id INT    NOT NULL COMMENT 'products.id, or product_variants.id',
    more       INT    NOT NULL COMMENT 'pieces that were put on the shelf',
    was        JSON   NULL     COMMENT 'what it was; NULL where the import made it',
    now        JSON   NOT NULL COMMENT 'what it became',
    PRIMARY KEY (id),
    KEY ix_catalogue_import_rows_import (import_id, id),
    KEY ix_catalogue_import_rows_subject (kind, subject_id),
    CONSTRAINT fk_catalogue_import_rows_import FOREIGN KEY (import_id) REFERENCES catalogue_imports (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- sheet_matches: what a merchant has said that the columns of a kind of sheet are; the next such sheet needs no asking.
CREATE TABLE IF NOT EXISTS sheet_matches (
    signature  CHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA-256 of its titles in their order',
    fields     JSON      NOT NULL COMMENT 'what each column is, by its title',
    saved_by   INT       NULL     COMMENT 'admin_users.id; NULL for the command line',
    saved_at   DATETIME  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (signature)
) ENGINE = InnoDB;

-- search_changes: what has changed of what the search reads, each thing once, with the number of its last change. The row of
-- all has the youngest number; it is held until the transaction ends that has counted it up, so numbers become seen in their
-- order, and whoever has read up to one has missed none before it. Written by sp_note_goods alone.
CREATE TABLE IF NOT EXISTS search_changes (
    kind    ENUM ('all', 'product', 'synonym') NOT NULL,
    row_id  INT    NOT NULL COMMENT 'in the table of that kind; 0 of all',
    version BIGINT NOT NULL,
    PRIMARY KEY (kind, row_id),
    KEY ix_search_changes_version (version)
) ENGINE = InnoDB;

-- search_synonyms: words that mean the same where shoppers look for something, beside those that do in any shop.
CREATE TABLE IF NOT EXISTS search_synonyms (
    id            INT          NOT NULL AUTO_INCREMENT,
    words         VARCHAR(500) NOT NULL COMMENT 'with commas between them',
    is_active     BOOLEAN      NOT NULL DEFAULT TRUE,
    display_order INT          NOT NULL DEFAULT 0,
    PRIMARY KEY (id)
) ENGINE = InnoDB;

-- search_products: what 0.1.0 has read for its search, and as what. This program neither reads nor writes this table and the
-- next two; they stay so that 0.1.0 can run beside it.
CREATE TABLE IF NOT EXISTS search_products (
    product_id  INT          NOT NULL,
    fingerprint INT UNSIGNED NOT NULL COMMENT 'CRC32 of what was read',
    words       SMALLINT     NOT NULL COMMENT 'how many words its name has',
    PRIMARY KEY (product_id)
) ENGINE = InnoDB;

-- search_words: in which products a word stands, as 0.1.0 searches.
CREATE TABLE IF NOT EXISTS search_words (
    word       VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    product_id INT     NOT NULL,
    weight     TINYINT NOT NULL COMMENT 'how much it says about the product: its name most, its description least',
    PRIMARY KEY (word, product_id),
    KEY ix_search_words_product (product_id)
) ENGINE = InnoDB;

-- search_spellings: every word, and every word with one letter left out, as 0.1.0 searches.
CREATE TABLE IF NOT EXISTS search_spellings (
    spelling VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    is_whole BOOLEAN     NOT NULL COMMENT 'whether the spelling is the word itself',
    word     VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (is_whole, spelling, word)
) ENGINE = InnoDB;

-- order_search: the words by which a merchant finds an order: its number, its shopper's and recipient's names, phone and
-- tracking number; a number is there from its end too, read backwards behind "<". Written by sp_index_order.
CREATE TABLE IF NOT EXISTS order_search (
    word     VARCHAR(120) NOT NULL,
    order_id INT          NOT NULL,
    PRIMARY KEY (word, order_id),
    KEY ix_order_search_order (order_id),
    CONSTRAINT fk_order_search_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- unanswered_groups: questions that ask the same and were not answered; the words stand in chat_logs alone. asked, people
-- and last_at are counted by the worker that puts questions into groups, and once a day.
CREATE TABLE IF NOT EXISTS unanswered_groups (
    id         BIGINT   NOT NULL AUTO_INCREMENT,
    status     ENUM('waiting', 'answered', 'ignored') NOT NULL DEFAULT 'waiting',
    asked      INT      NOT NULL DEFAULT 0,
    people     INT      NOT NULL DEFAULT 0,
    last_at    DATETIME NOT NULL,
    reply_id   INT      NULL     COMMENT 'chatbot_replies.id of what answers it now; it may be gone',
    caught     INT      NOT NULL DEFAULT 0 COMMENT 'how many of the questions looked at it answers',
    looked_at  INT      NOT NULL DEFAULT 0 COMMENT 'how many questions were looked at for that',
    settled_at DATETIME NULL     COMMENT 'when it was answered or ignored last',
    settled_by INT      NULL     COMMENT 'admin_users.id; NULL where the worker saw that it is answered',
    PRIMARY KEY (id),
    KEY ix_unanswered_groups_status (status, asked, id),
    KEY ix_unanswered_groups_last (last_at, id),
    KEY ix_unanswered_groups_settler (settled_by),
    CONSTRAINT fk_unanswered_groups_settler FOREIGN KEY (settled_by) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- unanswered_questions: the turns in which somebody typed what the bot had no answer to; each goes with its turn.
CREATE TABLE IF NOT EXISTS unanswered_questions (
    turn_id  BIGINT       NOT NULL COMMENT 'chat_logs.id',
    psid     VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    asked_at DATETIME     NOT NULL,
    group_id BIGINT       NULL     COMMENT 'NULL until a worker has put it into one',
    PRIMARY KEY (turn_id),
    KEY ix_unanswered_questions_group (group_id, turn_id),
    CONSTRAINT fk_unanswered_questions_turn FOREIGN KEY (turn_id) REFERENCES chat_logs (id) ON DELETE CASCADE,
    CONSTRAINT fk_unanswered_questions_group FOREIGN KEY (group_id) REFERENCES unanswered_groups (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- scheduled_jobs: when each daily job is due next; whoever moves it on does the job, so that a cluster does it once.
CREATE TABLE IF NOT EXISTS scheduled_jobs (
    name    VARCHAR(64) NOT NULL,
    next_at DATETIME    NOT NULL,
    PRIMARY KEY (name)
) ENGINE = InnoDB;

-- stored_files: pictures that people sent or merchants uploaded, encrypted, stored once by what they hold.
CREATE TABLE IF NOT EXISTS stored_files (
    id           BIGINT       NOT NULL AUTO_INCREMENT,
    purpose      ENUM('proof', 'identity', 'return', 'review', 'account') NOT NULL,
    digest       BINARY(32)   NOT NULL COMMENT 'SHA-256 of the file as it was sent, which tells the same file again',
    media_type   VARCHAR(100) NOT NULL COMMENT 'of what is stored: our own encoding, without metadata',
    width        INT          NOT NULL COMMENT 'pixels',
    height       INT          NOT NULL COMMENT 'pixels',
    size         INT          NOT NULL COMMENT 'bytes that are stored, over all pieces',
    sealed_key   VARBINARY(255) NOT NULL COMMENT 'the key of this file, encrypted under a key of its purpose',
    key_number   INT          NOT NULL COMMENT 'which of FILES_KEY that was: how a replaced key is found',
    created_at   DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    delete_after DATETIME     NULL     COMMENT 'when a job deletes what it holds; NULL while nobody has decided',
    deleted_at   DATETIME     NULL     COMMENT 'the pieces are gone; the digest stays, so that the file is known again',
    PRIMARY KEY (id),
    UNIQUE KEY uq_stored_files (purpose, digest),
    KEY ix_stored_files_due (deleted_at, delete_after)
) ENGINE = InnoDB;

-- stored_file_pieces: what the files hold, in pieces that fit any packet.
CREATE TABLE IF NOT EXISTS stored_file_pieces (
    file_id BIGINT     NOT NULL,
    number  INT        NOT NULL COMMENT 'from 0',
    piece   MEDIUMBLOB NOT NULL,
    PRIMARY KEY (file_id, number),
    CONSTRAINT fk_stored_file_pieces_file FOREIGN KEY (file_id) REFERENCES stored_files (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- goods_pictures: pictures of products, as everybody may see them: Facebook fetches them by their unguessable name.
CREATE TABLE IF NOT EXISTS goods_pictures (
    name       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'unguessable; its address for good',
    digest     BINARY(32)  NOT NULL COMMENT 'SHA-256 of the file as it was sent: the same file has one address',
    media_type VARCHAR(100) NOT NULL COMMENT 'of what is stored: our own encoding, without metadata',
    width      INT         NOT NULL COMMENT 'pixels',
    height     INT         NOT NULL COMMENT 'pixels',
    content    MEDIUMBLOB  NOT NULL,
    created_at DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    unused_since DATETIME  NULL COMMENT 'since when nothing shows it; NULL while something does',
    PRIMARY KEY (name),
    UNIQUE KEY uq_goods_pictures (digest)
) ENGINE = InnoDB;

-- uploaded_pictures: what Facebook keeps of them for each page: what was sent once is sent again by its id.
CREATE TABLE IF NOT EXISTS uploaded_pictures (
    name          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of goods_pictures',
    page_id       VARCHAR(64) NOT NULL DEFAULT '' COMMENT 'a further page; empty for the first',
    attachment_id VARCHAR(64) NOT NULL COMMENT 'as Facebook numbers it, for this page alone',
    uploaded_at   DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (name, page_id),
    CONSTRAINT fk_uploaded_pictures_picture FOREIGN KEY (name) REFERENCES goods_pictures (name) ON DELETE CASCADE
) ENGINE = InnoDB;

-- picture_fetches: the pictures that a sheet links to, each fetched once in the background and then served by the shop.
CREATE TABLE IF NOT EXISTS picture_fetches (
    id         BIGINT        NOT NULL AUTO_INCREMENT,
    import_id  BIGINT        NOT NULL COMMENT 'catalogue_imports.id of the sheet that names it',
    product_id INT           NOT NULL,
    link       VARCHAR(500)  NOT NULL,
    status     ENUM('queued', 'done', 'failed') NOT NULL DEFAULT 'queued',
    attempts   INT           NOT NULL DEFAULT 0,
    due_at     DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    reason     VARCHAR(200)  NULL     COMMENT 'why it could not be had',
    PRIMARY KEY (id),
    KEY ix_picture_fetches_due (status, due_at),
    KEY ix_picture_fetches_import (import_id, status),
    KEY ix_picture_fetches_product (product_id),
    CONSTRAINT fk_picture_fetches_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- order_proofs: what shoppers sent to prove that they paid, or who they are; any number of an order.
CREATE TABLE IF NOT EXISTS order_proofs (
    id              BIGINT        NOT NULL AUTO_INCREMENT,
    order_id        INT           NOT NULL,
    verification_id INT           NULL     COMMENT 'order_verifications.id that it belongs to',
    kind            ENUM('payment', 'identity') NOT NULL,
    method          VARCHAR(20)   NULL     COMMENT 'how it was paid, as in orders.payment_method',
    reference       VARCHAR(100)  NULL     COMMENT 'without spaces, as it is compared',
    amount          DECIMAL(10, 2) NULL,
    file_id         BIGINT        NULL,
    selfie_file_id  BIGINT        NULL,
    id_type         VARCHAR(50)   NULL,
    words           VARCHAR(500)  NULL     COMMENT 'what the shopper typed with it',
    status          ENUM('waiting', 'accepted', 'rejected', 'withdrawn') NOT NULL DEFAULT 'waiting',
    warnings        JSON          NULL     COMMENT 'names of what a reviewer should look at, such as same_reference',
    reason          VARCHAR(100)  NULL     COMMENT 'review_reasons.name, where it was rejected',
    note            VARCHAR(1000) NULL     COMMENT 'what else the shopper is told',
    reviewed_by     INT           NULL,
    reviewed_at     DATETIME(3)   NULL,
    effective_at    DATETIME(3)   NULL     COMMENT 'when the review can no longer be undone, and the shopper is told',
    settled_at      DATETIME(3)   NULL     COMMENT 'the review has taken effect',
    created_at      DATETIME(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (id),
    KEY ix_order_proofs_order (order_id, id),
    KEY ix_order_proofs_verification (verification_id),
    KEY ix_order_proofs_status (status, kind, created_at),
    KEY ix_order_proofs_reference (reference),
    KEY ix_order_proofs_file (file_id),
    KEY ix_order_proofs_selfie (selfie_file_id),
    KEY ix_order_proofs_reviewer (reviewed_by),
    CONSTRAINT fk_order_proofs_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT,
    CONSTRAINT fk_order_proofs_verification FOREIGN KEY (verification_id) REFERENCES order_verifications (id)
        ON DELETE SET NULL,
    CONSTRAINT fk_order_proofs_file FOREIGN KEY (file_id) REFERENCES stored_files (id) ON DELETE RESTRICT,
    CONSTRAINT fk_order_proofs_selfie FOREIGN KEY (selfie_file_id) REFERENCES stored_files (id) ON DELETE RESTRICT,
    CONSTRAINT fk_order_proofs_reviewer FOREIGN KEY (reviewed_by) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB;

-- order_payments: the money of an order, in and back out; orders.upfront_paid and payment_status follow from it.
CREATE TABLE IF NOT EXISTS order_payments (
    id          BIGINT         NOT NULL AUTO_INCREMENT,
    order_id    INT            NOT NULL,
    kind        ENUM('payment', 'refund') NOT NULL,
    amount      DECIMAL(10, 2) NOT NULL,
    method      VARCHAR(20)    NOT NULL COMMENT 'as in orders.payment_method',
    reference   VARCHAR(100)   NULL     COMMENT 'without spaces, as it is compared',
    proof_id    BIGINT         NULL,
    note        VARCHAR(1000)  NULL,
    recorded_by INT            NULL     COMMENT 'admin_users.id; NULL where the program did it',
    created_at  DATETIME       NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_order_payments_proof (proof_id),
    KEY ix_order_payments_order (order_id, id),
    KEY ix_order_payments_reference (reference),
    KEY ix_order_payments_recorder (recorded_by),
    CONSTRAINT fk_order_payments_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT,
    CONSTRAINT fk_order_payments_proof FOREIGN KEY (proof_id) REFERENCES order_proofs (id) ON DELETE RESTRICT,
    CONSTRAINT fk_order_payments_recorder FOREIGN KEY (recorded_by) REFERENCES admin_users (id) ON DELETE SET NULL,
    CONSTRAINT ck_order_payments_amount CHECK (amount > 0)
) ENGINE = InnoDB;

-- order_flags: why an order needs a person; one open flag of each kind.
CREATE TABLE IF NOT EXISTS order_flags (
    id          BIGINT        NOT NULL AUTO_INCREMENT,
    order_id    INT           NOT NULL,
    kind        VARCHAR(40)   NOT NULL COMMENT 'such as risk, complaint, return, refund, unpaid, address',
    note        VARCHAR(1000) NULL,
    raised_at   DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    resolved_at DATETIME      NULL,
    resolved_by VARCHAR(100)  NULL     COMMENT 'an account, or what the program did',
    open_kind   VARCHAR(40) GENERATED ALWAYS AS (CASE WHEN resolved_at IS NULL THEN kind END) STORED,
    PRIMARY KEY (id),
    UNIQUE KEY uq_order_flags_open (order_id, open_kind),
    KEY ix_order_flags_open (open_kind, raised_at),
    CONSTRAINT fk_order_flags_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- order_notes: what the people of the shop tell one another about an order; shoppers never see it.
CREATE TABLE IF NOT EXISTS order_notes (
    id         BIGINT        NOT NULL AUTO_INCREMENT,
    order_id   INT           NOT NULL,
    note       VARCHAR(2000) NOT NULL,
    written_by INT           NULL,
    created_at DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_order_notes_order (order_id, id),
    KEY ix_order_notes_writer (written_by),
    CONSTRAINT fk_order_notes_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT fk_order_notes_writer FOREIGN KEY (written_by) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB;

-- order_edits: what of an order was changed after it was placed, other than its status: address, items, payment.
CREATE TABLE IF NOT EXISTS order_edits (
    id         BIGINT       NOT NULL AUTO_INCREMENT,
    order_id   INT          NOT NULL,
    what       VARCHAR(40)  NOT NULL COMMENT 'such as address, phone, items, tracking',
    before_it  JSON         NULL,
    after_it   JSON         NULL,
    actor      VARCHAR(100) NOT NULL,
    actor_type ENUM('system', 'admin', 'customer', 'automation') NOT NULL,
    created_at DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_order_edits_order (order_id, id),
    CONSTRAINT fk_order_edits_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- order_returns: what shoppers want to send back, and what was done about it.
CREATE TABLE IF NOT EXISTS order_returns (
    id           BIGINT        NOT NULL AUTO_INCREMENT,
    order_id     INT           NOT NULL,
    status       ENUM('requested', 'accepted', 'refused', 'received') NOT NULL DEFAULT 'requested',
    reason       VARCHAR(1000) NULL     COMMENT 'in the words of whoever asked for it',
    requested_by ENUM('shopper', 'merchant') NOT NULL,
    decided_by   INT           NULL,
    decided_at   DATETIME      NULL,
    created_at   DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_order_returns_order (order_id, id),
    KEY ix_order_returns_status (status, created_at),
    KEY ix_order_returns_decider (decided_by),
    CONSTRAINT fk_order_returns_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT,
    CONSTRAINT fk_order_returns_decider FOREIGN KEY (decided_by) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB;

-- order_return_lines: which pieces a return is about.
CREATE TABLE IF NOT EXISTS order_return_lines (
    return_id     BIGINT  NOT NULL,
    order_item_id INT     NOT NULL,
    quantity      INT     NOT NULL,
    is_restocked  BOOLEAN NULL COMMENT 'whether they went back on the shelf; NULL until they are received',
    PRIMARY KEY (return_id, order_item_id),
    KEY ix_order_return_lines_item (order_item_id),
    CONSTRAINT fk_order_return_lines_return FOREIGN KEY (return_id) REFERENCES order_returns (id) ON DELETE CASCADE,
    CONSTRAINT fk_order_return_lines_item FOREIGN KEY (order_item_id) REFERENCES order_items (id) ON DELETE RESTRICT,
    CONSTRAINT ck_order_return_lines_quantity CHECK (quantity > 0)
) ENGINE = InnoDB;

-- order_return_pictures: what the shopper sent to show why.
CREATE TABLE IF NOT EXISTS order_return_pictures (
    return_id BIGINT NOT NULL,
    file_id   BIGINT NOT NULL,
    PRIMARY KEY (return_id, file_id),
    KEY ix_order_return_pictures_file (file_id),
    CONSTRAINT fk_order_return_pictures_return FOREIGN KEY (return_id) REFERENCES order_returns (id) ON DELETE CASCADE,
    CONSTRAINT fk_order_return_pictures_file FOREIGN KEY (file_id) REFERENCES stored_files (id) ON DELETE RESTRICT
) ENGINE = InnoDB;

-- payment_accounts: where shoppers send money to, by method.
CREATE TABLE IF NOT EXISTS payment_accounts (
    id             INT           NOT NULL AUTO_INCREMENT,
    method         ENUM('gcash', 'paymaya', 'bank_transfer', 'credit_card') NOT NULL,
    bank           VARCHAR(100)  NOT NULL DEFAULT '' COMMENT 'which bank; empty for wallets',
    account_name   VARCHAR(255)  NOT NULL DEFAULT '',
    account_number VARCHAR(100)  NOT NULL DEFAULT '',
    link           VARCHAR(500)  NOT NULL DEFAULT '' COMMENT 'of a page where a card is charged',
    qr_file_id     BIGINT        NULL,
    is_active      BOOLEAN       NOT NULL DEFAULT TRUE,
    display_order  INT           NOT NULL DEFAULT 0,
    created_at     DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at     DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_payment_accounts_shown (is_active, method, display_order),
    KEY ix_payment_accounts_qr (qr_file_id),
    CONSTRAINT fk_payment_accounts_qr FOREIGN KEY (qr_file_id) REFERENCES stored_files (id) ON DELETE RESTRICT
) ENGINE = InnoDB;

-- couriers: who delivers, and where a parcel is looked up.
CREATE TABLE IF NOT EXISTS couriers (
    id            INT          NOT NULL AUTO_INCREMENT,
    name          VARCHAR(100) NOT NULL,
    link          VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'of the tracking page, with {number} where the number goes',
    is_active     BOOLEAN      NOT NULL DEFAULT TRUE,
    display_order INT          NOT NULL DEFAULT 0,
    created_at    DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at    DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_couriers_name (name)
) ENGINE = InnoDB;

-- review_reasons: why a proof is refused, and how its shopper is told to try again.
CREATE TABLE IF NOT EXISTS review_reasons (
    id            INT           NOT NULL AUTO_INCREMENT,
    name          VARCHAR(100)  NOT NULL COMMENT 'stored with each refusal',
    kind          ENUM('payment', 'identity') NOT NULL,
    title         VARCHAR(100)  NOT NULL COMMENT 'what the reviewer picks',
    words_en      VARCHAR(1000) NOT NULL,
    words_fil     VARCHAR(1000) NOT NULL,
    is_active     BOOLEAN       NOT NULL DEFAULT TRUE,
    display_order INT           NOT NULL DEFAULT 0,
    created_at    DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at    DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_review_reasons_name (name),
    KEY ix_review_reasons_shown (kind, is_active, display_order)
) ENGINE = InnoDB;

-- blocked_people: whose orders wait for a person.
CREATE TABLE IF NOT EXISTS blocked_people (
    id         INT           NOT NULL AUTO_INCREMENT,
    kind       ENUM('shopper', 'phone', 'address') NOT NULL,
    value      VARCHAR(255)  NOT NULL COMMENT 'users.id, E.164, or an address as it is compared',
    note       VARCHAR(1000) NOT NULL DEFAULT '',
    blocked_by INT           NULL,
    created_at DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_blocked_people (kind, value),
    KEY ix_blocked_people_blocker (blocked_by),
    CONSTRAINT fk_blocked_people_blocker FOREIGN KEY (blocked_by) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB;

-- draft_orders: carts that a clerk made for a shopper, who confirms them in the chat.
CREATE TABLE IF NOT EXISTS draft_orders (
    id         BIGINT        NOT NULL AUTO_INCREMENT,
    user_id    INT           NOT NULL,
    status     ENUM('offered', 'taken', 'withdrawn') NOT NULL DEFAULT 'offered',
    items      JSON          NOT NULL COMMENT 'product_id, variant_id and quantity of each line',
    words      VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'what the clerk says with it',
    made_by    INT           NULL,
    created_at DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    taken_at   DATETIME      NULL,
    PRIMARY KEY (id),
    KEY ix_draft_orders_shopper (user_id, id),
    KEY ix_draft_orders_maker (made_by),
    CONSTRAINT fk_draft_orders_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_draft_orders_maker FOREIGN KEY (made_by) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB;

-- order_views: lists of the order desk that a merchant saved under a name.
CREATE TABLE IF NOT EXISTS order_views (
    id         INT          NOT NULL AUTO_INCREMENT,
    name       VARCHAR(100) NOT NULL,
    filters    VARCHAR(500) NOT NULL COMMENT 'the query of the list''s address',
    saved_by   INT          NULL,
    created_at DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_order_views_name (name),
    KEY ix_order_views_saver (saved_by),
    CONSTRAINT fk_order_views_saver FOREIGN KEY (saved_by) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB;

-- utility_templates: messages that Meta has approved for notices outside of Messenger's window.
CREATE TABLE IF NOT EXISTS utility_templates (
    id           INT           NOT NULL AUTO_INCREMENT,
    name         VARCHAR(100)  NOT NULL COMMENT 'at Meta: small letters, digits, underscores',
    language     VARCHAR(10)   NOT NULL DEFAULT 'en',
    notice       VARCHAR(100)  NOT NULL COMMENT 'the reply that it stands for, such as notices.shipped',
    words        VARCHAR(1000) NOT NULL COMMENT 'with {{name}} where a fact goes',
    status       ENUM('draft', 'submitted', 'approved', 'rejected', 'paused') NOT NULL DEFAULT 'draft',
    meta_id      VARCHAR(64)   NULL,
    reason       VARCHAR(500)  NULL     COMMENT 'why Meta refused it or paused it',
    submitted_at DATETIME      NULL,
    checked_at   DATETIME      NULL,
    created_at   DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at   DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_utility_templates_name (name, language),
    KEY ix_utility_templates_notice (notice, language, status)
) ENGINE = InnoDB;

-- utility_template_pages: how a template stands on each further page, for Meta reviews it for each.
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
) ENGINE = InnoDB;

-- merchant_notices: what the people of the shop are told: in the console, and each by the ways that they chose.
CREATE TABLE IF NOT EXISTS merchant_notices (
    id            BIGINT        NOT NULL AUTO_INCREMENT,
    kind          VARCHAR(40)   NOT NULL COMMENT 'such as new_order, proof_waiting, low_stock',
    subject_key   VARCHAR(100)  NOT NULL COMMENT 'what it is about, so that it is told once',
    order_id      INT           NULL,
    product_id    INT           NULL,
    words         VARCHAR(1000) NOT NULL,
    channel       ENUM('console', 'email', 'messenger') NOT NULL,
    recipient     VARCHAR(255)  NOT NULL DEFAULT '' COMMENT 'mail address or PSID; empty for the console',
    status        ENUM('pending', 'sent', 'failed', 'seen') NOT NULL DEFAULT 'pending',
    attempts      INT           NOT NULL DEFAULT 0,
    scheduled_at  DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    error_message VARCHAR(500)  NULL,
    created_at    DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    sent_at       DATETIME      NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_merchant_notices_once (kind, subject_key, channel, recipient),
    KEY ix_merchant_notices_due (status, channel, scheduled_at),
    KEY ix_merchant_notices_recipient (recipient, channel, status, id),
    KEY ix_merchant_notices_order (order_id),
    KEY ix_merchant_notices_product (product_id),
    CONSTRAINT fk_merchant_notices_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT fk_merchant_notices_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- merchant_chats: the Messenger chats in which merchants are told.
CREATE TABLE IF NOT EXISTS merchant_chats (
    psid      VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    admin_id  INT          NOT NULL,
    linked_at DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (psid),
    KEY ix_merchant_chats_admin (admin_id),
    CONSTRAINT fk_merchant_chats_admin FOREIGN KEY (admin_id) REFERENCES admin_users (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- merchant_chat_codes: what a merchant sends to the page, once, to link a chat.
CREATE TABLE IF NOT EXISTS merchant_chat_codes (
    admin_id   INT        NOT NULL,
    code_hash  BINARY(32) NOT NULL,
    expires_at DATETIME   NOT NULL,
    PRIMARY KEY (admin_id),
    KEY ix_merchant_chat_codes_code (code_hash),
    CONSTRAINT fk_merchant_chat_codes_admin FOREIGN KEY (admin_id) REFERENCES admin_users (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- deletion_requests: who asked to be deleted, and how far that has come.
CREATE TABLE IF NOT EXISTS deletion_requests (
    id       BIGINT      NOT NULL AUTO_INCREMENT,
    code     VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'unguessable; opens the page of its status',
    user_id  INT         NULL     COMMENT 'users.id; NULL where nobody here has the number that Facebook named',
    source   ENUM('chat', 'facebook') NOT NULL,
    status   ENUM('waiting', 'done', 'withdrawn') NOT NULL DEFAULT 'waiting',
    asked_at DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    done_at  DATETIME    NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_deletion_requests_code (code),
    KEY ix_deletion_requests_status (status, id),
    KEY ix_deletion_requests_user (user_id),
    CONSTRAINT fk_deletion_requests_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL
) ENGINE = InnoDB;

-- analytics_days: how far the figures of each day have been gathered from the chats, and from the orders. A day's chats
-- are gathered for the last time some hours after it has ended, for the chat logs are not kept for good.
CREATE TABLE IF NOT EXISTS analytics_days (
    day       DATE     NOT NULL,
    chats_at  DATETIME NULL COMMENT 'when its chats were gathered last',
    orders_at DATETIME NULL COMMENT 'when its orders were gathered last',
    PRIMARY KEY (day)
) ENGINE = InnoDB;

-- analytics_figures: figures of a day that would take too long to count each time, such as what was sold of a product.
-- No name, word or number of a shopper stands here, so they are kept for good.
CREATE TABLE IF NOT EXISTS analytics_figures (
    measure VARCHAR(24)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what is counted, such as sold',
    day     DATE           NOT NULL,
    part    VARCHAR(190)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '' COMMENT 'of which, such as a products.id',
    pieces  BIGINT         NOT NULL DEFAULT 0,
    amount  DECIMAL(16, 2) NOT NULL DEFAULT 0.00 COMMENT 'money, milliseconds or seconds',
    PRIMARY KEY (measure, day, part)
) ENGINE = InnoDB;

-- analytics_visits: how far a shopper came who wrote on a day: 0 wrote, 1 saw products, 2 filled the cart, 3 began the
-- checkout, 4 ordered, 5 paid, 6 has it. Orders are those of the 24 hours after the first message.
CREATE TABLE IF NOT EXISTS analytics_visits (
    day        DATE           NOT NULL,
    user_id    INT            NOT NULL COMMENT 'users.id; no foreign key, so that gathering locks no shopper',
    first_at   DATETIME       NOT NULL,
    turns      INT            NOT NULL DEFAULT 0,
    chat_step  TINYINT        NOT NULL DEFAULT 0 COMMENT 'how far the chat alone shows it, 0 to 3',
    step       TINYINT        NOT NULL DEFAULT 0 COMMENT 'how far they came, 0 to 6',
    stopped_at VARCHAR(40)    NULL COMMENT 'the last question of the checkout that they were asked',
    source     VARCHAR(190)   NOT NULL DEFAULT '' COMMENT 'ref:, ad: or post: and which; empty came directly',
    orders     INT            NOT NULL DEFAULT 0,
    sales      DECIMAL(14, 2) NOT NULL DEFAULT 0.00 COMMENT 'of these orders, cancelled ones left out',
    PRIMARY KEY (day, user_id),
    KEY ix_analytics_visits_user (user_id)
) ENGINE = InnoDB;

-- page_posts: posts and live videos of the page whose comments were heard, or that merchants have tied to products.
CREATE TABLE IF NOT EXISTS page_posts (
    id          INT           NOT NULL AUTO_INCREMENT,
    post_id     VARCHAR(100)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'as Facebook names it',
    title       VARCHAR(100)  NOT NULL DEFAULT '' COMMENT 'as the merchant calls it',
    words       VARCHAR(4000) NULL     COMMENT 'what it says; NULL until Facebook has told',
    is_sale     BOOLEAN       NOT NULL DEFAULT FALSE COMMENT 'a live sale, in which a claim holds its pieces',
    most_each   INT           NOT NULL DEFAULT 0 COMMENT 'pieces of one thing that one person can claim in the sale; 0 is no limit',
    is_active   BOOLEAN       NOT NULL DEFAULT TRUE COMMENT 'whether its comments are answered',
    asked_at    DATETIME      NULL     COMMENT 'when Facebook was asked what it says',
    created_at  DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_page_posts_post (post_id)
) ENGINE = InnoDB;

-- post_products: what a post sells, as a merchant has tied it or as its words name it. A code stands once in a post.
CREATE TABLE IF NOT EXISTS post_products (
    id         BIGINT      NOT NULL AUTO_INCREMENT,
    post       INT         NOT NULL COMMENT 'page_posts.id',
    product_id INT         NOT NULL,
    variant_id INT         NULL,
    code       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'in small letters and digits, such as a12',
    by_words   BOOLEAN     NOT NULL DEFAULT FALSE COMMENT 'found in what the post says; goes once a merchant ties it',
    PRIMARY KEY (id),
    UNIQUE KEY uq_post_products_code (post, code),
    KEY ix_post_products_product (product_id),
    KEY ix_post_products_variant (variant_id),
    CONSTRAINT fk_post_products_post FOREIGN KEY (post) REFERENCES page_posts (id) ON DELETE CASCADE,
    CONSTRAINT fk_post_products_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_post_products_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- post_comments: what people wrote below the page's posts, what it was read as, and the one private reply to it.
CREATE TABLE IF NOT EXISTS post_comments (
    id            BIGINT        NOT NULL AUTO_INCREMENT COMMENT 'the order of arrival',
    comment_id    VARCHAR(100)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'as Facebook names it',
    post_id       VARCHAR(100)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    page_id       VARCHAR(64)   NOT NULL,
    from_id       VARCHAR(100)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '' COMMENT 'who wrote it, as the comment says',
    from_name     VARCHAR(255)  NOT NULL DEFAULT '',
    words         VARCHAR(2000) NOT NULL DEFAULT '',
    written_at    DATETIME(3)   NOT NULL COMMENT 'by Facebook; that of the edit where an edit asks for something else',
    received_at   DATETIME(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    edited_at     DATETIME(3)   NULL     COMMENT 'when it was changed last, by Facebook',
    status        ENUM('new', 'silent', 'queued', 'sending', 'answered', 'failed', 'removed') NOT NULL DEFAULT 'new',
    kind          VARCHAR(20)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'claims, asks, again, no_wish, not_ours or too_old',
    psid          VARCHAR(100)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'whom the private reply reached',
    message_id    VARCHAR(512)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the mid of the private reply',
    message       MEDIUMTEXT    NULL     COMMENT 'the private reply, as JSON',
    attempts      INT           NOT NULL DEFAULT 0,
    due_at        DATETIME(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    sent_at       DATETIME(3)   NULL     COMMENT 'when the private reply was last sent; counts against Meta''s limit',
    in_doubt      BOOLEAN       NOT NULL DEFAULT FALSE COMMENT 'it may have arrived: no answer came',
    error_code    VARCHAR(40)   NULL,
    error_message VARCHAR(500)  NULL,
    public        ENUM('none', 'queued', 'sent', 'failed') NOT NULL DEFAULT 'none' COMMENT 'the reply that everybody sees',
    PRIMARY KEY (id),
    UNIQUE KEY uq_post_comments_comment (comment_id),
    KEY ix_post_comments_status (status, due_at),
    KEY ix_post_comments_sent (sent_at),
    KEY ix_post_comments_public (public, id),
    KEY ix_post_comments_psid (psid),
    KEY ix_post_comments_from (from_id),
    KEY ix_post_comments_post (post_id, id)
) ENGINE = InnoDB;

-- post_claims: what a comment wants. One that is held has taken its pieces off the stock, as a reservation does, and
-- gives them back, or to the order that its shopper places. Who waits is next, by placed_at and then by comment.
CREATE TABLE IF NOT EXISTS post_claims (
    id         BIGINT       NOT NULL AUTO_INCREMENT,
    comment    BIGINT       NOT NULL COMMENT 'post_comments.id',
    post       INT          NULL     COMMENT 'page_posts.id',
    product_id INT          NOT NULL,
    variant_id INT          NULL     COMMENT 'NULL too where the shopper has still to choose',
    wanted     INT          NOT NULL COMMENT 'pieces',
    held       INT          NOT NULL DEFAULT 0 COMMENT 'pieces that are off the stock while status is held',
    status     ENUM('open', 'asked', 'held', 'waiting', 'ordered', 'lapsed', 'released', 'over') NOT NULL COMMENT 'over: above what one person can claim',
    placed_at  DATETIME(3)  NOT NULL,
    held_until DATETIME     NULL,
    served_at  DATETIME(3)  NULL     COMMENT 'when it was its turn, after it had waited',
    from_id    VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    user_id    INT          NULL     COMMENT 'users.id, once they are known',
    order_id   INT          NULL,
    PRIMARY KEY (id),
    KEY ix_post_claims_comment (comment),
    KEY ix_post_claims_line (product_id, variant_id, status, placed_at, id),
    KEY ix_post_claims_until (status, held_until),
    KEY ix_post_claims_user (user_id, status),
    KEY ix_post_claims_from (from_id, status),
    KEY ix_post_claims_post (post, id),
    KEY ix_post_claims_variant (variant_id),
    KEY ix_post_claims_order (order_id),
    CONSTRAINT fk_post_claims_comment FOREIGN KEY (comment) REFERENCES post_comments (id) ON DELETE RESTRICT,
    CONSTRAINT fk_post_claims_post FOREIGN KEY (post) REFERENCES page_posts (id) ON DELETE SET NULL,
    CONSTRAINT fk_post_claims_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT fk_post_claims_variant FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE,
    CONSTRAINT fk_post_claims_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk_post_claims_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE SET NULL,
    CONSTRAINT ck_post_claims_held CHECK (held >= 0 AND wanted > 0)
) ENGINE = InnoDB;

-- broadcasts: what the shop says to many shoppers at once, each of them inside Messenger's window.
CREATE TABLE IF NOT EXISTS broadcasts (
    id          INT           NOT NULL AUTO_INCREMENT,
    title       VARCHAR(100)  NOT NULL COMMENT 'as the merchant calls it',
    words       VARCHAR(1500) NOT NULL COMMENT 'what shoppers read',
    product     VARCHAR(255)  NULL     COMMENT 'the number (SKU) of the product whose card stands below it',
    from_tier   VARCHAR(10)   NULL     COMMENT 'from which users.customer_tier on; NULL is everybody',
    bought      VARCHAR(255)  NULL     COMMENT 'number (SKU) or category of what they have bought; NULL does not matter',
    away_least  INT           NULL     COMMENT 'days since their last order at least',
    away_most   INT           NULL     COMMENT 'days since their last order at most',
    per_minute  INT           NOT NULL DEFAULT 300 COMMENT 'shoppers who are written to in a minute at most',
    status      ENUM('draft', 'sending', 'stopped', 'done') NOT NULL DEFAULT 'draft',
    started_at  DATETIME(3)   NULL,
    ended_at    DATETIME(3)   NULL,
    started_by  INT           NULL     COMMENT 'admin_users.id',
    taken_at    DATETIME(3)   NULL     COMMENT 'when some shoppers were last handed over, for its pace',
    created_at  DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY ix_broadcasts_status (status, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- broadcast_people: whom a broadcast is for, chosen when it began, and what became of each: written to once.
CREATE TABLE IF NOT EXISTS broadcast_people (
    broadcast_id INT    NOT NULL,
    user_id      INT    NOT NULL COMMENT 'users.id',
    status       ENUM('waiting', 'handed', 'sent', 'failed', 'skipped') NOT NULL DEFAULT 'waiting',
    outbox_id    BIGINT NULL     COMMENT 'outbox.id of the last message to them',
    PRIMARY KEY (broadcast_id, user_id),
    KEY ix_broadcast_people_status (broadcast_id, status, user_id),
    KEY ix_broadcast_people_user (user_id),
    CONSTRAINT fk_broadcast_people_broadcast FOREIGN KEY (broadcast_id) REFERENCES broadcasts (id) ON DELETE CASCADE,
    CONSTRAINT fk_broadcast_people_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- reply_trials: a second wording of a canned reply, tried against the one that it has. Each shopper hears the same one each
-- time, by a hash of both numbers; ended_at ends it. One runs of each reply.
CREATE TABLE IF NOT EXISTS reply_trials (
    id         BIGINT      NOT NULL AUTO_INCREMENT,
    reply_id   INT         NOT NULL COMMENT 'chatbot_replies.id; it may be gone',
    keyword    VARCHAR(255) NOT NULL COMMENT 'of the reply, as it was',
    words_a    TEXT        NOT NULL COMMENT 'its words as they were; once they are changed, nothing is tried any more',
    words_b    TEXT        NOT NULL COMMENT 'the second wording',
    started_at DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    started_by INT         NULL     COMMENT 'admin_users.id',
    ended_at   DATETIME    NULL,
    kept       ENUM('a', 'b') NULL  COMMENT 'which wording the reply has since',
    running_id INT GENERATED ALWAYS AS (CASE WHEN ended_at IS NULL THEN reply_id END) STORED,
    PRIMARY KEY (id),
    UNIQUE KEY uq_reply_trials_running (running_id),
    KEY ix_reply_trials_starter (started_by),
    CONSTRAINT fk_reply_trials_starter FOREIGN KEY (started_by) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB;

-- reply_trial_shoppers: who heard which wording, gathered with the figures of the day: each shopper once in a trial.
CREATE TABLE IF NOT EXISTS reply_trial_shoppers (
    trial_id  BIGINT   NOT NULL,
    user_id   INT      NOT NULL COMMENT 'users.id; no foreign key, so that gathering locks no shopper',
    wording   ENUM('a', 'b') NOT NULL,
    first_at  DATETIME NOT NULL COMMENT 'when they heard it first',
    is_bought BOOLEAN  NOT NULL DEFAULT FALSE COMMENT 'an order followed within 24 hours',
    is_wrong  BOOLEAN  NOT NULL DEFAULT FALSE COMMENT 'they said no, asked again, or wanted a person',
    PRIMARY KEY (trial_id, user_id),
    KEY ix_reply_trial_shoppers_user (user_id),
    CONSTRAINT fk_reply_trial_shoppers_trial FOREIGN KEY (trial_id) REFERENCES reply_trials (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- The couriers that a new shop begins with; deleted ones stay deleted. A link without {number} is a page on which shoppers
-- type the number themselves; where none is sure, there is none.
INSERT INTO couriers (name, link, display_order)
SELECT seed.name, seed.link, seed.display_order
FROM (
    SELECT 'J&T Express' AS name, 'https://www.jtexpress.ph/trajectoryQuery' AS link, 1 AS display_order
    UNION ALL SELECT 'LBC', 'https://www.lbcexpress.com/track/?tracking_no={number}', 2
    UNION ALL SELECT 'Flash Express', 'https://www.flashexpress.ph/fle/tracking?se={number}', 3
    UNION ALL SELECT 'SPX Express', 'https://spx.ph/track?{number}', 4
    UNION ALL SELECT '2GO', '', 5
    UNION ALL SELECT 'Grab', '', 6
    UNION ALL SELECT 'Own rider', '', 7
) AS seed
WHERE NOT EXISTS (SELECT 1 FROM couriers)
  AND NOT EXISTS (SELECT 1 FROM reply_versions WHERE kind = 'courier');

-- Why proofs are refused, as a new shop begins: five reasons of each kind, and how to try again.
INSERT INTO review_reasons (name, kind, title, words_en, words_fil, display_order)
SELECT seed.name, seed.kind, seed.title, seed.words_en, seed.words_fil, seed.display_order
FROM (
    SELECT 'payment_unreadable' AS name, 'payment' AS kind, 'Picture cannot be read' AS title,
        'We couldn’t read the receipt in your picture. Please send a clear screenshot that shows the amount, the date and the whole reference number.' AS words_en,
        'Hindi po namin mabasa ang resibo sa picture. Pakisend po ulit ng malinaw na screenshot kung saan kita ang amount, petsa at buong reference number.' AS words_fil,
        1 AS display_order
    UNION ALL SELECT 'payment_amount', 'payment', 'Amount is not right',
        'The amount on your receipt isn’t the amount we asked for. Please send the rest and its screenshot here, or the right receipt if this was another one.',
        'Hindi po tugma ang amount sa resibo sa hiningi naming bayad. Pakibayaran po ang kulang at isend dito ang screenshot, o isend ang tamang resibo kung iba po ang naisend ninyo.',
        2
    UNION ALL SELECT 'payment_account', 'payment', 'Sent to another account',
        'This payment didn’t go to our account. Please check the account name and number that we gave you here, then send the screenshot of the payment to that account.',
        'Hindi po sa account namin napunta ang bayad na ito. Pakitingnan po ang account name at number na ibinigay namin dito, at isend ang screenshot ng bayad sa account na iyon.',
        3
    UNION ALL SELECT 'payment_missing', 'payment', 'Money has not arrived',
        'We can’t find this payment in our account. Please check in your app that it went through, then send its reference number and screenshot again.',
        'Hindi po namin makita ang bayad na ito sa account namin. Pakitingnan po sa app ninyo kung pumasok na, tapos isend po ulit ang reference number at screenshot.',
        4
    UNION ALL SELECT 'payment_used', 'payment', 'Receipt of another order',
        'This receipt was already used for another order. Please send the screenshot of the payment for this order, with its own reference number.',
        'Nagamit na po ang resibong ito sa ibang order. Pakisend po ang screenshot ng bayad para sa order na ito, na may sarili nitong reference number.',
        5
    UNION ALL SELECT 'identity_unreadable', 'identity', 'Picture cannot be read',
        'We couldn’t read your ID in the picture. Please take it again in good light, without flash, and close enough to read the name.',
        'Hindi po namin mabasa ang ID sa picture. Pakikuhanan po ulit sa maliwanag na lugar, walang flash, at malapit para mabasa ang pangalan.',
        1
    UNION ALL SELECT 'identity_cut_off', 'identity', 'Part of the ID is missing',
        'Part of your ID is cut off or covered. Please send a picture in which all four corners show and nothing is covered.',
        'May bahagi po ng ID na putol o natatakpan. Pakisend po ulit ng picture na kita ang apat na sulok at walang nakatakip.',
        2
    UNION ALL SELECT 'identity_not_accepted', 'identity', 'Not an ID that we take',
        'We can’t take this ID, or it has expired. Please send another valid one: UMID, driver’s license, passport, PhilSys, or your student or company ID.',
        'Hindi po namin matanggap ang ID na ito, o expired na po. Pakisend po ang ibang valid ID: UMID, driver’s license, passport, PhilSys, o student o company ID.',
        3
    UNION ALL SELECT 'identity_selfie', 'identity', 'Selfie does not fit',
        'We couldn’t match your selfie with your ID. Please send a new selfie, with your face in good light and your ID held beside it.',
        'Hindi po namin maitugma ang selfie sa ID. Pakisend po ang bagong selfie na maliwanag ang mukha at hawak ang ID sa tabi nito.',
        4
    UNION ALL SELECT 'identity_name', 'identity', 'Name is another one',
        'The name on the ID isn’t the name on your order. Please send the ID of the person who will receive the order, or tell us here who they are.',
        'Magkaiba po ang pangalan sa ID at sa order. Pakisend po ang ID ng tatanggap ng order, o sabihin po dito kung sino siya.',
        5
) AS seed
WHERE NOT EXISTS (SELECT 1 FROM review_reasons)
  AND NOT EXISTS (SELECT 1 FROM reply_versions WHERE kind = 'reason');

DELIMITER $$

-- sp_index_order: the words by which an order is found, written for an order that has none yet.
-- Callers   the triggers of orders
-- Locks     nothing but the rows that it writes
/*!80014 DROP PROCEDURE IF EXISTS sp_index_order */ $$
CREATE /*M!100600 OR REPLACE */ PROCEDURE sp_index_order(IN p_order_id INT, IN p_user_id INT,
    IN p_number VARCHAR(50) CHARACTER SET utf8mb4, IN p_recipient VARCHAR(255) CHARACTER SET utf8mb4,
    IN p_phone VARCHAR(20) CHARACTER SET utf8mb4, IN p_tracking VARCHAR(100) CHARACTER SET utf8mb4)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
    COMMENT 'Write the words by which an order is found'
BEGIN
    DECLARE v_shopper VARCHAR(255) CHARACTER SET utf8mb4;
    DECLARE v_names VARCHAR(600) CHARACTER SET utf8mb4;

    SET v_shopper = (SELECT u.facebook_name FROM users u WHERE u.id = p_user_id);
    SET v_names = TRIM(CONCAT_WS(' ', p_recipient, v_shopper));
    INSERT IGNORE INTO order_search (word, order_id)
    SELECT w.word, p_order_id FROM (
        SELECT LEFT(SUBSTRING_INDEX(SUBSTRING_INDEX(v_names, ' ', n.k), ' ', -1), 120) AS word
        FROM (SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6
              UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10) n
        WHERE n.k <= 1 + CHAR_LENGTH(v_names) - CHAR_LENGTH(REPLACE(v_names, ' ', ''))
        UNION ALL SELECT p_number UNION ALL SELECT CONCAT('<', REVERSE(p_number))
        UNION ALL SELECT p_phone UNION ALL SELECT CONCAT('<', REVERSE(p_phone))
        UNION ALL SELECT p_tracking UNION ALL SELECT CONCAT('<', REVERSE(p_tracking))
    ) w
    WHERE w.word IS NOT NULL AND w.word NOT IN ('', '<');
END $$

-- after_order_search_insert: an order is found from the moment that it stands.
/*!80014 DROP TRIGGER IF EXISTS after_order_search_insert */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_order_search_insert AFTER INSERT ON orders FOR EACH ROW
BEGIN
    CALL sp_index_order(NEW.id, NEW.user_id, NEW.order_number, NEW.ship_recipient_name, NEW.ship_phone,
                        NEW.tracking_number);
END $$

-- before_order_search_update: an order is found under its new name, phone and tracking number.
/*!80014 DROP TRIGGER IF EXISTS before_order_search_update */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER before_order_search_update BEFORE UPDATE ON orders FOR EACH ROW
BEGIN
    IF NOT (OLD.order_number <=> NEW.order_number AND OLD.ship_recipient_name <=> NEW.ship_recipient_name
        AND OLD.ship_phone <=> NEW.ship_phone AND OLD.tracking_number <=> NEW.tracking_number)
    THEN
        DELETE s FROM order_search s FORCE INDEX (ix_order_search_order) WHERE s.order_id = NEW.id;
        CALL sp_index_order(NEW.id, NEW.user_id, NEW.order_number, NEW.ship_recipient_name, NEW.ship_phone,
                            NEW.tracking_number);
    END IF;
END $$

-- after_reply_insert, after_reply_update, after_reply_delete, and the same of phrases: every process learns anew what
-- canned replies answer to, whoever changed it. That a reply was used, or says something else, changes nothing of that.
/*!80014 DROP TRIGGER IF EXISTS after_reply_insert */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_reply_insert AFTER INSERT ON chatbot_replies FOR EACH ROW
BEGIN
    UPDATE shop_versions SET phrases = phrases + 1 WHERE id = 1;
END $$

/*!80014 DROP TRIGGER IF EXISTS after_reply_update */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_reply_update AFTER UPDATE ON chatbot_replies FOR EACH ROW
BEGIN
    IF NOT (BINARY OLD.keyword <=> BINARY NEW.keyword AND OLD.language <=> NEW.language
        AND OLD.match_rule <=> NEW.match_rule AND OLD.priority <=> NEW.priority AND OLD.is_active <=> NEW.is_active
        AND OLD.active_from <=> NEW.active_from AND OLD.active_until <=> NEW.active_until)
    THEN
        UPDATE shop_versions SET phrases = phrases + 1 WHERE id = 1;
    END IF;
END $$

/*!80014 DROP TRIGGER IF EXISTS after_reply_delete */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_reply_delete AFTER DELETE ON chatbot_replies FOR EACH ROW
BEGIN
    UPDATE shop_versions SET phrases = phrases + 1 WHERE id = 1;
END $$

/*!80014 DROP TRIGGER IF EXISTS after_phrase_insert */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_phrase_insert AFTER INSERT ON chatbot_reply_phrases FOR EACH ROW
BEGIN
    UPDATE shop_versions SET phrases = phrases + 1 WHERE id = 1;
END $$

/*!80014 DROP TRIGGER IF EXISTS after_phrase_update */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_phrase_update AFTER UPDATE ON chatbot_reply_phrases FOR EACH ROW
BEGIN
    UPDATE shop_versions SET phrases = phrases + 1 WHERE id = 1;
END $$

/*!80014 DROP TRIGGER IF EXISTS after_phrase_delete */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_phrase_delete AFTER DELETE ON chatbot_reply_phrases FOR EACH ROW
BEGIN
    UPDATE shop_versions SET phrases = phrases + 1 WHERE id = 1;
END $$

-- sp_note_goods: what the search reads of something has changed; every process reads it anew.
-- Callers   the triggers of products, variants and synonyms
-- Locks     the row of all in search_changes, until the transaction ends
/*!80014 DROP PROCEDURE IF EXISTS sp_note_goods */ $$
CREATE /*M!100600 OR REPLACE */ PROCEDURE sp_note_goods(IN p_kind VARCHAR(20) CHARACTER SET utf8mb4, IN p_row_id INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
    COMMENT 'Let every process read something anew that the search finds'
BEGIN
    UPDATE search_changes SET version = version + 1 WHERE kind = 'all' AND row_id = 0;
    IF ROW_COUNT() = 0
    THEN
        INSERT INTO search_changes (kind, row_id, version) VALUES ('all', 0, 1)
        ON DUPLICATE KEY UPDATE version = version + 1;
    END IF;
    REPLACE INTO search_changes (kind, row_id, version)
    SELECT p_kind, p_row_id, s.version FROM search_changes s WHERE s.kind = 'all' AND s.row_id = 0;
END $$

-- after_goods_insert, after_goods_update, after_goods_delete, and the same of variants and synonyms: the search reads it anew,
-- whoever changed it. That something was sold, priced or looked at changes nothing of that. Brands and categories have none,
-- since a trigger takes LAST_INSERT_ID(id) from ON DUPLICATE KEY UPDATE: their names are compared (standing.py).
/*!80014 DROP TRIGGER IF EXISTS after_goods_insert */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_goods_insert AFTER INSERT ON products FOR EACH ROW
BEGIN
    CALL sp_note_goods('product', NEW.id);
END $$

/*!80014 DROP TRIGGER IF EXISTS after_goods_update */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_goods_update AFTER UPDATE ON products FOR EACH ROW
BEGIN
    IF NOT (BINARY OLD.name <=> BINARY NEW.name AND BINARY OLD.sku <=> BINARY NEW.sku
        AND OLD.brand_id <=> NEW.brand_id AND OLD.category_id <=> NEW.category_id
        AND BINARY OLD.description <=> BINARY NEW.description AND OLD.status <=> NEW.status)
    THEN
        CALL sp_note_goods('product', NEW.id);
    END IF;
END $$

/*!80014 DROP TRIGGER IF EXISTS after_goods_delete */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_goods_delete AFTER DELETE ON products FOR EACH ROW
BEGIN
    CALL sp_note_goods('product', OLD.id);
END $$

/*!80014 DROP TRIGGER IF EXISTS after_goods_variant_insert */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_goods_variant_insert AFTER INSERT ON product_variants FOR EACH ROW
BEGIN
    CALL sp_note_goods('product', NEW.product_id);
END $$

/*!80014 DROP TRIGGER IF EXISTS after_goods_variant_update */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_goods_variant_update AFTER UPDATE ON product_variants FOR EACH ROW
BEGIN
    IF NOT (BINARY OLD.variant_value <=> BINARY NEW.variant_value AND OLD.is_available <=> NEW.is_available
        AND OLD.product_id <=> NEW.product_id)
    THEN
        CALL sp_note_goods('product', NEW.product_id);
        CALL sp_note_goods('product', OLD.product_id);
    END IF;
END $$

/*!80014 DROP TRIGGER IF EXISTS after_goods_variant_delete */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_goods_variant_delete AFTER DELETE ON product_variants FOR EACH ROW
BEGIN
    CALL sp_note_goods('product', OLD.product_id);
END $$

/*!80014 DROP TRIGGER IF EXISTS after_synonym_insert */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_synonym_insert AFTER INSERT ON search_synonyms FOR EACH ROW
BEGIN
    CALL sp_note_goods('synonym', NEW.id);
END $$

/*!80014 DROP TRIGGER IF EXISTS after_synonym_update */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_synonym_update AFTER UPDATE ON search_synonyms FOR EACH ROW
BEGIN
    CALL sp_note_goods('synonym', NEW.id);
END $$

/*!80014 DROP TRIGGER IF EXISTS after_synonym_delete */ $$
CREATE /*M!100600 OR REPLACE */ TRIGGER after_synonym_delete AFTER DELETE ON search_synonyms FOR EACH ROW
BEGIN
    CALL sp_note_goods('synonym', OLD.id);
END $$

DELIMITER ;

-- From 0.1.0: what an order needs from Confirm to its review: proofs and the files that they consist of, money in and out,
-- returns, notes, flags, couriers, reasons, accounts, templates for notices, and what merchants are told.
-- Safe beside 0.1.0: every column may be left out by whoever writes, and nothing that it reads is taken away.
USE quicksell_chatbot;

ALTER TABLE orders
    ADD COLUMN down_payment DECIMAL(10, 2) NOT NULL DEFAULT 0.00 AFTER remaining_balance,
    ADD COLUMN courier VARCHAR(100) NULL AFTER tracking_number,
    ADD COLUMN risk_score INT NULL AFTER user_agent,
    ADD COLUMN risk_reasons JSON NULL AFTER risk_score,
    ADD COLUMN version INT NOT NULL DEFAULT 0 AFTER risk_reasons,
    ADD COLUMN paid_at DATETIME NULL AFTER version,
    ADD COLUMN review_asked_at DATETIME NULL AFTER paid_at,
    ADD COLUMN returned_at DATETIME NULL AFTER review_asked_at;

ALTER TABLE order_items
    ADD COLUMN returned_quantity INT NOT NULL DEFAULT 0 AFTER total_price;

ALTER TABLE product_reviews
    ADD COLUMN picture_file_id BIGINT NULL AFTER is_approved,
    ADD COLUMN moderated_by INT NULL AFTER picture_file_id,
    ADD COLUMN moderated_at DATETIME NULL AFTER moderated_by;

ALTER TABLE notification_queue
    ADD COLUMN waits_for VARCHAR(20) NULL AFTER leased_until;

ALTER TABLE conversations
    ADD COLUMN quiet_since DATETIME NULL COMMENT 'the bot says nothing unasked until a person gives the chat back' AFTER profile_tried_at,
    ADD COLUMN quiet_reason VARCHAR(40) NULL COMMENT 'such as complaint' AFTER quiet_since;

ALTER TABLE outbox
    MODIFY COLUMN messaging_type ENUM('RESPONSE', 'UPDATE', 'UTILITY', 'MESSAGE_TAG') NOT NULL DEFAULT 'RESPONSE';

-- stored_files: pictures that people sent or merchants uploaded, encrypted, stored once by what they hold.
CREATE TABLE stored_files (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- stored_file_pieces: what the files hold, in pieces that fit any packet.
CREATE TABLE stored_file_pieces (
    file_id BIGINT     NOT NULL,
    number  INT        NOT NULL COMMENT 'from 0',
    piece   MEDIUMBLOB NOT NULL,
    PRIMARY KEY (file_id, number),
    CONSTRAINT fk_stored_file_pieces_file FOREIGN KEY (file_id) REFERENCES stored_files (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_proofs: what shoppers sent to prove that they paid, or who they are; any number of an order.
CREATE TABLE order_proofs (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_payments: the money of an order, in and back out; orders.upfront_paid and payment_status follow from it.
CREATE TABLE order_payments (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_flags: why an order needs a person; one open flag of each kind.
CREATE TABLE order_flags (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_notes: what the people of the shop tell one another about an order; shoppers never see it.
CREATE TABLE order_notes (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_edits: what of an order was changed after it was placed, other than its status: address, items, payment.
CREATE TABLE order_edits (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_returns: what shoppers want to send back, and what was done about it.
CREATE TABLE order_returns (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_return_lines: which pieces a return is about.
CREATE TABLE order_return_lines (
    return_id     BIGINT  NOT NULL,
    order_item_id INT     NOT NULL,
    quantity      INT     NOT NULL,
    is_restocked  BOOLEAN NULL COMMENT 'whether they went back on the shelf; NULL until they are received',
    PRIMARY KEY (return_id, order_item_id),
    KEY ix_order_return_lines_item (order_item_id),
    CONSTRAINT fk_order_return_lines_return FOREIGN KEY (return_id) REFERENCES order_returns (id) ON DELETE CASCADE,
    CONSTRAINT fk_order_return_lines_item FOREIGN KEY (order_item_id) REFERENCES order_items (id) ON DELETE RESTRICT,
    CONSTRAINT ck_order_return_lines_quantity CHECK (quantity > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_return_pictures: what the shopper sent to show why.
CREATE TABLE order_return_pictures (
    return_id BIGINT NOT NULL,
    file_id   BIGINT NOT NULL,
    PRIMARY KEY (return_id, file_id),
    KEY ix_order_return_pictures_file (file_id),
    CONSTRAINT fk_order_return_pictures_return FOREIGN KEY (return_id) REFERENCES order_returns (id) ON DELETE CASCADE,
    CONSTRAINT fk_order_return_pictures_file FOREIGN KEY (file_id) REFERENCES stored_files (id) ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- payment_accounts: where shoppers send money to, by method.
CREATE TABLE payment_accounts (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- couriers: who delivers, and where a parcel is looked up.
CREATE TABLE couriers (
    id            INT          NOT NULL AUTO_INCREMENT,
    name          VARCHAR(100) NOT NULL,
    link          VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'of the tracking page, with {number} where the number goes',
    is_active     BOOLEAN      NOT NULL DEFAULT TRUE,
    display_order INT          NOT NULL DEFAULT 0,
    created_at    DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at    DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_couriers_name (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- review_reasons: why a proof is refused, and how its shopper is told to try again.
CREATE TABLE review_reasons (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- blocked_people: whose orders wait for a person.
CREATE TABLE blocked_people (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- draft_orders: carts that a clerk made for a shopper, who confirms them in the chat.
CREATE TABLE draft_orders (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- order_views: lists of the order desk that a merchant saved under a name.
CREATE TABLE order_views (
    id         INT          NOT NULL AUTO_INCREMENT,
    name       VARCHAR(100) NOT NULL,
    filters    VARCHAR(500) NOT NULL COMMENT 'the query of the list''s address',
    saved_by   INT          NULL,
    created_at DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE KEY uq_order_views_name (name),
    KEY ix_order_views_saver (saved_by),
    CONSTRAINT fk_order_views_saver FOREIGN KEY (saved_by) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- utility_templates: messages that Meta has approved for notices outside of Messenger's window.
CREATE TABLE utility_templates (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- merchant_notices: what the people of the shop are told: in the console, and each by the ways that they chose.
CREATE TABLE merchant_notices (
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
    KEY ix_merchant_notices_order (order_id),
    KEY ix_merchant_notices_product (product_id),
    CONSTRAINT fk_merchant_notices_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT fk_merchant_notices_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- merchant_chats: the Messenger chats in which merchants are told.
CREATE TABLE merchant_chats (
    psid      VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    admin_id  INT          NOT NULL,
    linked_at DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (psid),
    KEY ix_merchant_chats_admin (admin_id),
    CONSTRAINT fk_merchant_chats_admin FOREIGN KEY (admin_id) REFERENCES admin_users (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- merchant_chat_codes: what a merchant sends to the page, once, to link a chat.
CREATE TABLE merchant_chat_codes (
    admin_id   INT        NOT NULL,
    code_hash  BINARY(32) NOT NULL,
    expires_at DATETIME   NOT NULL,
    PRIMARY KEY (admin_id),
    KEY ix_merchant_chat_codes_code (code_hash),
    CONSTRAINT fk_merchant_chat_codes_admin FOREIGN KEY (admin_id) REFERENCES admin_users (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- From 0.1.0: people are invited by a link, and a login may need a code besides the password.
-- Safe beside 0.1.0: every column may be left out by whoever writes; a program that does not ask for codes lets people in
-- by their password alone.
USE quicksell_chatbot;

ALTER TABLE console_accounts
    ADD COLUMN code_secret VARCHAR(255) NULL COMMENT 'sealed with SECRET_KEY; NULL where a login needs no code' AFTER password_changed_at,
    ADD COLUMN code_used BIGINT NULL COMMENT 'the last half minute since 1970 whose code was used' AFTER code_secret,
    ADD COLUMN spare_codes JSON NULL COMMENT 'hashes of the codes that each work once' AFTER code_used;

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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- From 0.1.0: who asked to be deleted, and how far that has come.
-- Safe beside 0.1.0, which knows none of it.
USE quicksell_chatbot;

CREATE TABLE deletion_requests (
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
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

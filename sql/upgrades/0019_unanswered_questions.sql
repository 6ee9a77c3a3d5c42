-- From 0.1.0: what the bot had no answer to, grouped. The worker takes what fell through before from chat_logs.
-- Safe beside running programs, which know none of it.
USE quicksell_chatbot;

CREATE TABLE unanswered_groups (
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

CREATE TABLE unanswered_questions (
    turn_id  BIGINT       NOT NULL COMMENT 'chat_logs.id',
    psid     VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    asked_at DATETIME     NOT NULL,
    group_id BIGINT       NULL     COMMENT 'NULL until a worker has put it into one',
    PRIMARY KEY (turn_id),
    KEY ix_unanswered_questions_group (group_id, turn_id),
    CONSTRAINT fk_unanswered_questions_turn FOREIGN KEY (turn_id) REFERENCES chat_logs (id) ON DELETE CASCADE,
    CONSTRAINT fk_unanswered_questions_group FOREIGN KEY (group_id) REFERENCES unanswered_groups (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- From 0.1.0: uses of canned replies are noted beside each other and added up afterwards, so that no turn waits for another's.
-- Safe beside 0.1.0, which goes on counting by itself.
USE quicksell_chatbot;

CREATE TABLE IF NOT EXISTS canned_uses (
    id       BIGINT NOT NULL AUTO_INCREMENT,
    reply_id INT    NOT NULL COMMENT 'chatbot_replies.id',
    PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

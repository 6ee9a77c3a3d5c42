-- From 0.1.0: what else a canned reply answers to, beside its keyword, and at which times of the day.
-- Safe beside 0.1.0: a keyword stays where it is, as the first phrase, and the new columns may be left out.
USE quicksell_chatbot;

ALTER TABLE chatbot_replies
    ADD COLUMN active_from  TIME NULL COMMENT 'of the day, in the shop; both NULL answer at any time' AFTER updated_at,
    ADD COLUMN active_until TIME NULL COMMENT 'no more at this time; before active_from means past midnight' AFTER active_from;

ALTER TABLE shop_versions
    ADD COLUMN phrases BIGINT NOT NULL DEFAULT 1 COMMENT 'counted up by triggers whenever what canned replies answer to changes' AFTER rules;

CREATE TABLE chatbot_reply_phrases (
    reply_id INT          NOT NULL,
    position SMALLINT     NOT NULL COMMENT 'in the order of the merchant, from 1',
    phrase   VARCHAR(255) NOT NULL COMMENT 'as the merchant wrote it',
    folded   VARCHAR(255) NOT NULL COMMENT 'as it is compared: without capitals, accents and punctuation',
    PRIMARY KEY (reply_id, position),
    KEY ix_chatbot_reply_phrases_folded (folded),
    CONSTRAINT fk_chatbot_reply_phrases_reply FOREIGN KEY (reply_id) REFERENCES chatbot_replies (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

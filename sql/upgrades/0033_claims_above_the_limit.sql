-- From 0.1.0: what somebody claims in a live sale above what one person can have is kept, so that they are told and the merchant sees it.
-- Safe beside running programs.
USE quicksell_chatbot;

ALTER TABLE post_claims
    MODIFY COLUMN status ENUM('open', 'asked', 'held', 'waiting', 'ordered', 'lapsed', 'released', 'over') NOT NULL COMMENT 'over: above what one person can claim';

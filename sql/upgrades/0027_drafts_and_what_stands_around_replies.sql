-- From 0.1.0: a canned reply may have a picture, a product's card, buttons and quick replies; what is edited may be a draft.
-- Safe beside running programs: the column may be left out by whoever writes, and an older program says the words alone.
USE quicksell_chatbot;

ALTER TABLE chatbot_replies
    ADD COLUMN attached JSON NULL COMMENT 'what stands around the words: picture, product, buttons, quick replies'
        AFTER active_until;

ALTER TABLE reply_versions
    MODIFY COLUMN action ENUM('created', 'changed', 'restored', 'switched_on', 'switched_off', 'deleted', 'drafted',
        'discarded') NOT NULL COMMENT 'drafted: not in force yet; discarded: such a draft was thrown away';

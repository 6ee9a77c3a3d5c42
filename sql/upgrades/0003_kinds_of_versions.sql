-- From 0.1.0: whatever merchants edit can have a history, so `kind` is a word, no longer one of two.
-- Safe beside 0.1.0: its two kinds stay the words that they were. The table is written anew (some seconds for a million
-- saves); a save in the console waits meanwhile, and turns do not, since they neither read nor write it.
USE quicksell_chatbot;

ALTER TABLE reply_versions
    MODIFY COLUMN kind VARCHAR(40) NOT NULL COMMENT 'of what: the kind of a Noun, such as canned or words',
    MODIFY COLUMN subject_id INT NOT NULL COMMENT 'which of its kind, such as chatbot_replies.id or reply_words.id';

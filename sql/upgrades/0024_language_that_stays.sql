-- From 0.1.0: the language that a shopper chose stays, and a guess changes slowly.
-- Safe beside running programs: the column may be left out by whoever writes.
USE quicksell_chatbot;

ALTER TABLE users
    ADD COLUMN language_lean TINYINT NOT NULL DEFAULT 0 COMMENT 'how sure the language is: below 0 English, above 0 Filipino, 100 chosen'
        AFTER deletion_asked_at;

-- From 0.1.0: what is known of an order that is being made stands beside the state of its conversation, no longer inside it.
-- Drafts inside of states that are stored are read as before and move at the shopper's next turn.
-- Safe beside 0.1.0 while it takes turns: it neither reads nor writes the column.
USE quicksell_chatbot;

ALTER TABLE conversations
    ADD COLUMN draft TEXT NULL COMMENT 'JSON of the order that is being made' AFTER state;

-- What is known of an order that is being made stands beside the state of its conversation, no longer inside it, so that
-- no state loses it. Drafts inside of states that are stored already are read as before and move at the next turn.
ALTER TABLE conversations ADD COLUMN draft TEXT NULL COMMENT 'JSON of the order that is being made' AFTER state;

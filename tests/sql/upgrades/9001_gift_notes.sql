-- A sample of an upgrade: a column that every order gets, an index on it, and what old orders have in it.
USE quicksell_chatbot;

-- Only the description of the table changes, so this takes no longer with a million rows.
ALTER TABLE orders ADD COLUMN gift_note VARCHAR(100) NULL, ALGORITHM = INSTANT;

-- Made beside whoever writes.
ALTER TABLE orders ADD KEY ix_orders_gift_note (gift_note), ALGORITHM = INPLACE, LOCK = NONE;

-- In small pieces: repeat until nothing changes
UPDATE orders SET gift_note = 'none', updated_at = updated_at WHERE gift_note IS NULL LIMIT 1000;

-- From 0.1.0: who wants no promos any more and who asked to be deleted, and which delivered orders are still to be asked
-- about.
-- Safe beside 0.1.0: every column may be left out by whoever writes.
USE quicksell_chatbot;

ALTER TABLE users
    ADD COLUMN promos_stopped_at DATETIME NULL AFTER last_interaction_at,
    ADD COLUMN deletion_asked_at DATETIME NULL AFTER promos_stopped_at;

ALTER TABLE orders ADD KEY ix_orders_review (review_asked_at, order_status, delivered_at);

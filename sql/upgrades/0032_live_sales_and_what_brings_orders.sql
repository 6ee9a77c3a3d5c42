-- From 0.1.0: a live sale may let each person have so many pieces of a thing; pieces that its claims hold are counted with their
-- product; what brings sales is read off the orders themselves. Safe beside running programs.
USE quicksell_chatbot;

ALTER TABLE page_posts
    ADD COLUMN most_each INT NOT NULL DEFAULT 0 COMMENT 'pieces of one thing that one person can claim in the sale; 0 is no limit' AFTER is_sale;

ALTER TABLE products
    ADD COLUMN claimed_quantity INT NOT NULL DEFAULT 0 COMMENT 'pieces of it and its variants that claims in live sales hold, off the stock' AFTER barcode;

UPDATE products p JOIN (
    SELECT product_id, SUM(held) AS pieces FROM post_claims WHERE status = 'held' GROUP BY product_id
) c ON c.product_id = p.id
SET p.claimed_quantity = c.pieces;

-- In small pieces: repeat until nothing changes
DELETE FROM analytics_figures WHERE measure = 'source_orders' LIMIT 5000;

UPDATE analytics_days SET orders_at = NULL WHERE orders_at IS NOT NULL;

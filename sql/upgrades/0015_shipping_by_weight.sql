-- From 0.1.0: what sending costs may go in steps of weight.
-- Safe beside 0.1.0, which does not know the column.
-- A zone that was always free said so by 0, which the console's form shows as "never free"; one centavo says the same.
USE quicksell_chatbot;

ALTER TABLE shipping_zones
    ADD COLUMN weight_steps JSON NULL COMMENT '["1: 85", "3: 120"]: up to so many kg for so much, instead of base_fee'
    AFTER created_at;

-- In small pieces: repeat until nothing changes
UPDATE shipping_zones SET free_shipping_threshold = 0.01 WHERE free_shipping_threshold = 0 LIMIT 500;

-- From 0.1.0: products and their variants have a barcode each, by which a scanner finds them.
-- Safe beside running programs: the columns may be left out by whoever writes.
USE quicksell_chatbot;

ALTER TABLE products
    ADD COLUMN barcode VARCHAR(48) NULL COMMENT 'as a scanner types it; several things may have the same' AFTER size_guide,
    ADD KEY ix_products_barcode (barcode);

ALTER TABLE product_variants
    ADD COLUMN barcode VARCHAR(48) NULL COMMENT 'as a scanner types it; several things may have the same' AFTER created_at,
    ADD KEY ix_product_variants_barcode (barcode);

-- From 0.1.0: products and their variants have a barcode each, by which a scanner finds them; what
-- sheets have changed of a product is found for its history.
-- Safe beside running programs: the columns may be left out by whoever writes.
USE quicksell_chatbot;

ALTER TABLE products
    ADD COLUMN barcode VARCHAR(48) NULL COMMENT 'as a scanner types it; several things may have the same' AFTER size_guide,
    ADD KEY ix_products_barcode (barcode);

ALTER TABLE product_variants
    ADD COLUMN barcode VARCHAR(48) NULL COMMENT 'as a scanner types it; several things may have the same' AFTER created_at,
    ADD KEY ix_product_variants_barcode (barcode);

ALTER TABLE catalogue_import_rows ADD KEY ix_catalogue_import_rows_subject (kind, subject_id);

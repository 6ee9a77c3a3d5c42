-- From 0.1.0: what each account of the console wants to be told, and how the notices of one account are found.
-- Safe beside 0.1.0, which knows neither.
USE quicksell_chatbot;

ALTER TABLE console_accounts
    ADD COLUMN hears JSON NULL COMMENT 'kinds of merchant_notices by way; NULL hears of everything in linked chats, nothing by mail' AFTER password_changed_at;

ALTER TABLE merchant_notices
    ADD KEY ix_merchant_notices_recipient (recipient, channel, status, id);

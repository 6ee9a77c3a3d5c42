-- From 0.1.0: the figures of each day, how far each visit came, and two indexes that find the orders that have moved.
-- Safe beside 0.1.0, which knows none of it.
USE quicksell_chatbot;

ALTER TABLE orders
    ADD KEY ix_orders_paid_at (paid_at, payment_status, total_amount),
    ADD KEY ix_orders_updated (updated_at),
    ALGORITHM = INPLACE, LOCK = NONE;

CREATE TABLE analytics_days (
    day       DATE     NOT NULL,
    chats_at  DATETIME NULL COMMENT 'when its chats were gathered last',
    orders_at DATETIME NULL COMMENT 'when its orders were gathered last',
    PRIMARY KEY (day)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE analytics_figures (
    measure VARCHAR(24)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what is counted, such as sold',
    day     DATE           NOT NULL,
    part    VARCHAR(190)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '' COMMENT 'of which, such as a products.id',
    pieces  BIGINT         NOT NULL DEFAULT 0,
    amount  DECIMAL(16, 2) NOT NULL DEFAULT 0.00 COMMENT 'money, milliseconds or seconds',
    PRIMARY KEY (measure, day, part)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE analytics_visits (
    day        DATE           NOT NULL,
    user_id    INT            NOT NULL COMMENT 'users.id; no foreign key, so that gathering locks no shopper',
    first_at   DATETIME       NOT NULL,
    turns      INT            NOT NULL DEFAULT 0,
    chat_step  TINYINT        NOT NULL DEFAULT 0 COMMENT 'how far the chat alone shows it, 0 to 3',
    step       TINYINT        NOT NULL DEFAULT 0 COMMENT 'how far they came, 0 to 6',
    stopped_at VARCHAR(40)    NULL COMMENT 'the last question of the checkout that they were asked',
    source     VARCHAR(190)   NOT NULL DEFAULT '' COMMENT 'ref:, ad: or post: and which; empty came directly',
    orders     INT            NOT NULL DEFAULT 0,
    sales      DECIMAL(14, 2) NOT NULL DEFAULT 0.00 COMMENT 'of these orders, cancelled ones left out',
    PRIMARY KEY (day, user_id),
    KEY ix_analytics_visits_user (user_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- From 0.1.0: the figures of each day, how far each visit came, two wordings of a reply tried against each
-- other, and two indexes that find the orders that have moved.
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

CREATE TABLE reply_trials (
    id         BIGINT      NOT NULL AUTO_INCREMENT,
    reply_id   INT         NOT NULL COMMENT 'chatbot_replies.id; it may be gone',
    keyword    VARCHAR(255) NOT NULL COMMENT 'of the reply, as it was',
    words_a    TEXT        NOT NULL COMMENT 'its words as they were; once they are changed, nothing is tried any more',
    words_b    TEXT        NOT NULL COMMENT 'the second wording',
    started_at DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    started_by INT         NULL     COMMENT 'admin_users.id',
    ended_at   DATETIME    NULL,
    kept       ENUM('a', 'b') NULL  COMMENT 'which wording the reply has since',
    running_id INT GENERATED ALWAYS AS (CASE WHEN ended_at IS NULL THEN reply_id END) STORED,
    PRIMARY KEY (id),
    UNIQUE KEY uq_reply_trials_running (running_id),
    KEY ix_reply_trials_starter (started_by),
    CONSTRAINT fk_reply_trials_starter FOREIGN KEY (started_by) REFERENCES admin_users (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE reply_trial_shoppers (
    trial_id  BIGINT   NOT NULL,
    user_id   INT      NOT NULL COMMENT 'users.id; no foreign key, so that gathering locks no shopper',
    wording   ENUM('a', 'b') NOT NULL,
    first_at  DATETIME NOT NULL COMMENT 'when they heard it first',
    is_bought BOOLEAN  NOT NULL DEFAULT FALSE COMMENT 'an order followed within 24 hours',
    is_wrong  BOOLEAN  NOT NULL DEFAULT FALSE COMMENT 'they said no, asked again, or wanted a person',
    PRIMARY KEY (trial_id, user_id),
    KEY ix_reply_trial_shoppers_user (user_id),
    CONSTRAINT fk_reply_trial_shoppers_trial FOREIGN KEY (trial_id) REFERENCES reply_trials (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

"""What the bot could not answer, how fast it and people answer, and which canned replies help."""

from typing import Final

from repository.analytics.asking import DAYS, Column, Question

UNANSWERED: Final = Question(
    "unanswered",
    (
        Column("Day", "day"),
        Column("Messages", "count", "sum"),
        Column("Not answered", "count", "sum"),
        Column("Share", "percent"),
    ),
    DAYS
    + """SELECT d.day, COALESCE(SUM(IF(f.measure = 'messages', f.pieces, 0)), 0) AS messages,
       COALESCE(SUM(IF(f.measure = 'unanswered', f.pieces, 0)), 0) AS unanswered,
       ROUND(100 * SUM(IF(f.measure = 'unanswered', f.pieces, 0))
             / NULLIF(SUM(IF(f.measure = 'messages', f.pieces, 0)), 0), 1) AS share
FROM days d LEFT JOIN analytics_figures f ON f.day = d.day AND f.measure IN ('messages', 'unanswered')
GROUP BY d.day ORDER BY d.day""",
    DAYS
    + """SELECT d.day, COUNT(l.id) AS messages,
       COALESCE(SUM(l.intent IN ('not_understood', 'search_nothing', 'did_you_mean')), 0) AS unanswered,
       ROUND(100 * SUM(l.intent IN ('not_understood', 'search_nothing', 'did_you_mean'))
             / NULLIF(COUNT(l.id), 0), 1) AS share
FROM days d
LEFT JOIN chat_logs l ON l.created_at >= d.day AND l.created_at < d.day + INTERVAL 1 DAY
    AND l.message_type = 'text' AND l.turn_status = 'done' AND l.intent <> 'left_to_person'
GROUP BY d.day ORDER BY d.day""",
)
CANNED: Final = Question(
    "canned",
    (
        Column("Reply", "text"),
        Column("Said", "count", "sum"),
        Column("An order followed", "count", "sum"),
        Column("A person was needed", "count", "sum"),
        Column("Likely wrong", "count", "sum"),
        Column("", "key"),
    ),
    """
    SELECT COALESCE(r.keyword, CONCAT('deleted reply ', c.part)) AS reply, c.said, c.ordered, c.person, c.wrong,
           COALESCE(r.id, 0) AS id
    FROM (
        SELECT part, SUM(IF(measure = 'canned', pieces, 0)) AS said,
               SUM(IF(measure = 'canned_order', pieces, 0)) AS ordered,
               SUM(IF(measure = 'canned_person', pieces, 0)) AS person,
               SUM(IF(measure = 'canned_wrong', pieces, 0)) AS wrong
        FROM analytics_figures
        WHERE measure IN ('canned', 'canned_order', 'canned_person', 'canned_wrong')
          AND day BETWEEN %(first)s AND %(last)s
        GROUP BY part ORDER BY said DESC, part LIMIT 30
    ) c
    LEFT JOIN chatbot_replies r ON r.id = CAST(c.part AS SIGNED)
    ORDER BY c.said DESC, c.part
    """,
)
BOT: Final = Question(
    "bot",
    (
        Column("Day", "day"),
        Column("Answers", "count", "sum"),
        Column("Half within", "ms", "middle"),
        Column("95 of 100 within", "ms", "middle"),
    ),
    DAYS
    + """SELECT d.day, COALESCE(h.pieces, 0) AS answers, h.amount AS half_within, n.amount AS most_within
FROM days d
LEFT JOIN analytics_figures h ON h.measure = 'bot_p50' AND h.day = d.day
LEFT JOIN analytics_figures n ON n.measure = 'bot_p95' AND n.day = d.day
ORDER BY d.day""",
)
PEOPLE: Final = Question(
    "people",
    (
        Column("Day", "day"),
        Column("Answered by a person", "count", "sum"),
        Column("Half within", "seconds", "middle"),
        Column("95 of 100 within", "seconds", "middle"),
        Column("Never answered", "count", "sum"),
    ),
    DAYS
    + """SELECT d.day, COALESCE(h.pieces, 0) AS answered, h.amount AS half_within, n.amount AS most_within,
       COALESCE(o.pieces, 0) AS never
FROM days d
LEFT JOIN analytics_figures h ON h.measure = 'wait_p50' AND h.day = d.day
LEFT JOIN analytics_figures n ON n.measure = 'wait_p95' AND n.day = d.day
LEFT JOIN analytics_figures o ON o.measure = 'wait_open' AND o.day = d.day
ORDER BY d.day""",
)
HOURS: Final = Question(
    "hours",
    (
        Column("Weekday", "text"),
        Column("Hour", "count"),
        Column("Shoppers", "count", "sum"),
        Column("Waited on average", "seconds"),
    ),
    """
    SELECT WEEKDAY(day) AS weekday, CAST(part AS SIGNED) AS hour, SUM(pieces) AS shoppers,
           ROUND(SUM(amount) / SUM(pieces)) AS waited
    FROM analytics_figures
    WHERE measure = 'wait_hour' AND day BETWEEN %(first)s AND %(last)s
    GROUP BY weekday, hour ORDER BY weekday, hour
    """,
)

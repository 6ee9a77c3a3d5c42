"""What Facebook takes, how proofs are reviewed, and how long the stock lasts."""

from typing import Final

from repository.analytics.asking import DAYS, Column, Question

SENDS: Final = Question(
    "sends",
    (
        Column("Day", "day"),
        Column("Sent", "count", "sum"),
        Column("Failed", "count", "sum"),
    ),
    DAYS
    + """SELECT d.day, COALESCE(SUM(IF(f.measure = 'sent', f.pieces, 0)), 0) AS sent,
       COALESCE(SUM(IF(f.measure = 'failed', f.pieces, 0)), 0) AS failed
FROM days d LEFT JOIN analytics_figures f ON f.day = d.day AND f.measure IN ('sent', 'failed')
GROUP BY d.day ORDER BY d.day""",
    DAYS
    + """SELECT d.day, COALESCE(SUM(b.status = 'sent'), 0) AS sent, COALESCE(SUM(b.status = 'failed'), 0) AS failed
FROM days d LEFT JOIN (
    SELECT CAST(created_at AS DATE) AS day, status FROM outbox
    WHERE created_at >= %(first)s AND created_at < %(last)s + INTERVAL 1 DAY
) b ON b.day = d.day
GROUP BY d.day ORDER BY d.day""",
)
FAILURES: Final = Question(
    "failures",
    (
        Column("Why", "text"),
        Column("Messages", "count", "sum"),
    ),
    """
    SELECT part AS code, SUM(pieces) AS messages FROM analytics_figures
    WHERE measure = 'failed' AND day BETWEEN %(first)s AND %(last)s
    GROUP BY part ORDER BY messages DESC, part
    """,
    """
    SELECT COALESCE(error_code, '') AS code, COUNT(*) AS messages FROM outbox
    WHERE status = 'failed' AND created_at >= %(first)s AND created_at < %(last)s + INTERVAL 1 DAY
    GROUP BY code ORDER BY messages DESC, code
    """,
)
PROOFS: Final = Question(
    "proofs",
    (
        Column("Day", "day"),
        Column("Approved", "count", "sum"),
        Column("Rejected", "count", "sum"),
        Column("Half within", "seconds", "middle"),
        Column("95 of 100 within", "seconds", "middle"),
        Column("Still waiting", "count", "sum"),
    ),
    DAYS
    + """SELECT d.day, COALESCE(v.approved, 0) AS approved, COALESCE(v.rejected, 0) AS rejected, v.half, v.nearly_all,
       COALESCE(w.waiting, 0) AS waiting
FROM days d
LEFT JOIN (
    SELECT day, SUM(is_approved) AS approved, SUM(NOT is_approved) AS rejected,
           MIN(CASE WHEN place >= 0.5 * known THEN waited END) AS half,
           MIN(CASE WHEN place >= 0.95 * known THEN waited END) AS nearly_all
    FROM (
        SELECT day, is_approved, waited,
               ROW_NUMBER() OVER (PARTITION BY day, waited IS NULL ORDER BY waited) AS place,
               COUNT(waited) OVER (PARTITION BY day) AS known
        FROM (
            SELECT CAST(reviewed_at AS DATE) AS day, verification_status = 'approved' AS is_approved,
                   TIMESTAMPDIFF(SECOND, submitted_at, reviewed_at) AS waited
            FROM order_verifications
            WHERE reviewed_at >= %(first)s AND reviewed_at < %(last)s + INTERVAL 1 DAY
              AND verification_status IN ('approved', 'rejected')
        ) reviewed
    ) placed GROUP BY day
) v ON v.day = d.day
LEFT JOIN (
    SELECT CAST(submitted_at AS DATE) AS day, COUNT(*) AS waiting FROM order_verifications
    WHERE verification_status IN ('pending', 'under_review')
      AND submitted_at >= %(first)s AND submitted_at < %(last)s + INTERVAL 1 DAY
    GROUP BY CAST(submitted_at AS DATE)
) w ON w.day = d.day
ORDER BY d.day""",
)
STOCK: Final = Question(
    "stock",
    (
        Column("Product", "text"),
        Column("For sale", "count"),
        Column("Sold", "count", "sum"),
        Column("Lasts", "days"),
        Column("Wanted when sold out", "count", "sum"),
        Column("", "key"),
    ),
    """
    SELECT p.name, v.available_stock, s.sold,
           FLOOR(v.available_stock * (DATEDIFF(%(last)s, %(first)s) + 1) / NULLIF(s.sold, 0)) AS lasts, s.wanted, p.id
    FROM (
        SELECT CAST(part AS UNSIGNED) AS product_id, SUM(IF(measure = 'sold', pieces, 0)) AS sold,
               SUM(IF(measure = 'sold', 0, pieces)) AS wanted
        FROM analytics_figures
        WHERE measure IN ('sold', 'sold_out') AND day BETWEEN %(first)s AND %(last)s
        GROUP BY product_id ORDER BY sold DESC, wanted DESC, product_id LIMIT 200
    ) s
    JOIN products p ON p.id = s.product_id AND p.status = 'active'
    JOIN vw_inventory_status v ON v.id = p.id
    ORDER BY lasts IS NULL, lasts, s.sold DESC, p.id LIMIT 20
    """,
)

"""What was ordered, paid and sold, and what brought it."""

from typing import Final

from repository.analytics.asking import DAYS, Column, Question

SALES: Final = Question(
    "sales",
    (
        Column("Day", "day"),
        Column("Orders that stand", "count", "sum"),
        Column("Cancelled", "count", "sum"),
        Column("Ordered", "money", "sum"),
        Column("Paid", "money", "sum"),
    ),
    DAYS
    + """SELECT d.day, COALESCE(SUM(IF(f.measure = 'ordered', f.pieces, 0)), 0) AS orders,
       COALESCE(SUM(IF(f.measure = 'cancelled', f.pieces, 0)), 0) AS cancelled,
       COALESCE(SUM(IF(f.measure = 'ordered', f.amount, 0)), 0) AS ordered,
       COALESCE(SUM(IF(f.measure = 'paid', f.amount, 0)), 0) AS paid
FROM days d LEFT JOIN analytics_figures f ON f.day = d.day AND f.measure IN ('ordered', 'cancelled', 'paid')
GROUP BY d.day ORDER BY d.day""",
    DAYS
    + """SELECT d.day, COALESCE(v.total_orders - v.cancelled_orders, 0) AS orders,
       COALESCE(v.cancelled_orders, 0) AS cancelled, COALESCE(v.total_revenue, 0.00) AS ordered,
       COALESCE(p.paid, 0.00) AS paid
FROM days d
LEFT JOIN (
    SELECT date, total_orders, cancelled_orders, total_revenue FROM vw_daily_metrics
    WHERE date BETWEEN %(first)s AND %(last)s
) v ON v.date = d.day
LEFT JOIN (
    SELECT CAST(paid_at AS DATE) AS day, SUM(total_amount) AS paid FROM orders
    WHERE payment_status = 'paid' AND paid_at >= %(first)s AND paid_at < %(last)s + INTERVAL 1 DAY
    GROUP BY CAST(paid_at AS DATE)
) p ON p.day = d.day
ORDER BY d.day""",
)
PRODUCTS: Final = Question(
    "products",
    (
        Column("Product", "text"),
        Column("Pieces", "count", "sum"),
        Column("Sales", "money", "sum"),
        Column("", "key"),
    ),
    """
    SELECT p.name, s.pieces, s.sales, p.id
    FROM (
        SELECT CAST(part AS UNSIGNED) AS product_id, SUM(pieces) AS pieces, SUM(amount) AS sales
        FROM analytics_figures WHERE measure = 'sold' AND day BETWEEN %(first)s AND %(last)s
        GROUP BY product_id ORDER BY sales DESC, product_id LIMIT 20
    ) s
    JOIN products p ON p.id = s.product_id
    ORDER BY s.sales DESC, p.id
    """,
    """
    SELECT p.name, SUM(i.quantity) AS pieces, SUM(i.total_price) AS sales, p.id
    FROM orders o JOIN order_items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id
    WHERE o.order_day BETWEEN %(first)s AND %(last)s AND o.order_status <> 'cancelled'
    GROUP BY p.id, p.name ORDER BY sales DESC, p.id LIMIT 20
    """,
)
SOURCE: Final = """CASE WHEN r.id IS NULL THEN 'direct'
            WHEN r.ref REGEXP '^[Pp][Oo][Ss][Tt][:_-].' THEN CONCAT('post:', SUBSTRING(r.ref, 6))
            WHEN r.ad_id > '' THEN CONCAT('ad:', r.ad_id)
            WHEN r.kind = 'comment' THEN CONCAT('comment:', COALESCE(r.post_id, ''))
            WHEN r.post_id > '' THEN CONCAT('post:', r.post_id)
            WHEN r.ref > '' THEN CONCAT('ref:', r.ref) ELSE r.kind END"""
"""What brought an order, of the `referrals r` that it keeps and its page shows."""
SOURCES: Final = Question(
    "sources",
    (
        Column("Came from", "text"),
        Column("Visits", "count", "sum"),
        Column("Orders", "count", "sum"),
        Column("Sales", "money", "sum"),
    ),
    """
    SELECT IF(part = '', 'direct', part) AS came_from, SUM(IF(measure = 'source', pieces, 0)) AS visits,
           SUM(IF(measure = 'brought', pieces, 0)) AS orders, SUM(IF(measure = 'brought', amount, 0)) AS sales
    FROM analytics_figures
    WHERE measure IN ('source', 'brought') AND day BETWEEN %(first)s AND %(last)s
    GROUP BY came_from ORDER BY sales DESC, visits DESC, came_from LIMIT 30
    """,
    f"""
    SELECT came_from, SUM(visits) AS visits, SUM(orders) AS orders, SUM(sales) AS sales
    FROM (
        SELECT IF(source = '', 'direct', source) AS came_from, COUNT(*) AS visits, 0 AS orders, 0.00 AS sales
        FROM analytics_visits WHERE day BETWEEN %(first)s AND %(last)s GROUP BY source
        UNION ALL
        SELECT LEFT({SOURCE}, 190), 0, COUNT(*), SUM(o.total_amount)
        FROM orders o LEFT JOIN referrals r ON r.id = o.referral_id
        WHERE o.order_day BETWEEN %(first)s AND %(last)s AND o.order_status <> 'cancelled' GROUP BY 1
    ) came
    GROUP BY came_from ORDER BY sales DESC, visits DESC, came_from LIMIT 30
    """,
)
PROMOS: Final = Question(
    "promos",
    (
        Column("Promo", "text"),
        Column("Orders", "count", "sum"),
        Column("Sales", "money", "sum"),
    ),
    """
    SELECT part AS promo, SUM(pieces) AS orders, SUM(amount) AS sales FROM analytics_figures
    WHERE measure = 'promo' AND day BETWEEN %(first)s AND %(last)s
    GROUP BY part ORDER BY sales DESC, part LIMIT 30
    """,
    """
    SELECT UPPER(promo_code) AS promo, COUNT(*) AS orders, SUM(total_amount) AS sales FROM orders
    WHERE order_day BETWEEN %(first)s AND %(last)s AND order_status <> 'cancelled' AND promo_code <> ''
    GROUP BY promo ORDER BY sales DESC, promo LIMIT 30
    """,
)

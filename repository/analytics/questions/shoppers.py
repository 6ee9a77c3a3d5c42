"""How far shoppers come, where they stop, and what they look at."""

from typing import Final

from repository.analytics.asking import Column, Question

FUNNEL: Final = Question(
    "funnel",
    (
        Column("Step", "text"),
        Column("Shoppers", "count"),
        Column("Of all", "percent"),
        Column("Stopped here", "count"),
    ),
    """
    WITH steps (step) AS (
        SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5
        UNION ALL SELECT 6
    ), counted AS (
        SELECT step, COUNT(*) AS shoppers FROM (
            SELECT user_id, MAX(step) AS step FROM analytics_visits
            WHERE day BETWEEN %(first)s AND %(last)s GROUP BY user_id
        ) furthest GROUP BY step
    )
    SELECT step, shoppers, ROUND(100 * shoppers / NULLIF(MAX(shoppers) OVER (), 0), 1) AS of_all, stopped
    FROM (
        SELECT s.step, COALESCE(SUM(c.shoppers), 0) AS shoppers,
               COALESCE(SUM(IF(c.step = s.step, c.shoppers, 0)), 0) AS stopped
        FROM steps s LEFT JOIN counted c ON c.step >= s.step GROUP BY s.step
    ) reached
    ORDER BY step
    """,
)
CHECKOUT: Final = Question(
    "checkout",
    (
        Column("Last question", "text"),
        Column("Visits", "count", "sum"),
    ),
    """
    SELECT part AS stopped_at, SUM(pieces) AS visits FROM analytics_figures
    WHERE measure = 'stopped' AND day BETWEEN %(first)s AND %(last)s
    GROUP BY part ORDER BY visits DESC, part
    """,
    """
    SELECT stopped_at, COUNT(*) AS visits FROM analytics_visits
    WHERE day BETWEEN %(first)s AND %(last)s AND step = 3
    GROUP BY stopped_at ORDER BY visits DESC, stopped_at
    """,
)
LOOKED: Final = Question(
    "looked",
    (
        Column("Product", "text"),
        Column("Opened", "count", "sum"),
        Column("Wanted when sold out", "count", "sum"),
        Column("", "key"),
    ),
    """
    SELECT p.name, l.opened, l.sold_out, p.id
    FROM (
        SELECT CAST(part AS UNSIGNED) AS product_id, SUM(IF(measure = 'looked', pieces, 0)) AS opened,
               SUM(IF(measure = 'sold_out', pieces, 0)) AS sold_out, SUM(IF(measure = 'sold', pieces, 0)) AS sold,
               SUM(IF(measure = 'sold', 0, pieces)) AS wanted
        FROM analytics_figures
        WHERE measure IN ('looked', 'sold_out', 'sold') AND day BETWEEN %(first)s AND %(last)s
        GROUP BY product_id HAVING sold = 0 ORDER BY wanted DESC, product_id LIMIT 20
    ) l
    JOIN products p ON p.id = l.product_id
    ORDER BY l.wanted DESC, p.id
    """,
)

"""sp_update_daily_analytics: the figures of every day, agreeing with the views."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.sql.shop import Shop

ANALYTICS = "sp_update_daily_analytics"


def today(shop: Shop) -> date:
    found = shop.value("SELECT CURDATE()")
    assert isinstance(found, date)
    return found


def figures(shop: Shop) -> dict[object, tuple[object, ...]]:
    columns = ("total_sales", "total_orders", "new_customers", "avg_order_value", "top_product_id", "top_category_id")
    rows = shop.rows("SELECT * FROM analytics_daily ORDER BY date")
    return {row["date"]: tuple(row[column] for column in columns) for row in rows}


def agree(shop: Shop) -> None:
    """Every day but today has a row, and it says what the view says."""
    rows = shop.rows(
        "SELECT a.date FROM analytics_daily a LEFT JOIN vw_daily_metrics m ON m.date = a.date"
        " WHERE a.total_sales <> COALESCE(m.total_revenue, 0) OR a.total_orders <> COALESCE(m.total_orders, 0)"
        " OR a.avg_order_value <> COALESCE(m.avg_order_value, 0)"
        " UNION SELECT m.date FROM vw_daily_metrics m LEFT JOIN analytics_daily a ON a.date = m.date"
        " WHERE a.id IS NULL AND m.date < CURDATE()"
    )
    assert rows == []


def test_yesterday_and_every_missing_day_before_it(empty_shop: Shop) -> None:
    shop = empty_shop
    day = today(shop)
    old = datetime.combine(day - timedelta(days=5), datetime.min.time())
    yesterday = datetime.combine(day - timedelta(days=1), datetime.min.time())
    ana = shop.shopper(created_at=old)
    shop.shopper(created_at=yesterday + timedelta(hours=23, minutes=59, seconds=59))
    shelf, other = shop.category(), shop.category()
    mug, cup, bowl = (
        shop.product(9, category_id=shelf),
        shop.product(9, category_id=other),
        shop.product(9, category_id=other),
    )
    shop.order([(mug, None, 5), (cup, None, 4), (bowl, None, 3)], user_id=ana, created_at=old, total_amount="120.00")
    shop.order([(cup, None, 9)], user_id=ana, created_at=old, total_amount="900.00", order_status="cancelled")
    shop.order([(cup, None, 1)], user_id=ana, created_at=yesterday, total_amount="10.01")
    shop.order([(mug, None, 1)], user_id=ana, created_at=yesterday, total_amount="10.02")
    shop.order([(mug, None, 1)], user_id=ana, total_amount="77.00")
    assert shop.call(ANALYTICS)["days_computed"] == 5
    nothing = (Decimal("0.00"), 0, 0, Decimal("0.00"), None, None)
    assert figures(shop) == {
        day - timedelta(days=5): (Decimal("120.00"), 2, 1, Decimal("120.00"), mug, other),
        day - timedelta(days=4): nothing,
        day - timedelta(days=3): nothing,
        day - timedelta(days=2): nothing,
        day - timedelta(days=1): (Decimal("20.03"), 2, 1, Decimal("10.02"), mug, shelf),
    }
    agree(shop)
    assert shop.call(ANALYTICS)["message"] == "Computed 0 days, 0 failed"


def test_a_day_that_changed_since_is_computed_again(empty_shop: Shop) -> None:
    shop = empty_shop
    day = today(shop) - timedelta(days=3)
    ana = shop.shopper(created_at=day)
    mug, cup = shop.product(9), shop.product(9)
    first = shop.order([(mug, None, 5)], user_id=ana, created_at=day, total_amount="50.00")
    second = shop.order([(cup, None, 1)], user_id=ana, created_at=day, total_amount="50.00", order_status="cancelled")
    shop.call(ANALYTICS)
    shop.move(first, "cancelled")
    assert shop.call(ANALYTICS)["days_computed"] == 1
    assert figures(shop)[day] == (Decimal("0.00"), 2, 1, Decimal("0.00"), None, None)
    shop.move(first, "pending")
    shop.call(ANALYTICS)
    shop.move(first, "cancelled")
    shop.move(second, "confirmed")  # the sums are as before, what sold best is not
    assert shop.call(ANALYTICS)["days_computed"] == 1
    assert figures(shop)[day][:5] == (Decimal("50.00"), 2, 1, Decimal("50.00"), cup)
    shop.run("UPDATE orders SET created_at = %s WHERE id = %s", day + timedelta(days=1), second)
    shop.shopper(created_at=day)
    assert shop.call(ANALYTICS)["days_computed"] == 2
    assert figures(shop)[day][:3] == (Decimal("0.00"), 1, 2)
    agree(shop)


def test_of_products_that_sold_alike_the_dearer_is_at_the_top_then_the_older(empty_shop: Shop) -> None:
    shop = empty_shop
    day = today(shop) - timedelta(days=1)
    first, second, third = (shop.product(9) for _ in range(3))
    order = shop.order([(first, None, 2), (second, None, 2), (third, None, 2)], created_at=day)
    shelves = [
        shop.number("SELECT category_id FROM products WHERE id = %s", product) for product in (first, second, third)
    ]
    shop.call(ANALYTICS)
    assert figures(shop)[day][4:] == (first, shelves[0])
    shop.run("UPDATE order_items SET total_price = total_price + 1 WHERE product_id = %s", third)
    shop.run("UPDATE orders SET total_amount = total_amount + 1 WHERE id = %s", order)
    shop.call(ANALYTICS)
    assert figures(shop)[day][4:] == (third, shelves[2])


def test_a_shopper_who_is_added_or_deleted_later_is_counted(empty_shop: Shop) -> None:
    shop = empty_shop
    day = today(shop) - timedelta(days=3)
    shop.shopper(created_at=day)
    shop.call(ANALYTICS)
    ben = shop.shopper(created_at=day + timedelta(days=1))
    assert shop.call(ANALYTICS)["days_computed"] == 1
    assert [row[2] for row in figures(shop).values()] == [1, 1, 0]
    shop.run("DELETE FROM users WHERE id = %s", ben)
    assert shop.call(ANALYTICS)["days_computed"] == 1
    assert [row[2] for row in figures(shop).values()] == [1, 0, 0]


def test_a_figure_that_somebody_edited_or_a_day_that_was_not_over_is_put_right(empty_shop: Shop) -> None:
    shop = empty_shop
    day = today(shop) - timedelta(days=1)
    shop.order(created_at=day, total_amount="50.00")
    shop.insert("analytics_daily", date=day, computed_at=datetime.combine(day, datetime.min.time()))
    shop.call(ANALYTICS)
    shop.run("UPDATE analytics_daily SET total_orders = 9")
    shop.call(ANALYTICS)
    agree(shop)

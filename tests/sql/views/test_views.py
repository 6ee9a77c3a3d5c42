"""The views, column by column, with numbers worked out by hand."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.sql.prompt import Row
from tests.sql.shop import Shop


@pytest.fixture(params=["", ",ONLY_FULL_GROUP_BY"], autouse=True)
def _mode(shop: Shop, request: pytest.FixtureRequest) -> None:
    """Everything here holds with ONLY_FULL_GROUP_BY and without."""
    shop.run(f"SET SESSION sql_mode = 'STRICT_TRANS_TABLES{request.param}'")


def test_an_order_in_detail(shop: Shop) -> None:
    ana = shop.shopper(facebook_name="Ana Cruz", phone="+639170000001", customer_tier="gold")
    mug = shop.product(10)
    order = shop.order(
        user_id=ana, created_at="2026-03-01 10:00:00", delivered_at="2026-03-02 11:30:00", order_status="delivered"
    )
    shop.line(order, (mug, None, 3), product_name="Blue mug")
    shop.line(order, (mug, None, 1), product_name="Red mug, large")
    for resolved in (False, True, False):
        shop.insert(
            "order_errors", order_id=order, error_type="payment", error_message="declined", is_resolved=resolved
        )
    shop.insert("order_metrics", order_id=order, total_processing_duration_ms=4200)
    row = shop.row("SELECT * FROM vw_orders_detailed WHERE id = %s", order)
    own = shop.row("SELECT * FROM orders WHERE id = %s", order)
    assert {name: row[name] for name in own} == own
    assert {name: row[name] for name in row if name not in own} == {
        "customer_name": "Ana Cruz",
        "customer_email": None,
        "customer_phone": "+639170000001",
        "customer_tier": "gold",
        "item_count": 2,
        "product_names": "Blue mug, Red mug, large",
        "unresolved_errors": 2,
        "fulfillment_hours": Decimal("25.50"),
        "total_processing_duration_ms": 4200,
    }


def test_an_order_with_nothing_about_it(shop: Shop) -> None:
    order = shop.order()
    row = shop.row("SELECT * FROM vw_orders_detailed WHERE id = %s", order)
    assert (row["item_count"], row["product_names"], row["unresolved_errors"]) == (0, None, 0)
    assert (row["fulfillment_hours"], row["total_processing_duration_ms"]) == (None, None)


def test_names_are_not_cut(shop: Shop) -> None:
    mug = shop.product(100)
    names = [f'{number} {"ñ" * 240} "a", "b", \\' for number in range(50)]
    order = shop.order()
    for name in names:
        shop.line(order, (mug, None, 1), product_name=name)
    assert shop.value("SELECT product_names FROM vw_orders_detailed WHERE id = %s", order) == ", ".join(names)


@pytest.mark.parametrize(
    ("columns", "action"),
    [
        ({}, "Awaiting Confirmation"),
        ({"verification_required": True, "verification_status": "pending"}, "Awaiting Verification"),
        ({"verification_required": True, "verification_status": "under_review"}, "Awaiting Verification"),
        ({"verification_required": True, "verification_status": "rejected"}, "Awaiting Verification"),
        ({"verification_required": True, "verification_status": "verified"}, "Awaiting Confirmation"),
        ({"order_status": "confirmed"}, "Pending Processing"),
        ({"order_status": "confirmed", "payment_method": "gcash"}, "Awaiting Payment"),
        ({"order_status": "confirmed", "payment_method": "paymaya", "payment_status": "failed"}, "Awaiting Payment"),
        ({"order_status": "confirmed", "payment_method": "gcash", "payment_status": "paid"}, "Pending Processing"),
        ({"order_status": "confirmed", "payment_method": "cod", "payment_status": "pending"}, "Pending Processing"),
        ({"order_status": "pending", "payment_method": "gcash"}, "Awaiting Confirmation"),
    ],
)
def test_what_a_pending_order_waits_for(shop: Shop, columns: dict[str, object], action: str) -> None:
    order = shop.order((), **columns)
    assert shop.value("SELECT action_required FROM vw_pending_orders WHERE id = %s", order) == action


@pytest.mark.parametrize("status", ["processing", "shipped", "delivered", "cancelled", "returned"])
def test_what_waits_for_nobody_is_not_pending(shop: Shop, status: str) -> None:
    order = shop.order(order_status=status, verification_required=True, verification_status="pending")
    assert shop.rows("SELECT id FROM vw_pending_orders WHERE id = %s", order) == []


def test_a_pending_orders_columns(shop: Shop) -> None:
    ana = shop.shopper(phone="123")
    order = shop.order(user_id=ana, total_amount="1234.50")
    shop.run("UPDATE orders SET created_at = NOW() - INTERVAL 150 SECOND WHERE id = %s", order)
    row = shop.row("SELECT * FROM vw_pending_orders WHERE id = %s", order)
    created = row.pop("created_at")
    assert created == shop.value("SELECT created_at FROM orders WHERE id = %s", order)
    row.pop("order_number")
    assert row == {
        "id": order,
        "user_id": ana,
        "facebook_name": "Ana",
        "phone": "123",
        "total_amount": Decimal("1234.50"),
        "order_status": "pending",
        "verification_required": 0,
        "verification_status": "not_required",
        "payment_status": "pending",
        "minutes_pending": 2,
        "action_required": "Awaiting Confirmation",
    }


def stock(shop: Shop, product: int) -> tuple[object, ...]:
    row = shop.row("SELECT * FROM vw_inventory_status WHERE id = %s", product)
    assert list(row) == [
        "id",
        "sku",
        "name",
        "current_stock",
        "low_stock_threshold",
        "reserved_quantity",
        "available_stock",
        "stock_status",
    ]
    return row["current_stock"], row["reserved_quantity"], row["available_stock"], row["stock_status"]


def test_a_products_stock_with_its_variants(shop: Shop) -> None:
    mug = shop.product(10)
    assert stock(shop, mug) == (10, 0, 10, "IN_STOCK")
    red, blue = shop.variant(mug, 4), shop.variant(mug, 3)
    shop.variant(mug, 100, is_available=False)
    assert stock(shop, mug) == (17, 0, 17, "IN_STOCK")
    order = shop.reserved([(mug, None, 2), (mug, red, 1), (mug, blue, 3)])
    assert stock(shop, mug) == (17, 6, 11, "IN_STOCK")
    shop.move(order, "confirmed")
    shop.call("sp_commit_order_inventory", order)
    assert stock(shop, mug) == (11, 0, 11, "IN_STOCK")
    shop.call("sp_release_order_inventory", order, "x")
    assert stock(shop, mug) == (17, 0, 17, "IN_STOCK")


@pytest.mark.parametrize(
    ("left", "threshold", "status"),
    [
        (0, 5, "OUT_OF_STOCK"),
        (0, 0, "OUT_OF_STOCK"),
        (1, 5, "LOW_STOCK"),
        (5, 5, "LOW_STOCK"),
        (6, 5, "IN_STOCK"),
        (1, 0, "IN_STOCK"),
    ],
)
def test_the_status_is_by_what_is_available(shop: Shop, left: int, threshold: int, status: str) -> None:
    mug = shop.product(left + 20, low_stock_threshold=threshold)
    shop.reserved([(mug, None, 20)])
    assert stock(shop, mug) == (left + 20, 20, left, status)


def day(shop: Shop, date: str) -> Row:
    return shop.row("SELECT * FROM vw_daily_metrics WHERE date = %s", date)


def test_a_day_of_the_shop(empty_shop: Shop) -> None:
    shop = empty_shop
    ana = shop.shopper()

    def placed(at: str, total: str, status: str = "pending") -> int:
        return shop.order(user_id=ana, created_at=at, total_amount=total, order_status=status)

    first = placed("2026-04-01 00:00:00", "100.00", "delivered")
    second = placed("2026-04-01 12:00:00", "50.55", "confirmed")
    third = placed("2026-04-01 23:59:59", "999.99", "cancelled")
    fourth = placed("2026-04-01 15:00:00", "30.00", "returned")
    placed("2026-03-31 23:59:59", "1.00")
    placed("2026-04-02 00:00:00", "2.00", "cancelled")
    for order, resolved in ((first, False), (first, True), (third, False)):
        shop.insert("order_errors", order_id=order, error_type="system", error_message="x", is_resolved=resolved)
    for order, duration in ((first, 1000), (second, 2001), (fourth, None)):
        shop.insert("order_metrics", order_id=order, total_processing_duration_ms=duration)
    row = day(shop, "2026-04-01")
    assert {name: str(value) for name, value in row.items()} == {
        "date": "2026-04-01",
        "total_orders": "4",
        "delivered_orders": "1",
        "cancelled_orders": "1",
        "total_revenue": "180.55",
        "avg_order_value": "60.18",
        "avg_processing_ms": "1500.50",
        "total_errors": "3",
    }
    row = day(shop, "2026-04-02")
    assert (row["total_orders"], str(row["total_revenue"]), str(row["avg_order_value"])) == (1, "0.00", "0.00")
    assert (row["avg_processing_ms"], row["total_errors"]) == (None, 0)
    assert shop.number("SELECT COUNT(*) FROM vw_daily_metrics") == 3


@pytest.mark.parametrize(
    ("days", "status"),
    [
        (0, "ACTIVE"),
        (30, "ACTIVE"),
        (31, "DORMANT"),
        (90, "DORMANT"),
        (91, "AT_RISK"),
        (400, "AT_RISK"),
        (None, "INACTIVE"),
    ],
)
def test_a_shoppers_worth(shop: Shop, days: int | None, status: str) -> None:
    ana = shop.shopper(phone="1", total_orders=2, total_spent="500.00", loyalty_points=5, customer_tier="silver")
    if days is not None:
        now = shop.value("SELECT NOW()")
        assert isinstance(now, datetime)
        last = now - timedelta(days=days)
        shop.order(user_id=ana, created_at=last, verification_status="verified")
        shop.order(user_id=ana, created_at=last - timedelta(days=5), verification_status="verified")
        shop.order(user_id=ana, created_at=last - timedelta(days=9), verification_status="rejected")
    row = shop.row("SELECT * FROM vw_customer_ltv WHERE id = %s", ana)
    assert row == {
        "id": ana,
        "facebook_name": "Ana",
        "email": None,
        "phone": "1",
        "customer_tier": "silver",
        "total_orders": 2,
        "total_spent": Decimal("500.00"),
        "loyalty_points": 5,
        "verified_order_count": 0 if days is None else 2,
        "last_order_date": None if days is None else last,
        "days_since_last_order": days,
        "customer_status": status,
    }


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("SELECT * FROM vw_orders_detailed WHERE order_number = 'ORD-1'", "uq_orders_number"),
        ("SELECT * FROM vw_orders_detailed WHERE user_id = 1 ORDER BY created_at DESC LIMIT 5", "ix_orders_user"),
        ("SELECT * FROM vw_pending_orders ORDER BY created_at LIMIT 20", "ix_orders_pending"),
        ("SELECT * FROM vw_inventory_status WHERE sku = 'SKU-1'", "uq_products_sku"),
        ("SELECT * FROM vw_daily_metrics WHERE date = '2026-04-01'", "ix_orders_day"),
        ("SELECT * FROM vw_customer_ltv WHERE id = 1", "PRIMARY"),
    ],
)
def test_a_filtered_question_is_answered_from_its_index(empty_shop: Shop, sql: str, index: str) -> None:
    shop = empty_shop
    ana = shop.shopper()
    shop.run(
        "INSERT INTO orders (order_number, user_id, total_amount, order_status, created_at)"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
        " SELECT CONCAT('ORD-x', i), %s, 1, IF(i MOD 10 = 0, 'pending', 'delivered'), NOW() - INTERVAL i HOUR FROM n",
        ana,
    )
    shop.insert("orders", order_number="ORD-1", user_id=ana, total_amount=1)
    shop.run("UPDATE users SET id = 1 WHERE id = %s", shop.shopper())
    shop.product(1)
    shop.run("UPDATE products SET sku = 'SKU-1' ORDER BY id DESC LIMIT 1")
    shop.run("ANALYZE TABLE orders, users, products")
    plan = shop.rows(f"EXPLAIN FORMAT=TRADITIONAL {sql}")
    assert index in {str(step["key"]) for step in plan}, plan


@pytest.mark.parametrize("names", ["utf8mb4 COLLATE utf8mb4_general_ci", "utf8mb4 COLLATE utf8mb4_bin", "latin1"])
def test_a_session_of_any_collation_may_ask(shop: Shop, names: str) -> None:
    mug, ana = shop.product(0), shop.shopper()
    order = shop.order()
    shop.run(f"SET NAMES {names}")
    for sql, number in (
        ("SELECT COUNT(*) FROM vw_pending_orders WHERE action_required = 'Awaiting Confirmation' AND id = %s", order),
        (
            "SELECT COUNT(*) FROM vw_inventory_status WHERE stock_status IN ('LOW_STOCK', 'OUT_OF_STOCK') AND id = %s",
            mug,
        ),
        ("SELECT COUNT(*) FROM vw_customer_ltv WHERE customer_status = 'INACTIVE' AND id = %s", ana),
        ("SELECT COUNT(*) FROM vw_orders_detailed WHERE product_names IS NULL AND id = %s", order),
    ):
        assert shop.number(sql, number) == 1

"""sp_release_order_inventory and sp_return_order_inventory, clause by clause."""

import pytest

from tests.sql.prompt import refused
from tests.sql.shop import Shop

RELEASE = "sp_release_order_inventory"
RETURN = "sp_return_order_inventory"


def test_what_is_reserved_goes_back(either_shop: Shop) -> None:
    shop = either_shop
    mug, cup = shop.product(10), shop.product(7)
    order = shop.reserved([(mug, None, 3), (cup, None, 7)])
    answer = shop.call(RELEASE, order, "Order cancelled")
    assert (answer["status"], answer["message"], answer["lines_released"]) == ("SUCCESS", "Released 2 lines", 2)
    assert (shop.stock(mug), shop.stock(cup)) == (10, 7)
    assert shop.reservations(order) == [(3, "released"), (7, "released")]
    row = shop.row("SELECT * FROM inventory_reservations WHERE order_id = %s LIMIT 1", order)
    assert row["release_reason"] == "Order cancelled"
    assert row["released_at"] is not None
    line = shop.row("SELECT * FROM order_items WHERE order_id = %s LIMIT 1", order)
    assert line["inventory_reserved"] == 0
    assert line["inventory_released_at"] is not None


def test_what_is_committed_goes_back_and_is_no_longer_sold(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.committed([(mug, None, 3)])
    assert shop.number("SELECT sales_count FROM products WHERE id = %s", mug) == 3
    shop.move(order, "cancelled")
    shop.call(RELEASE, order, "Order cancelled")
    assert (shop.stock(mug), shop.reservations(order)) == (10, [(3, "released")])
    assert shop.number("SELECT sales_count FROM products WHERE id = %s", mug) == 0


def test_two_lines_of_one_product_both_go_back(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3), (mug, None, 4)])
    shop.call(RELEASE, order, "x")
    assert shop.stock(mug) == 10


def test_everything_goes_back_to_where_it_came_from(either_shop: Shop) -> None:
    shop = either_shop
    mug = shop.product(10)
    red, blue = shop.variant(mug, 5), shop.variant(mug, 5)
    order = shop.reserved([(mug, red, 2), (mug, blue, 1), (mug, None, 4), (mug, red, 1)])
    assert (shop.stock(mug), shop.variant_stock(red), shop.variant_stock(blue)) == (6, 2, 4)
    shop.call(RELEASE, order, "x")
    assert (shop.stock(mug), shop.variant_stock(red), shop.variant_stock(blue)) == (10, 5, 5)


def test_it_goes_back_to_what_was_taken_even_if_the_line_was_edited(shop: Shop) -> None:
    mug, cup = shop.product(10), shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    shop.run("UPDATE order_items SET product_id = %s, quantity = 9 WHERE order_id = %s", cup, order)
    shop.call(RELEASE, order, "x")
    assert (shop.stock(mug), shop.stock(cup)) == (10, 10)


def test_a_retired_product_and_variant_get_theirs_back_too(shop: Shop) -> None:
    mug = shop.product(10)
    red = shop.variant(mug, 5)
    order = shop.reserved([(mug, None, 3), (mug, red, 3)])
    shop.run("UPDATE products SET status = 'discontinued' WHERE id = %s", mug)
    shop.run("UPDATE product_variants SET is_available = FALSE WHERE id = %s", red)
    shop.call(RELEASE, order, "x")
    assert (shop.stock(mug), shop.variant_stock(red)) == (10, 5)


def test_it_goes_back_once(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    shop.call(RELEASE, order, "x")
    answer = shop.call(RELEASE, order, "x")
    assert (answer["status"], answer["message"], answer["lines_released"]) == ("SUCCESS", "Nothing to release", 0)
    assert shop.stock(mug) == 10


def test_nothing_to_release_says_so(shop: Shop) -> None:
    order = shop.order([(shop.product(), None, 1)])
    for which in (None, order):
        answer = shop.call(RELEASE, which, "Manual cleanup")
        assert (answer["status"], answer["message"]) == ("SUCCESS", "Nothing to release")


def test_an_order_that_does_not_exist_is_refused(shop: Shop) -> None:
    with refused(30001, "QS_ORDER_NOT_FOUND: No order 2147483647"):
        shop.call(RELEASE, 2147483647, "x")


def test_no_reason_is_fine(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    shop.call(RELEASE, order, None)
    assert shop.stock(mug) == 10


def test_a_reason_that_is_too_long_changes_nothing(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    with refused(1406, "Data too long"):
        shop.call(RELEASE, order, "x" * 256)
    assert (shop.stock(mug), shop.reservations(order)) == (7, [(3, "reserved")])


@pytest.mark.parametrize("status", ["shipped", "delivered", "returned"])
def test_an_order_that_has_left_the_shop_is_refused(shop: Shop, status: str) -> None:
    mug = shop.product(10)
    order = shop.committed([(mug, None, 3)])
    shop.move(order, status)
    with refused(30005, f"QS_ALREADY_FULFILLED: Order {order} is {status}"):
        shop.call(RELEASE, order, "x")
    assert (shop.stock(mug), shop.reservations(order)) == (7, [(3, "committed")])


@pytest.mark.parametrize("status", ["pending", "confirmed", "processing", "cancelled"])
def test_an_order_that_is_still_here_may_be_released(shop: Shop, status: str) -> None:
    mug = shop.product(10)
    order = shop.committed([(mug, None, 3)])
    shop.move(order, status)
    shop.call(RELEASE, order, "x")
    assert shop.stock(mug) == 10


def test_an_expiry_takes_what_is_past_its_time_alone(shop: Shop) -> None:
    mug, cup = shop.product(10), shop.product(10)
    order = shop.reserved([(mug, None, 3), (cup, None, 4)])
    assert shop.call(RELEASE, order, "Reservation expired")["message"] == "Nothing to release"
    shop.run(
        "UPDATE inventory_reservations SET expires_at = NOW() - INTERVAL 1 MINUTE WHERE order_id = %s"
        " AND product_id = %s",
        order,
        mug,
    )
    assert shop.call(RELEASE, order, "Reservation expired")["lines_released"] == 1
    assert (shop.stock(mug), shop.stock(cup)) == (10, 6)
    assert shop.reservations(order) == [(3, "expired"), (4, "reserved")]


def test_an_expiry_never_takes_what_is_committed(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.committed([(mug, None, 3)])
    shop.overdue(order)
    assert shop.call(RELEASE, order, "Reservation expired")["message"] == "Nothing to release"
    assert (shop.stock(mug), shop.reservations(order)) == (7, [(3, "committed")])


@pytest.mark.parametrize("restock", [True, False])
def test_a_return_is_no_longer_sold_and_restocked_or_not(shop: Shop, restock: bool) -> None:
    mug = shop.product(10)
    red = shop.variant(mug, 5)
    order = shop.committed([(mug, None, 3), (mug, red, 2)])
    shop.move(order, "processing", "shipped", "delivered", "returned")
    logged = shop.number("SELECT MAX(id) FROM inventory_logs")
    assert shop.call(RETURN, order, restock)["lines_returned"] == 2
    assert (shop.stock(mug), shop.variant_stock(red)) == ((10, 5) if restock else (7, 3))
    assert shop.number("SELECT sales_count FROM products WHERE id = %s", mug) == 0
    logs = shop.rows("SELECT * FROM inventory_logs WHERE id > %s ORDER BY id", logged)
    assert [
        (log["transaction_type"], log["reference_type"], log["reference_id"], log["quantity_change"]) for log in logs
    ] == ([("return", "return", order, 3), ("return", "return", order, 2)] if restock else [])
    assert shop.call(RETURN, order, restock)["message"] == "Nothing to return"
    assert shop.stock(mug) == (10 if restock else 7)


def test_a_return_refuses_what_is_not_one(shop: Shop) -> None:
    order = shop.committed([(shop.product(), None, 1)])
    with refused(30002, f"QS_BAD_ORDER_STATE: Order {order} is confirmed"):
        shop.call(RETURN, order, True)
    with refused(30001, "QS_ORDER_NOT_FOUND: No order NULL"):
        shop.call(RETURN, None, True)
    shop.move(order, "returned")
    with refused(30006, "QS_BAD_ARGUMENT: Restock must be true or false"):
        shop.call(RETURN, order, None)

"""sp_reserve_order_inventory, clause by clause."""

from datetime import datetime, timedelta

import pytest

from tests.sql.prompt import refused
from tests.sql.shop import Shop

RESERVE = "sp_reserve_order_inventory"


def test_stock_goes_down_by_exactly_what_is_reserved(either_shop: Shop) -> None:
    shop = either_shop
    mug, cup = shop.product(10), shop.product(7)
    order = shop.order([(mug, None, 3), (cup, None, 7)])
    answer = shop.call(RESERVE, order, 30)
    assert (answer["status"], answer["message"], answer["lines_reserved"]) == ("SUCCESS", "Reserved 2 of 2 lines", 2)
    assert (shop.stock(mug), shop.stock(cup)) == (7, 0)
    assert shop.reservations(order) == [(3, "reserved"), (7, "reserved")]


def test_each_line_says_that_it_is_reserved(shop: Shop) -> None:
    order = shop.reserved([(shop.product(), None, 1)])
    line = shop.row("SELECT * FROM order_items WHERE order_id = %s", order)
    assert line["inventory_reserved"] == 1
    assert isinstance(line["inventory_reserved_at"], datetime)
    assert line["inventory_released_at"] is None


def test_it_expires_after_the_minutes(shop: Shop) -> None:
    order = shop.order([(shop.product(), None, 1)])
    before = shop.value("SELECT NOW()")
    answer = shop.call(RESERVE, order, 45)
    after = shop.value("SELECT NOW()")
    row = shop.row("SELECT reserved_at, expires_at FROM inventory_reservations WHERE order_id = %s", order)
    assert isinstance(before, datetime)
    assert isinstance(after, datetime)
    assert isinstance(row["expires_at"], datetime)
    assert before <= row["expires_at"] - timedelta(minutes=45) <= after
    assert answer["expires_at"] == row["expires_at"]


def test_two_lines_of_one_product_are_counted_together(shop: Shop) -> None:
    mug = shop.product(5)
    order = shop.order([(mug, None, 3), (mug, None, 3)])
    with refused(30004, f"QS_INSUFFICIENT_STOCK: Insufficient stock for product {mug}"):
        shop.call(RESERVE, order, 30)
    assert (shop.stock(mug), shop.reservations(order)) == (5, [])
    shop.run("UPDATE products SET stock_quantity = 6 WHERE id = %s", mug)
    shop.call(RESERVE, order, 30)
    assert (shop.stock(mug), shop.reservations(order)) == (0, [(3, "reserved"), (3, "reserved")])


def test_a_line_with_a_variant_takes_from_the_variant_alone(either_shop: Shop) -> None:
    shop = either_shop
    mug = shop.product(10)
    red, blue = shop.variant(mug, 4), shop.variant(mug, 4)
    order = shop.order([(mug, blue, 1), (mug, red, 2), (mug, None, 3), (mug, red, 2)])
    shop.call(RESERVE, order, 30)
    assert (shop.stock(mug), shop.variant_stock(red), shop.variant_stock(blue)) == (7, 0, 3)


def test_all_lines_or_none(shop: Shop) -> None:
    first, second, third = (shop.product(stock) for stock in (5, 1, 5))
    red = shop.variant(first, 5)
    order = shop.order([(first, None, 1), (first, red, 1), (second, None, 2), (third, None, 1)])
    logs = shop.number("SELECT COUNT(*) FROM inventory_logs")
    with refused(30004, f"QS_INSUFFICIENT_STOCK: Insufficient stock for product {second}"):
        shop.call(RESERVE, order, 30)
    assert [shop.stock(product) for product in (first, second, third)] == [5, 1, 5]
    assert shop.variant_stock(red) == 5
    assert shop.reservations(order) == []
    assert shop.number("SELECT COUNT(*) FROM inventory_logs") == logs
    assert shop.number("SELECT SUM(inventory_reserved) FROM order_items WHERE order_id = %s", order) == 0


def test_too_little_of_a_variant_names_it(shop: Shop) -> None:
    mug = shop.product(10)
    red = shop.variant(mug, 1)
    order = shop.order([(mug, red, 2)])
    with refused(30004, f"QS_INSUFFICIENT_STOCK: Insufficient stock for product {mug} variant {red}"):
        shop.call(RESERVE, order, 30)
    assert (shop.stock(mug), shop.variant_stock(red)) == (10, 1)


def test_again_reserves_nothing_twice_and_extends_what_is_there(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3)], 30)
    answer = shop.call(RESERVE, order, 90)
    assert (answer["message"], answer["lines_reserved"]) == ("All 1 lines were held already", 0)
    assert (shop.stock(mug), shop.reservations(order)) == (7, [(3, "reserved")])
    left = "SELECT TIMESTAMPDIFF(MINUTE, NOW(), expires_at) FROM inventory_reservations WHERE order_id = %s"
    assert shop.number(left, order) >= 89
    shop.call(RESERVE, order, 5)
    assert shop.number(left, order) >= 89


def test_again_takes_a_line_that_was_added_meanwhile(shop: Shop) -> None:
    mug, cup = shop.product(10), shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    shop.line(order, (cup, None, 2))
    answer = shop.call(RESERVE, order, 60)
    assert (answer["message"], shop.stock(mug), shop.stock(cup)) == ("Reserved 1 of 2 lines", 7, 8)
    expiries = shop.rows("SELECT DISTINCT expires_at FROM inventory_reservations WHERE order_id = %s", order)
    assert len(expiries) == 1


def test_again_after_a_release_and_after_an_expiry(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    shop.call("sp_release_order_inventory", order, "changed my mind")
    shop.call(RESERVE, order, 30)
    shop.overdue(order)
    shop.call("sp_release_order_inventory", order, "Reservation expired")
    shop.call(RESERVE, order, 30)
    assert shop.stock(mug) == 7
    assert shop.reservations(order) == [(3, "released"), (3, "expired"), (3, "reserved")]


def test_again_when_all_is_committed(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.committed([(mug, None, 3)])
    assert shop.call(RESERVE, order, 30)["lines_reserved"] == 0
    assert (shop.stock(mug), shop.reservations(order)) == (7, [(3, "committed")])


@pytest.mark.parametrize("order", [None, 0, -1, 2147483647])
def test_an_unknown_order_is_refused(shop: Shop, order: int | None) -> None:
    with refused(30001, f"QS_ORDER_NOT_FOUND: No order {'NULL' if order is None else order}"):
        shop.call(RESERVE, order, 30)


def test_an_empty_order_is_refused(shop: Shop) -> None:
    order = shop.order()
    with refused(30003, f"QS_ORDER_EMPTY: Order {order} has no items"):
        shop.call(RESERVE, order, 30)


@pytest.mark.parametrize("status", ["processing", "shipped", "delivered", "cancelled", "returned"])
def test_an_order_in_another_state_is_refused(shop: Shop, status: str) -> None:
    mug = shop.product(10)
    order = shop.order([(mug, None, 1)], order_status=status)
    with refused(30002, f"QS_BAD_ORDER_STATE: Order {order} is {status}"):
        shop.call(RESERVE, order, 30)
    assert shop.stock(mug) == 10


def test_a_confirmed_order_may_reserve(shop: Shop) -> None:
    order = shop.order([(shop.product(10), None, 1)], order_status="confirmed")
    assert shop.call(RESERVE, order, 30)["status"] == "SUCCESS"


@pytest.mark.parametrize("status", ["inactive", "discontinued", "coming_soon"])
@pytest.mark.parametrize("by_variant", [False, True])
def test_a_product_that_is_not_active_is_refused(shop: Shop, status: str, by_variant: bool) -> None:
    mug = shop.product(10, status=status)
    red = shop.variant(mug, 10)
    order = shop.order([(mug, red if by_variant else None, 1)])
    with refused(30008, f"QS_NOT_SELLABLE: Product {mug} is {status}"):
        shop.call(RESERVE, order, 30)
    assert (shop.stock(mug), shop.variant_stock(red)) == (10, 10)


def test_what_an_order_holds_outlives_the_product_on_sale(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 1)])
    shop.run("UPDATE products SET status = 'discontinued' WHERE id = %s", mug)
    assert shop.call(RESERVE, order, 30)["lines_reserved"] == 0


def test_an_unavailable_variant_is_refused(shop: Shop) -> None:
    mug = shop.product(10)
    red = shop.variant(mug, 10, is_available=False)
    order = shop.order([(mug, red, 1)])
    with refused(30008, f"QS_NOT_SELLABLE: Variant {red} of product {mug} is not available"):
        shop.call(RESERVE, order, 30)


def test_a_variant_of_another_product_is_refused(shop: Shop) -> None:
    mug, cup = shop.product(10), shop.product(10)
    foreign = shop.variant(cup, 10)
    order = shop.order([(mug, foreign, 1)])
    with refused(30008, f"QS_NOT_SELLABLE: Variant {foreign} of product {mug} is not available"):
        shop.call(RESERVE, order, 30)
    assert shop.variant_stock(foreign) == 10


@pytest.mark.parametrize("minutes", [None, 0, -5, 10081, 2147483647])
def test_minutes_out_of_range_are_refused(shop: Shop, minutes: int | None) -> None:
    mug = shop.product(10)
    order = shop.order([(mug, None, 1)])
    with refused(30006, "QS_BAD_ARGUMENT: Minutes must be 1 to 10080"):
        shop.call(RESERVE, order, minutes)
    assert (shop.stock(mug), shop.reservations(order)) == (10, [])


@pytest.mark.parametrize("minutes", [1, 10080])
def test_minutes_at_the_edges_are_taken(shop: Shop, minutes: int) -> None:
    order = shop.order([(shop.product(10), None, 1)])
    assert shop.call(RESERVE, order, minutes)["status"] == "SUCCESS"


@pytest.mark.parametrize("quantity", [0, -3])
def test_a_quantity_below_one_is_refused_even_where_checks_are_off(shop: Shop, quantity: int) -> None:
    mug = shop.product(10)
    order = shop.order()
    switch = "ALTER TABLE order_items ALTER CHECK ck_order_items_quantity" if shop.is_mysql else ""
    shop.run(f"{switch} NOT ENFORCED" if switch else "SET check_constraint_checks = 0")
    line = shop.line(order, (mug, None, quantity), total_price=0)
    with refused(30006, f"QS_BAD_ARGUMENT: Item {line} has quantity {quantity}"):
        shop.call(RESERVE, order, 30)
    assert shop.stock(mug) == 10
    shop.run("DELETE FROM order_items WHERE id = %s", line)
    shop.run(f"{switch} ENFORCED" if switch else "SET check_constraint_checks = 1")


def test_a_line_that_changed_while_it_was_held_is_refused(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 2)])
    shop.run("UPDATE order_items SET quantity = 5 WHERE order_id = %s", order)
    with refused(30002, "QS_BAD_ORDER_STATE: Item "):
        shop.call(RESERVE, order, 30)
    shop.call("sp_release_order_inventory", order, "changed")
    shop.call(RESERVE, order, 30)
    assert shop.stock(mug) == 5


@pytest.mark.parametrize("flag", [0, 1])
def test_a_flag_that_somebody_wrote_does_not_mislead(shop: Shop, flag: int) -> None:
    mug = shop.product(10)
    order = shop.order([(mug, None, 2)]) if flag else shop.reserved([(mug, None, 2)])
    shop.run("UPDATE order_items SET inventory_reserved = %s WHERE order_id = %s", flag, order)
    shop.call(RESERVE, order, 30)
    assert (shop.stock(mug), shop.reservations(order)) == (8, [(2, "reserved")])
    assert shop.value("SELECT inventory_reserved FROM order_items WHERE order_id = %s", order) == 1


def test_a_huge_quantity_is_refused(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.order()
    shop.line(order, (mug, None, 2147483647), total_price=0)
    with refused(30004, f"QS_INSUFFICIENT_STOCK: Insufficient stock for product {mug}"):
        shop.call(RESERVE, order, 30)

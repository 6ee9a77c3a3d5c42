"""sp_commit_order_inventory and sp_get_order_details, clause by clause."""

from datetime import datetime

import pytest

from tests.sql.prompt import refused
from tests.sql.shop import Shop

COMMIT = "sp_commit_order_inventory"
DETAILS = "sp_get_order_details"


def sold(shop: Shop, product: int) -> int:
    return shop.number("SELECT sales_count FROM products WHERE id = %s", product)


def test_a_reservation_becomes_a_sale_counted_once(either_shop: Shop) -> None:
    shop = either_shop
    mug, cup = shop.product(10), shop.product(10)
    red = shop.variant(mug, 5)
    order = shop.reserved([(mug, None, 3), (mug, red, 2), (cup, None, 1)])
    answer = shop.call(COMMIT, order)
    assert (answer["status"], answer["message"], answer["lines_committed"]) == ("SUCCESS", "Committed 3 lines", 3)
    assert shop.reservations(order) == [(3, "committed"), (2, "committed"), (1, "committed")]
    assert (sold(shop, mug), sold(shop, cup)) == (5, 1)
    assert (shop.stock(mug), shop.variant_stock(red)) == (7, 3)
    assert shop.value("SELECT MIN(committed_at) FROM inventory_reservations WHERE order_id = %s", order) is not None
    again = shop.call(COMMIT, order)
    assert (again["message"], again["lines_committed"]) == ("All lines were committed already", 0)
    assert (sold(shop, mug), shop.stock(mug)) == (5, 7)


def test_a_late_reservation_that_nobody_swept_is_honoured(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    shop.overdue(order)
    assert shop.call(COMMIT, order)["lines_committed"] == 1
    assert shop.stock(mug) == 7


@pytest.mark.parametrize("reason", ["Customer request", "Reservation expired"])
def test_what_was_given_back_cannot_be_committed(shop: Shop, reason: str) -> None:
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    shop.overdue(order)
    shop.call("sp_release_order_inventory", order, reason)
    with refused(30007, "QS_NO_ACTIVE_RESERVATION: Item "):
        shop.call(COMMIT, order)
    assert (shop.stock(mug), sold(shop, mug)) == (10, 0)


def test_what_was_never_reserved_cannot_be_committed(shop: Shop) -> None:
    mug, cup = shop.product(10), shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    line = shop.line(order, (cup, None, 1))
    with refused(30007, f"QS_NO_ACTIVE_RESERVATION: Item {line} of order {order} holds 0 of 1 pieces"):
        shop.call(COMMIT, order)
    assert shop.reservations(order) == [(3, "reserved")]
    assert sold(shop, mug) == 0


def test_a_line_that_grew_cannot_be_committed(shop: Shop) -> None:
    order = shop.reserved([(shop.product(10), None, 3)])
    shop.run("UPDATE order_items SET quantity = 4 WHERE order_id = %s", order)
    with refused(30007, "QS_NO_ACTIVE_RESERVATION: Item "):
        shop.call(COMMIT, order)


@pytest.mark.parametrize("column", ["product_id", "variant_id"])
def test_a_line_that_became_about_something_else_cannot_be_committed(shop: Shop, column: str) -> None:
    mug, cup = shop.product(10), shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    other = cup if column == "product_id" else shop.variant(mug, 10)
    shop.run(f"UPDATE order_items SET {column} = %s WHERE order_id = %s", other, order)
    with refused(30007, "QS_NO_ACTIVE_RESERVATION: Item "):
        shop.call(COMMIT, order)
    with refused(30002, "QS_BAD_ORDER_STATE: Item "):
        shop.call("sp_reserve_order_inventory", order, 30)
    assert (shop.stock(mug), shop.stock(cup), sold(shop, mug), sold(shop, cup)) == (7, 10, 0, 0)


@pytest.mark.parametrize("status", ["cancelled", "returned"])
def test_a_cancelled_order_is_refused(shop: Shop, status: str) -> None:
    order = shop.reserved([(shop.product(10), None, 3)])
    shop.move(order, status)
    with refused(30002, f"QS_BAD_ORDER_STATE: Order {order} is {status}"):
        shop.call(COMMIT, order)
    assert shop.reservations(order) == [(3, "reserved")]


@pytest.mark.parametrize("order", [None, 0, -1, 2147483647])
def test_an_unknown_order_is_refused(shop: Shop, order: int | None) -> None:
    with refused(30001, f"QS_ORDER_NOT_FOUND: No order {'NULL' if order is None else order}"):
        shop.call(COMMIT, order)


def test_an_empty_order_is_refused(shop: Shop) -> None:
    order = shop.order()
    with refused(30003, f"QS_ORDER_EMPTY: Order {order} has no items"):
        shop.call(COMMIT, order)


def test_a_sale_that_was_cancelled_and_made_again_counts_once(shop: Shop) -> None:
    mug = shop.product(10)
    order = shop.committed([(mug, None, 3)])
    shop.call("sp_release_order_inventory", order, "x")
    shop.call("sp_reserve_order_inventory", order, 30)
    shop.call(COMMIT, order)
    assert (sold(shop, mug), shop.stock(mug)) == (3, 7)


def test_details_are_four_sets(either_shop: Shop) -> None:
    shop = either_shop
    ana = shop.shopper(facebook_name="Ana Cruz", email=None, phone="+639170000001", total_orders=4, total_spent="99.50")
    mug = shop.product(10)
    order = shop.order([(mug, None, 3), (mug, None, 1)], user_id=ana)
    check = shop.insert("order_verifications", order_id=order, user_id=ana, verification_type="id_verification")
    shop.move(order, "confirmed", "processing")
    head, items, verifications, history = shop.sets(DETAILS, order)
    (row,) = head
    assert (row["id"], row["facebook_name"], row["phone"], row["customer_tier"]) == (
        order,
        "Ana Cruz",
        "+639170000001",
        "regular",
    )
    assert str(row["messenger_id"]).startswith("psid-")
    assert (row["user_total_orders"], str(row["user_total_spent"]), row["email"]) == (4, "99.50", None)
    assert [item["quantity"] for item in items] == [3, 1]
    assert [found["id"] for found in verifications] == [check]
    assert [change["to_status"] for change in history[:2]] == ["processing", "confirmed"]


def test_details_show_the_last_ten_changes_newest_first(shop: Shop) -> None:
    order = shop.order()
    for turn in range(12):
        shop.move(order, "confirmed" if turn % 2 == 0 else "pending")
    history = shop.sets(DETAILS, order)[3]
    times = [change["created_at"] for change in history]
    numbers = [int(str(change["id"])) for change in history]
    assert len(history) == 10
    assert numbers == sorted(numbers, reverse=True)
    assert all(isinstance(time, datetime) for time in times)
    assert history[0]["to_status"] == "pending"


@pytest.mark.parametrize("order", [None, 0, -1, 2147483647])
def test_details_of_an_unknown_order_are_four_empty_sets(shop: Shop, order: int | None) -> None:
    assert shop.sets(DETAILS, order) == [[], [], [], []]

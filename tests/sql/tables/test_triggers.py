"""The triggers: history, a shopper's sums, the stock's log."""

from decimal import Decimal

import pymysql
import pytest

from tests.sql.prompt import Row
from tests.sql.shop import Shop


def history(shop: Shop, order: int) -> list[tuple[object, object]]:
    rows = shop.rows("SELECT * FROM order_state_history WHERE order_id = %s ORDER BY id", order)
    return [(row["from_status"], row["to_status"]) for row in rows]


def last_change(shop: Shop, order: int) -> Row:
    return shop.row("SELECT * FROM order_state_history WHERE order_id = %s ORDER BY id DESC LIMIT 1", order)


def sums(shop: Shop, shopper: int) -> tuple[object, object, object, object]:
    row = shop.row("SELECT * FROM users WHERE id = %s", shopper)
    return row["total_orders"], row["total_spent"], row["customer_tier"], row["loyalty_points"]


def logs(shop: Shop, product: int, variant: int | None = None) -> list[tuple[object, ...]]:
    rows = shop.rows(
        "SELECT * FROM inventory_logs WHERE product_id = %s AND variant_id <=> %s ORDER BY id", product, variant
    )
    columns = ("transaction_type", "quantity_change", "previous_stock", "new_stock", "reference_type", "reference_id")
    return [tuple(row[column] for column in columns) for row in rows]


def test_every_change_of_status_is_in_the_history_once(shop: Shop) -> None:
    order = shop.order()
    shop.move(order, "confirmed", "confirmed", "processing", "shipped", "delivered", "returned")
    shop.run("UPDATE orders SET notes = 'no change of status' WHERE id = %s", order)
    assert history(shop, order) == [
        (None, "pending"),
        ("pending", "confirmed"),
        ("confirmed", "processing"),
        ("processing", "shipped"),
        ("shipped", "delivered"),
        ("delivered", "returned"),
    ]


def test_the_contract_alone_records_changes_but_no_creation(bare_shop: Shop) -> None:
    order = bare_shop.order()
    bare_shop.move(order, "confirmed")
    assert history(bare_shop, order) == [("pending", "confirmed")]


def test_one_statement_over_many_orders_records_each(shop: Shop) -> None:
    ana = shop.shopper()
    orders = [shop.order(user_id=ana) for _ in range(3)]
    shop.run("UPDATE orders SET order_status = 'confirmed' WHERE user_id = %s", ana)
    assert [history(shop, order)[1:] for order in orders] == [[("pending", "confirmed")]] * 3


def test_who_and_why_come_from_the_session(shop: Shop) -> None:
    order = shop.order()
    shop.run("SET @qs_actor = 'maria', @qs_actor_type = 'admin', @qs_reason = 'phoned the shopper'")
    shop.move(order, "confirmed")
    change = last_change(shop, order)
    assert (change["changed_by"], change["changed_by_type"], change["reason"]) == (
        "maria",
        "admin",
        "phoned the shopper",
    )
    shop.run("SET @qs_actor = NULL, @qs_actor_type = NULL, @qs_reason = NULL")
    shop.move(order, "processing")
    change = last_change(shop, order)
    assert (change["changed_by"], change["changed_by_type"], change["reason"]) == ("system", "system", None)


def test_a_cancellation_carries_its_own_reason(shop: Shop) -> None:
    order = shop.order()
    shop.run(
        "UPDATE orders SET order_status = 'cancelled', cancellation_reason = 'Customer request' WHERE id = %s", order
    )
    assert last_change(shop, order)["reason"] == "Customer request"


@pytest.mark.parametrize("names", ["utf8mb4", "latin1", "utf8mb4 COLLATE utf8mb4_general_ci"])
def test_any_character_set_of_the_session_will_do(shop: Shop, names: str) -> None:
    order = shop.order()
    shop.run(f"SET NAMES {names}")
    shop.run("SET @qs_actor = REPEAT('x', 500), @qs_actor_type = 'nobody', @qs_reason = 'why not'")
    shop.move(order, "confirmed")
    shop.run("SET @qs_actor = NULL, @qs_actor_type = NULL, @qs_reason = NULL")
    change = last_change(shop, order)
    assert (change["changed_by"], change["changed_by_type"], change["reason"]) == ("x" * 100, "system", "why not")


def test_a_delivery_counts_for_the_shopper_once(either_shop: Shop) -> None:
    shop = either_shop
    ana = shop.shopper()
    order = shop.order(user_id=ana, total_amount="1550.75")
    shop.move(order, "confirmed", "processing", "shipped")
    assert sums(shop, ana) == (0, Decimal("0.00"), "regular", 0)
    shop.move(order, "delivered")
    assert sums(shop, ana) == (1, Decimal("1550.75"), "regular", 15)
    shop.move(order, "shipped", "delivered", "processing", "delivered", "delivered")
    assert sums(shop, ana) == (1, Decimal("1550.75"), "regular", 15)


@pytest.mark.parametrize("undo", ["cancelled", "returned"])
def test_it_is_undone_when_it_is_cancelled_or_returned_and_may_count_again(either_shop: Shop, undo: str) -> None:
    shop = either_shop
    ana = shop.shopper()
    other = shop.order(user_id=ana, total_amount="10.00")
    order = shop.order(user_id=ana, total_amount="20000.00")
    shop.move(other, "delivered")
    shop.move(order, "delivered")
    assert sums(shop, ana) == (2, Decimal("20010.00"), "silver", 200)
    shop.move(order, "shipped", undo)
    assert sums(shop, ana) == (1, Decimal("10.00"), "regular", 0)
    shop.move(order, "returned", "cancelled", undo)
    assert sums(shop, ana) == (1, Decimal("10.00"), "regular", 0)
    shop.move(order, "delivered")
    assert sums(shop, ana) == (2, Decimal("20010.00"), "silver", 200)


def test_a_cancelled_order_that_was_never_delivered_undoes_nothing(shop: Shop) -> None:
    ana = shop.shopper(total_orders=3, total_spent="300.00")
    order = shop.order(user_id=ana)
    shop.move(order, "confirmed", "cancelled")
    assert sums(shop, ana)[:2] == (3, Decimal("300.00"))


def test_an_imported_delivered_order_is_left_to_whoever_imports(shop: Shop) -> None:
    ana = shop.shopper(total_orders=1, total_spent="100.00")
    order = shop.order(user_id=ana, order_status="delivered")
    shop.move(order, "cancelled")
    assert sums(shop, ana)[:2] == (1, Decimal("100.00"))


@pytest.mark.parametrize(
    ("spent", "total", "tier"),
    [
        ("0.00", "19999.99", "regular"),
        ("0.00", "20000.00", "silver"),
        ("19999.99", "0.01", "silver"),
        ("20000.00", "29999.99", "silver"),
        ("20000.00", "30000.00", "gold"),
        ("50000.00", "49999.99", "gold"),
        ("99999.99", "0.01", "platinum"),
        ("10000.00", "10000.00", "silver"),
    ],
)
def test_the_tier_is_the_one_for_the_spend_after_this_order(shop: Shop, spent: str, total: str, tier: str) -> None:
    ana = shop.shopper(total_spent=spent)
    order = shop.order(user_id=ana, total_amount=total)
    shop.move(order, "delivered")
    assert sums(shop, ana)[1:3] == (Decimal(spent) + Decimal(total), tier)


@pytest.mark.parametrize(
    ("left", "tier"),
    [
        ("19999.99", "regular"),
        ("20000.00", "silver"),
        ("49999.99", "silver"),
        ("50000.00", "gold"),
        ("99999.99", "gold"),
        ("100000.00", "platinum"),
    ],
)
def test_the_tier_after_an_undo_is_the_one_for_what_is_left(shop: Shop, left: str, tier: str) -> None:
    ana = shop.shopper(total_spent=left)
    order = shop.order(user_id=ana, total_amount="200000.00")
    shop.move(order, "delivered")
    assert sums(shop, ana)[2] == "platinum"
    shop.move(order, "returned")
    assert sums(shop, ana)[1:3] == (Decimal(left), tier)


def test_a_session_may_bring_other_thresholds(shop: Shop) -> None:
    ana = shop.shopper()
    order = shop.order(user_id=ana, total_amount="1000.00")
    shop.run("SET @qs_tier_silver = 500, @qs_tier_gold = 1000, @qs_tier_platinum = 2000, @qs_spend_per_point = 10")
    shop.move(order, "delivered")
    shop.run("SET @qs_tier_silver = NULL, @qs_tier_gold = NULL, @qs_tier_platinum = NULL, @qs_spend_per_point = NULL")
    assert sums(shop, ana) == (1, Decimal("1000.00"), "gold", 100)


def test_points_are_for_every_full_hundred_of_all_orders_together(shop: Shop) -> None:
    ana = shop.shopper()
    for _ in range(3):
        shop.move(shop.order(user_id=ana, total_amount="150.00"), "delivered")
    assert sums(shop, ana)[3] == 4


def test_a_corrected_total_of_a_counted_order_is_corrected_in_the_sums(shop: Shop) -> None:
    ana, ben = shop.shopper(), shop.shopper()
    order = shop.order(user_id=ana, total_amount="500.00")
    shop.run("UPDATE orders SET total_amount = 600 WHERE id = %s", order)
    assert sums(shop, ana)[:2] == (0, Decimal("0.00"))
    shop.move(order, "delivered")
    shop.run("UPDATE orders SET total_amount = 450 WHERE id = %s", order)
    assert sums(shop, ana) == (1, Decimal("450.00"), "regular", 4)
    shop.run("UPDATE orders SET user_id = %s WHERE id = %s", ben, order)
    assert (sums(shop, ana)[:2], sums(shop, ben)[:2]) == ((0, Decimal("0.00")), (1, Decimal("450.00")))
    shop.run("UPDATE orders SET order_status = 'cancelled', total_amount = 9 WHERE id = %s", order)
    assert sums(shop, ben) == (0, Decimal("0.00"), "regular", 0)


def test_an_old_snapshot_counts_no_delivery_twice(old_snapshots: Shop, rival: Shop) -> None:
    shop = old_snapshots
    ana = rival.shopper()
    order = rival.order(user_id=ana)
    shop.raw.begin()
    shop.rows("SELECT * FROM order_state_history LIMIT 1")
    rival.move(order, "delivered", "shipped")
    shop.move(order, "delivered")
    shop.raw.commit()
    assert sums(rival, ana)[:2] == (1, Decimal("100.00"))


def test_stock_edited_by_hand_is_logged_as_an_adjustment(either_shop: Shop) -> None:
    shop = either_shop
    mug = shop.product(0)
    shop.run("UPDATE products SET stock_quantity = 12 WHERE id = %s", mug)
    shop.run("UPDATE products SET stock_quantity = stock_quantity - 2, name = 'Cup' WHERE id = %s", mug)
    shop.run("UPDATE products SET name = 'Bowl' WHERE id = %s", mug)
    assert logs(shop, mug) == [
        ("adjustment", 12, 0, 12, "adjustment", None),
        ("adjustment", -2, 12, 10, "adjustment", None),
    ]


def test_what_stands_behind_a_change_comes_from_the_session(shop: Shop) -> None:
    mug = shop.product(0)
    red = shop.variant(mug, 0)
    shop.run("SET @qs_ref_type = 'purchase', @qs_ref_id = 77, @qs_ref_note = 'Delivery note 5', @qs_performed_by = 3")
    shop.run("UPDATE products SET stock_quantity = 5 WHERE id = %s", mug)
    shop.run("UPDATE product_variants SET stock_quantity = 6 WHERE id = %s", red)
    shop.run("SET @qs_ref_type = NULL, @qs_ref_id = NULL, @qs_ref_note = NULL, @qs_performed_by = NULL")
    assert logs(shop, mug) == [("stock_in", 5, 0, 5, "purchase", 77)]
    assert logs(shop, mug, red) == [("stock_in", 6, 0, 6, "purchase", 77)]
    rows = shop.rows("SELECT notes, performed_by FROM inventory_logs WHERE product_id = %s", mug)
    assert [(row["notes"], row["performed_by"]) for row in rows] == [("Delivery note 5", 3)] * 2


def test_opening_stock_is_logged(shop: Shop) -> None:
    mug = shop.product(10)
    red, none = shop.variant(mug, 4), shop.variant(mug, 0)
    assert logs(shop, mug) == [("stock_in", 10, 0, 10, "adjustment", None)]
    assert logs(shop, mug, red) == [("stock_in", 4, 0, 4, "adjustment", None)]
    assert logs(shop, mug, none) == []


def test_a_variant_edited_by_hand_is_logged(shop: Shop) -> None:
    mug = shop.product(0)
    red = shop.variant(mug, 4)
    shop.run("UPDATE product_variants SET stock_quantity = 9 WHERE id = %s", red)
    shop.run("UPDATE product_variants SET is_available = FALSE WHERE id = %s", red)
    assert logs(shop, mug, red)[1:] == [("adjustment", 5, 4, 9, "adjustment", None)]


def test_an_orders_movements_are_logged_once_with_the_order(either_shop: Shop) -> None:
    shop = either_shop
    mug = shop.product(10)
    red = shop.variant(mug, 5)
    shop.run("DELETE FROM inventory_logs WHERE product_id = %s", mug)
    order = shop.committed([(mug, None, 3), (mug, red, 2)])
    shop.call("sp_release_order_inventory", order, "Order cancelled")
    assert logs(shop, mug) == [("stock_out", -3, 10, 7, "order", order), ("stock_in", 3, 7, 10, "order", order)]
    assert logs(shop, mug, red) == [("stock_out", -2, 5, 3, "order", order), ("stock_in", 2, 3, 5, "order", order)]
    notes = shop.rows("SELECT DISTINCT notes FROM inventory_logs WHERE reference_id = %s ORDER BY notes", order)
    assert [row["notes"] for row in notes] == ["Order cancelled", "Reserved"]


def test_a_hand_edit_after_a_procedure_is_logged_in_the_same_session(shop: Shop) -> None:
    mug = shop.product(10)
    red = shop.variant(mug, 5)
    shop.reserved([(mug, red, 2)])
    shop.run("UPDATE product_variants SET stock_quantity = 8 WHERE id = %s", red)
    assert logs(shop, mug, red)[-1] == ("adjustment", 5, 3, 8, "adjustment", None)


def test_the_shopper_alone_moves_last_interaction_at(shop: Shop) -> None:
    ana = shop.shopper(last_interaction_at="2026-01-02 03:04:05")
    shop.move(shop.order(user_id=ana), "delivered")
    shop.run("UPDATE users SET phone = '123' WHERE id = %s", ana)
    assert str(shop.value("SELECT last_interaction_at FROM users WHERE id = %s", ana)) == "2026-01-02 03:04:05"


def test_stock_cannot_go_below_nothing_by_hand(shop: Shop) -> None:
    mug = shop.product(1)
    with pytest.raises(pymysql.err.MySQLError):
        shop.run("UPDATE products SET stock_quantity = stock_quantity - 2 WHERE id = %s", mug)
    assert (shop.stock(mug), len(logs(shop, mug))) == (1, 1)

"""sp_cleanup_expired_reservations: what has run out of time goes back, and its shopper is told."""

import pytest

from tests.sql.prompt import refused
from tests.sql.shop import Shop

SWEEP = "sp_cleanup_expired_reservations"


def test_all_that_is_due_goes_back_and_the_shopper_is_told(empty_shop: Shop) -> None:
    shop = empty_shop
    mug = shop.product(1000)
    red = shop.variant(mug, 100)
    due = [shop.reserved([(mug, None, 3), (mug, red, 1)]) for _ in range(25)]
    live = shop.reserved([(mug, None, 2)])
    for order in due:
        shop.overdue(order)
    answer = shop.call(SWEEP)
    assert answer == {
        "status": "SUCCESS",
        "message": "Cancelled 25 orders, 0 failed",
        "orders_cancelled": 25,
        "orders_failed": 0,
    }
    assert {shop.status(order) for order in due} == {"cancelled"}
    assert (shop.status(live), shop.stock(mug), shop.variant_stock(red)) == ("pending", 998, 100)
    assert shop.reservations(due[0]) == [(3, "expired"), (1, "expired")]
    row = shop.row("SELECT * FROM orders WHERE id = %s", due[0])
    assert (row["cancellation_reason"], row["cancelled_at"] is not None) == ("Reservation expired", True)
    change = shop.row("SELECT * FROM order_state_history WHERE order_id = %s ORDER BY id DESC LIMIT 1", due[0])
    assert (change["from_status"], change["to_status"]) == ("pending", "cancelled")
    assert (change["changed_by"], change["changed_by_type"], change["reason"]) == (
        "reservation sweep",
        "automation",
        "Reservation expired",
    )
    notice = shop.row("SELECT * FROM notification_queue WHERE order_id = %s", due[0])
    shopper = shop.row("SELECT * FROM users WHERE id = %s", row["user_id"])
    assert (notice["notification_type"], notice["channel"], notice["status"]) == (
        "order_cancelled",
        "messenger",
        "pending",
    )
    assert (notice["user_id"], notice["recipient"]) == (shopper["id"], shopper["messenger_id"])
    assert str(row["order_number"]) in str(notice["message"])
    assert shop.call(SWEEP)["orders_cancelled"] == 0
    assert shop.number("SELECT COUNT(*) FROM notification_queue") == 25


def test_the_notice_speaks_the_shoppers_language(empty_shop: Shop) -> None:
    shop = empty_shop
    order = shop.reserved([(shop.product(), None, 1)], user_id=shop.shopper(language="fil"))
    shop.overdue(order)
    shop.call(SWEEP)
    assert str(shop.value("SELECT message FROM notification_queue")).startswith("Na-cancel ang order ")


@pytest.mark.parametrize("status", ["confirmed", "processing"])
def test_confirmation_ends_the_clock(empty_shop: Shop, status: str) -> None:
    shop = empty_shop
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    shop.move(order, status)
    shop.overdue(order)
    assert shop.call(SWEEP)["orders_cancelled"] == 0
    assert (shop.status(order), shop.stock(mug)) == (status, 7)
    shop.call("sp_commit_order_inventory", order)


def test_an_order_cancelled_without_a_release_gives_back_what_it_holds(empty_shop: Shop) -> None:
    shop = empty_shop
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    shop.move(order, "cancelled")
    shop.overdue(order)
    assert shop.call(SWEEP)["orders_cancelled"] == 0
    assert shop.stock(mug) == 10
    assert shop.number("SELECT COUNT(*) FROM notification_queue") == 0


@pytest.mark.parametrize(
    ("status", "minutes", "swept"),
    [
        ("pending", 5, False),
        ("pending", -5, True),
        ("under_review", -5, False),
        ("approved", 5, True),
        ("rejected", 5, True),
    ],
)
def test_it_waits_for_an_open_verification(empty_shop: Shop, status: str, minutes: int, swept: bool) -> None:
    shop = empty_shop
    ana = shop.shopper()
    order = shop.reserved([(shop.product(10), None, 3)], user_id=ana)
    shop.overdue(order)
    shop.insert(
        "order_verifications",
        order_id=order,
        user_id=ana,
        verification_type="id_verification",
        verification_status=status,
        expires_at=shop.value("SELECT NOW() + INTERVAL %s MINUTE", minutes),
    )
    assert shop.call(SWEEP)["orders_cancelled"] == int(swept)
    assert shop.status(order) == ("cancelled" if swept else "pending")


def test_one_order_that_fails_stops_no_other_and_is_written_down(empty_shop: Shop) -> None:
    shop = empty_shop
    bad, mug = shop.product(10), shop.product(10)
    broken = shop.reserved([(bad, None, 3)])
    orders = [shop.reserved([(mug, None, 1)]) for _ in range(3)]
    for order in (broken, *orders):
        shop.overdue(order)
    shop.run("UPDATE products SET stock_quantity = 2147483647 WHERE id = %s", bad)  # nothing fits on top
    for _ in range(2):
        answer = shop.call(SWEEP)
        assert answer["orders_failed"] == 1
    assert {shop.status(order) for order in orders} == {"cancelled"}
    assert (shop.status(broken), shop.reservations(broken)) == ("pending", [(3, "reserved")])
    error = shop.row("SELECT * FROM order_errors")
    assert (error["order_id"], error["error_type"], error["error_code"]) == (broken, "inventory", "QS_SWEEP_FAILED")
    shop.run("UPDATE products SET stock_quantity = 7 WHERE id = %s", bad)
    assert shop.call(SWEEP)["orders_cancelled"] == 1
    assert (shop.status(broken), shop.stock(bad)) == ("cancelled", 10)


def test_a_failure_is_written_down_again_once_it_was_resolved_and_the_session_forgets_it(empty_shop: Shop) -> None:
    shop = empty_shop
    order = shop.reserved([(shop.product(), None, 1)])
    shop.overdue(order)
    open_errors = "SELECT COUNT(*) FROM order_errors WHERE order_id = %s AND NOT is_resolved"
    told = "SELECT @qs_actor AS a, @qs_actor_type AS t, @qs_reason AS r, @qs_quiet AS q"
    shop.run(
        "CREATE TRIGGER nobody_is_told BEFORE INSERT ON notification_queue FOR EACH ROW"
        " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"
    )
    try:
        for _ in range(2):
            assert shop.call(SWEEP)["orders_failed"] == 1
            assert shop.row(told) == dict.fromkeys("atrq")
        assert shop.number(open_errors, order) == 1
        shop.run("UPDATE order_errors SET is_resolved = TRUE WHERE order_id = %s", order)
        shop.call(SWEEP)
        assert shop.number(open_errors, order) == 1
        assert (shop.status(order), shop.reservations(order)) == ("pending", [(1, "reserved")])
    finally:
        shop.run("DROP TRIGGER nobody_is_told")
    assert shop.call(SWEEP)["orders_cancelled"] == 1


def test_an_order_that_somebody_works_on_is_swept_later(empty_shop: Shop, rival: Shop) -> None:
    shop = empty_shop
    order, other = (shop.reserved([(shop.product(10), None, 3)]) for _ in range(2))
    shop.overdue(order)
    shop.overdue(other)
    rival.raw.begin()
    rival.rows("SELECT id FROM orders WHERE id = %s FOR UPDATE", order)
    shop.run("SET innodb_lock_wait_timeout = 1")
    answer = shop.call(SWEEP)
    rival.raw.rollback()
    assert (answer["orders_cancelled"], answer["orders_failed"]) == (1, 1)
    assert shop.number("SELECT COUNT(*) FROM order_errors") == 0
    assert shop.call(SWEEP)["orders_cancelled"] == 1


def test_the_sweep_refuses_to_run_inside_a_transaction(shop: Shop) -> None:
    shop.raw.begin()
    with refused(30006, "QS_BAD_ARGUMENT: The sweep cannot run inside a transaction"):
        shop.call(SWEEP)
    shop.raw.rollback()


def test_a_call_after_the_sweep_answers_again(empty_shop: Shop) -> None:
    shop = empty_shop
    order = shop.reserved([(shop.product(), None, 1)])
    shop.overdue(order)
    shop.call(SWEEP)
    assert shop.call("sp_release_order_inventory", order, "x")["message"] == "Nothing to release"

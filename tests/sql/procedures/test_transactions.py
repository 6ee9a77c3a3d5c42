"""Procedures alone and inside a caller's transaction."""

import threading
from contextlib import suppress

import pymysql
import pytest

from bot.base.settings import DatabaseSettings
from tests.sql.prompt import refused
from tests.sql.shop import Shop

WRITERS = [
    ("sp_reserve_order_inventory", (30,)),
    ("sp_release_order_inventory", ("x",)),
    ("sp_commit_order_inventory", ()),
    ("sp_return_order_inventory", (True,)),
]


def ready(shop: Shop, procedure: str) -> tuple[int, int]:
    """An order on which the procedure succeeds, and its product."""
    mug = shop.product(10)
    lines = [(mug, None, 3)]
    if procedure == "sp_reserve_order_inventory":
        return shop.order(lines), mug
    if procedure == "sp_return_order_inventory":
        order = shop.committed(lines)
        shop.move(order, "returned")
        return order, mug
    return shop.reserved(lines), mug


def seen(shop: Shop, order: int, product: int) -> tuple[object, ...]:
    return (
        shop.stock(product),
        shop.reservations(order),
        shop.number("SELECT sales_count FROM products WHERE id = %s", product),
    )


@pytest.mark.parametrize(("procedure", "rest"), WRITERS)
def test_alone_it_is_committed_when_it_answers(
    shop: Shop, rival: Shop, procedure: str, rest: tuple[object, ...]
) -> None:
    order, mug = ready(shop, procedure)
    before = seen(rival, order, mug)
    shop.call(procedure, order, *rest)
    assert seen(rival, order, mug) == seen(shop, order, mug) != before


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
@pytest.mark.parametrize(("procedure", "rest"), WRITERS)
def test_inside_a_transaction_the_caller_decides(
    guarded: DatabaseSettings, rival: Shop, procedure: str, rest: tuple[object, ...], level: str
) -> None:
    shop = Shop(guarded, level=level)
    order, mug = ready(shop, procedure)
    before = seen(rival, order, mug)
    shop.raw.begin()
    shop.call(procedure, order, *rest)
    after = seen(shop, order, mug)
    assert seen(rival, order, mug) == before != after
    shop.raw.rollback()
    assert seen(rival, order, mug) == before
    shop.raw.begin()
    shop.call(procedure, order, *rest)
    shop.raw.commit()
    assert seen(rival, order, mug) == after
    shop.close()


def test_with_autocommit_off_the_caller_decides_too(shop: Shop, rival: Shop) -> None:
    order, mug = ready(shop, "sp_reserve_order_inventory")
    shop.run("SET autocommit = 0")
    shop.call("sp_reserve_order_inventory", order, 30)
    assert rival.stock(mug) == 10
    shop.raw.rollback()
    assert shop.stock(mug) == 10


@pytest.mark.parametrize(
    ("procedure", "rest"), [*WRITERS, ("sp_reserve_order_inventory", (0,)), ("sp_reserve_order_inventory", (None,))]
)
def test_a_refusal_leaves_the_callers_transaction_as_it_was(
    shop: Shop, rival: Shop, procedure: str, rest: tuple[object, ...]
) -> None:
    ana = shop.shopper()
    shop.raw.begin()
    shop.run("UPDATE users SET facebook_name = 'Before' WHERE id = %s", ana)
    shop.run("SAVEPOINT mine")
    shop.run("UPDATE users SET facebook_name = 'Between' WHERE id = %s", ana)
    with refused(30006 if rest in ((0,), (None,)) else 30001, "QS_"):
        shop.call(procedure, 2147483647, *rest)
    assert shop.value("SELECT facebook_name FROM users WHERE id = %s", ana) == "Between"
    assert rival.value("SELECT facebook_name FROM users WHERE id = %s", ana) == "Ana"
    shop.run("ROLLBACK TO SAVEPOINT mine")
    shop.raw.commit()
    assert rival.value("SELECT facebook_name FROM users WHERE id = %s", ana) == "Before"


def test_a_refusal_half_way_gives_back_what_it_took_and_no_more(shop: Shop, rival: Shop) -> None:
    mug, cup = shop.product(10), shop.product(0)
    order = shop.order()
    shop.raw.begin()
    shop.rows("SELECT id FROM products WHERE id IN (%s, %s) ORDER BY id FOR UPDATE", mug, cup)
    shop.line(order, (mug, None, 1))
    shop.line(order, (cup, None, 1))
    with refused(30004, f"QS_INSUFFICIENT_STOCK: Insufficient stock for product {cup}"):
        shop.call("sp_reserve_order_inventory", order, 30)
    shop.raw.commit()
    assert (rival.stock(mug), rival.reservations(order)) == (10, [])
    assert rival.number("SELECT COUNT(*) FROM order_items WHERE order_id = %s", order) == 2


def test_a_refusal_outside_leaves_no_transaction_open(shop: Shop, rival: Shop) -> None:
    order = shop.order([(shop.product(0), None, 1)])
    with refused(30004, "QS_INSUFFICIENT_STOCK"):
        shop.call("sp_reserve_order_inventory", order, 30)
    ana = shop.shopper()
    assert rival.number("SELECT COUNT(*) FROM users WHERE id = %s", ana) == 1


def test_what_a_refused_call_told_the_triggers_is_forgotten(shop: Shop) -> None:
    mug = shop.product(10)
    red = shop.variant(mug, 1)
    order = shop.order([(mug, None, 1), (mug, red, 2)])
    with refused(30004, "QS_INSUFFICIENT_STOCK"):
        shop.call("sp_reserve_order_inventory", order, 30)
    shop.run("UPDATE products SET stock_quantity = 9 WHERE id = %s", mug)
    shop.run("UPDATE product_variants SET stock_quantity = 9 WHERE id = %s", red)
    logs = shop.rows("SELECT * FROM inventory_logs WHERE product_id = %s ORDER BY id DESC LIMIT 2", mug)
    assert [(log["reference_type"], log["reference_id"]) for log in logs] == [("adjustment", None)] * 2


def test_an_old_snapshot_does_not_mislead(old_snapshots: Shop, rival: Shop) -> None:
    shop = old_snapshots
    mug = rival.product(10)
    order = rival.order([(mug, None, 3)])
    shop.raw.begin()
    shop.rows("SELECT * FROM orders LIMIT 1")
    rival.call("sp_reserve_order_inventory", order, 30)
    shop.call("sp_reserve_order_inventory", order, 60)
    shop.raw.commit()
    assert (rival.stock(mug), rival.reservations(order)) == (7, [(3, "reserved")])
    shop.raw.begin()
    shop.rows("SELECT * FROM orders LIMIT 1")
    rival.call("sp_release_order_inventory", order, "x")
    with refused(30007, "QS_NO_ACTIVE_RESERVATION"):
        shop.call("sp_commit_order_inventory", order)
    shop.call("sp_release_order_inventory", order, "x")
    shop.raw.commit()
    assert rival.stock(mug) == 10


def test_a_server_that_refuses_old_snapshots_changes_nothing(old_snapshots: Shop, rival: Shop) -> None:
    """As MariaDB does from 11.6 on; the whole transaction is run again then."""
    shop = old_snapshots
    refuses = shop.rows("SHOW VARIABLES LIKE 'innodb_snapshot_isolation'")
    if refuses:
        shop.run("SET SESSION innodb_snapshot_isolation = ON")
    mug = rival.product(10)
    order = rival.order([(mug, None, 3)])
    shop.raw.begin()
    shop.rows("SELECT * FROM orders LIMIT 1")
    rival.call("sp_reserve_order_inventory", order, 30)
    if refuses:
        with refused(1020, "Record has changed"):
            shop.call("sp_release_order_inventory", order, "x")
        shop.raw.rollback()
        assert (rival.stock(mug), rival.reservations(order)) == (7, [(3, "reserved")])
        shop.raw.begin()
    shop.call("sp_release_order_inventory", order, "x")
    shop.raw.commit()
    assert (rival.stock(mug), rival.reservations(order)) == (10, [(3, "released")])


def test_a_lock_timeout_reaches_the_caller_as_itself(shop: Shop, rival: Shop) -> None:
    order, mug = ready(shop, "sp_reserve_order_inventory")
    rival.raw.begin()
    rival.rows("SELECT id FROM products WHERE id = %s FOR UPDATE", mug)
    shop.run("SET innodb_lock_wait_timeout = 1")
    with refused(1205, "Lock wait timeout"):
        shop.call("sp_reserve_order_inventory", order, 30)
    rival.raw.rollback()
    assert (shop.stock(mug), shop.reservations(order)) == (10, [])
    shop.call("sp_reserve_order_inventory", order, 30)
    assert rival.stock(mug) == 7


def test_every_writer_waits_for_whoever_works_on_the_order(shop: Shop, rival: Shop, guarded: DatabaseSettings) -> None:
    orders = {procedure: ready(shop, procedure) for procedure, _ in WRITERS}
    before = {procedure: seen(shop, *made) for procedure, made in orders.items()}
    rival.raw.begin()
    for order, _ in orders.values():
        rival.rows("SELECT id FROM orders WHERE id = %s FOR UPDATE", order)
    codes: dict[str, object] = {}

    def call(procedure: str, rest: tuple[object, ...]) -> None:
        other = Shop(guarded)
        other.run("SET innodb_lock_wait_timeout = 1")
        try:
            other.call(procedure, orders[procedure][0], *rest)
        except pymysql.err.MySQLError as failure:
            codes[procedure] = failure.args[0]
        other.close()

    threads = [threading.Thread(target=call, args=writer) for writer in WRITERS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rival.raw.rollback()
    assert codes == dict.fromkeys(orders, 1205)
    assert {procedure: seen(shop, *made) for procedure, made in orders.items()} == before


@pytest.mark.parametrize("kill", ["QUERY", "CONNECTION"])
def test_a_kill_half_way_leaves_nothing(shop: Shop, rival: Shop, guarded: DatabaseSettings, kill: str) -> None:
    mug, cup = shop.product(10), shop.product(10)
    order = shop.order([(mug, None, 3), (cup, None, 3)])
    victim = Shop(guarded)
    thread_id = victim.thread
    failures: list[pymysql.err.MySQLError] = []

    def reserve() -> None:
        try:
            victim.call("sp_reserve_order_inventory", order, 30)
        except pymysql.err.MySQLError as failure:
            failures.append(failure)

    rival.raw.begin()
    rival.rows("SELECT id FROM products WHERE id = %s FOR UPDATE", cup)
    thread = threading.Thread(target=reserve)
    thread.start()
    waiting = (
        "SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_mysql_thread_id = %s AND trx_state = 'LOCK WAIT'"
    )
    while not shop.number(waiting, thread_id):
        thread.join(0.15)  # the server shows the same picture to whoever looks more often
    while thread.is_alive():  # a kill that comes just as a wait begins is overlooked
        with suppress(pymysql.err.OperationalError):
            shop.run(f"KILL {kill} {thread_id}")
        thread.join(0.3)
    rival.raw.rollback()
    assert len(failures) == 1
    assert (shop.stock(mug), shop.stock(cup), shop.reservations(order)) == (10, 10, [])
    if kill == "QUERY":
        victim.raw.rollback()  # MySQL runs no handler then, so whoever gets such an error rolls back
        victim.run("UPDATE products SET stock_quantity = 8 WHERE id = %s", mug)
        assert shop.stock(mug) == 8
    victim.drop()

"""The events' work, by the procedures that are their twins, and the events themselves."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.base.settings import DatabaseSettings
from tests.sql.prompt import SQL
from tests.sql.shop import Shop
from tests.support.waiting import until

SWEEP = "sp_cleanup_expired_reservations"
CLEAN = "sp_cleanup_old_queue_items"
ANALYTICS = "sp_update_daily_analytics"
TWINS = {
    "evt_cleanup_expired_reservations": SWEEP,
    "evt_cleanup_old_queue_items": CLEAN,
    "evt_update_daily_analytics": ANALYTICS,
}


@pytest.mark.parametrize(("event", "procedure"), TWINS.items())
def test_an_event_and_its_twin_have_the_same_body(event: str, procedure: str) -> None:
    events = (SQL / "quicksell_automation_v2.sql").read_text(encoding="utf-8")
    procedures = (SQL / "quicksell_guards_v2.sql").read_text(encoding="utf-8")
    body = re.search(rf" EVENT {event}\n.*?\nDO (BEGIN\n.*?\nEND) \$\$", events, re.DOTALL)
    twin = re.search(rf" PROCEDURE {procedure}\(\)\n.*?\n(BEGIN\n.*?\nEND) \$\$", procedures, re.DOTALL)
    assert body
    assert twin
    assert body[1] == twin[1]


def test_the_schedules_are_the_shops(shop: Shop) -> None:
    events = {str(row["Name"]): row for row in shop.rows("SHOW EVENTS WHERE Db = DATABASE()")}
    assert set(events) == set(TWINS)
    assert {(row["Interval value"], row["Interval field"]) for row in events.values()} == {
        ("5", "MINUTE"),
        ("1", "DAY"),
    }
    midnight = events["evt_update_daily_analytics"]
    assert (midnight["Time zone"], str(midnight["Starts"])[11:]) == ("+08:00", "00:00:00")


@pytest.mark.parametrize(
    ("event", "table"),
    [("evt_cleanup_old_queue_items", "chat_logs"), ("evt_update_daily_analytics", "analytics_daily")],
)
def test_an_event_runs_by_itself(bare_shop: Shop, event: str, table: str) -> None:
    shop = bare_shop
    shop.insert("chat_logs", user_id="psid", created_at="2020-01-01")
    shop.run("SET GLOBAL event_scheduler = ON")
    shop.run(f"ALTER EVENT {event} ON SCHEDULE EVERY 1 SECOND ENABLE")
    expected = 0 if table == "chat_logs" else 1
    try:
        until(lambda: shop.number(f"SELECT COUNT(*) FROM {table}") == expected, f"what {event} does")
    finally:
        shop.run(f"ALTER EVENT {event} DISABLE")


def test_the_contracts_event_sweeps_without_the_guards(bare_shop: Shop) -> None:
    shop = bare_shop
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    shop.overdue(order)
    shop.run("SET GLOBAL event_scheduler = ON")
    shop.run("ALTER EVENT evt_cleanup_expired_reservations ON SCHEDULE EVERY 1 SECOND ENABLE")
    try:
        until(lambda: shop.status(order) == "cancelled", "the sweep")
    finally:
        shop.run("ALTER EVENT evt_cleanup_expired_reservations DISABLE")
    assert (shop.status(order), shop.stock(mug)) == ("cancelled", 10)


def test_old_rows_are_deleted_and_younger_ones_kept(empty_shop: Shop) -> None:
    shop = empty_shop
    ana, order = shop.shopper(), shop.order()

    def ago(days: int, minutes: int) -> object:
        return shop.value("SELECT NOW() - INTERVAL %s DAY + INTERVAL %s MINUTE", days, minutes)

    text = {"user_id": ana, "notification_type": "custom", "channel": "sms", "recipient": "1", "message": "Hi"}
    for minutes in (-5, 5):
        for status in ("completed", "failed", "pending"):
            job = {"order_id": order, "queue_type": "payment", "status": status}
            shop.insert("order_processing_queue", **job, completed_at=ago(7, minutes))
        for status in ("sent", "failed", "pending"):
            shop.insert("notification_queue", **text, status=status, sent_at=ago(30, minutes))
        for status in ("done", "buried", "received"):
            shop.insert("chat_logs", user_id="psid", turn_status=status, created_at=ago(90, minutes))
    answer = shop.call(CLEAN)
    assert (answer["queue_items"], answer["notifications"], answer["chat_logs"]) == (1, 1, 2)
    assert shop.number("SELECT COUNT(*) FROM order_processing_queue") == 5
    assert shop.number("SELECT COUNT(*) FROM notification_queue") == 5
    assert shop.number("SELECT COUNT(*) FROM chat_logs") == 4
    assert shop.call(CLEAN)["message"] == "Deleted 0 queue items, 0 notifications, 0 chat logs"


def test_more_than_a_batch_of_old_rows_goes_in_one_call(empty_shop: Shop) -> None:
    shop = empty_shop
    shop.run(
        "INSERT INTO chat_logs (user_id, created_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        " WHERE i < 50) SELECT 'psid', '2020-01-01' FROM n a, n b"
    )
    assert shop.call(CLEAN)["chat_logs"] == 2500


def test_calls_of_several_machines_at_once_take_effect_once(empty_shop: Shop, guarded: DatabaseSettings) -> None:
    shop = empty_shop
    mug = shop.product(1000)
    for _ in range(20):
        shop.overdue(shop.reserved([(mug, None, 3)]))
    shop.run("UPDATE users SET created_at = NOW() - INTERVAL 20 DAY LIMIT 1")

    def run(_number: int) -> int:
        other = Shop(guarded)
        swept = int(str(other.call(SWEEP)["orders_cancelled"]))
        other.call(ANALYTICS)
        other.call(CLEAN)
        other.close()
        return swept

    with ThreadPoolExecutor(4) as pool:
        swept = list(pool.map(run, range(4)))
    assert sum(swept) == 20
    assert shop.stock(mug) == 1000
    assert shop.number("SELECT COUNT(*) FROM notification_queue") == 20
    assert shop.number("SELECT COUNT(*) FROM analytics_daily") == 20

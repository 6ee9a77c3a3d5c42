"""What each block of the guide must have done, by the words of its heading."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from bot.base.settings import DatabaseSettings
from repository.schema.check.contract import EVENTS, PROCEDURES, TABLES, TRIGGERS, VIEWS
from repository.staff.published import PUBLISHED_HASH
from tests.repository.schema.guide import Person, Table

SQL = Path(__file__).resolve().parents[4] / "sql"
FIXTURE = Path(__file__).parents[1] / "guide_fixture.sql"
DATABASE = "quicksell_chatbot"


class Walk(msgspec.Struct):
    """Where a walk through the guide stands: who types, who looks, and what the last statements showed."""

    root: Person
    looker: Person
    shown: list[list[Table]]

    def one(self, query: str) -> str | None:
        """The only value that a query shows to somebody else than the person who types."""
        return next(iter(self.looker.shows(query)[0].values()))

    @property
    def last(self) -> Table:
        """The only table that the block's last statement showed."""
        assert len(self.shown[-1]) == 1
        return self.shown[-1][0]


def _drop(walk: Walk) -> None:
    gone = walk.looker.shows(f"SELECT COUNT(*) AS n FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '{DATABASE}'")
    assert gone == [{"n": "0"}]
    # Steps 2 and 3: mysql -u root -p < quicksell_complete_v2.sql, and the automation. Twice does no harm.
    for _ in range(2):
        for script in ("quicksell_complete_v2.sql", "quicksell_automation_v2.sql"):
            walk.root.loads(SQL / script)
    walk.root.loads(FIXTURE)
    walk.looker.types(f"USE {DATABASE}")


def _verify_installation(walk: Walk) -> None:
    _, tables, triggers, procedures, views, events = (tables[0] if tables else [] for tables in walk.shown)
    # SHOW TABLES lists views too, and the guide's 27 are 29 by name.
    assert {row[f"Tables_in_{DATABASE}"] for row in tables} == {*TABLES, *VIEWS}
    assert {row["Trigger"] for row in triggers} == set(TRIGGERS)
    assert {row["Name"] for row in procedures} == set(PROCEDURES)
    assert {row[f"Tables_in_{DATABASE}"] for row in views} == set(VIEWS)
    assert {row["Name"] for row in events} == set(EVENTS)


def _scheduler_on(walk: Walk) -> None:
    assert walk.one("SELECT @@GLOBAL.event_scheduler AS s") == "ON"


def _scheduler_shown(walk: Walk) -> None:
    assert walk.last == [{"Variable_name": "event_scheduler", "Value": "ON"}]


ORDER = "(SELECT id FROM orders WHERE order_number = 'ORD-20251017-12345')"


def _create_order(walk: Walk) -> None:
    assert walk.last[0]["status"] == "SUCCESS"
    # 20 on the shelf, order 3 holds one, this order one more.
    assert walk.one("SELECT stock_quantity FROM products WHERE id = 1") == "18"
    held = walk.looker.shows(
        "SELECT quantity, status, TIMESTAMPDIFF(MINUTE, NOW(), expires_at + INTERVAL 5 SECOND) AS minutes"
        f" FROM inventory_reservations WHERE order_id = {ORDER}"
    )
    assert held == [{"quantity": "1", "status": "reserved", "minutes": "30"}]


def _pending(walk: Walk) -> None:
    assert [row["order_number"] for row in walk.last] == ["ORD-1", "ORD-3", "ORD-20251017-12345"]
    assert {row["action_required"] for row in walk.last} == {"Awaiting Confirmation"}


def _inventory(walk: Walk) -> None:
    assert {(row["sku"], row["stock_status"]) for row in walk.last} == {
        ("CASE", "LOW_STOCK"),
        ("CABLE", "OUT_OF_STOCK"),
    }


def _confirm(walk: Walk) -> None:
    assert walk.last[0]["status"] == "SUCCESS"
    moves = walk.looker.shows(
        f"SELECT from_status, to_status FROM order_state_history WHERE order_id = {ORDER} ORDER BY id"
    )
    assert moves[-1] == {"from_status": "pending", "to_status": "confirmed"}
    assert walk.one(f"SELECT status FROM inventory_reservations WHERE order_id = {ORDER}") == "committed"
    assert walk.one("SELECT stock_quantity FROM products WHERE id = 1") == "18"


def _cancel(walk: Walk) -> None:
    assert walk.last[0]["status"] == "SUCCESS"
    assert walk.one("SELECT stock_quantity FROM products WHERE id = 1") == "19"
    assert walk.one(f"SELECT status FROM inventory_reservations WHERE order_id = {ORDER}") == "released"
    moves = walk.looker.shows(
        f"SELECT from_status, to_status, reason FROM order_state_history WHERE order_id = {ORDER} ORDER BY id"
    )
    assert moves[-1] == {"from_status": "confirmed", "to_status": "cancelled", "reason": "Customer request"}


def _details(walk: Walk) -> None:
    order, items, verifications, changes = walk.shown[-1]
    assert [(row["order_number"], row["facebook_name"]) for row in order] == [("ORD-20251017-12345", "Ana")]
    assert [(row["sku"], row["quantity"]) for row in items] == [("SAMS24-256", "1")]
    assert verifications == []
    assert [row["to_status"] for row in changes][:2] == ["cancelled", "confirmed"]


def _today(walk: Walk) -> None:
    orders = walk.one("SELECT COUNT(*) FROM orders WHERE created_at >= CURDATE()")
    money = walk.one(
        "SELECT SUM(total_amount) FROM orders WHERE created_at >= CURDATE() AND order_status <> 'cancelled'"
    )
    assert [(row["total_orders"], row["cancelled_orders"], row["total_revenue"]) for row in walk.last] == [
        (orders, "1", money or "0.00")
    ]


def _attention(walk: Walk) -> None:
    assert [(row["order_number"], row["customer"], row["total_amount"]) for row in walk.last] == [
        ("ORD-1", "Ana", "4100.00")
    ]
    assert int(walk.last[0]["minutes_pending"] or 0) in (120, 121)


def _low_stock(walk: Walk) -> None:
    assert walk.last == [
        {
            "name": "A case",
            "current_stock": "3",
            "reserved_quantity": "0",
            "available_stock": "3",
            "low_stock_threshold": "5",
        }
    ]


def _customers(walk: Walk) -> None:
    assert walk.last == [
        {
            "facebook_name": "Ana",
            "customer_tier": "regular",
            "total_orders": "1",
            "total_spent": "250.00",
            "days_since_last_order": "0",
            "customer_status": "ACTIVE",
        }
    ]


def _processing(walk: Walk) -> None:
    assert {column: Decimal(value or 0) for column, value in walk.last[0].items()} == {
        "avg_ms": 1000,
        "max_ms": 1500,
        "min_ms": 500,
        "total_orders": 2,
    }


def _errors(walk: Walk) -> None:
    assert walk.last == [
        {"error_type": "validation", "severity": "medium", "error_count": "2", "unresolved": "1"},
        {"error_type": "payment", "severity": "high", "error_count": "1", "unresolved": "0"},
    ]


def _admin(walk: Walk) -> None:
    assert walk.one("SELECT password_hash FROM admin_users WHERE username = 'admin'") == PUBLISHED_HASH


def _permissions(walk: Walk) -> None:
    with Person(application(walk.root.settings), DATABASE) as app:
        app.types("START TRANSACTION")
        assert app.shows("CALL sp_reserve_order_inventory(1, 30)")[0]["status"] == "SUCCESS"
        app.types("UPDATE brands SET name = 'x'")
        app.types("DELETE FROM wishlists")
        app.types("ROLLBACK")
        assert len(app.shows("SELECT * FROM vw_pending_orders")) == 2
        with pytest.raises(AssertionError, match="ERROR 1142"):
            app.types("CREATE TABLE mine (id INT)")


def _cleanup(walk: Walk) -> None:
    released, deleted, optimized = walk.shown
    assert released[0][0]["status"] == "SUCCESS"
    assert walk.one("SELECT status FROM inventory_reservations WHERE order_id = 3") == "released"
    assert walk.one("SELECT stock_quantity FROM products WHERE id = 1") == "20"
    assert deleted == []
    assert walk.looker.shows("SELECT user_message FROM chat_logs") == [{"user_message": "new"}]
    assert {row["Table"] for row in optimized[0]} == {
        f"{DATABASE}.{table}" for table in ("orders", "order_items", "products")
    }
    assert ("status", "OK") in {(row["Msg_type"], row["Msg_text"]) for row in optimized[0]}


def _triggers_fire(walk: Walk) -> None:
    triggers, history = walk.shown[0][0], walk.shown[1][0]
    assert {row["Trigger"] for row in triggers} == set(TRIGGERS)
    assert {(row["order_id"], row["to_status"]) for row in history} >= {("2", "confirmed"), ("2", "delivered")}


def _procedures_work(walk: Walk) -> None:
    procedures, answer = walk.shown[0][0], walk.shown[1][0]
    assert {row["Name"] for row in procedures} == set(PROCEDURES)
    assert answer[0]["status"] == "SUCCESS"
    assert (
        walk.one("SELECT SUM(quantity) FROM inventory_reservations WHERE order_id = 1 AND status = 'reserved'") == "2"
    )


def _views_show(walk: Walk) -> None:
    assert walk.shown[0][0] == [{"COUNT(*)": "4"}]
    assert len(walk.last) == 4
    assert {row["customer_name"] for row in walk.last} == {"Ana"}


CHECKS: dict[str, Callable[[Walk], None]] = {
    "Step 1: Drop Old Database (if exists)": _drop,
    "Step 4: Verify Installation": _verify_installation,
    "Enable Event Scheduler** (if not already enabled)": _scheduler_on,
    "Create an Order (with automatic inventory reservation)": _create_order,
    "Check Pending Orders": _pending,
    "Check Inventory Status": _inventory,
    "Confirm Order (commits inventory)": _confirm,
    "Cancel Order (releases inventory)": _cancel,
    "Get Complete Order Details": _details,
    "Today's Performance": _today,
    "Orders Requiring Attention": _attention,
    "Low Stock Alerts": _low_stock,
    "Customer Lifetime Value": _customers,
    "Processing Performance": _processing,
    "Error Summary": _errors,
    "Create Admin User": _admin,
    "Grant Permissions (create app user)": _permissions,
    "Manual Cleanup (if needed)": _cleanup,
    "Event Scheduler Not Running": _scheduler_shown,
    "Trigger Not Firing": _triggers_fire,
    "Procedure Error": _procedures_work,
    "View Empty": _views_show,
}


def application(scratch: DatabaseSettings) -> DatabaseSettings:
    """The account that the guide makes for the program."""
    return msgspec.structs.replace(scratch, user="quicksell_app", password="your_secure_password")

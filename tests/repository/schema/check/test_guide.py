"""Every SQL statement of the public guide, typed in order into the plain client, does what its comment says."""

import asyncio
import shutil
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.database.temporary import temporary_server
from repository.database.errors import DatabaseError
from repository.schema.backup.backup import backup
from repository.schema.base.session import opener
from repository.schema.check.contract import EVENTS, PROCEDURES, TABLES, TRIGGERS, VIEWS
from repository.schema.check.verify import verify
from repository.staff.published import PUBLISHED_HASH
from tests.repository.schema.conftest import OFFSET, Server
from tests.repository.schema.equality import objects_of, rows_of
from tests.repository.schema.guide import Person, Table, public_text, read_list, read_text, words

SQL = Path(__file__).resolve().parents[4] / "sql"
FIXTURE = Path(__file__).parents[1] / "guide_fixture.sql"
# The tests of this file follow one another on one server.
pytestmark = pytest.mark.xdist_group("guide")
DATABASE = "quicksell_chatbot"
GRANT_OF_THE_GUIDE = "GRANT EXECUTE ON PROCEDURE quicksell_chatbot.* TO 'quicksell_app'@'localhost'"
GRANT_THAT_WORKS = "GRANT EXECUTE ON quicksell_chatbot.* TO 'quicksell_app'@'localhost'"


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
    with Person(_application(walk.root.settings), DATABASE) as app:
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

BEFORE = {
    # A reservation that got stuck.
    "Manual Cleanup (if needed)": (
        "UPDATE inventory_reservations SET expires_at = NOW() - INTERVAL 1 MINUTE WHERE order_id = 3"
    ),
}


@pytest.fixture(scope="module")
def scratch(server: Server) -> Iterator[DatabaseSettings]:
    """A server that has no database of the guide's name: the given one, or one of our own."""

    async def has_one() -> bool:
        session = await server.admin()
        found = await session.value(
            f"SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '{DATABASE}'"
        )
        await session.close()
        return bool(found)

    if server.is_given and not asyncio.run(has_one()):
        yield server.settings
        with Person(server.settings) as root:
            root.types(f"DROP DATABASE IF EXISTS {DATABASE}")
            root.types("DROP USER IF EXISTS 'quicksell_app'@'localhost'")
        return
    with temporary_server() as private:
        yield DatabaseSettings(socket=str(private.socket), user=private.admin_user, password=private.admin_password)


def test_the_projects_list_holds_the_statements_of_the_public_text() -> None:
    text = public_text()
    blocks = read_list() if text is None else read_text(text)
    assert [(block.heading, [words(statement) for statement in block.statements]) for block in blocks] == [
        (block.heading, [words(statement) for statement in block.statements]) for block in read_list()
    ]
    assert [block.heading for block in blocks] == list(CHECKS)


def test_the_guide_is_walked_from_its_first_statement_to_its_last(scratch: DatabaseSettings, tmp_path: Path) -> None:
    assert _walk(scratch, tmp_path) == sum(len(block.statements) for block in read_list())


def test_afterwards_only_what_the_guide_itself_did_is_found_wrong(scratch: DatabaseSettings, tmp_path: Path) -> None:
    _walk(scratch, tmp_path)
    connect = opener(scratch, OFFSET, database=False)
    app = opener(_application(scratch), OFFSET, database=False)
    verified = asyncio.run(verify(connect, DATABASE, OFFSET, bot=app))
    wrong = [finding for finding in verified.findings if not finding.ok and not finding.kind.startswith("own ")]
    # The guide loads two scripts only, and makes the administrator whose hash is known to all.
    assert [finding.name for finding in wrong] == ["upgrades", "published password hash"]


def _walk(scratch: DatabaseSettings, folder: Path) -> int:
    """Type every statement of the guide, which begins by dropping the database; how many there were."""
    text = public_text()
    ran = 0
    with Person(scratch) as root, Person(scratch) as looker:
        root.types("DROP USER IF EXISTS 'quicksell_app'@'localhost'")
        walk = Walk(root=root, looker=looker, shown=[])
        for block in read_list() if text is None else read_text(text):
            if block.heading in BEFORE:
                looker.types(BEFORE[block.heading])
            walk.shown = []
            for statement in block.statements:
                works = GRANT_THAT_WORKS if words(statement) == GRANT_OF_THE_GUIDE else statement
                walk.shown.append(root.types(works))
                ran += 1
            CHECKS[block.heading](walk)
        _dump_and_restore(root, folder)
    return ran


def _application(scratch: DatabaseSettings) -> DatabaseSettings:
    """The account that the guide makes for the program."""
    return msgspec.structs.replace(scratch, user="quicksell_app", password="your_secure_password")


def _dump_and_restore(root: Person, folder: Path) -> None:
    """The guide's backup and restore, with the options that make the copy whole."""
    connect = opener(root.settings, OFFSET, database=False)
    file = folder / "quicksell_backup.sql"
    tool = shutil.which("mariadb-dump") or shutil.which("mysqldump")
    if tool is None:  # it is not part of the client's core package
        asyncio.run(backup(connect, DATABASE, file))
    else:
        options = ["--routines", "--events", "--triggers", "--single-transaction", "--hex-blob"]
        with file.open("wb") as out:
            subprocess.run(
                [
                    tool,
                    "--no-defaults",
                    *root.where,
                    f"--user={root.settings.user}",
                    *options,
                    DATABASE,
                ],
                stdout=out,
                env={"MYSQL_PWD": root.settings.password},
                check=True,
                timeout=60,
            )

    async def look() -> tuple[object, object]:
        session = await connect()
        seen = await rows_of(session, DATABASE), await objects_of(session, DATABASE)
        await session.close()
        return seen

    before = asyncio.run(look())
    root.types(f"CREATE OR REPLACE VIEW {DATABASE}.vw_customer_ltv AS SELECT 1 AS spoilt")
    root.types(f"DELETE FROM {DATABASE}.order_metrics")
    root.loads(file, DATABASE)
    assert asyncio.run(look()) == before


def test_the_guides_grant_is_sql_on_no_server(scratch: DatabaseSettings) -> None:
    async def grant() -> None:
        session = await opener(scratch, OFFSET, database=False)()
        try:
            await session.run(GRANT_OF_THE_GUIDE)
        finally:
            await session.close()

    with pytest.raises(DatabaseError, match=r"Illegal|syntax"):
        asyncio.run(grant())

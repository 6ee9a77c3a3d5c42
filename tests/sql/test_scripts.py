"""The scripts as files: what they make, how they load, and that they load again."""

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings
from tests.sql.prompt import CONTRACT, GUARDS, SQL, Prompt, client, refused, script
from tests.sql.shop import Shop

# These share a database and accounts by name, on one server where a server is given.
pytestmark = pytest.mark.xdist_group("scripts")

OBJECTS = {
    "tables": "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = %s AND TABLE_TYPE = 'BASE TABLE'",
    "views": "SELECT COUNT(*) FROM information_schema.VIEWS WHERE TABLE_SCHEMA = %s",
    "triggers": "SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = %s",
    "procedures": "SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = %s",
    "events": "SELECT COUNT(*) FROM information_schema.EVENTS WHERE EVENT_SCHEMA = %s",
}
KEYS = (
    "SELECT TABLE_NAME AS t, INDEX_NAME AS name, MIN(NON_UNIQUE) AS open,"
    " GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX) AS columns"
    " FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() GROUP BY TABLE_NAME, INDEX_NAME"
)


@pytest.fixture
def elsewhere(administrator: DatabaseSettings) -> Iterator[DatabaseSettings]:
    """A name under which there is no database yet, and none afterwards."""
    prompt = Prompt(administrator, name="information_schema")
    prompt.run("DROP DATABASE IF EXISTS quicksell_elsewhere")
    yield replace(administrator, name="quicksell_elsewhere")
    prompt.run("DROP DATABASE IF EXISTS quicksell_elsewhere")
    prompt.run("DROP USER IF EXISTS 'quicksell_try'@'%%', 'quicksell_try'@'localhost'")
    prompt.close()


def feed(account: DatabaseSettings, name: str, *files: str) -> None:
    for file in files:
        done = client(account, script(file, name))
        assert (done.returncode, done.stderr) == (0, "")


def objects(prompt: Prompt, name: str) -> dict[str, int]:
    return {kind: prompt.number(sql, name) for kind, sql in OBJECTS.items()}


def test_the_contracts_two_scripts_make_exactly_its_objects(bare: DatabaseSettings, bare_shop: Shop) -> None:
    assert objects(bare_shop, bare.name) == {"tables": 29, "views": 5, "triggers": 3, "procedures": 4, "events": 3}


def test_loading_again_loses_no_row_and_says_what_was_there(elsewhere: DatabaseSettings) -> None:
    feed(elsewhere, elsewhere.name, *CONTRACT, GUARDS)
    shop = Shop(elsewhere)
    mug = shop.product(10)
    order = shop.reserved([(mug, None, 3)])
    before = {
        str(row["name"]): shop.rows(f"SELECT * FROM {row['name']}")
        for row in shop.rows(
            "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
            " AND TABLE_TYPE = 'BASE TABLE'"
        )
    }
    made = objects(shop, elsewhere.name)
    triggers = (
        "SELECT TRIGGER_NAME, ACTION_ORDER FROM information_schema.TRIGGERS"
        " WHERE TRIGGER_SCHEMA = DATABASE() ORDER BY 1"
    )
    order_of_triggers = shop.rows(triggers)
    said = client(elsewhere, script(CONTRACT[0], elsewhere.name))
    assert "29\t29" in said.stdout
    feed(elsewhere, elsewhere.name, *CONTRACT, GUARDS)
    assert objects(shop, elsewhere.name) == made
    assert shop.rows(triggers) == order_of_triggers
    assert {name: shop.rows(f"SELECT * FROM {name}") for name in before} == before
    shop.move(order, "cancelled")
    shop.call("sp_release_order_inventory", order, "Order cancelled")
    assert shop.stock(mug) == 10
    shop.close()


def test_a_client_of_any_character_set_and_zone_loads_the_same(
    elsewhere: DatabaseSettings, guarded: DatabaseSettings
) -> None:
    start = "SET NAMES latin1; SET time_zone = '+00:00'; SET sql_mode = '';\n"
    for file in (*CONTRACT, GUARDS):
        done = client(
            elsewhere,
            start + script(file, elsewhere.name) + "\nSELECT @@sql_mode, @@time_zone;",
            "--default-character-set=latin1",
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1] == "\t+00:00"
    prompt = Prompt(guarded, name="information_schema")
    for table, columns in (
        ("COLUMNS", "TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, COLLATION_NAME, COLUMN_DEFAULT, IS_NULLABLE"),
        ("ROUTINES", "ROUTINE_NAME, ROUTINE_DEFINITION, SQL_MODE, CHARACTER_SET_CLIENT, COLLATION_CONNECTION"),
        ("TRIGGERS", "TRIGGER_NAME, ACTION_STATEMENT, SQL_MODE, CHARACTER_SET_CLIENT, COLLATION_CONNECTION"),
        ("EVENTS", "EVENT_NAME, EVENT_DEFINITION, SQL_MODE, TIME_ZONE"),
    ):
        schema = {"COLUMNS": "TABLE_SCHEMA"}.get(table, f"{table.removesuffix('S')}_SCHEMA")
        sql = f"SELECT {columns} FROM {table} WHERE {schema} = %s ORDER BY 1, 2"
        assert prompt.rows(sql, elsewhere.name) == prompt.rows(sql, guarded.name)
    prompt.close()


def test_an_account_without_super_loads_all_and_the_bots_account_can_work(elsewhere: DatabaseSettings) -> None:
    root = Prompt(elsewhere, name="information_schema")
    for host in ("%%", "localhost"):
        root.run(f"CREATE USER 'quicksell_try'@'{host}' IDENTIFIED BY 'Try-1-try'")
        root.run(f"GRANT ALL PRIVILEGES ON quicksell_elsewhere.* TO 'quicksell_try'@'{host}'")
    account = replace(elsewhere, user="quicksell_try", password="Try-1-try")
    feed(account, elsewhere.name, *CONTRACT, GUARDS)
    owner = Shop(account)
    mug = owner.product(10)
    red = owner.variant(mug, 5)
    owner.close()
    # The bot's rights: and the triggers still write what they must.
    for host in ("%%", "localhost"):
        root.run(f"DROP USER IF EXISTS 'quicksell_bot_try'@'{host}'")
        root.run(f"CREATE USER 'quicksell_bot_try'@'{host}' IDENTIFIED BY 'Try-1-try'")
        root.run(
            f"GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON quicksell_elsewhere.* TO 'quicksell_bot_try'@'{host}'"
        )
    bot = Shop(replace(account, user="quicksell_bot_try"))
    order = bot.committed([(mug, None, 3), (mug, red, 2)])
    bot.call("sp_release_order_inventory", order, "x")
    assert len(bot.sets("sp_get_order_details", order)) == 4
    late = bot.reserved([(mug, None, 3)])
    bot.overdue(late)
    assert bot.call("sp_cleanup_expired_reservations")["orders_cancelled"] == 1
    bot.call("sp_cleanup_old_queue_items")
    bot.call("sp_update_daily_analytics")
    for view in (
        "vw_orders_detailed",
        "vw_pending_orders",
        "vw_inventory_status",
        "vw_daily_metrics",
        "vw_customer_ltv",
    ):
        assert bot.rows(f"SELECT * FROM {view}") or view == "vw_pending_orders"
    for sql in ("DROP TABLE wishlists", "CREATE TABLE x (i INT)", "DROP TRIGGER after_order_delivered"):
        with refused(1142, ""):
            bot.run(sql)
    bot.close()
    for host in ("%%", "localhost"):
        root.run(f"DROP USER 'quicksell_bot_try'@'{host}'")
    root.close()


def test_where_events_are_refused_all_the_rest_is_in_place(elsewhere: DatabaseSettings) -> None:
    root = Prompt(elsewhere, name="information_schema")
    rights = (
        "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, EXECUTE, CREATE VIEW, SHOW VIEW,"
        " CREATE ROUTINE, ALTER ROUTINE, TRIGGER"
    )
    for host in ("%%", "localhost"):
        root.run(f"CREATE USER 'quicksell_try'@'{host}' IDENTIFIED BY 'Try-1-try'")
        root.run(f"GRANT {rights} ON quicksell_elsewhere.* TO 'quicksell_try'@'{host}'")
    account = replace(elsewhere, user="quicksell_try", password="Try-1-try")
    feed(account, elsewhere.name, CONTRACT[0])
    done = client(account, script(CONTRACT[1], elsewhere.name))
    assert done.returncode != 0
    assert "1044" in done.stderr
    assert objects(root, elsewhere.name) == {"tables": 29, "views": 5, "triggers": 3, "procedures": 4, "events": 0}
    feed(account, elsewhere.name, GUARDS)
    assert objects(root, elsewhere.name)["procedures"] == 8
    root.close()


@pytest.mark.parametrize("file", [*CONTRACT, GUARDS])
def test_no_script_needs_super_or_ties_itself_to_an_account(file: str) -> None:
    text = (SQL / file).read_text(encoding="utf-8")
    code = re.sub(r"^--.*$", "", text, flags=re.MULTILINE)
    assert not re.search(r"\bDEFINER\b|\bSET\s+GLOBAL\b|@@GLOBAL|\bSUPER\b", code, re.IGNORECASE)
    assert not re.search(r"\bDROP\s+(TABLE|DATABASE|SCHEMA)\b|\bTRUNCATE\b", code, re.IGNORECASE)
    assert code.count("`quicksell_chatbot`") == 2
    assert re.search(r"^CREATE DATABASE IF NOT EXISTS `quicksell_chatbot`", code, re.MULTILINE)
    assert re.search(r"^USE `quicksell_chatbot`;$", code, re.MULTILINE)


def test_events_stand_last() -> None:
    text = (SQL / CONTRACT[1]).read_text(encoding="utf-8")
    kinds = re.findall(r"^(?:/\*!?M?!?\d* ?)?CREATE .*?\b(TRIGGER|PROCEDURE|VIEW|EVENT) ", text, re.MULTILINE)
    assert kinds[-3:] == ["EVENT"] * 3
    assert "EVENT" not in kinds[:-3]


def test_procedures_and_views_run_with_their_users_rights(shop: Shop) -> None:
    routines = shop.rows(
        "SELECT DISTINCT SECURITY_TYPE FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()"
    )
    views = shop.rows("SELECT DISTINCT SECURITY_TYPE FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()")
    assert [list(row.values()) for row in routines + views] == [["INVOKER"], ["INVOKER"]]


def test_there_are_at_least_fifty_indexes_and_none_that_another_covers(shop: Shop) -> None:
    keys = shop.rows(KEYS)
    assert len([key for key in keys if key["name"] != "PRIMARY"]) >= 50
    for key in keys:
        mine = f"{key['columns']},"
        covering = [
            other["name"]
            for other in keys
            if other["t"] == key["t"] and other["name"] != key["name"] and f"{other['columns']},".startswith(mine)
        ]
        assert not covering or not key["open"], (key, covering)


def test_every_foreign_key_has_an_index(shop: Shop) -> None:
    keys = shop.rows(KEYS)
    parents = shop.rows(
        "SELECT TABLE_NAME AS t, COLUMN_NAME AS c FROM information_schema.KEY_COLUMN_USAGE"
        " WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME IS NOT NULL"
    )
    assert len(parents) >= 38
    for parent in parents:
        starts = [key for key in keys if key["t"] == parent["t"] and f"{key['columns']},".startswith(f"{parent['c']},")]
        assert starts, parent


def test_every_point_in_time_is_a_datetime(shop: Shop) -> None:
    sql = (
        "SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS"
        " WHERE TABLE_SCHEMA = DATABASE() AND DATA_TYPE = 'timestamp'"
    )
    assert shop.rows(sql) == []
    order = shop.order(created_at="2040-02-29 23:59:59")
    assert str(shop.value("SELECT order_day FROM orders WHERE id = %s", order)) == "2040-02-29"
    shop.run("UPDATE orders SET created_at = NOW() WHERE id = %s", order)


def test_every_check_is_named(shop: Shop) -> None:
    sql = (
        "SELECT CONSTRAINT_NAME AS name FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()"
    )
    names = [str(row["name"]) for row in shop.rows(sql)]
    ours = [name for name in names if name.startswith("ck_")]
    assert len(ours) >= 35
    columns = {
        str(row["c"])
        for row in shop.rows("SELECT COLUMN_NAME AS c FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()")
    }
    assert all(name in columns for name in names if not name.startswith("ck_"))  # MariaDB's own, of JSON columns


@pytest.mark.parametrize(
    "table", ["orders", "order_items", "order_state_history", "inventory_reservations", "inventory_logs", "users"]
)
def test_a_large_table_takes_a_column_and_an_index_without_holding_writers_up(
    elsewhere: DatabaseSettings, table: str
) -> None:
    feed(elsewhere, elsewhere.name, CONTRACT[0])
    prompt = Prompt(elsewhere)
    prompt.run(f"ALTER TABLE {table} ADD COLUMN mine VARCHAR(100) NULL, ALGORITHM = INSTANT")
    prompt.run(f"ALTER TABLE {table} ADD KEY ix_mine (mine), ALGORITHM = INPLACE, LOCK = NONE")
    prompt.close()

"""`db verify` names each object of the contract, and every difference with the statement that mends it."""

import re
from collections import Counter
from datetime import timedelta, timezone
from pathlib import Path

import msgspec
import pytest

from bot.commands.telling import findings
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import Session, name
from repository.schema.change.upgrades import upgrade
from repository.schema.check.contract import EVENTS, PROCEDURES, TABLES, TRIGGERS, VIEWS
from repository.schema.check.findings import Finding
from repository.schema.check.verify import Verified, verify
from repository.staff.published import PUBLISHED_HASH
from tests.repository.schema.conftest import OFFSET, Counting, Server, Shop


async def check(shop: Shop) -> Verified:
    return await verify(shop.admin, shop.database, OFFSET, bot=shop.bot)


def wrong(verified: Verified) -> list[Finding]:
    return [finding for finding in verified.findings if not finding.ok]


async def test_each_of_the_29_tables_3_triggers_4_procedures_5_views_and_3_events_has_its_line(shop: Shop) -> None:
    verified = await check(shop)
    for kind, names in (
        ("table", TABLES),
        ("trigger", TRIGGERS),
        ("procedure", PROCEDURES),
        ("view", VIEWS),
        ("event", EVENTS),
    ):
        found = [finding for finding in verified.findings if finding.kind == kind]
        assert tuple(finding.name for finding in found) == names
        assert all(finding.ok and finding.message.startswith("right") for finding in found)
    assert (len(TABLES), len(TRIGGERS), len(PROCEDURES), len(VIEWS), len(EVENTS)) == (29, 3, 4, 5, 3)
    assert wrong(verified) == []
    assert verified.is_right


async def test_verifying_asks_few_questions_so_that_it_takes_a_moment(shop: Shop) -> None:
    admin, bot = Counting(shop.admin), Counting(shop.bot)
    assert (await verify(admin.connect, shop.database, OFFSET, bot=bot.connect)).is_right
    assert admin.asked < 50  # half of them today, which takes a third of a second
    assert bot.asked < 5


async def test_a_promise_made_anew_is_the_one_that_was_kept(shop: Shop) -> None:
    kept = await check(shop)
    assert await verify(shop.admin, shop.database, OFFSET, bot=shop.bot, fresh=True) == kept


async def test_the_result_is_json(shop: Shop) -> None:
    verified = await check(shop)
    assert msgspec.json.decode(msgspec.json.encode(verified), type=Verified) == verified


DAMAGES = (
    ("DROP TABLE wishlists", "table", "wishlists", "is missing"),
    ("ALTER TABLE brands DROP COLUMN website", "table", "brands", "the column website is missing"),
    ("ALTER TABLE brands MODIFY website VARCHAR(10)", "table", "brands", "is varchar(10), not varchar(255)"),
    ("ALTER TABLE brands MODIFY website VARCHAR(255) NOT NULL", "table", "brands", "must not be NULL"),
    ("ALTER TABLE brands ALTER is_featured SET DEFAULT 1", "table", "brands", "has the default 1, not 0"),
    ("ALTER TABLE brands ADD COLUMN mine INT NOT NULL", "table", "brands", "the column mine is not the shop's"),
    ("ALTER TABLE orders DROP INDEX {index}", "table", "orders", "is missing"),
    ("ALTER TABLE brands ADD UNIQUE KEY mine (logo_url(10))", "table", "brands", "the unique index mine"),
    ("ALTER TABLE wishlists DROP FOREIGN KEY {foreign}", "table", "wishlists", "the foreign key of ("),
    ("ALTER TABLE products DROP CONSTRAINT ck_products_stock", "table", "products", "the check ck_products_stock"),
    (
        "ALTER TABLE brands ADD CONSTRAINT mine CHECK (name <> 'x')",
        "table",
        "brands",
        "the check mine is not the shop's",
    ),
    ("ALTER TABLE brands ENGINE = MyISAM", "table", "brands", "its engine is MyISAM"),
    ("DROP TRIGGER after_order_delivered", "trigger", "after_order_delivered", "is missing"),
    ("DROP PROCEDURE sp_commit_order_inventory", "procedure", "sp_commit_order_inventory", "is missing"),
    ("DROP VIEW vw_customer_ltv", "view", "vw_customer_ltv", "is missing"),
    ("DROP EVENT evt_cleanup_old_queue_items", "event", "evt_cleanup_old_queue_items", "is missing"),
    (
        "ALTER EVENT evt_cleanup_old_queue_items DISABLE",
        "event",
        "evt_cleanup_old_queue_items",
        "it is switched off",
    ),
    (
        "ALTER EVENT evt_cleanup_old_queue_items ON SCHEDULE EVERY 2 DAY",
        "event",
        "evt_cleanup_old_queue_items",
        "its schedule is EVERY 2 DAY, not EVERY 1 DAY",
    ),
    ("ALTER VIEW vw_customer_ltv AS SELECT id FROM users", "view", "vw_customer_ltv", "its columns are id int"),
    (
        "CREATE TRIGGER mine BEFORE INSERT ON orders FOR EACH ROW SET NEW.notes = 'x'",
        "strange trigger",
        "mine",
        "is not the shop's, and runs before insert on orders",
    ),
    (
        "INSERT INTO admin_users (username, email, password_hash) VALUES ('admin', 'a@b.c', '{hash}')",
        "data",
        "published password hash",
        "used by the administrator admin",
    ),
)
"""What is done to a database, the kind and name of what is wrong then, and what is said of it."""


def _rounds() -> list[list[tuple[str, str, str, str]]]:
    """All of them, each object once in a round."""
    rounds: list[list[tuple[str, str, str, str]]] = []
    for damage in DAMAGES:
        free = (one for one in rounds if damage[2] not in {named for _, _, named, _ in one})
        found = next(free, None)
        if found is None:
            rounds.append([damage])
        else:
            found.append(damage)
    return rounds


@pytest.mark.parametrize("damages", _rounds(), ids=lambda damages: f"{len(damages)} at once")
async def test_every_difference_is_named(
    own_shop: Shop, sql: Session, damages: list[tuple[str, str, str, str]]
) -> None:
    foreign = await sql.value(
        "SELECT CONSTRAINT_NAME FROM information_schema.REFERENTIAL_CONSTRAINTS"
        " WHERE CONSTRAINT_SCHEMA = DATABASE() AND TABLE_NAME = 'wishlists' LIMIT 1"
    )
    index = await sql.value(
        "SELECT INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()"
        " AND TABLE_NAME = 'orders' AND INDEX_NAME LIKE 'ix_orders_day%'"
    )
    await sql.run("SET SESSION foreign_key_checks = 0")
    expected = {(kind, named): problem for _, kind, named, problem in damages}
    for damage, *_ in damages:
        if "MyISAM" in damage:  # it cannot be the target of a foreign key
            await sql.run("ALTER TABLE products DROP FOREIGN KEY fk_products_brand")
            expected["table", "products"] = "the foreign key of ("
        await sql.run(damage.format(foreign=foreign, index=index, hash=PUBLISHED_HASH))
    found = wrong(await check(own_shop))
    assert sorted((finding.kind, finding.name) for finding in found) == sorted(expected)
    for finding in found:
        assert expected[finding.kind, finding.name] in finding.message
        assert finding.what_to_do, finding.name


MENDED = (
    "ALTER TABLE brands DROP COLUMN website",
    "ALTER TABLE brands MODIFY website VARCHAR(10) NOT NULL DEFAULT 'x'",
    "ALTER TABLE products DROP CONSTRAINT ck_products_stock",
    "ALTER TABLE brands ADD CONSTRAINT mine CHECK (name <> 'x'), ADD CONSTRAINT yours CHECK (name <> 'y')",
    "ALTER TABLE products DROP CONSTRAINT ck_products_stock,"
    " ADD CONSTRAINT ck_products_stock CHECK (stock_quantity > -9)",
    "ALTER TABLE products DROP FOREIGN KEY fk_products_brand",
    "ALTER TABLE products DROP FOREIGN KEY fk_products_brand, DROP INDEX ix_products_brand",
    "ALTER TABLE brands ADD UNIQUE KEY mine (logo_url)",
    "ALTER TABLE cart_items DROP INDEX uq_cart_items_line, ADD KEY uq_cart_items_line (user_id)",
    "ALTER TABLE brands ADD CONSTRAINT mine CHECK (name <> 'x')",
)


async def test_what_to_do_about_a_table_mends_it(own_shop: Shop, sql: Session) -> None:
    for damage in MENDED:
        await sql.run(damage)
        found = wrong(await check(own_shop))
        assert len(found) == 1, damage
        for statement in found[0].what_to_do.split(";"):
            if statement.strip():
                await sql.run(statement)
        assert wrong(await check(own_shop)) == [], damage


async def test_a_changed_text_is_noticed_and_upgrade_makes_it_again(own_shop: Shop, sql: Session) -> None:
    await sql.run("DROP PROCEDURE sp_get_order_details")
    await sql.run("CREATE PROCEDURE sp_get_order_details(IN p_order_id INT) SQL SECURITY INVOKER SELECT 'mine'")
    await sql.run("DROP TRIGGER after_product_stock_change")
    await sql.run("CREATE TRIGGER after_product_stock_change AFTER UPDATE ON products FOR EACH ROW SET @mine = 1")
    await sql.run("CREATE OR REPLACE SQL SECURITY INVOKER VIEW vw_daily_metrics AS SELECT 1 AS date")
    await sql.run("ALTER EVENT evt_update_daily_analytics DO SET @mine = 1")
    found = {finding.name: finding.message for finding in wrong(await check(own_shop))}
    assert "after_goods_update" in found, "it stood behind the one that was made anew"
    del found["after_goods_update"]
    assert set(found) == {
        "sp_get_order_details",
        "after_product_stock_change",
        "vw_daily_metrics",
        "evt_update_daily_analytics",
    }
    assert all("its text is not the script's" in said for said in found.values())
    done = await upgrade(own_shop.admin, own_shop.database)
    assert {item.item.name for item in done.made if item.outcome == "replaced"} >= set(found)
    assert wrong(await check(own_shop)) == []


async def test_the_order_of_triggers_counts(own_shop: Shop, sql: Session) -> None:
    _, _, made, *_ = (await sql.all("SHOW CREATE TRIGGER after_order_status_update"))[0]
    await sql.run("DROP TRIGGER after_order_status_update")
    await sql.run(str(made))  # now it is the last one
    assert "after_order_status_update" in {finding.name for finding in wrong(await check(own_shop))}
    await upgrade(own_shop.admin, own_shop.database)
    assert wrong(await check(own_shop)) == []


async def test_what_harms_nobody_is_no_difference(own_shop: Shop, sql: Session) -> None:
    await sql.run("ALTER TABLE brands ADD COLUMN mine INT NULL, ADD KEY mine (mine)")
    await sql.run("CREATE TABLE a_table_of_the_merchant (id INT)")
    await sql.run("CREATE VIEW a_view_of_the_merchant AS SELECT name FROM brands")
    assert wrong(await check(own_shop)) == []


async def test_too_many_and_too_few_rights_are_named_with_the_statement(own_shop: Shop, sql: Session) -> None:
    host = "localhost" if own_shop.server.settings.socket else "%"
    on = name(own_shop.database.replace("_", "\\_"))
    await sql.run(f"GRANT CREATE, DROP ON {on}.* TO '{own_shop.user}'@'{host}'")
    await sql.run(f"REVOKE DELETE ON {on}.* FROM '{own_shop.user}'@'{host}'")
    found = wrong(await check(own_shop))
    assert [finding.kind for finding in found] == ["account", "account"]
    assert [finding.message for finding in found] == ["lacks DELETE", f"has CREATE, DROP ON {on}.*"]
    for finding in found:
        for statement in finding.what_to_do.split(";"):
            if statement.strip():
                await sql.run(statement)
    assert wrong(await check(own_shop)) == []


async def test_a_password_that_is_not_the_accounts_is_said(shop: Shop) -> None:
    bot = shop.server.as_account(shop.user, "wrong")
    found = wrong(await verify(shop.admin, shop.database, OFFSET, bot=bot))
    assert [finding.kind for finding in found] == ["account"]
    assert "cannot log in" in found[0].message


async def test_the_bots_account_says_once_what_it_cannot_see(shop: Shop) -> None:
    verified = await verify(shop.bot, shop.database, OFFSET, bot=shop.bot)
    (found,) = wrong(verified)
    counted = re.fullmatch(
        r"this account cannot see (\d+) triggers, (\d+) procedures \(their texts\), (\d+) views \(their texts\),"
        r" (\d+) events: they were not checked",
        found.message,
    )
    assert counted, found.message
    whole = (await check(shop)).findings
    kinds = Counter(finding.kind.removeprefix("own ") for finding in whole)
    assert [int(number) for number in counted.groups()] == [
        kinds[kind] for kind in ("trigger", "procedure", "view", "event")
    ]
    assert "DB_ADMIN_USER" in found.what_to_do
    lines = findings(verified.findings)
    assert sum("cannot see" in line for line in lines) == 1
    assert not any("WRONG" in line for line in lines)
    assert lines[-1].endswith(" right, none wrong; not everything was looked at.")


async def test_what_the_bots_account_can_see_to_be_wrong_stays_wrong(own_shop: Shop, sql: Session) -> None:
    await sql.run("ALTER TABLE brands DROP COLUMN website")
    found = wrong(await verify(own_shop.bot, own_shop.database, OFFSET, bot=own_shop.bot))
    assert [finding.name for finding in found if finding.kind == "table"] == ["brands"]
    assert [finding.name for finding in found if finding.kind == "unseen"] == ["not looked at"]


async def test_a_time_zone_that_is_not_the_shops_is_named(shop: Shop) -> None:
    verified = await verify(shop.admin, shop.database, timezone(timedelta(hours=-3, minutes=-30)))
    found = wrong(verified)
    assert {finding.kind for finding in found} == {"server", "event"}
    assert "+08:00, where the shop's is -03:30" in next(f.message for f in found if f.name == "time zone")


async def test_an_upgrade_that_waits_is_named(shop: Shop, folder: Path) -> None:
    (folder / "upgrades" / "9001_first.sql").write_text("SELECT 1;")
    found = wrong(await verify(shop.admin, shop.database, OFFSET, folder=folder))
    assert [(finding.name, finding.message) for finding in found] == [("upgrades", "waiting: 9001_first")]


async def test_a_database_that_is_not_there_is_said(server: Server) -> None:
    with pytest.raises(SchemaError) as caught:
        await verify(server.admin, "quicksell_nowhere", OFFSET)
    assert "db init" in caught.value.what_to_do

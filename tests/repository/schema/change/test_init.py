"""`db init` makes a whole database under any name, says what it did, and changes nothing when it is run again."""

from pathlib import Path

import msgspec
import pytest

from repository.database.connection import Database
from repository.database.errors import DatabaseError
from repository.schema.base.account import RIGHTS, Account
from repository.schema.base.errors import SchemaError, StatementFailed
from repository.schema.base.session import Session, Step, name
from repository.schema.change.init import init
from repository.schema.check.contract import EVENTS, ITEMS
from repository.schema.check.verify import verify
from tests.repository.schema.conftest import OFFSET, Counting, Server, Shop, drop, fresh_name


async def test_an_empty_server_gets_everything_in_few_steps(server: Server, database: str) -> None:
    admin = Counting(server.admin)
    made = await init(admin.connect, database)
    assert not made.was_there
    assert {item.item for item in made.made} >= set(ITEMS)
    assert {item.outcome for item in made.made} == {"created"}
    assert made.refused == ()
    assert made.seconds > 0
    assert admin.asked < 300  # half of them today, which takes a second or two
    verified = await verify(server.admin, database, OFFSET, fresh=True)
    assert [finding for finding in verified.findings if not finding.ok] == []


async def test_the_name_of_the_database_is_free(server: Server) -> None:
    odd = "quicksell odd-`name` " + fresh_name("x")
    try:
        made = await init(server.admin, odd)
        assert made.database == odd
        assert (await verify(server.admin, odd, OFFSET)).is_right
    finally:
        await drop(server, databases=(odd,))


async def test_a_second_run_finds_everything_and_loses_nothing(own_shop: Shop, admin: Session) -> None:
    await admin.run(f"INSERT INTO {name(own_shop.database)}.brands (name, slug) VALUES ('Ate Rosa', 'ate-rosa')")
    again = await init(own_shop.admin, own_shop.database)
    assert again.was_there
    assert {item.outcome for item in again.made} == {"present"}
    assert again.upgrades == ()
    assert await admin.value(f"SELECT name FROM {name(own_shop.database)}.brands") == "Ate Rosa"


async def test_what_is_missing_is_added(own_shop: Shop, admin: Session) -> None:
    for gone in (
        "TABLE {}.wishlists",
        "VIEW {}.vw_pending_orders",
        "PROCEDURE {}.sp_get_order_details",
        "TRIGGER {}.after_order_status_update",
        "EVENT {}.evt_update_daily_analytics",
    ):
        await admin.run("DROP " + gone.format(name(own_shop.database)))
    again = await init(own_shop.admin, own_shop.database)
    outcomes = {str(item.item): item.outcome for item in again.made if item.outcome != "present"}
    assert {item for item, outcome in outcomes.items() if outcome == "created"} == {
        "table wishlists",
        "view vw_pending_orders",
        "procedure sp_get_order_details",
        "trigger after_order_status_update",
        "event evt_update_daily_analytics",
    }
    # The other trigger of the same table is made again with it, so that their order stays.
    assert outcomes["trigger after_order_delivered"] == "replaced"
    assert (await verify(own_shop.admin, own_shop.database, OFFSET, fresh=True)).is_right


async def test_a_database_that_was_loaded_by_hand_is_taken_over(server: Server, database: str, admin: Session) -> None:
    await init(server.admin, database)
    await admin.run(f"DROP TABLE {name(database)}.schema_ledger")
    taken = await init(server.admin, database)
    assert {item.outcome for item in taken.made if item.item.kind == "table"} == {"present", "created"}
    assert (await verify(server.admin, database, OFFSET)).is_right


async def test_an_interrupted_run_is_finished_by_the_next(server: Server, database: str) -> None:
    class Interrupted(Exception):
        pass

    def interrupt(step: Step) -> None:
        if step.what == "quicksell_automation_v2.sql" and step.done * 3 > step.total:
            raise Interrupted

    with pytest.raises(Interrupted):
        await init(server.admin, database, progress=interrupt)
    await init(server.admin, database)
    assert (await verify(server.admin, database, OFFSET, fresh=True)).is_right


async def test_progress_is_told_for_every_statement(server: Server, database: str) -> None:
    steps: list[Step] = []
    await init(server.admin, database, progress=steps.append)
    assert [step.done for step in steps] == list(range(1, steps[0].total + 1))


async def test_the_bots_account_gets_five_rights_and_no_more(own_shop: Shop, admin: Session) -> None:
    host = "localhost" if own_shop.server.settings.socket else "%"
    rows = await admin.all(f"SHOW GRANTS FOR '{own_shop.user}'@'{host}'")
    grants = [str(row[0]) for row in rows if "USAGE" not in str(row[0])]
    assert len(grants) == 1
    assert set(grants[0].removeprefix("GRANT ").partition(" ON ")[0].split(", ")) == set(RIGHTS)
    assert own_shop.database.replace("_", "\\_") in grants[0]


async def test_an_existing_account_keeps_its_password_and_gets_what_it_lacks(own_shop: Shop, admin: Session) -> None:
    host = "localhost" if own_shop.server.settings.socket else "%"
    account = Account(user=own_shop.user, host=host)
    pattern = name(own_shop.database.replace("_", "\\_"))
    await admin.run(f"REVOKE EXECUTE ON {pattern}.* FROM {account}")
    await admin.run(f"GRANT CREATE ON {pattern}.* TO {account}")
    made = await init(own_shop.admin, own_shop.database, account=account, password="another")
    assert made.account is not None
    assert (made.account.outcome, made.account.added) == ("present", ("EXECUTE",))
    assert len(made.account.excess) == 1
    assert made.account.excess[0].startswith("CREATE ON")
    session = await own_shop.bot()  # with the password that it had
    await session.close()


@pytest.mark.parametrize(
    "forbidden",
    [
        "CREATE TABLE {}.mine (id INT)",
        "DROP TABLE {}.wishlists",
        "ALTER TABLE {}.products ADD COLUMN mine INT",
        "CREATE INDEX mine ON {}.products (view_count)",
        "TRUNCATE TABLE {}.chat_logs",
        "DROP PROCEDURE {}.sp_get_order_details",
        "DROP TRIGGER {}.after_order_delivered",
        "DROP EVENT {}.evt_update_daily_analytics",
        "CREATE VIEW {}.mine AS SELECT 1",
        "DROP DATABASE {}",
        "GRANT SELECT ON {}.* TO CURRENT_USER()",
        "SET GLOBAL event_scheduler = ON",
        "SELECT COUNT(*) FROM mysql.user",
        "SELECT 1 INTO OUTFILE '/tmp/mine'",
    ],
)
async def test_the_bots_account_may_not(shop: Shop, forbidden: str) -> None:
    session = await shop.bot()
    with pytest.raises(DatabaseError):
        await session.run(forbidden.format(name(shop.database)))
    await session.close()


async def test_where_events_are_not_permitted_the_program_does_their_work(
    server: Server, database: str, admin: Session
) -> None:
    user = fresh_name("host").replace("quicksell_", "")
    rights = (
        "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, LOCK TABLES, CREATE VIEW, SHOW VIEW,"
        " CREATE ROUTINE, ALTER ROUTINE, EXECUTE, TRIGGER"
    )
    await admin.run(f"CREATE DATABASE {name(database)}")
    await admin.run(f"CREATE USER '{user}'@'%' IDENTIFIED BY 'pw'")
    await admin.run(f"CREATE USER '{user}'@'localhost' IDENTIFIED BY 'pw'")
    for host in ("%", "localhost"):
        await admin.run(f"GRANT {rights} ON {name(database)}.* TO '{user}'@'{host}'")
    try:
        made = await init(server.as_account(user, "pw"), database)
        assert made.program_runs_jobs
        assert {item.item.name for item in made.made if item.outcome == "refused"} == set(EVENTS)
        assert all("denied" in refusal.why for refusal in made.refused)
        verified = await verify(server.as_account(user, "pw"), database, OFFSET)
        (unseen,) = [finding for finding in verified.findings if finding.kind == "unseen"]
        assert not unseen.ok
        assert "3 events" in unseen.message
        verified = await verify(server.admin, database, OFFSET)
        assert verified.is_right
        assert "the program does its work" in next(f.message for f in verified.findings if f.kind == "event")
    finally:
        await drop(server, users=(user,))


async def test_an_account_that_may_not_create_the_database_is_told_what_to_do(
    server: Server, database: str, shop: Shop
) -> None:
    with pytest.raises(SchemaError) as caught:
        await init(shop.bot, database)
    assert "CREATE DATABASE" in caught.value.what_to_do
    with pytest.raises(DatabaseError):
        await init(shop.bot, shop.database)  # not even the ledger's lock may be made by the bot


async def test_a_broken_script_says_where(server: Server, database: str, folder: Path) -> None:
    script = folder / "quicksell_automation_v2.sql"
    lines = script.read_text(encoding="utf-8").count("\n")
    with script.open("a", encoding="utf-8") as file:
        file.write("\nCREATE VIEW vw_broken AS\nSELECT nothing FROM nowhere;\n")
    with pytest.raises(StatementFailed) as caught:
        await init(server.admin, database, folder=folder)
    assert (caught.value.script, caught.value.line) == (script.name, lines + 2)
    assert "nowhere" in caught.value.problem


async def test_the_programs_own_pool_works_with_the_bots_account(shop: Shop) -> None:
    settings = msgspec.structs.replace(shop.server.settings, user=shop.user, password=shop.password, name=shop.database)
    pool = Database(settings, OFFSET)
    async with pool.connection() as connection:
        assert await connection.value("SELECT COUNT(*) FROM products") == 0
    await pool.close()

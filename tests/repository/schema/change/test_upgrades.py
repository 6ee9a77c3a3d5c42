"""Numbered upgrades run once, in order, go on where they were interrupted, and never run beside each other."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from repository.schema.base.errors import Busy, SchemaError, StatementFailed
from repository.schema.base.scripts import read_upgrades
from repository.schema.base.session import Connect, Session, Step, name
from repository.schema.change.init import init
from repository.schema.change.lock import hold
from repository.schema.change.upgrades import upgrade
from repository.schema.check.verify import verify
from tests.repository.schema.conftest import OFFSET, Server, Shop
from tests.support.waiting import PATIENCE, comes

FIRST = """\
USE quicksell_chatbot;
CREATE TABLE pets (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(50) NOT NULL);
ALTER TABLE pets ADD COLUMN legs INT NULL;
INSERT INTO pets (name) SELECT 'Bantay' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM pets);
ALTER TABLE pets ADD KEY ix_pets_name (name);
"""


def write(folder: Path, named: str, text: str) -> None:
    (folder / "upgrades" / f"{named}.sql").write_text(text, encoding="utf-8")


async def run(shop: Shop, folder: Path) -> tuple[str, ...]:
    return (await upgrade(shop.admin, shop.database, folder=folder)).upgrades


async def test_an_upgrade_runs_once(own_shop: Shop, sql: Session, folder: Path) -> None:
    write(folder, "9001_pets", FIRST)
    assert await run(own_shop, folder) == ("9001_pets",)
    assert await run(own_shop, folder) == ()
    assert await sql.all("SELECT name, legs FROM pets") == (("Bantay", None),)
    row = await sql.all(
        "SELECT steps_begun, steps_done, finished_at IS NOT NULL FROM schema_ledger WHERE name = '9001_pets'"
    )
    assert row == ((5, 5, 1),)


async def test_upgrades_run_in_the_order_of_their_numbers(own_shop: Shop, folder: Path) -> None:
    write(folder, "9010_second", "ALTER TABLE pets DROP COLUMN legs;")
    write(folder, "9002_first", FIRST)
    assert await run(own_shop, folder) == ("9002_first", "9010_second")


async def test_a_new_database_has_every_upgrade_already(server: Server, database: str, folder: Path) -> None:
    write(folder, "9001_pets", FIRST)
    made = await init(server.admin, database, folder=folder)
    assert made.upgrades == ()
    assert (await upgrade(server.admin, database, folder=folder)).upgrades == ()
    assert (await verify(server.admin, database, OFFSET, folder=folder)).is_right


@pytest.mark.parametrize("step", range(1, 6))
@pytest.mark.parametrize("applied", [True, False], ids=["applied", "not applied"])
async def test_an_interrupted_upgrade_goes_on_at_its_statement(
    own_shop: Shop, sql: Session, folder: Path, step: int, applied: bool
) -> None:
    # Killed after statement `step` was sent: whether the server had done it by then, nobody knows.
    class Killed(Exception):
        pass

    def kill(done: Step) -> None:
        if done.what == "9001_pets.sql" and done.done == step:
            raise Killed

    write(folder, "9001_pets", FIRST)
    with pytest.raises(Killed):
        await upgrade(own_shop.admin, own_shop.database, folder=folder, progress=kill)
    if applied:
        await sql.run("UPDATE schema_ledger SET steps_done = steps_done - 1 WHERE name = '9001_pets'")
    assert await run(own_shop, folder) == ("9001_pets",)
    assert await sql.all("SELECT name, legs FROM pets") == (("Bantay", None),)
    assert await sql.value("SELECT finished_at IS NOT NULL FROM schema_ledger WHERE name = '9001_pets'") == 1


async def test_a_step_that_was_not_sent_before_must_not_find_its_work_done(
    own_shop: Shop, sql: Session, folder: Path
) -> None:
    await sql.run("CREATE TABLE pets (mine INT)")
    write(folder, "9001_pets", FIRST)
    with pytest.raises(StatementFailed) as caught:
        await run(own_shop, folder)
    assert (caught.value.script, caught.value.line) == ("9001_pets.sql", 2)


async def test_a_failed_step_is_mended_and_run_again(own_shop: Shop, sql: Session, folder: Path) -> None:
    write(folder, "9001_pets", FIRST + "UPDATE pets SET legs = 4 / (SELECT legs FROM nowhere);\n")
    with pytest.raises(StatementFailed) as caught:
        await run(own_shop, folder)
    assert caught.value.line == 6
    await sql.run("CREATE TABLE nowhere AS SELECT 1 AS legs")
    assert await run(own_shop, folder) == ("9001_pets",)
    assert await sql.value("SELECT legs FROM pets") == 4


async def test_an_upgrade_that_was_edited_after_it_had_run_is_refused(own_shop: Shop, folder: Path) -> None:
    write(folder, "9001_pets", FIRST)
    await run(own_shop, folder)
    write(folder, "9001_pets", "-- only a word of explanation\n" + FIRST)
    assert await run(own_shop, folder) == ()
    write(folder, "9001_pets", FIRST.replace("VARCHAR(50)", "VARCHAR(60)"))
    with pytest.raises(SchemaError, match="was changed after it had run"):
        await run(own_shop, folder)


async def test_a_backfill_repeats_until_nothing_changes(own_shop: Shop, sql: Session, folder: Path) -> None:
    await sql.run("CREATE TABLE pets (id INT PRIMARY KEY, legs INT NULL)")
    await sql.run(
        "INSERT INTO pets WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25)"
        " SELECT i, NULL FROM n"
    )
    write(
        folder,
        "9001_legs",
        "-- In small pieces: repeat until nothing changes\nUPDATE pets SET legs = 4 WHERE legs IS NULL LIMIT 10;",
    )
    await run(own_shop, folder)
    assert await sql.value("SELECT COUNT(*) FROM pets WHERE legs = 4") == 25


async def test_a_database_loaded_by_hand_takes_what_it_has_for_done(own_shop: Shop, sql: Session, folder: Path) -> None:
    await sql.run("DROP TABLE schema_ledger")
    await sql.run("CREATE TABLE pets (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(50) NOT NULL)")
    write(folder, "9001_pets", FIRST)
    assert await run(own_shop, folder) == tuple(script.name.removesuffix(".sql") for script in read_upgrades(folder))
    assert await sql.all("SELECT name, legs FROM pets") == (("Bantay", None),)


@pytest.mark.parametrize(
    ("names", "problem"),
    [(("1_short",), "is no name of an upgrade"), (("9001_one", "9001_two"), "have the same number")],
)
def test_misnamed_upgrades_are_refused(folder: Path, names: tuple[str, ...], problem: str) -> None:
    for named in names:
        write(folder, named, "SELECT 1;")
    with pytest.raises(SchemaError, match=problem):
        read_upgrades(folder)


def test_the_programs_own_upgrades_are_well_named() -> None:
    numbers = [script.name[:4] for script in read_upgrades()]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


async def test_a_changed_script_replaces_only_what_changed(own_shop: Shop, sql: Session, folder: Path) -> None:
    script = folder / "quicksell_automation_v2.sql"
    text = script.read_text(encoding="utf-8")
    assert text.count("Reserved'") >= 1
    script.write_text(text.replace("@qs_ref_note = 'Reserved'", "@qs_ref_note = 'Held'"), encoding="utf-8")
    done = await upgrade(own_shop.admin, own_shop.database, folder=folder)
    assert {str(item.item) for item in done.made if item.outcome != "present"} == {
        "procedure sp_reserve_order_inventory"
    }
    assert "Held" in str((await sql.all("SHOW CREATE PROCEDURE sp_reserve_order_inventory"))[0][2])
    assert (await verify(own_shop.admin, own_shop.database, OFFSET, folder=folder)).is_right


async def test_triggers_are_never_missing_while_they_are_made_again(own_shop: Shop, sql: Session, folder: Path) -> None:
    await sql.run("INSERT INTO users (messenger_id) VALUES ('1')")
    await sql.run("INSERT INTO orders (order_number, user_id, total_amount) VALUES ('A', LAST_INSERT_ID(), 1)")
    moves = 0
    stop = asyncio.Event()

    async def write_all_the_time() -> None:
        nonlocal moves
        states = ("confirmed", "pending")
        while not stop.is_set():
            await sql.run("UPDATE orders SET order_status = %(state)s", state=states[moves % 2])
            moves += 1

    async def has_moved(times: int) -> bool:
        return moves >= times or writer.done()

    writer = asyncio.create_task(write_all_the_time())
    script = folder / "quicksell_automation_v2.sql"
    text = script.read_text(encoding="utf-8")
    for turn in range(5):
        changed = text.replace("LEFT(@qs_actor, 100)", f"LEFT(@qs_actor, {90 + turn})")
        assert changed != text
        script.write_text(changed, encoding="utf-8")
        await upgrade(own_shop.admin, own_shop.database, folder=folder)
        await comes(partial(has_moved, 3 * (turn + 1)), "the writer's next moves")
    stop.set()
    await writer
    assert await sql.value("SELECT COUNT(*) FROM order_state_history WHERE from_status IS NOT NULL") == moves


async def test_two_runs_at_once_do_the_work_once(own_shop: Shop, sql: Session, folder: Path) -> None:
    write(folder, "9001_pets", FIRST.replace("WHERE NOT EXISTS (SELECT 1 FROM pets)", ""))
    done = await asyncio.gather(*(run(own_shop, folder) for _ in range(4)))
    assert sorted(done) == [(), (), (), ("9001_pets",)]
    assert await sql.value("SELECT COUNT(*) FROM pets") == 1


async def test_two_first_runs_at_once_make_one_database(server: Server, database: str) -> None:
    await asyncio.gather(init(server.admin, database), init(server.admin, database))
    assert (await verify(server.admin, database, OFFSET, fresh=True)).is_right


async def test_who_waits_too_long_is_told_so(own_shop: Shop) -> None:
    async with hold(own_shop.admin, own_shop.database):
        with pytest.raises(Busy, match="Another process is changing the schema"):
            async with hold(own_shop.admin, own_shop.database, wait=0):
                pass
    async with hold(own_shop.admin, own_shop.database, wait=0):
        pass


async def test_a_lease_of_another_node_is_honoured_until_it_ends(own_shop: Shop, sql: Session) -> None:
    taken = (
        "UPDATE schema_ledger SET holder = 'node2:3306:/data x', expires_at = NOW(6) + INTERVAL {} SECOND"
        " WHERE kind = 'lock'"
    )
    await sql.run(taken.format("60"))
    with pytest.raises(Busy, match="from the node node2:3306:/data"):
        async with hold(own_shop.admin, own_shop.database, wait=0):
            pass
    await sql.run(taken.format("-1"))
    async with hold(own_shop.admin, own_shop.database, wait=0):
        pass


async def test_a_run_that_died_on_this_server_holds_nobody_up(own_shop: Shop, sql: Session) -> None:
    connect: Connect = own_shop.admin
    holding = hold(connect, own_shop.database)
    await holding.__aenter__()
    victim = await sql.value("SELECT IS_USED_LOCK(%(lock)s)", lock=await lock_name(sql, own_shop.database))
    await sql.run(f"KILL {victim}")
    async with hold(connect, own_shop.database, wait=60):
        pass
    await holding.__aexit__(None, None, None)


async def lock_name(sql: Session, database: str) -> str:
    return str(await sql.value("SELECT CONCAT('quicksell_schema_', LEFT(SHA2(%(name)s, 256), 40))", name=database))


async def test_a_busy_table_makes_the_upgrade_wait_and_nobody_else_for_long(
    own_shop: Shop, sql: Session, folder: Path
) -> None:
    reader = await own_shop.admin()
    await reader.run(f"USE {name(own_shop.database)}")
    await reader.run("START TRANSACTION")
    await reader.all("SELECT COUNT(*) FROM brands")  # holds the table's definition
    write(folder, "9001_brands", "ALTER TABLE brands ADD COLUMN motto VARCHAR(100) NULL;")
    upgrading = asyncio.create_task(run(own_shop, folder))
    watcher = await own_shop.admin()

    async def waits() -> bool:
        return bool(
            await watcher.value(
                "SELECT COUNT(*) FROM information_schema.PROCESSLIST"
                " WHERE INFO LIKE 'ALTER TABLE brands%%' AND STATE LIKE 'Waiting for table%%'"
            )
        )

    for _ in range(3):  # whoever comes while the upgrade waits gets by, though the first reader is still there
        await comes(waits, "the upgrade that waits for the table")
        async with asyncio.timeout(PATIENCE):
            await sql.all("SELECT COUNT(*) FROM brands")
        assert not upgrading.done()
    await reader.run("COMMIT")
    assert await upgrading == ("9001_brands",)
    await reader.close()
    await watcher.close()

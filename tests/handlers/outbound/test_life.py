"""Which processes live: a row each, renewed; who judges another must be sure."""

import asyncio
import sys
from pathlib import Path

from bot.base.settings import DatabaseSettings
from bot.workshop.database.private import PrivateServer
from handlers.outbound.life import Life
from repository.database.connection import Database
from repository.database.errors import DatabaseError
from repository.schema.base.session import opener
from repository.schema.change.init import init
from tests.conftest import MANILA
from tests.support.waiting import PATIENCE

FIRST_LIFE = 1


async def alive(database: Database) -> list[str]:
    async with database.connection() as conn:
        return [str(row[0]) for row in (await conn.run("SELECT name FROM processes ORDER BY name")).rows]


async def make_late(database: Database, name: str) -> None:
    async with database.connection() as conn:
        await conn.run("UPDATE processes SET alive_until = NOW(3) - INTERVAL 1 HOUR WHERE name = %(name)s", name=name)


async def test_processes_see_each_other_until_one_ends(database: Database) -> None:
    ana, ben = Life(database, name="a"), Life(database, name="b")
    await ana.beat()
    assert not ana.has_company
    await ben.beat()
    await ana.beat()
    assert ana.has_company
    assert ben.has_company
    await ben.end()
    await ana.beat()
    assert not ana.has_company
    assert await alive(database) == ["a"]


async def test_a_process_that_knows_it_has_company_waits_for_no_look(database: Database) -> None:
    life = Life(database, name="a", has_company=True)
    assert life.has_company
    await life.beat()
    assert life.has_company


async def test_one_that_could_not_renew_in_time_is_in_doubt_by_its_own_clock(database: Database) -> None:
    alone, in_company = Life(database, name="a", seconds=1), Life(database, name="b", has_company=True, seconds=1)
    assert alone.is_in_doubt  # nobody knows of it yet
    await alone.ensure()
    await in_company.ensure()
    await asyncio.sleep(1.1)
    assert not alone.is_in_doubt  # there is nobody who could take it for dead
    assert in_company.is_in_doubt
    await in_company.ensure()
    assert in_company.number == FIRST_LIFE


async def test_one_that_is_late_is_buried_by_one_that_has_lived_long_enough_without_a_gap(database: Database) -> None:
    late, judge = Life(database, name="late"), Life(database, name="judge", seconds=1)
    await late.beat()
    await judge.beat()
    await make_late(database, "late")
    await judge.beat()
    assert await alive(database) == ["judge", "late"]  # it has not lived long enough to judge
    async with asyncio.timeout(PATIENCE):
        while "late" in await alive(database):
            await asyncio.sleep(0.1)
            await judge.beat()
    assert judge.number == FIRST_LIFE
    await late.beat()
    assert late.number == FIRST_LIFE + 1  # it learns that what it had claimed may be another's


async def test_after_a_gap_nobody_is_judged_before_everybody_could_renew(database: Database) -> None:
    ana, ben = Life(database, name="a", seconds=1), Life(database, name="b", seconds=1)
    await ana.beat()
    async with asyncio.timeout(PATIENCE):
        while not ben.has_company or await ben_judges(database, ben):
            await asyncio.sleep(0.1)
            await ana.beat()
            await ben.beat()
    await asyncio.sleep(1.1)  # the database is away: both are late now
    await ben.beat()
    assert await alive(database) == ["a", "b"]
    await ana.beat()
    assert (ana.number, ben.number) == (FIRST_LIFE, FIRST_LIFE)


async def ben_judges(database: Database, ben: Life) -> bool:
    """Whether he does not yet bury a stranger that is late."""
    async with database.connection() as conn:
        await conn.run("INSERT IGNORE INTO processes (name, alive_until) VALUES ('stranger', NOW(3) - INTERVAL 1 HOUR)")
    await ben.beat()
    return "stranger" in await alive(database)


async def test_a_process_of_this_machine_that_ended_is_buried_at_once(database: Database) -> None:
    life = Life(database, name="a")
    await life.beat()
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=asyncio.subprocess.PIPE)
    async with database.connection() as conn:
        await conn.run(
            "INSERT INTO processes (name, place, pid, alive_until) SELECT 'child', place, %(pid)s,"
            " NOW(3) + INTERVAL 1 HOUR FROM processes WHERE name = 'a'",
            pid=child.pid,
        )
        await conn.run(
            "INSERT INTO processes (name, place, pid, alive_until) VALUES ('elsewhere', 'another machine', %(pid)s,"
            " NOW(3) + INTERVAL 1 HOUR)",
            pid=child.pid,
        )
    await life.beat()
    assert await alive(database) == ["a", "child", "elsewhere"]
    child.kill()
    await child.wait()
    await life.beat()
    assert await alive(database) == ["a", "elsewhere"]


async def test_a_restart_of_the_database_makes_nobody_dead(tmp_path: Path) -> None:
    server = PrivateServer.start(tmp_path / "server", fast=True)
    account = DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)
    await init(opener(account, MANILA, database=False), account.name)
    database = Database(account, MANILA)
    lives = [Life(database, name=name) for name in "abc"]
    for life in lives:
        await life.beat()
    for name in "abc":
        await make_late(database, name)
    await asyncio.to_thread(server.stop)
    with PrivateServer.start(tmp_path / "server", fast=True):
        for life in lives:
            await renews(life)
        assert await alive(database) == ["a", "b", "c"]
        assert [life.number for life in lives] == [FIRST_LIFE] * 3
        await database.close()


async def renews(life: Life) -> None:
    """Beat until the database answers."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await life.beat()
            except DatabaseError:
                await asyncio.sleep(0.05)
            else:
                return

"""The database is away, full or restarted while shoppers buy: it is said in time, and goes on by itself."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.workshop.emulator import phone
from bot.workshop.emulator.emulator import Emulator
from repository.database.connection import Database
from tests.broken.crowd import Crowd, answers_of, ends_well
from tests.broken.lives import Womb
from tests.broken.own import OwnDatabase, SmallDisk
from tests.broken.shop import Broken, stocks_mugs
from tests.conftest import MANILA
from tests.support.waiting import comes

pytestmark = pytest.mark.xdist_group("own server")
KINDS = (("serve", "--shared", "--no-workers"), ("serve", "--shared", "--no-workers"), ("work",))
Noted = Callable[[str, object], None]


async def names(database: Database) -> list[str]:
    """Who is in the books as alive."""
    async with database.connection() as conn:
        return [str(row[0]) for row in (await conn.run("SELECT name FROM processes ORDER BY name")).rows]


async def refuses(emulator: Emulator, since: int) -> None:
    """Wait until a webhook is refused: somebody says something, for all who buy may be waiting for the database.

    Args:
        emulator: Who brings them.
        since: How many answers there were before.
    """
    person = emulator.meet("Somebody else")
    emulator.courier.send(person.psid, *phone.types(emulator.facebook, person, "menu"))

    async def is_told() -> bool:
        return any(one.status == 503 for one in list(emulator.courier.outcomes)[since:])

    await comes(is_told, "a webhook is answered with 503")


@pytest.mark.parametrize(
    ("seconds", "buyers"), [pytest.param(2, 1, id="moment"), pytest.param(60, 6, id="minute", marks=pytest.mark.long)]
)
async def test_a_database_that_is_gone_for_a_while(
    own: OwnDatabase,
    its_database: Database,
    emulator: Emulator,
    unused_tcp_port: int,
    life: Path,
    seconds: int,
    buyers: int,
    record_property: Noted,
) -> None:
    product = await stocks_mugs(its_database)
    async with Womb() as womb:
        shop = Broken(womb, own.settings, emulator, unused_tcp_port, life, kinds=KINDS, own=own)
        await shop.opens()
        crowd = Crowd(emulator, its_database, buyers=buyers)
        await crowd.goes_on(1)
        alive, since = shop.pids, len(emulator.courier.outcomes)
        await own.dies()
        await refuses(emulator, since)
        await asyncio.sleep(seconds)  # it is away that long, not waited for
        told = answers_of(list(emulator.courier.outcomes)[since:])
        await own.starts()
        first = await crowd.hears()
        known = await names(its_database)
        await own.stops()
        await own.starts()
        await crowd.goes_on(1)
        await crowd.stops()
        assert await names(its_database) == known, "a clean restart makes nobody dead"
        assert shop.pids == alive, "nobody ends because the database is away"
        found = await ends_well(shop, its_database, crowd.bought, product)
    record_property(
        "broken",
        f"the database gone for {seconds} s: {told}; first message {first:.1f} s after its start;"
        f" {len(crowd.bought)} orders, {found.sent_again} messages twice and counted",
    )


@pytest.mark.long
async def test_a_database_whose_disk_is_full(
    emulator: Emulator, unused_tcp_port: int, tmp_path: Path, life: Path, record_property: Noted
) -> None:
    disk = SmallDisk(tmp_path / "disk")
    own = OwnDatabase(tmp_path / "disk" / "server", fast=True)
    try:
        await own.makes_the_shop()
        database = Database(own.settings, MANILA, patience=20)
        product = await stocks_mugs(database)
        async with Womb() as womb:
            shop = Broken(womb, own.settings, emulator, unused_tcp_port, life, kinds=KINDS, own=own)
            await shop.opens()
            crowd = Crowd(emulator, database, buyers=3)
            await crowd.goes_on()
            alive, since = shop.pids, len(emulator.courier.outcomes)
            filled = await asyncio.to_thread(disk.fills_up)
            await refuses(emulator, since)
            told = answers_of(list(emulator.courier.outcomes)[since:])
            disk.has_room_again()
            first = await crowd.hears()
            await crowd.goes_on()
            await crowd.stops()
            assert shop.pids == alive, "nobody ends because the disk is full"
            found = await ends_well(shop, database, crowd.bought, product)
        await database.close()
    finally:
        own.ends()
        disk.ends()
    record_property(
        "broken",
        f"the database's disk full, after {filled} MiB: {told}; first message {first:.1f} s after there was room;"
        f" {len(crowd.bought)} orders, {found.sent_again} messages twice and counted",
    )


@pytest.mark.long
@pytest.mark.parametrize(("restarts", "kills"), [(10, 20)])
async def test_a_database_that_is_restarted_while_processes_are_killed(
    own: OwnDatabase,
    its_database: Database,
    emulator: Emulator,
    unused_tcp_port: int,
    life: Path,
    restarts: int,
    kills: int,
    record_property: Noted,
) -> None:
    product = await stocks_mugs(its_database)
    async with Womb() as womb:
        shop = Broken(womb, own.settings, emulator, unused_tcp_port, life, kinds=KINDS, own=own)
        await shop.opens()
        crowd = Crowd(emulator, its_database, buyers=min(kills, 3))
        await crowd.goes_on(1)
        alive, known = shop.pids, await names(its_database)
        for _ in range(restarts):
            await own.stops()
            await own.starts()
            await crowd.goes_on(1)
        assert shop.pids == alive
        assert await names(its_database) == known, "a clean restart makes nobody dead"
        for number in range(kills):
            await shop.loses(number % len(KINDS))
            await crowd.goes_on(1)
        await crowd.stops()
        found = await ends_well(shop, its_database, crowd.bought, product)
    record_property(
        "broken",
        f"{restarts} restarts of the database, {kills} kills: {len(crowd.bought)} orders, none lost, doubled or out of"
        f" order; {found.sent_again} messages twice and counted",
    )

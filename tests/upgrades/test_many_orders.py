"""A large shop of 0.1.0 is brought up to date while its servers and people go on writing."""

import asyncio
import gzip
from pathlib import Path

from bot.base import clock
from bot.base.settings import DatabaseSettings
from bot.workshop.database.temporary import temporary_server
from repository.database.connection import Database
from repository.schema.backup.restore import restore
from repository.schema.base.scripts import read_upgrades
from repository.schema.base.session import opener
from repository.schema.change.upgrades import upgrade
from repository.schema.check.verify import verify
from repository.workshop import meanwhile
from repository.workshop.mass import orders as mass
from tests.conftest import MANILA, empty
from tests.upgrades.conftest import BACKUP

NAME = "quicksell_large"


async def take_turns(database: Database, over: asyncio.Event, shoppers: int, pause: float) -> int:
    """End turns as servers of 0.1.0 do, which keep their claims beside the state; says how many."""
    turns = 0
    while not over.is_set():
        async with database.transaction() as conn:
            psid = f"mass-{turns * 31 % shoppers + 1}"
            await conn.run("SELECT state, offered, sender, sender_until FROM conversations WHERE psid = %(psid)s"
                           " FOR UPDATE", psid=psid)  # fmt: skip
            await conn.run(
                "UPDATE conversations SET state = %(state)s, offered = '[]', sender = 'old', sender_until = %(until)s"
                " WHERE psid = %(psid)s",
                state='{"at":"idle"}',
                until=clock.now(),
                psid=psid,
            )
        turns += 1
        await asyncio.sleep(pause)
    return turns


async def test_a_large_shop_is_upgraded_beside_writers(tmp_path: Path, is_long: bool) -> None:
    orders, products, pause = (1_000_000, mass.PRODUCTS, meanwhile.PAUSE) if is_long else (2_000, 1000, 0.03)
    shoppers = orders // mass.ORDERS_PER_SHOPPER
    file = tmp_path / "shop.sql"
    file.write_bytes(gzip.decompress(BACKUP.read_bytes()))
    with temporary_server() as server:
        account = DatabaseSettings(
            socket=str(server.socket), user=server.admin_user, password=server.admin_password, name=NAME
        )
        connect = opener(account, MANILA, database=False)
        await restore(connect, NAME, file)
        database = Database(account, MANILA, most=meanwhile.WRITERS + 2)
        await empty(database)
        await mass.fill(database, orders=orders, products=products)
        async with database.connection() as conn:
            await conn.run(
                "INSERT INTO conversations (psid, page_id, state, sender, sender_until)"
                " SELECT messenger_id, '1', '{\"at\":\"idle\"}', 'gone', NOW() FROM users"
            )
        over = asyncio.Event()
        writers = [
            asyncio.create_task(meanwhile.write(database, over, number=number, orders=orders, pause=pause))
            for number in range(meanwhile.WRITERS)
        ]
        turns = asyncio.create_task(take_turns(database, over, shoppers, pause))
        try:
            done = await upgrade(connect, NAME)
        finally:
            over.set()
            written = await asyncio.gather(*writers)
        verified = await verify(connect, NAME, MANILA)
        async with database.connection() as conn:
            assert await conn.value("SELECT COUNT(*) FROM conversations") == shoppers
        await database.close()
    assert done.upgrades == tuple(script.name.removesuffix(".sql") for script in read_upgrades())
    assert [finding for finding in verified.findings if not finding.ok] == []
    assert await turns > 0
    slowest = max(one.slowest for one in written)
    print(f"{sum(one.writes for one in written)} writes, the slowest took {slowest:.3f} s")  # noqa: T201 - seen with -s

"""A database of 0.1.0 becomes what the scripts make today, while 0.1.0 goes on taking turns in it."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base import clock
from handlers.jobs.wishlist.watching import look_at_goods
from repository.chats import outbox
from repository.database.connection import Database
from repository.rules import Rules
from repository.schema.backup.restore import restore
from repository.schema.base.scripts import read_upgrades
from repository.schema.base.session import Session, name
from repository.schema.change.init import init
from repository.schema.change.upgrades import upgrade
from repository.schema.check.verify import verify
from tests.conftest import MANILA
from tests.repository.schema.conftest import OFFSET, Server, database, folder, server
from tests.upgrades.conftest import BACKUP

__all__ = ["database", "folder", "server"]

SHOPPERS = 4


@pytest.fixture
async def old(server: Server, database: str, tmp_path: Path) -> AsyncIterator[Session]:
    """A session in a database of 0.1.0, into which no upgrade has run."""
    file = tmp_path / "shop.sql"
    file.write_bytes(gzip.decompress(BACKUP.read_bytes()))
    await restore(server.admin, database, file, events="on")
    session = await server.admin()
    await session.run(f"USE {name(database)}")
    await session.run("DELETE FROM outbox")
    for number in range(SHOPPERS):
        await session.run(
            "INSERT INTO conversations (psid, page_id, state) VALUES (%(psid)s, '1', '{}')", psid=str(number)
        )
    yield session
    await session.close()


async def takes_turns(database: Database, psid: str, over: asyncio.Event) -> int:
    """What 0.1.0 writes for each turn, until it is over; how many turns it took."""
    turns = 0
    while not over.is_set():
        async with database.transaction() as conn:
            await conn.run(
                "SELECT state, offered, sender, sender_until FROM conversations WHERE psid = %(psid)s FOR UPDATE",
                psid=psid,
            )
            await conn.run(
                "UPDATE conversations SET offered = %(turn)s, sender = 'old', sender_until = NOW(3)"
                " WHERE psid = %(psid)s",
                turn=str(turns),
                psid=psid,
            )
            await conn.run("INSERT INTO outbox (psid, message) VALUES (%(psid)s, '{}')", psid=psid)
        turns += 1
    return turns


async def test_it_is_upgraded_while_0_1_0_takes_turns(
    old: Session, server: Server, database: str, folder: Path
) -> None:
    shop = Database(replace(server.settings, name=database), MANILA)
    over = asyncio.Event()
    taking = asyncio.gather(*(takes_turns(shop, str(number), over) for number in range(SHOPPERS)))
    done = await upgrade(server.admin, database, folder=folder)
    over.set()
    turns = sum(await taking)
    await shop.close()
    assert done.upgrades == tuple(script.name.removesuffix(".sql") for script in read_upgrades(folder))
    assert turns > 0
    assert await old.value("SELECT COUNT(*) FROM outbox") == turns
    assert [
        finding for finding in (await verify(server.admin, database, OFFSET, folder=folder)).findings if not finding.ok
    ] == []
    assert (await upgrade(server.admin, database, folder=folder)).upgrades == ()


async def test_the_two_ways_to_todays_database_give_the_same(
    old: Session, server: Server, database: str, folder: Path
) -> None:
    await upgrade(server.admin, database, folder=folder)
    upgraded = await _definitions(old, database)
    await old.run(f"DROP DATABASE {name(database)}")
    await init(server.admin, database, folder=folder)
    assert await _definitions(old, database) == upgraded


async def test_a_database_of_another_collation_than_its_tables_can_be_claimed_in(
    old: Session, server: Server, database: str, folder: Path
) -> None:
    # As after `mysqldump` into a database that somebody made without saying which collation
    await old.run(f"ALTER DATABASE {name(database)} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci")
    await upgrade(server.admin, database, folder=folder)
    shop = Database(replace(server.settings, name=database), MANILA)
    async with shop.transaction() as conn:
        await conn.run("INSERT INTO outbox (psid, message) VALUES ('0', '{}')")
        before, waiting = await outbox.claim(conn, psid="0", sender="new")
    assert (before.sender, len(waiting)) == (None, 1)
    async with shop.connection() as conn:
        unclaimed = await outbox.unclaimed(conn, sender="new", now=clock.now() + timedelta(minutes=1))
        assert [one.psid for one in unclaimed] == ["0"]
    await shop.close()
    assert [
        finding for finding in (await verify(server.admin, database, OFFSET, folder=folder)).findings if not finding.ok
    ] == []


async def test_wishes_of_0_1_0_are_watched_and_tell_of_a_lower_price(
    old: Session, server: Server, database: str, folder: Path
) -> None:
    await old.run(
        "INSERT INTO wishlists (user_id, product_id) SELECT u.id, p.id FROM users u, products p"
        " WHERE u.id = (SELECT MIN(id) FROM users) AND p.status = 'active'"
    )
    await upgrade(server.admin, database, folder=folder)
    goods = await old.value("SELECT COUNT(*) FROM watched_goods")
    assert goods == await old.value("SELECT COUNT(*) FROM wishlists")
    await old.run("UPDATE products SET base_price = base_price - 1 WHERE base_price > 1")
    shop = Database(replace(server.settings, name=database), MANILA)
    await look_at_goods(shop, Rules())
    await shop.close()
    told = "SELECT COUNT(*) FROM wishlists WHERE dropped_at IS NOT NULL AND price_saved = price_told + 1"
    assert await old.value(told) == goods
    assert await old.value("SELECT COUNT(*) FROM notification_queue WHERE template_name = 'unasked.wish_news'") == 1


async def _definitions(session: Session, database: str) -> list[tuple[object, ...]]:
    """Every column of every table, with its comment."""
    found = await session.all(
        "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, COLLATION_NAME, EXTRA,"
        " COLUMN_COMMENT FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = %(database)s"
        " ORDER BY TABLE_NAME, ORDINAL_POSITION",
        database=database,
    )
    assert any(row[0] == "processes" for row in found)
    return [tuple(row) for row in found]

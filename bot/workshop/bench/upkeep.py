"""What looking after a database costs: making it, checking it, and upgrading it while people write."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.bench.figures import Figure, figure
from repository.database.connection import Database
from repository.schema.base.scripts import FOLDER
from repository.schema.base.session import opener
from repository.schema.change.init import init
from repository.schema.change.upgrades import upgrade
from repository.schema.check.verify import verify
from repository.workshop import meanwhile

INIT, VERIFY, BLOCKED = 5.0, 2.0, 1.0
"""Seconds that each may take at most, the issue's numbers; the last one for a writer during an upgrade."""


async def made(account: DatabaseSettings) -> list[Figure]:
    """Make a database on an empty server, and check it.

    Args:
        account: Of an administrator; names the database.

    Raises:
        ValueError: Something about the new database is wrong.
    """
    offset = Settings().offset
    connect = opener(account, offset, database=False)
    created = await init(connect, account.name)
    began = clock.monotonic()
    verified = await verify(connect, account.name, offset)
    seconds = clock.monotonic() - began
    if not verified.is_right:
        raise ValueError("; ".join(f"{f.name} {f.message}" for f in verified.findings if not f.ok))
    return [
        figure("db init, an empty server", created.seconds, "s", INIT),
        figure("db verify", seconds, "s", VERIFY),
        figure("innodb_flush_log_at_trx_commit", await _durability(account), "", 1),
    ]


async def upgraded(account: DatabaseSettings, orders: int) -> list[Figure]:
    """Upgrade a large shop by a column, an index and its rows, while six people write.

    Args:
        account: Of an administrator; names the database, which `mass.orders.fill` has filled.
        orders: How many orders it has.

    Raises:
        ValueError: An order was left out.
    """
    offset = Settings().offset
    over = asyncio.Event()
    database = Database(account, offset, most=meanwhile.WRITERS)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sql"
        shutil.copytree(FOLDER, folder)
        (folder / "upgrades").mkdir(exist_ok=True)
        (folder / "upgrades" / "9999_gift_notes.sql").write_text(meanwhile.UPGRADE, encoding="utf-8")
        writers = [
            asyncio.create_task(meanwhile.write(database, over, number=number, orders=orders))
            for number in range(meanwhile.WRITERS)
        ]
        try:
            await upgrade(opener(account, offset, database=False), account.name, folder=folder)
        finally:
            over.set()
            written = await asyncio.gather(*writers)
    async with database.connection() as conn:
        left = await conn.value(
            "SELECT COUNT(*) FROM orders WHERE id <= %(orders)s AND gift_note IS NULL", orders=orders
        )
    await database.close()
    if left:
        raise ValueError(f"the upgrade left out {left!s} orders")
    return [
        figure("an upgrade, the slowest write meanwhile", max(each.slowest for each in written), "s", BLOCKED),
        figure("an upgrade, writes meanwhile", sum(each.writes for each in written), "writes"),
        figure("innodb_flush_log_at_trx_commit", await _durability(account), "", 1),
    ]


async def _durability(account: DatabaseSettings) -> float:
    database = Database(account, Settings().offset, most=1)
    async with database.connection() as conn:
        setting = await conn.value("SELECT @@GLOBAL.innodb_flush_log_at_trx_commit")
    await database.close()
    return float(str(setting))

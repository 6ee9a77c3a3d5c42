"""A demo shop as 0.1.0 left it, with a shopper in every state, brought up to date."""

import asyncio
import gzip
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.stage import staged
from repository.database.connection import Database
from repository.schema.backup.restore import restore
from repository.schema.base.session import opener
from repository.schema.change.upgrades import upgrade
from tests.conftest import MANILA
from tests.conversations.conftest import Shop
from tests.repository.schema.conftest import database, folder, server

__all__ = ["database", "folder", "server"]  # what tests of the schema tools stand on too
BACKUP = Path(__file__).parent / "shop_of_0_1_0.sql.gz"
"""Written by `db backup` of 0.1.0; each shopper's PSID ends with the number of the state that they stand in."""


@pytest.fixture(scope="session")
def old_shop(administrator: DatabaseSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DatabaseSettings]:
    """The database of 0.1.0, restored and upgraded."""
    name = f"quicksell_tests_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_0_1_0"
    account = replace(administrator, name=name)
    file = tmp_path_factory.mktemp("backup") / "shop.sql"
    file.write_bytes(gzip.decompress(BACKUP.read_bytes()))
    connect = opener(account, MANILA, database=False)

    async def bring_up() -> None:
        await restore(connect, name, file, replace=True)
        await upgrade(connect, name)

    async def drop() -> None:
        admin = Database(replace(account, name="information_schema"), MANILA, most=1)
        async with admin.connection() as conn:
            await conn.run(f"DROP DATABASE IF EXISTS {name}")
        await admin.close()

    asyncio.run(bring_up())
    yield account
    asyncio.run(drop())


@pytest.fixture
async def shop(old_shop: DatabaseSettings) -> AsyncIterator[Shop]:
    """The shop, running on that database."""
    settings = Settings(database=old_shop, port=0, secret_key="a secret for tests", shop_name="Tindahan")
    async with staged(settings) as stage:
        yield Shop(stage, stage.parts.database)

"""A Facebook that waits for whatever is broken, and a database server that may be broken."""

import asyncio
import shutil
from collections import deque
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.workshop.emulator.emulator import Emulator
from repository.database.connection import Database
from tests.broken.own import OwnDatabase
from tests.conftest import MANILA, empty


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """A Facebook that is patient for longer than a restart takes, and remembers every answer."""
    emulator = Emulator()
    emulator.courier.pauses = (0.05,) * 4000
    emulator.courier.outcomes = deque()
    await emulator.start()
    yield emulator
    await emulator.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnDatabase]:
    """A server with an empty shop, which every test leaves running."""
    folder: Path = tmp_path_factory.mktemp("own")
    own = OwnDatabase(folder / "server")
    asyncio.run(own.makes_the_shop())
    yield own
    own.ends()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def own(server: OwnDatabase) -> AsyncIterator[OwnDatabase]:
    """The server, with nothing in its shop."""
    await server.starts()
    database = Database(server.settings, MANILA)
    await empty(database)
    await database.close()
    yield server
    await server.starts()


@pytest.fixture
async def its_database(own: OwnDatabase) -> AsyncIterator[Database]:
    """The shop's database on the test's own server."""
    database = Database(own.settings, MANILA, patience=20)
    yield database
    await database.close()


@pytest.fixture
def life(tmp_path: Path) -> Path:
    """A folder for what processes that die know together."""
    folder = tmp_path / "life"
    folder.mkdir()
    return folder

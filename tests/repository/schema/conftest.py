"""Databases and accounts that the tests of the schema tools make, look at and spoil."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta, timezone
from pathlib import Path

import msgspec
import pytest

from bot.base import clock
from bot.base.settings import DatabaseSettings, load_test_database
from repository.database.connection import Counts
from repository.schema.base.account import Account
from repository.schema.base.session import Connect, Session, name, opener
from repository.schema.change.init import init
from tests.repository.schema.backup.filling import fill

OFFSET = timezone(timedelta(hours=8))


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """A server and an account of it that may do anything.

    Attributes:
        settings: How to reach it as that account.
        is_given: Whether somebody else's, so that nothing global may be changed.
    """

    settings: DatabaseSettings
    is_given: bool

    def as_account(self, user: str, password: str) -> Connect:
        """Opens sessions of another account, with no database chosen."""
        return opener(msgspec.structs.replace(self.settings, user=user, password=password), OFFSET, database=False)

    @property
    def admin(self) -> Connect:
        """Opens sessions of the account that may do anything, with no database chosen."""
        return opener(self.settings, OFFSET, database=False)


class Shop(msgspec.Struct, frozen=True, kw_only=True):
    """A database with everything in it, and the bot's account on it."""

    server: Server
    database: str
    user: str
    password: str

    @property
    def admin(self) -> Connect:
        """Opens sessions of the account that may do anything, with no database chosen."""
        return self.server.admin

    @property
    def bot(self) -> Connect:
        """Opens sessions of the bot's account, with no database chosen."""
        return self.server.as_account(self.user, self.password)


@pytest.fixture(scope="session")
def server(administrator: DatabaseSettings) -> Server:
    """The server of the tests."""
    return Server(settings=administrator, is_given=load_test_database() is not None)


class Counting:
    """An opener of sessions that counts what they ask: a tool that asks little is quick on every machine."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._counts: list[Counts] = []

    async def connect(self) -> Session:
        """Open one more session."""
        session = await self._connect()
        self._counts.append(session._database.counts)
        return session

    @property
    def asked(self) -> int:
        """How many round trips to the server all sessions together have made."""
        return sum(counts.round_trips for counts in self._counts)


def fresh_name(what: str) -> str:
    """A name for a database or an account that nobody else has."""
    return f"quicksell_{what}_{clock.suffix(8).lower()}"


async def drop(server: Server, *, databases: tuple[str, ...] = (), users: tuple[str, ...] = ()) -> None:
    """Remove what a test has made."""
    session = await server.admin()
    for database in databases:
        await session.run(f"DROP DATABASE IF EXISTS {name(database)}")
    for user in users:
        await session.run(f"DROP USER IF EXISTS '{user}'@'localhost', '{user}'@'%'")
    await session.close()


@asynccontextmanager
async def _named(server: Server, kind: str) -> AsyncIterator[str]:
    made = fresh_name(kind)
    yield made
    await drop(server, databases=(made,))


@pytest.fixture
async def database(server: Server) -> AsyncIterator[str]:
    """A name for a database that does not exist yet; what has it afterwards is dropped."""
    async with _named(server, "t") as made:
        yield made


@pytest.fixture
async def admin(server: Server) -> AsyncIterator[Session]:
    """A session of the account that may do anything."""
    session = await server.admin()
    yield session
    await session.close()


async def _make(server: Server) -> Shop:
    shop = Shop(
        server=server,
        database=fresh_name("shop"),
        user=fresh_name("bot").replace("quicksell_", ""),
        password="it's\\50%",
    )
    host = "localhost" if server.settings.socket else "%"
    await init(server.admin, shop.database, account=Account(user=shop.user, host=host), password=shop.password)
    return shop


@pytest.fixture(scope="session")
def shop(server: Server) -> Iterator[Shop]:
    """A whole database that tests only look at."""
    made = asyncio.run(_make(server))
    yield made
    asyncio.run(drop(server, databases=(made.database,), users=(made.user,)))


@pytest.fixture
async def own_shop(server: Server) -> AsyncIterator[Shop]:
    """A whole database that a test may spoil."""
    made = await _make(server)
    yield made
    await drop(server, databases=(made.database,), users=(made.user,))


@pytest.fixture
async def sql(own_shop: Shop) -> AsyncIterator[Session]:
    """A session of the account that may do anything, in the database that a test may spoil."""
    session = await own_shop.admin()
    await session.run(f"USE {name(own_shop.database)}")
    yield session
    await session.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the scripts that a test may change; its own upgrades have numbers from 9000 on."""
    source = Path(__file__).resolve().parents[3] / "sql"
    (tmp_path / "upgrades").mkdir()
    for script in (*source.glob("*.sql"), *source.glob("upgrades/*.sql")):
        copy = tmp_path / script.relative_to(source)
        copy.write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


@pytest.fixture
async def copy(server: Server) -> AsyncIterator[str]:
    """A name for the database that a backup is restored into."""
    async with _named(server, "copy") as made:
        yield made


@pytest.fixture
async def full_shop(own_shop: Shop) -> Shop:
    """A whole database with rows of every kind, that a test may spoil."""
    session = await own_shop.admin()
    await fill(session, own_shop.database)
    await session.close()
    return own_shop

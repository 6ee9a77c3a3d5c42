"""What tests share: a real server, a database with nothing in it, and a shop on real sockets."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Generator, Iterator
from datetime import timedelta, timezone
from functools import cache

import pytest
from hypothesis import HealthCheck, settings
from msgspec.structs import replace

from bot.base import logs
from bot.base import settings as settings_
from bot.base.settings import DatabaseSettings
from bot.workshop.database.temporary import temporary_server
from repository.database.connection import Database, Statement
from repository.schema.base.scripts import FOLDER, OURS, read
from repository.schema.base.session import opener
from repository.schema.change.init import init
from tests.support.keeper import Keeper
from tests.support.waiting import PATIENCE

MANILA = timezone(timedelta(hours=8))
_KEPT = {"schema_ledger", "shop_versions", "search_changes"}
_tables: dict[str, list[str]] = {}
"""The tables of each database that was emptied, apart from those."""


def pytest_configure(config: pytest.Config) -> None:
    """Let programs that tests start hear Ctrl-C: what a shell runs in the background ignores it, with all it starts.

    Examples that are drawn by lot are the same each time, and others in the long form.
    """
    patient = settings(
        deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not config.getoption("--long")
    )
    settings.register_profile("patient", patient)
    settings.load_profile("patient")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long` runs the long forms too."""
    parser.addoption("--long", action="store_true", help="run the long forms too")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let nobody look for garbage among what stays: all tests are looked through in seconds, time and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long forms are left out, not skipped, unless they are asked for."""
    if not config.getoption("--long"):
        left_out = [item for item in items if item.get_closest_marker("long")]
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was broken on purpose, and how often: what tests have noted as `broken`, that came through it."""
    told = [
        f"{report.nodeid.rpartition('/')[2]}: {value}"
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "broken"
    ]
    if told:
        terminalreporter.section("broken on purpose; nothing lost, doubled or out of order")
        for line in told:
            terminalreporter.write_line(line)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Share the tests out in our own way."""
    if config.getoption("dist") != "loadgroup":
        return None
    from tests.support.workers.sharing import Sharing

    return Sharing(config, log)


@pytest.fixture(scope="session", autouse=True)
def _production_logs() -> None:
    """Logs as production writes them: a traceback without values, which also costs a hundredth of a coloured one."""
    logs.configure("WARNING", as_json=True)


@pytest.fixture(scope="session")
def is_long(request: pytest.FixtureRequest) -> bool:
    """Whether the long forms are wanted."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def administrator() -> Iterator[DatabaseSettings]:
    """An account that may do everything, on the server of `TEST_DB_*` or on a private one."""
    given = settings_.load_test_database()
    if given is not None:
        account = {"user": given.admin_user, "password": given.admin_password} if given.admin_user else {}
        yield replace(given, **account)
        return
    with temporary_server() as server:
        yield DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)


@pytest.fixture(scope="session")
def schema(administrator: DatabaseSettings) -> DatabaseSettings:
    """A database with everything in it and no rows, one for each process that runs tests."""
    name = f"quicksell_tests_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    account = replace(administrator, name=name)

    async def create() -> None:
        admin = Database(replace(account, name="information_schema"), MANILA, most=1)
        async with admin.connection() as conn:
            await conn.run(f"DROP DATABASE IF EXISTS {name}")
        await admin.close()
        await init(opener(account, MANILA, database=False), name)

    asyncio.run(create())
    return account


@pytest.fixture
async def database(schema: DatabaseSettings) -> AsyncIterator[Database]:
    """The database, emptied before the test."""
    database = Database(schema, MANILA, wait=PATIENCE)
    await empty(database)
    yield database
    await database.close()


@pytest.fixture
def keeper(database: Database) -> Keeper:
    """The merchant of an empty shop."""
    return Keeper(database)


async def empty(database: Database) -> None:
    """Leave only the rows that the scripts themselves insert, as they were."""
    async with database.connection() as conn:
        name = str((await conn.run("SELECT DATABASE()")).rows[0][0])
        if name not in _tables:
            found = await conn.run(
                "SELECT table_name FROM information_schema.tables"
                " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'"
            )
            _tables[name] = sorted({str(row[0]) for row in found.rows} - _KEPT)
        await conn.batch(
            Statement("SET FOREIGN_KEY_CHECKS = 0"),
            *(Statement(f"DELETE FROM {table}") for table in _tables[name]),
            Statement("SET FOREIGN_KEY_CHECKS = 1"),
            *(Statement(seed) for table, seed in _seeds() if table in _tables[name]),
        )


@cache
def _seeds() -> tuple[tuple[str, str], ...]:
    """The statements that put the first rows into a table of a new database; each only where there are none."""
    texts = [one.text for one in read(FOLDER / OURS[-1]).statements if one.text.startswith("INSERT INTO")]
    return tuple((text.split()[2].strip("`"), text) for text in texts)

"""Two databases, loaded by the plain client: the contract's scripts alone, and with the guards beside them."""

import os
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from bot.settings import DatabaseSettings
from tests.sql.prompt import CONTRACT, GUARDS, Prompt, load
from tests.sql.shop import Shop


def _database(administrator: DatabaseSettings, kind: str, *files: str) -> DatabaseSettings:
    name = f"quicksell_sql_{kind}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    prompt = Prompt(administrator, name="information_schema")
    prompt.run(f"DROP DATABASE IF EXISTS {name}")
    prompt.close()
    load(administrator, name, *files)
    return replace(administrator, name=name)


@pytest.fixture(scope="session")
def guarded(administrator: DatabaseSettings) -> DatabaseSettings:
    """A database with the contract's two scripts and the guards."""
    return _database(administrator, "guarded", *CONTRACT, GUARDS)


@pytest.fixture(scope="session")
def bare(administrator: DatabaseSettings) -> DatabaseSettings:
    """A database with the contract's two scripts alone."""
    return _database(administrator, "bare", *CONTRACT)


@pytest.fixture
def shop(guarded: DatabaseSettings) -> Iterator[Shop]:
    """A shop on the guarded database, beside other tests' rows."""
    shop = Shop(guarded)
    yield shop
    shop.close()


@pytest.fixture
def rival(guarded: DatabaseSettings) -> Iterator[Shop]:
    """Somebody else on the same database."""
    shop = Shop(guarded)
    yield shop
    shop.close()


@pytest.fixture
def empty_shop(shop: Shop) -> Shop:
    """The same with no row in it."""
    shop.empty()
    return shop


@pytest.fixture
def bare_shop(bare: DatabaseSettings) -> Iterator[Shop]:
    """A shop on the two contract scripts alone, with no row in it."""
    shop = Shop(bare)
    shop.empty()
    yield shop
    shop.close()


@pytest.fixture(params=["guarded", "bare"])
def either_shop(request: pytest.FixtureRequest, administrator: DatabaseSettings) -> Iterator[Shop]:
    """With the guards and without: the promise must hold in both."""
    shop = Shop(request.getfixturevalue(request.param))
    yield shop
    shop.close()

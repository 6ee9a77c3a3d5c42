"""Transactions on a node of a cluster, which may undo one and not say so. `tests/broken/cluster/` has a real one."""

from collections.abc import AsyncIterator

import pytest

from bot.base.settings import DatabaseSettings
from repository.database import driver
from repository.database.bounds import ALONE, ON_A_NODE, bounds_of
from repository.database.connection import Connection, Database, Statement
from repository.database.errors import TryAgain
from tests.conftest import MANILA, empty
from tests.support.keeper import Keeper

NAMED = "SELECT GROUP_CONCAT(name ORDER BY name) FROM brands"


def put(name: str) -> Statement:
    return Statement("INSERT INTO brands (name, slug) VALUES (%(name)s, %(name)s)", {"name": name})


UNDONE = Statement("ROLLBACK")  # as a node does by itself


@pytest.fixture
async def node(schema: DatabaseSettings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """The shop's database, whose sessions take its server for a node."""
    monkeypatch.setattr(driver, "bounds_of", lambda _: ON_A_NODE)
    database = Database(schema, MANILA)
    await empty(database)
    yield database
    await database.close()


async def test_what_is_done_is_committed_once_and_the_session_is_as_before(node: Database) -> None:
    async with node.transaction() as conn:
        await conn.batch(put("one"), put("two"))
        first = conn.session
    async with node.connection() as conn:
        assert conn.session is first
        await conn.batch(put("three"))
    assert await Keeper(node).look(NAMED) == "one,three,two"


async def test_the_first_and_the_last_statement_may_travel_together(node: Database) -> None:
    async with node.transaction() as conn:
        (one, two) = await conn.batch(put("one"), Statement("SELECT name FROM brands"), commit=True)
        assert (one.rowcount, two.rows) == (1, (("one",),))
    async with node.connection() as conn:
        await conn.whole(put("two"), put("three"))
    assert await Keeper(node).look(NAMED) == "one,three,two"


async def test_half_of_a_transaction_is_never_committed(node: Database) -> None:
    with pytest.raises(TryAgain):
        async with node.transaction() as conn:
            await conn.batch(put("one"), UNDONE, put("two"), commit=True)
    with pytest.raises(TryAgain):
        async with node.transaction() as conn:
            await conn.batch(put("one"))
            await conn.batch(UNDONE, put("two"))
            await conn.batch(put("three"))
    assert await Keeper(node).look(NAMED) is None


async def test_what_went_wrong_since_is_no_fault_of_its_own(node: Database) -> None:
    with pytest.raises(TryAgain):
        async with node.transaction() as conn:
            *_, found = await conn.batch(put("one"), UNDONE, Statement("SELECT name FROM brands"))
            assert found.rows[0] == ("one",)
    with pytest.raises(IndexError):
        async with node.transaction() as conn:
            found = await conn.run("SELECT name FROM brands")
            assert found.rows[0]
    assert await Keeper(node).look(NAMED) is None


async def test_it_is_done_again_where_it_was_undone(node: Database) -> None:
    undone = [UNDONE]

    async def again(conn: Connection) -> None:
        statements = (put("one"), *undone, put("two"))
        undone.clear()
        await conn.batch(*statements)

    await node.retry(again)
    assert await Keeper(node).look(NAMED) == "one,two"


@pytest.mark.parametrize(
    ("rows", "bounds"), [((), ALONE), ((("wsrep_on", "OFF"),), ALONE), ((("wsrep_on", "ON"),), ON_A_NODE)]
)
def test_only_a_node_of_a_cluster_costs_more(rows: tuple[tuple[object, ...], ...], bounds: object) -> None:
    assert bounds_of(rows) is bounds

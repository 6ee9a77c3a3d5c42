"""Several reads in one round trip."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from repository.database.connection import Connection, Database
from repository.database.errors import ProcedureRefused, UnknownAddress
from repository.database.together import together
from repository.orders import carts, shipping
from repository.orders.addresses import address


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[Connection]:
    """A connection in a transaction."""
    async with database.transaction() as conn:
        yield conn


async def test_one_round_trip_answers_them_all(conn: Connection) -> None:
    before = conn.counts.round_trips
    cart, zones, nothing = await together(
        conn,
        [
            lambda held: carts.cart(held, shopper_id=1),
            shipping.zones,
            lambda held: held.value("SELECT NULL"),
        ],
    )
    assert conn.counts.round_trips == before + 1
    assert isinstance(cart, carts.Cart)
    assert isinstance(zones, tuple)
    assert nothing is None


async def test_one_that_asks_twice_goes_on_alone(conn: Connection) -> None:
    async def twice(held: Connection) -> object:
        first = await held.value("SELECT 1")
        return [first, await held.value("SELECT 2")]

    before = conn.counts.round_trips
    assert await together(conn, [twice, lambda held: held.value("SELECT 3"), twice]) == [[1, 2], 3, [1, 2]]
    assert conn.counts.round_trips == before + 2


async def test_a_refusal_is_raised(conn: Connection) -> None:
    with pytest.raises(UnknownAddress):
        await together(
            conn, [lambda held: address(held, shopper_id=1, address_id=0), lambda held: held.value("SELECT 3")]
        )
    assert await conn.value("SELECT 4") == 4


async def test_waiting_for_anything_else_is_refused(conn: Connection) -> None:
    async def elsewhere(_: Connection) -> object:
        await asyncio.sleep(0.01)
        return None

    with pytest.raises(TypeError, match="something else"):
        await together(conn, [elsewhere])


async def test_a_call_cannot_travel_along(conn: Connection) -> None:
    with pytest.raises((TypeError, ProcedureRefused)):
        await together(conn, [lambda held: held.sets("CALL sp_get_order_details(0)")])

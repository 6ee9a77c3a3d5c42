"""Whoever is killed at any place where the program waits, in the middle of a purchase: nothing is lost or doubled."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.emulator.emulator import Emulator
from repository.database.connection import Database
from tests.broken import books
from tests.broken.books import Bought, story
from tests.broken.lives import Womb
from tests.broken.own import OwnDatabase
from tests.broken.shop import FOUR, ONE, STOCK, TWO, Broken, Buyer, closes, stocks_mugs

pytestmark = pytest.mark.xdist_group("own server")
PURCHASES_MOST = 400
"""Purchases, by when one must have come through with everybody alive."""
EVERYWHERE = 100_000
"""Deaths, more than there are places."""
FIRST = 4
"""Purchases, by when somebody must have died."""


async def dies_everywhere(shop: Broken, emulator: Emulator, database: Database, *, deaths: int) -> None:
    """Buy, while somebody dies at each place on the way, until a purchase comes to no new one; then read the books.

    Args:
        shop: The shop; it is closed in the end.
        emulator: Its Facebook.
        database: Its database.
        deaths: How often at most.
    """
    product = await stocks_mugs(database)
    await shop.opens()
    bought: list[Bought] = [await Buyer(emulator, database).buys()]
    await closes(database, len(bought))
    dying = asyncio.create_task(shop.orders_deaths(database, deaths))
    try:
        for _ in range(PURCHASES_MOST):
            before = len(shop.places)
            bought.append(await Buyer(emulator, database).buys())
            if dying.done():
                dying.result()
            if len(shop.places) >= deaths or (len(shop.places) == before and (before or len(bought) > FIRST)):
                break
        await closes(database, len(bought))
    finally:
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
    await shop.rests()
    await closes(database, len(bought))
    assert shop.places, "nobody died at all"
    found = await books.read(database, bought, stock={product: STOCK})
    assert found.wrong == (), f"after {len(shop.places)} deaths"
    for one in bought:
        assert story(one.person) == story(bought[0].person), "everybody hears the same, whoever dies"
    assert not any(await shop.closes())


@pytest.mark.parametrize(
    ("kinds", "share", "deaths"),
    [
        pytest.param(ONE, 40, 4, id="one"),
        pytest.param(TWO, 40, 1, id="two"),
        pytest.param(FOUR, 40, 1, id="four"),
        pytest.param(ONE, 1, EVERYWHERE, id="one-long", marks=pytest.mark.long),
        pytest.param(TWO, 1, EVERYWHERE, id="two-long", marks=pytest.mark.long),
        pytest.param(FOUR, 1, EVERYWHERE, id="four-long", marks=pytest.mark.long),
    ],
)
async def test_a_server_or_worker_that_dies_anywhere_in_a_purchase(
    schema: DatabaseSettings,
    database: Database,
    emulator: Emulator,
    unused_tcp_port: int,
    tmp_path: Path,
    kinds: Sequence[Sequence[str]],
    share: int,
    deaths: int,
    record_property: Callable[[str, object], None],
) -> None:
    async with Womb() as womb:
        shop = Broken(womb, schema, emulator, unused_tcp_port, tmp_path, kinds=kinds, share=share)
        await dies_everywhere(shop, emulator, database, deaths=deaths)
    record_property("broken", f"{len(shop.places)} distinct places of a purchase, {len(kinds)} processes")


@pytest.mark.parametrize(
    ("kinds", "share", "deaths"),
    [
        pytest.param(ONE, 40, 3, id="one"),
        pytest.param(ONE, 1, EVERYWHERE, id="one-long", marks=pytest.mark.long),
        pytest.param(TWO, 1, EVERYWHERE, id="two-long", marks=pytest.mark.long),
        pytest.param(FOUR, 1, EVERYWHERE, id="four-long", marks=pytest.mark.long),
    ],
)
async def test_a_database_that_dies_anywhere_in_a_purchase(
    own: OwnDatabase,
    its_database: Database,
    emulator: Emulator,
    unused_tcp_port: int,
    life: Path,
    kinds: Sequence[Sequence[str]],
    share: int,
    deaths: int,
    record_property: Callable[[str, object], None],
) -> None:
    async with Womb() as womb:
        shop = Broken(
            womb, own.settings, emulator, unused_tcp_port, life, kinds=kinds, share=share, own=own, kills_it=True
        )
        await dies_everywhere(shop, emulator, its_database, deaths=deaths)
    record_property(
        "broken", f"the database at {len(shop.places)} distinct places of a purchase, {len(kinds)} processes"
    )

"""What a button made a step ask before is read with what opens the turn; nobody hears anything else because of it."""

from collections.abc import Awaitable, Mapping

import msgspec
import pytest

from handlers.turns.asking import foresight
from repository.catalogue import products
from repository.database.connection import Database
from repository.database.together import Reads
from repository.orders import addresses, carts, shipping
from repository.orders.coming import suki
from repository.rules import Rules
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import puts_in_cart

SHELVES = "🛍️ Shop now"
SHOPPER = {"shopper_id": 1}
PAGE = {"page": 1, "page_size": 5}
ASKED: Mapping[object, Mapping[str, object]] = {
    addresses.address: {**SHOPPER, "address_id": 1},
    addresses.addresses: SHOPPER,
    carts.cart: SHOPPER,
    products.categories: {"page": 1, "page_size": 5},
    products.featured: PAGE,
    products.product: {"product_id": 1},
    products.products_in: {**PAGE, "category_id": 1},
    shipping.zones: {},
    suki.usual: {**SHOPPER, "rules": Rules()},
}
"""What each of the reads is asked with."""


class _Asked(msgspec.Struct):
    asks: list[dict[str, object]]


async def costs(database: Database, doing: Awaitable[object]) -> int:
    """Round trips of the turns that something takes."""
    before = database.counts.round_trips
    await doing
    return database.counts.round_trips - before


async def asks(shop: Shop, shopper: Chat) -> list[dict[str, object]]:
    """What the last turn of a shopper has asked, with the answers, as it is recorded."""
    recording = (await shop.turns(shopper))[-1].recording
    return msgspec.json.decode(recording, type=_Asked).asks


@pytest.fixture
async def shelves(turns: tuple[Shop, Database]) -> tuple[Shop, Database]:
    """The shop, with a shelf that has two inside it."""
    shop, database = turns
    above = await shop.category("Mugs")
    for name in ("Big", "Small"):
        await shop.category(f"{name} mugs", parent=above)
        await shop.stocks(f"{name} mug", category=f"{name} mugs")
    return shop, database


async def test_what_one_tapped_is_read_sooner_for_the_next(shelves: tuple[Shop, Database]) -> None:
    shop, database = shelves
    ana, ben = Chat(shop, "Ana Cruz"), Chat(shop, "Ben Reyes")
    for one in (ana, ben):
        await one.says("hello")
        await one.says("menu")
    assert await costs(database, ana.taps(SHELVES)) == 3
    assert await costs(database, ben.taps(SHELVES)) == 2
    assert ben.heard == ana.heard
    assert await asks(shop, ben) == await asks(shop, ana)


async def test_taps_that_no_turn_came_of_are_in_nobodys_way(shelves: tuple[Shop, Database]) -> None:
    shop, database = shelves
    ana = Chat(shop, "Ana Cruz")
    await ana.says("hello")
    await ana.taps(SHELVES)
    for stranger in range(foresight.WAITING_MOST):
        shop.stage.parts.shop.foresight.tapped(str(stranger), "a button")
    await ana.says("menu")
    assert await costs(database, ana.taps(SHELVES)) == 2


async def test_another_shelf_is_read_ahead_as_well(shelves: tuple[Shop, Database]) -> None:
    shop, database = shelves
    ana = Chat(shop, "Ana Cruz")
    await ana.says("hello")
    await ana.taps(SHELVES)
    await ana.taps("See items")
    assert await costs(database, ana.taps("Big mugs ›")) == 2
    ana.sees_cards("Big mug")
    await ana.taps("‹ Mugs")
    assert await costs(database, ana.taps("Small mugs ›")) == 2
    ana.sees_cards("Small mug")


async def test_a_shelf_that_is_gone_is_refused_as_ever(shelves: tuple[Shop, Database]) -> None:
    shop, _ = shelves
    ana, ben = Chat(shop, "Ana Cruz"), Chat(shop, "Ben Reyes")
    for one in (ana, ben):
        await one.says("hello")
        await one.taps(SHELVES)
        await one.taps("See items")
    await shop.run("UPDATE categories SET is_active = FALSE WHERE name = 'Big mugs'")
    await ben.taps("Big mugs ›")
    assert (await asks(shop, ben))[0]["refusal"] == "UnknownCategory"
    heard = tuple(ben.heard)
    shop.stage.parts.shop.foresight = foresight.Foresight()  # of which nothing is known
    await ana.taps("Big mugs ›")
    assert tuple(ana.heard) == heard


async def test_who_is_in_the_middle_of_an_order_goes_on_there(turns: tuple[Shop, Database]) -> None:
    shop, database = turns
    ana, ben = Chat(shop, "Ana Cruz"), Chat(shop, "Ben Reyes")
    for one in (ana, ben):
        await one.says("hello")
        await puts_in_cart(one, "mug")
    await ben.taps("Checkout")
    await ben.taps("Ben Reyes")
    await ben.says("cart")
    await ana.taps("Checkout")  # the first thing that is asked of somebody who orders for the first time
    assert await costs(database, ben.taps("Checkout")) == 3, "the guess was wrong, so it is asked as ever"
    ben.hears("Which number can the rider call?")
    assert [one["ask"] for one in await asks(shop, ben)] == ["carts.cart"]


async def test_nothing_that_is_guessed_writes_or_locks(turns: tuple[Shop, Database]) -> None:
    _, database = turns
    assert ASKED.keys() == foresight.READS
    async with database.transaction() as conn:
        for read in foresight.READS:
            begun = Reads(conn, [lambda held, read=read: read(held, **ASKED[read])])  # type: ignore[misc]
            assert begun.statements, "it must not have an answer before it asks"
            for statement in begun.statements:
                assert statement.sql.lstrip().startswith(("SELECT", "WITH")), statement.sql
                assert "FOR UPDATE" not in statement.sql, statement.sql
                assert "LOCK IN" not in statement.sql, statement.sql
            begun.close()

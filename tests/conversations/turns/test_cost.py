"""What each turn of a purchase costs of the database; a step that asks once more than it did is found here."""

from collections.abc import Awaitable, Callable

from repository.database.connection import Database
from repository.database.wire.packets import described
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import ADDRESS, COD, CONFIRM

Cost = tuple[int, int, int]
"""Round trips, statements, commits."""

COSTS: dict[str, Cost] = {
    "menu": (2, 5, 1),
    "categories": (3, 7, 1),
    "a search": (6, 13, 1),  # beside one card on show: its kinds are looked at, for the word may name one of them
    "into the cart": (3, 9, 1),
    "checkout": (3, 7, 1),
    "name": (2, 5, 1),
    "phone": (2, 5, 1),
    "address": (2, 5, 1),
    "landmark": (3, 11, 1),
    "payment": (3, 8, 1),
    "the order": (6, 29, 1),
}


async def test_no_turn_of_a_purchase_costs_more_than_it_did(turns: tuple[Shop, Database]) -> None:
    shop, database = turns
    ana = Chat(shop, "Ana Cruz")
    ana.skips_extras = False
    costs: dict[str, Cost] = {}

    async def counts(what: str, doing: Callable[[], Awaitable[object]]) -> None:
        was = database.counts
        before = was.round_trips, was.statements, was.commits
        await doing()
        costs[what] = was.round_trips - before[0], was.statements - before[1], was.commits - before[2]

    await ana.says("hello")  # somebody new is asked for first
    await ana.says("mug")  # the first search waits until the products are read
    await counts("menu", lambda: ana.says("menu"))
    await counts("categories", lambda: ana.taps("🛍️ Shop now"))
    await counts("a search", lambda: ana.says("mug"))
    await counts("into the cart", lambda: ana.taps("Add to cart"))
    await counts("checkout", lambda: ana.taps("Checkout"))
    await counts("name", lambda: ana.taps("Ana Cruz"))
    await counts("phone", lambda: ana.says("0917 123 4567"))
    await counts("address", lambda: ana.says(ADDRESS))
    await counts("landmark", lambda: ana.taps("Skip"))
    await counts("payment", lambda: ana.taps(COD))
    await counts("the order", lambda: ana.taps(CONFIRM))
    assert costs == COSTS, "fewer is better: write it down; more needs a reason"


async def test_what_the_server_says_of_columns_is_the_same_for_every_shopper(turns: tuple[Shop, Database]) -> None:
    shop, _ = turns
    shoppers = Chat(shop, "Ana Cruz"), Chat(shop, "Ben Reyes")
    for shopper in shoppers:
        await shopper.says("hello")
        await shopper.says("menu")
    before = dict(described)
    for shopper in shoppers:
        await shopper.says("menu")
    anew = [key for key, known in before.items() if described[key] is not known]
    assert not anew, f"give the columns of these names of their own (AS), without a value in them: {anew}"

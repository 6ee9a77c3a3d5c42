"""How often canned replies were used: nobody waits for it, and nothing is counted twice."""

import asyncio

from repository.database.connection import Connection, Database
from repository.wording import canned, uses
from tests.support.keeper import Keeper

USED = "SELECT GROUP_CONCAT(usage_count ORDER BY id) FROM chatbot_replies"


async def used(conn: Connection, text: str) -> None:
    assert await canned.best(conn, text=text, language="en")


async def test_two_shoppers_who_ask_the_same_do_not_wait_for_one_another(keeper: Keeper, database: Database) -> None:
    await keeper.answers("cod", "Yes, cash on delivery.")
    async with database.transaction() as first, database.transaction() as second:
        await used(first, "cod po?")
        await used(second, "cod?")  # the first has not committed
    assert await database.retry(uses.add_up) == 2
    assert await keeper.look(USED) == "2"


async def test_what_is_not_committed_is_left_for_later(keeper: Keeper, database: Database) -> None:
    await keeper.answers("cod", "Yes, cash on delivery.")
    async with database.transaction() as slow:
        await used(slow, "cod?")
        async with database.transaction() as quick:
            await used(quick, "cod?")
        assert await database.retry(uses.add_up) == 1
        assert await keeper.look(USED) == "1"
    assert await database.retry(uses.add_up) == 1
    assert await keeper.look(USED) == "2"


async def test_a_turn_that_is_undone_used_nothing(keeper: Keeper, database: Database) -> None:
    await keeper.answers("cod", "Yes, cash on delivery.")
    try:
        async with database.transaction() as conn:
            await used(conn, "cod?")
            raise InterruptedError
    except InterruptedError:
        pass
    assert await database.retry(uses.add_up) == 0
    assert await keeper.look(USED) == "0"


async def test_many_who_add_up_at_once_count_everything_once(keeper: Keeper, database: Database) -> None:
    for keyword in ("cod", "warranty", "pickup"):
        await keeper.answers(keyword, f"About {keyword}.")
    async with database.transaction() as conn:
        for turn in range(60):
            await used(conn, ("cod", "warranty", "pickup")[turn % 3])
    added = await asyncio.gather(*(database.retry(uses.add_up) for _ in range(6)))
    added.append(await database.retry(uses.add_up))
    assert sum(added) == 60
    assert await keeper.look(USED) == "20,20,20"
    assert await keeper.look("SELECT COUNT(*) FROM canned_uses") == 0


async def test_notes_of_a_reply_that_is_gone_go_too(keeper: Keeper, database: Database) -> None:
    await keeper.answers("cod", "Yes, cash on delivery.")
    async with database.transaction() as conn:
        await used(conn, "cod?")
    await keeper.run("DELETE FROM chatbot_replies")
    assert await database.retry(uses.add_up) == 1
    assert await keeper.look("SELECT COUNT(*) FROM canned_uses") == 0

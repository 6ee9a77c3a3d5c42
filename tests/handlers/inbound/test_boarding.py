"""Events that are stored with the end of somebody else's turn: one commit for both, and neither suffers for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.base import clock
from bot.base.settings import DatabaseSettings
from bot.messenger.events import TextMessage
from handlers.inbound import boarding
from repository.database.connection import Database
from tests.conversations.conftest import Chat, Shop, opened
from tests.support.waiting import comes
from tests.support.way import Way


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes while a turn is under way waits for its end, however long that takes on this machine."""
    monkeypatch.setattr(boarding, "WAITS", 20.0)


@asynccontextmanager
async def in_the_middle_of_a_turn(shop: Shop, shopper: Chat) -> AsyncIterator[None]:
    """Until the block ends, a turn of a shopper is under way."""
    async with shop.database.transaction() as conn:
        await conn.run("SELECT psid FROM conversations WHERE psid = %(psid)s FOR UPDATE", psid=shopper.psid)
        await tells(shop, shopper, "menu")
        assert shop.stage.parts.lanes.are_under_way
        yield


async def tells(shop: Shop, shopper: Chat, *texts: str) -> None:
    """Say something in one webhook; returns once it is acknowledged."""
    await shop.stage.parts.receiving.take(
        [
            TextMessage(page_id="", psid=shopper.psid, sent_at=clock.now(), mid=f"m{clock.token(8)}", text=text)
            for text in texts
        ]
    )


async def two(shop: Shop) -> tuple[Chat, Chat]:
    ana, ben = Chat(shop, "Ana Cruz"), Chat(shop, "Ben Reyes")
    await ana.says("hello")
    await ben.says("hello")
    return ana, ben


async def answered(shop: Shop, shopper: Chat) -> list[tuple[str, str]]:
    """What a shopper has said besides hello, and what became of it, as it is kept."""
    await shop.settles()
    return [(turn.said, turn.status) for turn in (await shop.turns(shopper))[1:]]


async def test_what_comes_while_others_are_answered_shares_their_commit(quiet: None, shop: Shop) -> None:
    ana, ben = await two(shop)
    counts = shop.stage.parts.database.counts
    async with in_the_middle_of_a_turn(shop, ana):
        telling = asyncio.create_task(tells(shop, ben, "menu", "help"))
        await asyncio.sleep(0.05)
        assert not telling.done(), "it is not stored yet, so it is not acknowledged"
        before = counts.commits
    await telling
    stored = counts.commits
    assert await answered(shop, ana) == [("menu", "done")]
    assert await answered(shop, ben) == [("menu", "done"), ("help", "done")]
    assert stored - before <= 2, "the lock's, and that of Ana's turn with what Ben said"


@pytest.mark.parametrize(
    "fault",
    ["SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not with this turn'", "KILL CONNECTION_ID()"],
    ids=["refused", "cut off"],
)
async def test_what_is_not_stored_with_a_turn_is_stored_alone_and_the_turn_is_taken_again(
    shop: Shop, fault: str
) -> None:
    ana, ben = await two(shop)
    said = await shop.look("SELECT COUNT(*) FROM outbox WHERE psid = %(psid)s", psid=ana.psid)
    await shop.run(
        "CREATE TRIGGER tr_refuses BEFORE INSERT ON chat_logs FOR EACH ROW"
        f" IF NEW.user_id = '{ben.psid}' AND (SELECT COUNT(*) FROM outbox WHERE psid = '{ana.psid}') > {said}"
        f" THEN {fault}; END IF"
    )
    try:
        async with in_the_middle_of_a_turn(shop, ana):
            telling = asyncio.create_task(tells(shop, ben, "menu"))
            await asyncio.sleep(0.05)
        await telling
        assert await answered(shop, ben) == [("menu", "done")]
        assert await answered(shop, ana) == [("menu", "done")]
    finally:
        await shop.run("DROP TRIGGER tr_refuses")
    failed = await shop.look("SELECT COALESCE(SUM(attempts), 0) FROM chat_logs")
    assert int(str(failed)) == 0, "it was no fault of the turn"


@pytest.mark.parametrize("then", ["the connection ends", "the turn is given up", "the shop stops"])
async def test_what_was_stored_with_a_turn_is_answered_once_though_nobody_hears_of_the_commit(
    schema: DatabaseSettings, database: Database, tmp_path: Path, then: str
) -> None:
    way = Way()
    async with way.to(schema, tmp_path) as settings, opened(settings, database) as shop:
        ana, ben = await two(shop)
        cora = Chat(shop, "Cora Lim")
        await cora.says("hello")
        async with in_the_middle_of_a_turn(shop, ana):
            telling = asyncio.create_task(tells(shop, ben, "menu", "help"))
            await asyncio.sleep(0.05)
            way.loses = ("INSERT INTO outbox", ana.psid, "INSERT IGNORE INTO chat_logs", ben.psid, "COMMIT")
        await way.has_lost.wait()
        await comes(lambda: has_come(shop, ben, "help"), "the commit of both")
        assert not telling.done(), "nobody knows yet that it is stored"
        if then == "the turn is given up":
            give_up_turns()
        elif then == "the shop stops":
            stopping = asyncio.create_task(shop.stage.parts.receiving.close())
            await asyncio.sleep(0.05)
            assert not stopping.done(), "it waits for what is under way"
        way.breaks()
        await telling
        assert await answered(shop, ana) == [("menu", "done")]
        assert await answered(shop, ben) == [("menu", "done"), ("help", "done")]
        await cora.says("menu", "help")
        menu_and_help = told(cora)[1:]
        await comes(lambda: has_heard_all(shop, ana), "what Ana's turn came to is found in the table")
        assert told(ben)[1:] == menu_and_help
        assert told(ana)[1:] == menu_and_help[: len(told(ana)) - 1]
        assert await shop.count("chat_logs") == 3 + 1 + 2 + 2, "a hello of each, and what they said then"


async def test_what_cannot_be_written_at_all_holds_up_neither_the_turn_nor_what_comes_after_it(shop: Shop) -> None:
    ana, ben = await two(shop)
    async with in_the_middle_of_a_turn(shop, ana):
        telling = asyncio.create_task(tells(shop, ben, "half of \ud83d"))
        await asyncio.sleep(0.05)
    with pytest.raises(UnicodeEncodeError):
        await telling
    await tells(shop, ben, "menu")
    assert await answered(shop, ana) == [("menu", "done")]
    assert await answered(shop, ben) == [("menu", "done")]


async def test_what_was_brought_before_is_not_answered_twice(shop: Shop) -> None:
    ana, ben = await two(shop)
    event = TextMessage(page_id="", psid=ben.psid, sent_at=clock.now(), mid="m-again", text="menu")
    await shop.stage.parts.receiving.take([event])
    await shop.settles()
    async with in_the_middle_of_a_turn(shop, ana):
        again = asyncio.create_task(shop.stage.parts.receiving.take([event]))
        await asyncio.sleep(0.05)
    await again
    assert await answered(shop, ben) == [("menu", "done")]


async def test_who_waits_for_a_turn_that_does_not_end_is_stored_all_the_same(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boarding, "WAITS", 0.01)
    ana, ben = await two(shop)
    async with in_the_middle_of_a_turn(shop, ana):
        await tells(shop, ben, "menu")
        await comes(lambda: has_heard(shop, ben), "an answer to Ben")
    assert await answered(shop, ana) == [("menu", "done")]


def give_up_turns() -> None:
    """Cancel the turns that are under way, as a shop does that stops and has waited long enough."""
    for task in asyncio.all_tasks():
        if getattr(task.get_coro(), "__qualname__", "") == "Lanes._run":
            task.cancel()


def told(shopper: Chat) -> list[str]:
    """Everything that a shopper was told."""
    return [sent.bubble.words() for sent in shopper.person.sent]


async def has_come(shop: Shop, shopper: Chat, text: str) -> bool:
    """Whether what a shopper said is stored."""
    return any(turn.said == text for turn in await shop.turns(shopper))


async def has_heard_all(shop: Shop, shopper: Chat) -> bool:
    """Whether everything that a shopper is to be told is sent."""
    return (
        await shop.look(
            "SELECT COUNT(*) > 1 AND SUM(status <> 'sent') = 0 FROM outbox WHERE psid = %(psid)s", psid=shopper.psid
        )
        == 1
    )


async def has_heard(shop: Shop, shopper: Chat) -> bool:
    """Whether the last thing that a shopper said is answered."""
    return (await shop.turns(shopper))[-1].status == "done"

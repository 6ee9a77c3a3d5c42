"""What happens in the queue is told to every page that is open, from one look at the database for all of them."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest
from structlog.testing import capture_logs

from handlers.console.base.events import Event
from handlers.console.verification.feed import Feed
from repository.database.errors import Unavailable
from repository.staff import audit
from repository.verification.queue import Now
from tests.conversations.conftest import Shop
from tests.handlers.console.verification.sent import browser, hires, ordered, proved


class Looks:
    """Looks at a queue that the test fills, each when the test lets it."""

    def __init__(self) -> None:
        self.now = Now(0, (), ())
        self.count = 0
        self.fails = False
        self.looked = asyncio.Event()

    async def __call__(self) -> Now:
        self.count += 1
        self.looked.set()
        self.looked = asyncio.Event()
        if self.fails:
            raise Unavailable("away")
        return self.now

    async def again(self) -> None:
        """Wait for two looks: the second began behind whatever the test did before."""
        for _ in range(2):
            await asyncio.wait_for(self.looked.wait(), 60)


async def following(events: AsyncIterator[Event]) -> Now:
    event = await asyncio.wait_for(anext(events), 60)
    assert isinstance(event.facts, Now)
    return event.facts


async def test_many_pages_cost_one_look_and_none_costs_none() -> None:
    looks = Looks()
    feed = Feed(looks, every=0.001)
    await asyncio.sleep(0)
    assert looks.count == 0, "nobody watches"
    with feed.watched(), feed.watched(), feed.watched():
        pages = [feed.events() for _ in range(3)]
        assert [(await following(page)).waiting for page in pages] == [0, 0, 0]
        assert len([task for task in asyncio.all_tasks() if "_keep_looking" in repr(task)]) == 1
        looks.now = Now(1, (7,), ())
        assert [(await following(page)).newest for page in pages] == [(7,), (7,), (7,)]
    await asyncio.sleep(0)
    assert not [task for task in asyncio.all_tasks() if "_keep_looking" in repr(task) and not task.cancelling()]
    with feed.watched():
        assert (await following(feed.events())).waiting == 1, "it looks again for whoever comes"


async def test_a_database_that_is_away_is_told_once_and_waited_for() -> None:
    looks = Looks()
    feed = Feed(looks, every=0.001)
    with feed.watched(), capture_logs() as logged:
        page = feed.events()
        await following(page)
        looks.fails = True
        await looks.again()
        await looks.again()
        looks.fails, looks.now = False, Now(2, (8, 7), ())
        assert (await following(page)).waiting == 2
    assert [line["event"] for line in logged] == ["the queue of proofs cannot be watched"]


@pytest.mark.parametrize("action", ["proof.accepted", "proof.rejected"])
async def test_a_page_hears_of_new_proofs_and_of_what_others_decide(shop: Shop, action: str) -> None:
    await hires(shop)
    order_id = await ordered(shop)
    first = await proved(shop, order_id)
    async with browser(shop, "mara") as mara, mara.listens("/verification/events") as answer:

        async def hears() -> Now:
            while not (line := await asyncio.wait_for(answer.content.readline(), 60)).startswith(b"data:"):
                assert line, "the stream has ended"
            return msgspec.json.decode(line.removeprefix(b"data:"), type=Now)

        assert (await hears()).newest == (first,)
        second = await proved(shop, order_id)
        assert (await hears()).newest == (second, first)
        async with shop.database.transaction() as conn:
            await conn.run("UPDATE order_proofs SET status = 'accepted' WHERE id = %(id)s", id=first)
            admin_id = await conn.value("SELECT id FROM admin_users WHERE username = 'ada'")
            await audit.record(conn, action=action, admin_id=int(str(admin_id)), subject=f"proof {first}")
        heard = await hears()
        assert heard.newest == (second,)
        assert [(one.id, one.action, one.by) for one in heard.decided] == [(first, action, "ada")]

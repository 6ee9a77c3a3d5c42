"""Notices: said once, in known words or in their row's, within Messenger's window."""

import asyncio

import pytest

from repository.database.connection import Connection, Database
from repository.notices import queue as notices
from tests.handlers.jobs.crew import Crew, order, said
from tests.support import factory
from tests.support.keeper import Keeper


async def test_nothing_is_said_outside_the_window(keeper: Keeper, crew: Crew) -> None:
    ana = await keeper.shopper()
    await order(keeper, ana)
    await keeper.run("UPDATE conversations SET window_expires_at = NOW() - INTERVAL 1 SECOND")
    await crew.work()
    assert await said(keeper) == []
    assert crew.woken == []
    waits = "SELECT CONCAT_WS('|', status, waits_for) FROM notification_queue"
    assert await keeper.look(waits) == "pending|window"
    assert await keeper.look("SELECT order_status FROM orders") == "confirmed"


async def queue(keeper: Keeper, shopper: int, template: str | None, message: str = "", *, facts: str = "{}") -> None:
    await keeper.make(factory.notice(shopper, "psid-Ana", message, template_name=template, template_data=facts))


async def test_a_notice_without_known_words_says_what_its_row_says(keeper: Keeper, crew: Crew) -> None:
    ana = await keeper.shopper()
    await queue(keeper, ana, "somebody_elses", "Hello from a script")
    await queue(keeper, ana, None, "And again")
    await queue(keeper, ana, "notices.order_expired", "Your order was cancelled", facts='{"wrong": 1}')
    await queue(keeper, ana, None)
    await crew.work()
    assert await said(keeper) == ["Hello from a script", "And again", "Your order was cancelled"]
    assert await keeper.look("SELECT COUNT(*) FROM notification_queue WHERE status = 'failed'") == 1


async def test_a_notice_is_handed_over_once_whoever_dies(keeper: Keeper, crew: Crew, database: Database) -> None:
    await queue(keeper, await keeper.shopper(), None, "Only once")

    async def dies(conn: Connection) -> None:
        ((psid, ids),) = (await notices.due(conn, most=5)).items()
        (notice,) = await notices.claim(conn, psid=psid, ids=ids)
        await notices.hand_over(conn, notice=notice, messages=[{"text": "Only once"}], text="Only once")
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        await database.retry(dies)
    assert await said(keeper) == []
    crews = [Crew(database) for _ in range(3)]
    await asyncio.gather(*(each.work() for each in crews))
    assert await said(keeper) == ["Only once"]

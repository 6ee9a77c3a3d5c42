"""Messages to who writes to a page of which a process does not know yet whether the shop answers there."""

import asyncio
from pathlib import Path

from bot.base.settings import DatabaseSettings
from repository.chats import outbox
from repository.database.connection import Database
from repository.settings.pages import FurtherPage
from tests.conversations.conftest import Chat, Shop, opened
from tests.support.waiting import comes
from tests.support.way import Way


async def test_that_a_page_cannot_be_looked_up_is_no_fault_of_the_message(
    schema: DatabaseSettings, database: Database, tmp_path: Path
) -> None:
    way = Way()
    async with way.to(schema, tmp_path) as settings, opened(settings, database) as shop:
        ana = Chat(shop, "Ana Cruz")
        await ana.says("hello")
        await shop.settles()
        await shop.run("UPDATE conversations SET page_id = 'another'")
        async with database.transaction() as conn:
            await outbox.put(conn, psid=ana.psid, messages=[{"text": "Your parcel is on its way."}])
        way.loses = ("SELECT id FROM facebook_pages",)
        shop.stage.parts.outbox.wake(ana.psid)
        await way.has_lost.wait()
        way.breaks()

        async def is_given_up() -> bool:
            return await shop.look("SELECT COUNT(*) FROM outbox WHERE error_code = 'page gone'") == 1

        await comes(is_given_up, "the shop does not answer there, which is known once it can be looked up")
        assert await shop.look("SELECT attempts FROM outbox WHERE error_code = 'page gone'") == 1


async def test_what_goes_to_a_page_that_is_not_read_yet_waits_for_it_and_is_not_tried_by_another(
    shop: Shop, ana: Chat
) -> None:
    await ana.says("hello")
    await shop.settles()
    heard = len(ana.person.sent)
    await shop.run("UPDATE conversations SET page_id = 'another'")
    await shop.run(
        "INSERT INTO facebook_pages (page_id, name, access_token) VALUES ('another', 'Cebu', 'sealed by nobody')"
    )
    async with shop.database.transaction() as conn:
        await outbox.put(conn, psid=ana.psid, messages=[{"text": "Your parcel is on its way."}])
    parts = shop.stage.parts
    parts.outbox.wake(ana.psid)
    await asyncio.sleep(0.3)
    assert len(ana.person.sent) == heard
    token = parts.shop.settings.page_access_token
    parts.ways.use(parts.shop.settings, [FurtherPage("another", "Cebu", token, "", "")])
    await shop.settles()
    assert [sent.bubble.words() for sent in ana.person.sent[heard:]] == ["Your parcel is on its way."]
    assert await shop.look("SELECT MAX(attempts) FROM outbox") == 0

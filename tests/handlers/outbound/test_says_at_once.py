"""A merchant's click in a server that does no background work, beside none: the server itself says the notice."""

import asyncio
import re
import socket

import aiohttp
import msgspec

from bot.base.settings import DatabaseSettings
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.shopper import Shopper
from repository.database.connection import Database
from tests.conftest import MANILA, empty
from tests.support.accounts import PASSWORD, account
from tests.support.keeper import Keeper
from tests.support.process import Process
from tests.support.waiting import comes


async def test_a_click_reaches_facebook_although_nobody_works_on_the_queues(
    schema: DatabaseSettings, emulator: Emulator
) -> None:
    database = Database(schema, MANILA)
    await empty(database)
    keeper = Keeper(database)
    async with database.transaction() as conn:
        await account(conn, username="nena", role="admin")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = Process(schema, emulator, port, "--no-workers")
    await process.start()
    emulator.webhook_url = f"{process.url}/webhook"
    ana = Shopper(emulator, "Ana Cruz")
    await ana.says("hello")
    shopper = int(str(await keeper.look("SELECT id FROM users WHERE messenger_id = %(psid)s", psid=ana.psid)))
    facts = msgspec.json.encode({"order_id": 1, "number": "ORD-1"}).decode()
    notice = await keeper.insert(
        "notification_queue", user_id=shopper, notification_type="custom", channel="messenger", recipient=ana.psid,
        message="", template_name="notices.processing", template_data=facts, status="failed",
    )  # fmt: skip

    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        page = await _get(http, f"{process.url}/console/login")
        page = await _post(http, f"{process.url}/console/login", page, username="nena", password=PASSWORD, next="")
        page = await _get(http, f"{process.url}/console/queues?queue=notices")
        await _post(http, f"{process.url}/console/queues", page, queue="notices", only_retry=str(notice))

    async def is_sent() -> bool:
        return any("ORD-1" in sent.bubble.words() for sent in ana.person.sent)

    await comes(is_sent, "the notice, which no worker can have said")
    assert await keeper.look("SELECT status FROM notification_queue") == "sent"
    await process.stops()
    await asyncio.wait_for(database.close(), 60)


async def _get(http: aiohttp.ClientSession, url: str) -> str:
    async with http.get(url) as answer:
        return await answer.text()


async def _post(http: aiohttp.ClientSession, url: str, page: str, **fields: str) -> str:
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token, page[:300]
    async with http.post(url, data={"csrf": token[1], **fields}) as answer:
        assert answer.status == 200, answer.status
        return await answer.text()

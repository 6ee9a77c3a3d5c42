"""`kill -9` at any moment: nothing that was acknowledged is lost, and nothing is doubled in the database."""

import asyncio
import random

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.emulator import phone
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.people import Person
from repository.database.connection import Database
from tests.support.process import Process
from tests.support.waiting import PATIENCE


@pytest.fixture
async def process(schema: DatabaseSettings, database: Database, emulator: Emulator, unused_tcp_port: int) -> Process:
    process = Process(schema, emulator, unused_tcp_port)
    emulator.webhook_url = f"{process.url}/webhook"
    return process


async def says(emulator: Emulator, person: Person, text: str) -> bool:
    """Say something; whether it was acknowledged in the end."""
    brought = await emulator.courier.bring(person.psid, *phone.types(emulator.facebook, person, text))
    return brought is not None and brought.status == 200


async def finished(database: Database, turns: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            async with database.connection() as conn:
                done = await conn.value("SELECT COUNT(*) FROM chat_logs WHERE turn_status = 'done'")
                queued = await conn.value("SELECT COUNT(*) FROM outbox WHERE status = 'queued'")
            if done == turns and queued == 0:
                return
            await asyncio.sleep(0.1)


async def test_what_was_acknowledged_is_answered_once_whenever_the_server_dies(
    process: Process, emulator: Emulator, database: Database, is_long: bool
) -> None:
    chance = random.Random(7)
    people = [emulator.meet(f"Shopper {number}") for number in range(6)]
    said = 0
    await process.start()
    for _ in range(30 if is_long else 2):
        talking = asyncio.gather(*(says(emulator, person, "menu") for person in people for _ in range(3)))
        await asyncio.sleep(chance.uniform(0.0, 0.08))
        await process.dies()
        await process.start()
        assert all(await talking), "Facebook gave up: it was never acknowledged"
        said += 3 * len(people)
    await finished(database, said)
    async with database.connection() as conn:
        once = await conn.run("SELECT turn_id, COUNT(*) FROM outbox GROUP BY turn_id HAVING COUNT(*) <> 1")
        order = await conn.run(
            "SELECT COUNT(*) FROM outbox a JOIN outbox b ON b.psid = a.psid AND b.id > a.id AND b.sent_at < a.sent_at"
        )
    assert once.rows == (), "a turn said something twice, or nothing"
    assert order.rows == ((0,),), "a shopper was answered out of order"
    for person in people:
        # A message that was on its way when the server died may come twice, never not at all.
        assert len(person.sent) >= said // len(people)
    assert await process.stops() == 0


async def test_a_stop_finishes_what_is_under_way(process: Process, emulator: Emulator, database: Database) -> None:
    await process.start()
    person = emulator.meet("Ana Cruz")
    assert await says(emulator, person, "menu")
    assert await process.stops() == 0
    await finished(database, 1)
    assert len(person.sent) == 1

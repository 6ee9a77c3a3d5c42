"""Several processes deliver: no reply overtakes an older one of the same shopper, however fast they type."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.emulator import phone
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.people import Person
from repository import rules
from repository.database.connection import Database
from tests.support.process import Process, numbers_of
from tests.support.waiting import PATIENCE

SHOPPERS = 16
TEXTS = ("menu", "cart", "help", "my orders")
GRAPH_TAKES = 0.1  # seconds for each send: replies wait for one another
TYPES_EVERY = (0.01, 0.1)  # seconds
NOTICES = 4  # for each shopper, which the background work says in between


@asynccontextmanager
async def at_work(*processes: Process) -> AsyncIterator[None]:
    """Processes from their start to their stop."""
    async with AsyncExitStack() as stack:
        for process in processes:
            await process.start()
            stack.push_async_callback(process.stops)
        yield


async def types(emulator: Emulator, person: Person, messages: int, chance: random.Random) -> None:
    """Type on and on, waiting for no answer."""
    for number in range(messages):
        await asyncio.sleep(chance.uniform(*TYPES_EVERY))
        emulator.courier.send(person.psid, *phone.types(emulator.facebook, person, TEXTS[number % len(TEXTS)]))


async def notices(database: Database, people: Sequence[Person]) -> None:
    """What the shop says by itself meanwhile, to everybody at once."""
    for _ in range(NOTICES):
        async with database.transaction() as conn:
            await conn.run(
                "INSERT INTO notification_queue (user_id, notification_type, channel, recipient, message)"
                " SELECT id, 'custom', 'messenger', messenger_id, 'A new glaze is in.' FROM users"
                " WHERE messenger_id IN %(psids)s",
                psids=[person.psid for person in people],
            )
        await asyncio.sleep(0.3)


async def all_said(database: Database, turns: int, messages: int) -> None:
    """Wait until every turn is taken and everything is sent."""
    async with asyncio.timeout(PATIENCE), database.connection() as conn:
        while True:
            done = await conn.value("SELECT COUNT(*) FROM chat_logs WHERE turn_status = 'done'")
            sent = await conn.value("SELECT COUNT(*) FROM outbox WHERE status = 'sent'")
            if done == turns and sent == messages:
                return
            await asyncio.sleep(0.1)


def overtaken(person: Person) -> int:
    """How many messages came after a younger one."""
    newest = late = 0
    for number in numbers_of(person):
        late += number < newest
        newest = max(newest, number)
    return late


@pytest.mark.parametrize(
    ("form", "replies"),
    [(("--processes", "2"), 640), (("--processes", "4"), 640), (("--no-workers",), 720)],
    ids=["two processes", "four processes", "workers apart"],
)
async def test_no_reply_overtakes_an_older_one(
    schema: DatabaseSettings,
    database: Database,
    emulator: Emulator,
    unused_tcp_port: int,
    form: tuple[str, ...],
    replies: int,
) -> None:
    async with database.transaction() as conn:
        await rules.change(conn, name="messages_a_minute", value=0, admin_id=None)
    chance = random.Random(5)
    people = [emulator.meet(f"Shopper {number}") for number in range(SHOPPERS)]
    each = replies // SHOPPERS
    apart = "--no-workers" in form
    processes = [Process(schema, emulator, unused_tcp_port, *form)]
    if apart:
        processes.append(Process(schema, emulator, 0, command="work"))
    emulator.webhook_url = f"{processes[0].url}/webhook"
    emulator.faults.arm("slow", times=None, seconds=GRAPH_TAKES)
    async with at_work(*processes):
        for person in people:
            await emulator.courier.bring(person.psid, *phone.types(emulator.facebook, person, "hello"))
        await all_said(database, SHOPPERS, SHOPPERS)
        typing = [types(emulator, person, each, random.Random(chance.random())) for person in people]
        await asyncio.gather(*typing, *([notices(database, people)] if apart else []))
        await emulator.courier.idle()
        turns = SHOPPERS * (1 + each)
        await all_said(database, turns, turns + (NOTICES * SHOPPERS if apart else 0))
    assert sum(overtaken(person) for person in people) == 0
    assert sum(len(person.sent) for person in people) == turns + (NOTICES * SHOPPERS if apart else 0)

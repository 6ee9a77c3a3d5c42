"""How soon shoppers are answered: by several processes as by one, and by one that was killed as soon as it is back."""

import asyncio
import random
import time
from collections.abc import Callable
from statistics import quantiles

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.emulator import phone
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.people import Person
from repository.database.connection import Database
from tests.broken.shop import rests
from tests.support.process import Process

pytestmark = pytest.mark.long
TEXTS = ("menu", "cart", "help", "my orders")
GRAPH_TAKES = 0.05  # seconds
SHOPPERS = 12
EACH = 12
ALIKE = 2.0
"""By so much two processes may be slower, on a machine on which others work too; they were seven times as slow."""
DEATHS = 5
Noted = Callable[[str, object], None]


async def answered(emulator: Emulator, person: Person, text: str) -> float:
    """Type something; gives the seconds until its answer is sent."""
    heard, began = len(person.sent), time.monotonic()
    emulator.courier.send(person.psid, *phone.types(emulator.facebook, person, text))
    while len(person.sent) == heard:
        await person.changes()
    return time.monotonic() - began


async def waits(emulator: Emulator, person: Person, seed: int) -> list[float]:
    """Type about once a second; gives how long each answer took."""
    chance = random.Random(seed)
    seconds = []
    for number in range(EACH):
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        seconds.append(await answered(emulator, person, TEXTS[number % len(TEXTS)]))
    return seconds


async def test_two_processes_answer_as_soon_as_one(
    schema: DatabaseSettings, database: Database, emulator: Emulator, unused_tcp_port: int, record_property: Noted
) -> None:
    emulator.faults.arm("slow", times=None, seconds=GRAPH_TAKES)
    found: dict[int, list[float]] = {1: [], 2: []}
    for processes in (1, 2, 1, 2):
        process = Process(schema, emulator, unused_tcp_port, "--processes", str(processes))
        emulator.webhook_url = f"{process.url}/webhook"
        await process.start()
        people = [emulator.meet(f"Shopper {number}") for number in range(SHOPPERS)]
        await asyncio.gather(*(answered(emulator, person, "hello") for person in people))
        await rests(database)
        for some in await asyncio.gather(*(waits(emulator, person, seed) for seed, person in enumerate(people))):
            found[processes] += some
        await rests(database)
        assert await process.stops() == 0
    (one, one_worst), (two, two_worst) = ((quantiles(some, n=10)[-1], max(some)) for some in found.values())
    record_property(
        "broken",
        f"event to sent, Graph {1000 * GRAPH_TAKES:.0f} ms, p90 and worst: one process {one:.2f} and {one_worst:.2f}"
        f" s, two {two:.2f} and {two_worst:.2f} s",
    )
    assert two < ALIKE * one


async def test_the_first_reply_after_a_kill_comes_as_soon_as_the_server_is_back(
    schema: DatabaseSettings, database: Database, emulator: Emulator, unused_tcp_port: int, record_property: Noted
) -> None:
    process = Process(schema, emulator, unused_tcp_port)
    emulator.webhook_url = f"{process.url}/webhook"
    began = time.monotonic()
    await process.start()
    ready = time.monotonic() - began
    person = emulator.meet("Ana Cruz")
    await answered(emulator, person, "hello")
    seconds = []
    for _ in range(DEATHS):
        await process.dies()
        reply = asyncio.create_task(answered(emulator, person, "menu"))
        await process.start()
        seconds.append(await reply)
        await rests(database)
    assert await process.stops() == 0
    record_property(
        "broken",
        f"first reply after a kill: {', '.join(f'{one:.1f}' for one in seconds)} s, where a start takes {ready:.1f} s",
    )
    assert max(seconds) < ALIKE * ready + 1

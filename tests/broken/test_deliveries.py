"""Webhooks twice, shuffled, batched, hours late; clocks that jump, floods, slow readers: each is answered once."""

import asyncio
import random
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.base import clock
from bot.base.settings import DatabaseSettings
from bot.workshop.emulator import phone
from bot.workshop.emulator.emulator import Emulator
from repository.database.connection import Database
from tests.broken.books import BY_TIME
from tests.broken.crowd import Crowd, answers_of, ends_well
from tests.broken.lives import Womb
from tests.broken.own import OwnDatabase, jumping
from tests.broken.shop import TWO, Broken, rests, stocks_mugs
from tests.conftest import MANILA
from tests.support.process import numbers_of

WEBHOOKS = {"twice": 0.0, "late": 0.3, "out_of_order": 0.1, "one_batch": 0.1}
"""What goes wrong with webhooks, with its seconds."""
TEXTS = ("menu", "cart", "help", "my orders")
HOURS = (3, -2, 6, -5, 0)
"""By so much a clock is ahead, one after the other."""
FLOOD = 80
READERS = 20
Noted = Callable[[str, object], None]


class Wristwatch:
    """Facebook's clock, which is set by hand."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """What it shows."""
        return clock.now() + self.ahead


@pytest.fixture
def watch() -> Wristwatch:
    return Wristwatch()


@pytest.fixture
async def emulator(watch: Wristwatch) -> AsyncIterator[Emulator]:
    """A Facebook whose clock is another one's: what it sends may be hours old, or from times to come."""
    emulator = Emulator(now=watch.now)
    emulator.courier.pauses = (0.05,) * 4000
    emulator.courier.outcomes = deque()
    await emulator.start()
    yield emulator
    await emulator.stop()


@pytest.mark.parametrize("many", [pytest.param(1, id="few"), pytest.param(150, id="many", marks=pytest.mark.long)])
async def test_what_comes_twice_shuffled_batched_and_late_is_answered_once(
    schema: DatabaseSettings,
    database: Database,
    emulator: Emulator,
    unused_tcp_port: int,
    life: Path,
    many: int,
    record_property: Noted,
) -> None:
    chance = random.Random(many)
    people = [emulator.meet(f"Shopper {number}") for number in range(8)]
    armed = 0
    async with Womb() as womb:
        shop = Broken(womb, schema, emulator, unused_tcp_port, life, kinds=TWO)
        await shop.opens()
        for _ in range(many):
            for person in people:
                for text in TEXTS:
                    name = chance.choice(tuple(WEBHOOKS))
                    emulator.faults.arm(name, seconds=WEBHOOKS[name], psid=person.psid)
                    armed += 1
                    emulator.courier.send(person.psid, *phone.types(emulator.facebook, person, text))
            await emulator.courier.idle()
            await rests(database)
        emulator.faults.clear()
        told = answers_of(emulator.courier.outcomes)
        async with database.connection() as conn:
            turns = await conn.run("SELECT turn_status, COUNT(*) FROM chat_logs GROUP BY turn_status")
        assert turns.rows == (("done", many * len(people) * len(TEXTS)),)
        for person in people:
            assert len(person.sent) == len(numbers_of(person)) == many * len(TEXTS), "each is answered, once"
            assert numbers_of(person) == sorted(numbers_of(person))
        assert not any(await shop.closes())
    record_property("broken", f"{armed} webhooks twice, shuffled, batched or late: each answered once; {told}")


@pytest.mark.parametrize(
    ("rounds", "hours"),
    [pytest.param(1, (3, -2, 0), id="once"), pytest.param(12, HOURS, id="often", marks=pytest.mark.long)],
)
async def test_clocks_jump_while_shoppers_buy(
    schema: DatabaseSettings,
    database: Database,
    emulator: Emulator,
    watch: Wristwatch,
    unused_tcp_port: int,
    life: Path,
    rounds: int,
    hours: Sequence[int],
    record_property: Noted,
) -> None:
    product = await stocks_mugs(database)
    async with Womb() as womb:
        shop = Broken(womb, schema, emulator, unused_tcp_port, life, kinds=TWO)
        await shop.opens()
        crowd = Crowd(emulator, database, buyers=2)
        for _ in range(rounds):
            for ours, facebooks in zip(hours, reversed(hours), strict=True):
                shop.jumps(3600 * ours)
                watch.ahead = timedelta(hours=facebooks)
                await crowd.goes_on(1)
        await crowd.stops()
        found = await ends_well(shop, database, crowd.bought, product, beside={BY_TIME})
    record_property(
        "broken",
        f"{2 * rounds * len(hours)} jumps of our clock and of Facebook's, by up to 11 hours, both ways:"
        f" {len(crowd.bought)} orders, {found.sent_again} messages twice and counted",
    )


@pytest.mark.long
async def test_the_clock_of_the_database_jumps_while_shoppers_buy(
    emulator: Emulator, unused_tcp_port: int, tmp_path: Path, life: Path, record_property: Noted
) -> None:
    own = OwnDatabase(tmp_path / "server", environment=jumping(life))
    try:
        await own.makes_the_shop()
        database = Database(own.settings, MANILA, patience=20)
        product = await stocks_mugs(database)
        jumps = 0
        async with Womb() as womb:
            shop = Broken(womb, own.settings, emulator, unused_tcp_port, life, kinds=TWO, own=own)
            await shop.opens()
            crowd = Crowd(emulator, database, buyers=3)
            for _ in range(4):
                for hours in HOURS:
                    own.jumps(life, 600 * hours)
                    jumps += 1
                    await crowd.goes_on(3)
            await crowd.stops()
            found = await ends_well(shop, database, crowd.bought, product, beside={BY_TIME})
        await database.close()
    finally:
        own.ends()
    record_property(
        "broken",
        f"{jumps} jumps of the database's clock, by up to 110 minutes, both ways: {len(crowd.bought)} orders,"
        f" {found.sent_again} messages twice and counted",
    )


async def reads_slowly(port: int) -> asyncio.StreamWriter:
    """Ask for pages again and again, and read nothing of them."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
    reader._transport.pause_reading()  # type: ignore[attr-defined]
    for _ in range(60):
        writer.write(b"GET /privacy HTTP/1.1\r\nHost: shop\r\n\r\n")
    return writer


async def test_a_flood_of_one_shopper_and_slow_readers_hold_up_nobody(
    schema: DatabaseSettings,
    database: Database,
    emulator: Emulator,
    unused_tcp_port: int,
    life: Path,
    record_property: Noted,
) -> None:
    product = await stocks_mugs(database)
    async with Womb() as womb:
        shop = Broken(womb, schema, emulator, unused_tcp_port, life, kinds=TWO)
        await shop.opens()
        readers = [await reads_slowly(unused_tcp_port) for _ in range(READERS)]
        flood = emulator.meet("Shopper of many words")
        for number in range(FLOOD):
            emulator.courier.send(flood.psid, *phone.types(emulator.facebook, flood, TEXTS[number % len(TEXTS)]))
        crowd = Crowd(emulator, database, buyers=1)
        await crowd.goes_on(1)
        await crowd.stops()
        await emulator.courier.idle()
        await rests(database)
        told = answers_of(emulator.courier.outcomes)
        async with database.connection() as conn:
            (left,) = (
                await conn.run(
                    "SELECT COUNT(*), SUM(turn_status = 'done') FROM chat_logs WHERE user_id = %(psid)s",
                    psid=flood.psid,
                )
            ).rows
            assert [int(str(one)) for one in left] == [FLOOD, FLOOD], "each is kept, and seen to"
            await conn.run("DELETE FROM outbox WHERE psid = %(psid)s", psid=flood.psid)
            await conn.run("DELETE FROM chat_logs WHERE user_id = %(psid)s", psid=flood.psid)
        assert 0 < len(flood.sent) < FLOOD, "a kind word stands for most of the answers"
        await ends_well(shop, database, crowd.bought, product)
    for writer in readers:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()
    record_property(
        "broken",
        f"{FLOOD} messages of one shopper at once, answered with {len(flood.sent)}, and {READERS} connections that read"
        f" nothing: {len(crowd.bought)} others bought; {told}",
    )

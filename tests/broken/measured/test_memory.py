"""The memory of one server with the demo's products: it does not grow with the shoppers whom it has served."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.base import clock
from bot.base.settings import DatabaseSettings
from bot.workshop.emulator import phone
from bot.workshop.emulator.emulator import Emulator
from repository.database.connection import Database
from repository.workshop import demo
from tests.broken.shop import rests
from tests.support.process import Process

MOST = 124
"""Mebibytes, 130 million bytes. A server has 95 of them once everything is imported."""
LOOKS = 10
AT_ONCE = 24
TEXTS = ("mug", "hm shipping to Marikina City", "what is that", "magkano po yung tote bag")
FLAT = 1.05
"""By so much it may be larger after all shoppers than after half of them."""
pytestmark = pytest.mark.long


def resident(pid: int) -> float:
    """How much memory a process has now, in mebibytes."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@pytest.mark.parametrize("shoppers", [10_000, 100_000])
async def test_a_server_stays_small_however_many_shoppers_it_has_served(
    schema: DatabaseSettings,
    database: Database,
    emulator: Emulator,
    unused_tcp_port: int,
    shoppers: int,
    record_property: Callable[[str, object], None],
) -> None:
    async with database.transaction() as conn:
        await demo.load(conn, pictures_url="http://127.0.0.1/pictures", now=clock.now())
    process = Process(schema, emulator, unused_tcp_port)
    emulator.webhook_url = f"{process.url}/webhook"
    await process.start()
    sizes = [resident(process.pid)]

    async def come(number: int) -> None:
        for at in range(number, shoppers // LOOKS, AT_ONCE):
            person = emulator.meet(f"Shopper {at}")
            text = TEXTS[at % len(TEXTS)]
            brought = await emulator.courier.bring(person.psid, *phone.types(emulator.facebook, person, text))
            assert brought is not None
            assert brought.status == 200
            emulator.courier.outcomes.clear()

    for _ in range(LOOKS):
        await asyncio.gather(*(come(number) for number in range(AT_ONCE)))
        await rests(database)
        sizes.append(resident(process.pid))
    assert await process.stops() == 0
    async with database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM chat_logs WHERE turn_status <> 'done'") == 0
        assert await conn.value("SELECT COUNT(DISTINCT user_id) FROM chat_logs") == shoppers
    told = ", ".join(f"{size:.0f}" for size in sizes)
    record_property("broken", f"memory of one server in MiB, after each tenth of {shoppers:,} shoppers: {told}")
    assert max(sizes) < MOST, sizes
    assert sizes[-1] < sizes[LOOKS // 2] * FLAT, sizes

"""A lane is only ever in one of the states that its table allows, and a stop leaves nothing that waits for ever."""

import asyncio
import random

import pytest

from handlers.outbound.lane import LEGAL, Standing
from handlers.outbound.outbox import Outbox
from repository.database.connection import Database
from tests.handlers.outbound.test_claims import Pair, echo_seconds, pair
from tests.support.waiting import PATIENCE

__all__ = ["echo_seconds", "pair"]

STEPS = 24
FAULTS = ("slow", "slow", "accepted_then_timeout", "temporary")


def test_the_table_holds_every_state_with_a_task_and_nothing_reads_without_one() -> None:
    running = {standing for standing in LEGAL if standing.runs}
    assert len(running) == 8
    assert not [standing for standing in LEGAL if standing.reads and not standing.runs]
    assert Standing(runs=False, must_read=False, reads=False, holds=False) not in LEGAL, "that is no lane any more"
    assert len(set(LEGAL.values())) == len(LEGAL)


def illegal(outbox: Outbox) -> list[Standing]:
    """The states of its lanes that the table does not allow as long as the outbox is open."""
    standings = [lane.standing for lane in outbox._lanes.values()]
    return [one for one in standings if one not in LEGAL or not one.runs]


@pytest.mark.parametrize("echo_seconds", [0.1])
async def test_whatever_happens_each_lane_is_in_a_legal_state(pair: Pair, database: Database) -> None:
    chance = random.Random(1)
    wrong: list[Standing] = []
    ended = asyncio.Event()

    async def looks() -> None:
        while not ended.is_set():
            wrong.extend(illegal(pair.here.outbox) + illegal(pair.there.outbox))
            await asyncio.sleep(0)

    looking = asyncio.create_task(looks())
    for _ in range(STEPS):
        parts = chance.choice((pair.here, pair.there))
        match chance.randrange(6):
            case 0 | 1:
                await pair.says(parts)
            case 2:
                pair.emulator.faults.arm(chance.choice(FAULTS), seconds=0.02)
            case 3:
                parts.outbox.wake(pair.person.psid)
            case 4:
                parts.outbox.pause.begin(0.02)
            case _:
                async with database.connection() as conn:
                    await conn.run("DELETE FROM processes WHERE name = %(name)s", name=parts.life.name)
                await parts.life.beat()
    for parts in (pair.here, pair.there, pair.here):
        parts.outbox.pause.end()
        await parts.outbox.drain()
        await parts.look()
    await pair.here.outbox.drain()
    ended.set()
    await looking
    assert wrong == []
    async with database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM outbox WHERE status = 'queued'") == 0


async def test_a_stop_while_the_page_cannot_send_leaves_a_legal_state_and_drains_at_once(pair: Pair) -> None:
    outbox = pair.here.outbox
    outbox.pause.begin(600)
    await pair.says(pair.here)
    await outbox.close(patience=0)
    async with asyncio.timeout(PATIENCE):
        await outbox.drain()
    assert not outbox.is_idle, "the table has it"
    assert [LEGAL[lane.standing] for lane in outbox._lanes.values()] == ["was stopped: the table has it"]

"""Two servers of one shop that never look by themselves: nothing that one leaves to the other may wait for a look."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from bot.messenger.events import TextMessage
from bot.run.parts import Parts
from bot.workshop.emulator.emulator import Emulator
from handlers.outbound.lane import ToSend
from repository.chats import outbox as stored
from repository.chats.outbox import Claim
from repository.database.connection import Database
from repository.staff.by import By
from repository.work import stuck
from tests.support.process import numbers_of
from tests.support.waiting import PATIENCE, comes


class Pair:
    """Two servers and one shopper, whose messages land on either.

    Attributes:
        here: The one that is asked first.
        there: The other.
        person: The shopper.
    """

    def __init__(self, here: Parts, there: Parts, emulator: Emulator) -> None:
        self.here = here
        self.there = there
        self.emulator = emulator
        self.person = emulator.meet("Ana Cruz")
        self._said = 0

    async def says(self, parts: Parts, text: str = "menu") -> None:
        """Say something to one of them, and let it take the turn."""
        self._said += 1
        self.emulator.facebook.said(self.person, f"m{self._said}", text)
        await parts.receiving.take(
            [
                TextMessage(
                    page_id=self.emulator.app.page_id,
                    psid=self.person.psid,
                    sent_at=clock.now() + timedelta(milliseconds=self._said),
                    mid=f"m{self._said}",
                    text=text,
                )
            ]
        )
        await parts.lanes.drain()

    async def hears(self, messages: int, *, once: bool = True) -> None:
        """Wait until the shopper has heard that many messages in all, in order, and each once unless it may not be."""
        async with asyncio.timeout(PATIENCE):
            while len(self.person.sent) < messages:
                await self.person.changes()
        for parts in (self.here, self.there):
            await parts.outbox.drain()
        assert len(self.person.sent) == messages
        numbers = numbers_of(self.person)
        assert numbers == sorted(numbers)
        assert len(numbers) == messages or not once


@pytest.fixture
def echo_seconds() -> float:
    """How long what may have arrived waits for its echo."""
    return 1.0


@pytest.fixture
async def pair(
    schema: DatabaseSettings, database: Database, emulator: Emulator, echo_seconds: float
) -> AsyncIterator[Pair]:
    settings = Settings(
        database=schema,
        page_access_token=emulator.app.page_token,
        app_secret=emulator.app.app_secret,
        app_id=emulator.app.app_id,
        page_id=emulator.app.page_id,
        verify_token=emulator.app.verify_token,
        graph_api_url=emulator.base_url,
        echo_seconds=echo_seconds,
    )
    here, there = Parts(settings, with_workers=False), Parts(settings, with_workers=False)
    for parts in (here, there, here):
        await parts.life.beat()
    pair = Pair(here, there, emulator)
    try:
        await pair.says(here)
        await pair.hears(1)
        yield pair
    finally:
        await here.stop()
        await there.stop()


def slow(pair: Pair) -> None:
    """Let Graph take its time for the next message."""
    pair.emulator.faults.arm("slow", seconds=0.3)


async def test_whoever_is_asked_next_answers_at_once(pair: Pair) -> None:
    for number in range(10):
        await pair.says(pair.there if number % 2 else pair.here)
        await pair.hears(2 + number)


async def test_what_is_said_to_the_other_while_one_is_sending_follows(pair: Pair) -> None:
    for number in range(4):
        slow(pair)
        one, other = (pair.here, pair.there) if number % 2 else (pair.there, pair.here)
        await pair.says(one)
        await pair.says(other)
        await pair.hears(3 + 2 * number)


async def test_ones_own_claim_does_not_mean_that_nothing_of_others_waits(pair: Pair) -> None:
    slow(pair)
    await pair.says(pair.here)
    await pair.says(pair.there)
    await pair.says(pair.here)
    await pair.says(pair.there)
    await pair.says(pair.here)
    await pair.hears(6)


async def test_a_free_claim_does_not_mean_that_nothing_waits(pair: Pair, database: Database) -> None:
    async with database.transaction() as conn:
        await stored.put(
            conn, psid=pair.person.psid, messages=[{"text": "A new glaze is in."}], messaging_type="UPDATE"
        )
    await pair.says(pair.there)
    await pair.hears(3)
    assert pair.person.sent[1].bubble.words().startswith("A new glaze")


async def test_what_a_dead_process_left_goes_before_the_answer(pair: Pair, database: Database) -> None:
    left = await dies_over_a_message(pair, database)
    await pair.says(pair.there)
    await pair.hears(3)
    assert numbers_of(pair.person)[1] == left


async def test_what_a_dead_process_left_is_taken_over_by_whoever_looks(pair: Pair, database: Database) -> None:
    left = await dies_over_a_message(pair, database)
    await pair.there.look()
    await pair.hears(2)
    assert numbers_of(pair.person)[1] == left


async def test_what_a_dead_process_had_sent_is_not_sent_again_where_an_echo_shows_it(
    pair: Pair, database: Database
) -> None:
    left = await dies_over_a_message(pair, database)
    await pair.there.look()
    written = pair.there.outbox.confirm(left, "m_echo")
    assert written is not None
    await written
    await pair.there.outbox.drain()
    await pair.says(pair.here)
    await pair.hears(2)


FOR_LONG = pytest.mark.parametrize("echo_seconds", [600.0])


@FOR_LONG
async def test_an_echo_that_the_other_process_hears_closes_the_send(pair: Pair, database: Database) -> None:
    number = await is_in_doubt(pair, database)
    written = pair.there.outbox.confirm(number, pair.person.sent[-1].mid)
    assert written is not None
    await written
    await pair.hears(2)
    async with database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM outbox WHERE status <> 'sent'") == 0
        assert await conn.value("SELECT COUNT(*) FROM sent_again") == 0


@FOR_LONG
async def test_what_a_person_drops_or_wants_at_once_waits_for_no_echo(pair: Pair, database: Database) -> None:
    await is_in_doubt(pair, database)
    await acts(database, stuck.retry)
    await pair.hears(3, once=False)
    async with database.connection() as conn:
        again = await conn.run("SELECT times, why FROM sent_again")
    assert again.rows == ((1, "no_answer"),), "it came twice, which is counted"
    await is_in_doubt(pair, database)
    await acts(database, stuck.drop)
    await pair.hears(4, once=False)
    await pair.says(pair.here)
    await pair.hears(5, once=False)


async def is_in_doubt(pair: Pair, database: Database) -> int:
    """Let a message arrive whose answer is lost; its number, once the table says so."""
    pair.emulator.faults.arm("accepted_then_timeout", seconds=0.05)
    heard = len(pair.person.sent)
    await pair.says(pair.here)
    async with asyncio.timeout(PATIENCE):
        while len(pair.person.sent) == heard:
            await pair.person.changes()

    async def is_told() -> bool:
        async with database.connection() as conn:
            return bool(await conn.value("SELECT COUNT(*) FROM outbox WHERE error_code = 'in doubt'"))

    await comes(is_told, "the table says that it is in doubt")
    return numbers_of(pair.person)[-1]


async def acts(database: Database, act: Callable[..., Awaitable[list[int]]]) -> None:
    """Let a person of the shop do something about what is in doubt."""
    async with database.transaction() as conn:
        found = await stuck.page(conn, queue=stuck.MESSAGES, limit=5)
        doubtful = [one.id for one in found if one.state == "doubt"]
        assert await act(conn, queue=stuck.MESSAGES, ids=doubtful, by=By(None, "")) == doubtful != []


async def test_a_process_that_was_taken_for_dead_claims_anew_before_it_sends(pair: Pair, database: Database) -> None:
    pair.here.outbox.pause.begin(60)
    for _ in range(3):
        await pair.says(pair.here)
    async with database.connection() as conn:
        await conn.run("DELETE FROM processes WHERE name = %(name)s", name=pair.here.life.name)
        # Another process has sent the last two meanwhile.
        await conn.run("UPDATE outbox SET status = 'sent' WHERE status = 'queued' ORDER BY id DESC LIMIT 2")
    await pair.here.life.beat()
    pair.here.outbox.pause.end()
    await pair.hears(2)
    await pair.says(pair.here)
    await pair.hears(3)


async def test_what_the_lane_has_read_before_the_commit_was_answered_is_sent_once(
    pair: Pair, database: Database
) -> None:
    psid, outbox = pair.person.psid, pair.here.outbox
    async with database.transaction() as conn:
        ids = await stored.put(conn, psid=psid, messages=[{"text": "First."}, {"text": "Second."}])
    outbox.pause.begin(60)
    outbox.wake(psid)

    async def is_in_hand() -> bool:
        return outbox._has(ids[-1])

    await comes(is_in_hand, "the lane has read them")
    outbox.deliver(psid, [ToSend(each, {"text": "Again."}) for each in ids], Claim(outbox.sender, True, 0))
    assert [each.id for each in outbox._lanes[psid].waiting] == ids
    outbox.pause.end()
    await pair.hears(3)


async def dies_over_a_message(pair: Pair, database: Database) -> int:
    """A message in the outbox that a process had claimed that is gone; its id."""
    async with database.transaction() as conn:
        (left,) = await stored.put(conn, psid=pair.person.psid, messages=[{"text": "Left behind."}])
        await conn.run("UPDATE conversations SET sender = 'a dead process'")
    return left

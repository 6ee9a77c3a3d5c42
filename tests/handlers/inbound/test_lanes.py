"""Lanes: one shopper's turns in order, and none that blocks the others for ever."""

import asyncio

from handlers.inbound.floods import AT_ONCE, Floods
from handlers.inbound.lanes import FirstThis, Lanes
from repository.database.errors import Unavailable
from tests.support.waiting import PATIENCE


async def test_one_shoppers_turns_are_taken_in_order_and_many_shoppers_at_once() -> None:
    taken: list[str] = []
    under_way = 0
    most = 0

    async def take(psid: str, received: float | None) -> bool:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.001)
        taken.append(f"{psid}{received:g}")
        under_way -= 1
        return True

    async def give_up(psid: str, error: Exception) -> float | None:
        raise AssertionError

    lanes = Lanes(take, give_up, most=3)
    for number in range(5):
        for psid in "abcdef":
            lanes.wake(psid, received=float(number))
    await lanes.drain()
    for psid in "abcdef":
        assert [one for one in taken if one.startswith(psid)] == [f"{psid}{number}" for number in range(5)]
    assert most == 3


async def test_a_turn_that_the_database_never_takes_is_given_up_in_the_end() -> None:
    tried: list[float] = []
    asked = 0

    async def take(_: str, received: float | None) -> bool:
        assert received is not None
        tried.append(received)
        if received == 1 and asked < 3:
            raise Unavailable("the statement took too long")
        return True

    async def give_up(_: str, error: Exception) -> float | None:
        nonlocal asked
        assert isinstance(error, Unavailable)
        asked += 1
        return None if asked == 3 else 0.0

    lanes = Lanes(take, give_up, patience=2)
    lanes.wake("ana", received=1.0)
    lanes.wake("ana", received=2.0)
    await lanes.drain()
    assert asked == 3
    assert tried == [1.0] * 7 + [2.0]


async def test_what_is_left_when_it_closes_waits_in_the_database() -> None:
    began = asyncio.Event()
    taken: list[float | None] = []

    async def take(_: str, received: float | None) -> bool:
        began.set()
        await asyncio.sleep(0.01)
        taken.append(received)
        return True

    async def give_up(psid: str, error: Exception) -> float | None:
        raise AssertionError

    lanes = Lanes(take, give_up)
    lanes.wake("ana", received=1.0)
    lanes.wake("ana", received=2.0)
    await began.wait()
    await lanes.close()
    lanes.wake("ana", received=3.0)
    assert taken == [1.0]
    assert lanes.is_idle


async def test_what_comes_before_a_turn_takes_no_place_among_the_turns() -> None:
    may_end, bens = asyncio.Event(), asyncio.Event()
    taken: list[str] = []
    ready: set[str] = set()

    async def prepare() -> None:
        await may_end.wait()
        ready.add("ana")

    async def take(psid: str, received: float | None) -> bool:
        if psid == "ana" and psid not in ready:
            raise FirstThis(prepare)
        taken.append(psid)
        bens.set()
        return True

    async def give_up(psid: str, error: Exception) -> float | None:
        raise AssertionError("nothing failed")

    lanes = Lanes(take, give_up, most=1)
    lanes.wake("ana", received=0.0)
    lanes.wake("ben", received=0.0)
    async with asyncio.timeout(PATIENCE):
        await bens.wait()
    assert taken == ["ben"]
    may_end.set()
    await lanes.drain()
    assert taken == ["ben", "ana"]


async def test_who_is_looked_for_again_and_again_while_the_database_cannot_write_has_sent_no_more() -> None:
    calmed: list[str] = []
    tried = 0

    async def take(psid: str, received: float | None) -> bool:
        nonlocal tried
        tried += 1
        if tried <= 3:
            for _ in range(3 * AT_ONCE):
                lanes.wake(psid)
            raise Unavailable("no room")
        return tried == 4

    async def give_up(_: str, error: Exception) -> float | None:
        raise AssertionError

    async def calm(psid: str) -> bool:
        calmed.append(psid)
        return True

    lanes = Lanes(take, give_up, floods=Floods(lambda: 60), calm=calm)
    lanes.wake("ana", received=1.0)
    await lanes.drain()
    assert (tried, calmed) == (5, [])

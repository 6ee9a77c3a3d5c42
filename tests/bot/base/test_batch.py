"""Work that is done for many at once, and what waits for it."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.base.batch import Batch, apart, done_within


class Flushed:
    """What each flush was given."""

    def __init__(self) -> None:
        self.flushes: list[list[int]] = []

    async def __call__(self, items: Sequence[int]) -> None:
        self.flushes.append(list(items))


async def test_whoever_comes_while_a_flush_runs_shares_the_next() -> None:
    flushed = Flushed()
    batch: Batch[int] = Batch(flushed)
    first = batch.put(1)
    await first
    await asyncio.gather(batch.put(2), batch.put(3))
    assert flushed.flushes == [[1], [2, 3]]


async def test_what_came_after_the_others_were_taken_is_not_flushed_for_them() -> None:
    flushed = Flushed()
    batch: Batch[int] = Batch(flushed, linger=0.05)
    batch.put(1)
    await asyncio.sleep(0)
    taken = batch.take(10)
    late = batch.put(2)
    await asyncio.sleep(0)
    assert [item for item, _ in taken] == [1]
    assert [item for item, _ in batch.take(10)] == [2]
    await batch.drain()
    assert flushed.flushes == []
    assert not late.done()


async def test_what_is_put_back_is_flushed_first_and_what_nobody_takes_is_flushed_too() -> None:
    flushed = Flushed()
    batch: Batch[int] = Batch(flushed, linger=0.01)
    batch.put(1)
    await asyncio.sleep(0)
    taken = batch.take(10)
    last = batch.put(2)
    batch.put_back(taken)
    await asyncio.wait_for(last, 10)
    assert flushed.flushes == [[1, 2]]


async def test_who_waits_too_long_is_told_and_the_work_goes_on() -> None:
    gate = asyncio.Event()
    flushed: list[int] = []

    async def flush(items: Sequence[int]) -> None:
        await gate.wait()
        flushed.extend(items)

    batch: Batch[int] = Batch(flush)
    shared = batch.put(1)
    with pytest.raises(TimeoutError):
        await done_within([batch.put(2), apart(shared)], 0.01)
    assert not shared.done()
    gate.set()
    await batch.drain()
    assert flushed == [1, 2]
    await done_within([apart(shared)], 10)


async def test_an_error_is_told_to_each_who_waits() -> None:
    async def flush(_: Sequence[int]) -> None:
        raise ValueError("no")

    batch: Batch[int] = Batch(flush)
    shared = batch.put(1)
    with pytest.raises(ValueError, match="no"):
        await done_within([apart(shared)], 10)


async def test_in_order_nothing_is_flushed_while_something_older_is_away() -> None:
    flushed = Flushed()
    batch: Batch[int] = Batch(flushed, in_order=True)
    batch.linger = 0.01
    first = batch.put(1)
    await asyncio.sleep(0)
    taken = batch.take(10)
    batch.linger = 0.0
    last = batch.put(2)
    await asyncio.sleep(0.05)
    assert not batch.take(10), "nobody else takes what is younger"
    assert not flushed.flushes
    assert not last.done()
    batch.settle(taken)
    await asyncio.gather(first, last)
    assert flushed.flushes == [[2]]


async def test_in_order_what_comes_back_is_flushed_before_what_is_younger() -> None:
    flushed = Flushed()
    batch: Batch[int] = Batch(flushed, in_order=True, linger=0.01)
    batch.put(1)
    await asyncio.sleep(0)
    taken = batch.take(10)
    last = batch.put(2)
    await asyncio.sleep(0.05)
    batch.put_back(taken)
    await last
    assert flushed.flushes == [[1, 2]]


async def test_in_order_nothing_is_taken_while_something_older_is_flushed() -> None:
    gate = asyncio.Event()

    async def flush(_: Sequence[int]) -> None:
        await gate.wait()

    batch: Batch[int] = Batch(flush, in_order=True)
    first = batch.put(1)
    await asyncio.sleep(0.01)
    last = batch.put(2)
    assert not batch.take(10)
    gate.set()
    await asyncio.gather(first, last)

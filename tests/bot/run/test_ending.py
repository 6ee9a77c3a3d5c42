"""A program stops even where a library loses a cancellation."""

import asyncio

from bot.run.repeating import ended


async def test_a_task_that_loses_a_cancellation_is_cancelled_again() -> None:
    lost = 0

    async def works() -> None:
        nonlocal lost
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                lost += 1
                if lost > 1:
                    raise

    task = asyncio.create_task(works())
    await asyncio.sleep(0)
    await ended([task])
    assert task.cancelled()
    assert lost == 2


async def test_what_failed_or_was_done_is_no_hindrance() -> None:
    async def fails() -> None:
        raise ValueError

    tasks = [asyncio.create_task(fails()), asyncio.create_task(asyncio.sleep(0))]
    await asyncio.wait(tasks)
    await ended(tasks)
    assert all(task.done() for task in tasks)

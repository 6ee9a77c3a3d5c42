"""Walks in several processes at once, each in a shop of its own."""

import multiprocessing
import queue
from collections.abc import Iterator, Sequence

import msgspec

from bot.base import clock, logs
from bot.base.settings import DatabaseSettings
from bot.run.running import run
from bot.workshop.beside import beside, end_with_parent
from bot.workshop.replay.running import theatre
from bot.workshop.walk.covering import ordered
from bot.workshop.walk.walking import Found, Walker
from handlers.transcripts.form import Transcript

_LOOK_AGAIN = 1.0  # seconds between two looks whether a process that says nothing still lives


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """How far to walk.

    Attributes:
        seed: Decides which way.
        seconds: No walk is begun after so long.
        walks: So many at most.
        length: So many turns a walk.
        texts: What people have typed elsewhere.
        begins: Conversations of which what the shop answers is known.
    """

    seed: str
    seconds: float
    walks: int
    length: int
    texts: Sequence[str] = ()
    begins: Sequence[Transcript] = ()


def walks(wanted: Wanted, account: DatabaseSettings, *, jobs: int) -> Iterator[Found | None]:
    """What came of each walk, as it comes: what broke, None where nothing did.

    Args:
        wanted: How far to walk.
        account: A server, with an account that may create databases.
        jobs: In how many processes.
    """
    context = beside()
    done: multiprocessing.Queue[Found | int | None] = context.Queue()
    walkers = [
        context.Process(
            target=_walker,
            args=(wanted, msgspec.structs.replace(account, name=f"walk_{number}"), number, jobs, done),
            daemon=True,
        )
        for number in range(1, jobs + 1)
    ]
    for walker in walkers:
        walker.start()
    try:
        ended = 0
        while ended < jobs:
            alive = any(walker.is_alive() for walker in walkers)
            try:
                came = done.get(timeout=_LOOK_AGAIN if alive else _LOOK_AGAIN / 10)
            except queue.Empty:
                if not alive:
                    raise RuntimeError("the processes that walk have ended before their time") from None
                continue
            if isinstance(came, int):
                ended += 1
            else:
                yield came
    finally:
        for walker in walkers:
            walker.terminate()
            walker.join()


def _walker(
    wanted: Wanted,
    account: DatabaseSettings,
    number: int,
    jobs: int,
    done: "multiprocessing.Queue[Found | int | None]",
) -> None:
    """One process: every `jobs`-th walk, until its time is over."""
    end_with_parent()
    logs.configure("CRITICAL", as_json=False)

    async def walk_all() -> None:
        async with theatre(account) as shop:
            walker = Walker(shop, wanted.texts, ordered(wanted.begins, wanted.seed))
            began = clock.monotonic()
            for each in range(number, wanted.walks + 1, jobs):
                if clock.monotonic() - began > wanted.seconds:
                    break
                done.put(await walker.walk(f"{wanted.seed}-{each}", each, wanted.length))

    run(walk_all())
    done.put(number)
    done.close()
    done.join_thread()

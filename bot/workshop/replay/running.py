"""Replays files live: the real server, database and emulator, made once in each process and put back in between."""

import asyncio
import multiprocessing
import queue
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import msgspec

from bot.base import clock, logs
from bot.base.settings import DatabaseSettings, Settings, database_admin
from bot.run.running import run
from bot.workshop.demo.run import SHOP_NAME, introduce
from bot.workshop.demo.shop import prepare
from bot.workshop.emulator.shopper import Shopper
from bot.workshop.replay.player import play
from bot.workshop.replay.report import Case
from bot.workshop.replay.transcript import Transcript, TranscriptError, accepted, parse, text_of
from bot.workshop.stage import Stage, staged
from handlers.jobs.commenting import Commenting
from handlers.jobs.workers import Workers
from repository.database.connection import Database
from repository.workshop import putting_back, truths

FILES_A_PROCESS = 6
"""So many are worth the making of one more shop."""
_LOOK_AGAIN = 1.0  # seconds between two looks whether a process that says nothing still lives


class Theatre:
    """One shop in which conversation after conversation is played, each as if it were the first."""

    def __init__(self, stage: Stage, database: Database, kept: putting_back.Kept) -> None:
        self._stage = stage
        self._database = database
        self._kept = kept
        self._workers = Workers(stage.parts.shop, on_outbox=stage.parts.outbox.wake)
        self._commenting = Commenting(stage.parts.shop, lambda: stage.parts.graph, settles=0)

    async def case(self, path: Path, *, accept: bool) -> Case:
        """Play a file, and leave the shop as it was.

        Args:
            path: The file.
            accept: Whether to write today's answers into it.
        """
        began = clock.monotonic()
        try:
            text = text_of(path)
            transcript = parse(text)
        except (TranscriptError, OSError) as error:
            return Case(path, 0.0, problem=f"{path}, {error}", played=[])
        try:
            return await self._play(path, text, transcript, began, accept=accept)
        finally:
            await self._stage.parts.idle()
            self._stage.emulator.faults.clear()
            async with self._database.connection() as conn:
                await putting_back.put_back(conn, self._kept)

    async def _work(self) -> None:
        await self._workers.run_due()
        await self._commenting.run_due()

    async def _play(self, path: Path, text: str, transcript: Transcript, began: float, *, accept: bool) -> Case:
        def meet(name: str) -> Shopper:
            return self._stage.shopper(name, locale=transcript.locale)

        def arm(fault: str, times: int) -> None:
            self._stage.emulator.faults.arm(fault, times=times)

        played = await play(transcript, meet, self._work, arm)
        async with self._database.connection() as conn:
            untrue = await truths.broken(conn)
        case = Case(path, clock.monotonic() - began, transcript.title, played, "; ".join(untrue))
        if accept and not case.is_whole:
            return case
        if accept and case.outcome != "same":
            heard = [None if each.is_same else each.heard for each in played]
            await asyncio.to_thread(path.write_text, accepted(text, transcript, heard), encoding="utf-8")
            return msgspec.structs.replace(case, accepted=True)
        return case


@asynccontextmanager
async def theatre(account: DatabaseSettings) -> AsyncIterator[Theatre]:
    """A shop to play in, until the block is left.

    Args:
        account: Its database, which is made anew, and an account that may create one.
    """
    settings = Settings(database=account, port=0, shop_name=SHOP_NAME)
    await prepare(settings)
    async with staged(settings) as stage:
        await introduce(stage)
        database = Database(database_admin(settings), settings.offset, most=1)
        try:
            async with database.connection() as conn:
                kept = await putting_back.keep(conn)
            yield Theatre(stage, database, kept)
        finally:
            await database.close()


def replayed(files: Sequence[Path], account: DatabaseSettings, *, accept: bool, jobs: int) -> Iterator[Case]:
    """The outcome of each file, as it comes.

    Args:
        files: The transcripts.
        account: A server, with an account that may create databases.
        accept: Whether to write today's answers into the files.
        jobs: In how many processes at most; few files take fewer.
    """
    processes = max(1, min(jobs, len(files) // FILES_A_PROCESS))
    context = multiprocessing.get_context("spawn")
    todo: multiprocessing.Queue[Path | None] = context.Queue()
    done: multiprocessing.Queue[Case] = context.Queue()
    for each in [*files, *[None] * processes]:
        todo.put(each)
    players = [
        context.Process(
            target=_player,
            args=(msgspec.structs.replace(account, name=f"replay_{number}"), todo, done, accept),
            daemon=True,
        )
        for number in range(1, processes + 1)
    ]
    for player in players:
        player.start()
    try:
        yield from _outcomes(len(files), players, done)
    finally:
        for player in players:
            player.terminate()
            player.join()


def _outcomes(
    expected: int, players: Sequence["multiprocessing.process.BaseProcess"], done: "multiprocessing.Queue[Case]"
) -> Iterator[Case]:
    came = 0
    for _ in count():
        if came == expected:
            return
        alive = any(player.is_alive() for player in players)
        try:
            case = done.get(timeout=_LOOK_AGAIN if alive else _LOOK_AGAIN / 10)
        except queue.Empty:
            if not alive:
                raise RuntimeError(f"{expected - came} conversations were not played: their processes ended") from None
            continue
        came += 1
        yield case


def _player(
    account: DatabaseSettings,
    todo: "multiprocessing.Queue[Path | None]",
    done: "multiprocessing.Queue[Case]",
    accept: bool,
) -> None:
    """One process: plays whatever is next until nothing is left."""
    logs.configure("WARNING", as_json=False)

    async def play_all() -> None:
        async with theatre(account) as stage:
            while (path := await asyncio.to_thread(todo.get)) is not None:
                done.put(await stage.case(path, accept=accept))

    run(play_all())
    done.close()
    done.join_thread()

"""Replays files live: the real server, database and emulator, made once in each process and put back in between."""

import asyncio
import multiprocessing
import queue
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import msgspec

from bot.base import clock, logs
from bot.base.settings import DatabaseSettings, Settings, database_admin
from bot.run.running import run
from bot.workshop.demo.run import SHOP_NAME, introduce
from bot.workshop.demo.shop import prepare
from bot.workshop.replay.backstage import Backstage
from bot.workshop.replay.player import Played, Player
from bot.workshop.replay.report import Case
from bot.workshop.stage import Stage, staged
from handlers.transcripts import passing
from handlers.transcripts.exporting import recorded_lines
from handlers.transcripts.form import VERSION, Transcript, TranscriptError
from handlers.transcripts.reading import parse, text_of
from handlers.transcripts.twin import Head
from handlers.transcripts.writing import accepted
from repository.database.connection import Connection, Database
from repository.database.errors import DatabaseError
from repository.talks import recorded
from repository.workshop import fixtures, putting_back, truths

FILES_A_PROCESS = 6
"""So many are worth the making of one more shop."""
_LONG = timedelta(days=800)  # longer than any conversation that is played
_LOOK_AGAIN = 1.0  # seconds between two looks whether a process that says nothing still lives


class Theatre:
    """One shop in which conversation after conversation is played, each as if it were the first."""

    def __init__(self, stage: Stage, database: Database, kept: putting_back.Kept, made_at: datetime) -> None:
        self._stage = stage
        self._database = database
        self._kept = kept
        self._made_at = made_at

    async def case(self, path: Path, *, accept: bool = False, record: bool = False) -> Case:
        """Play a file, and leave the shop as it was.

        Args:
            path: The file.
            accept: Whether to write today's answers into it.
            record: Whether to write its exact twin beside it.
        """
        began = clock.monotonic()
        try:
            text = text_of(path)
            transcript = parse(text)
        except (TranscriptError, OSError) as error:
            return Case(path, 0.0, problem=f"{path}, {error}", played=[])
        try:
            played, problem = await self.play(transcript, path.with_suffix(".jsonl") if record else None)
        except fixtures.RuleRefused as error:
            return Case(path, 0.0, problem=f"{path}, {error}", played=[])
        except DatabaseError as error:
            return Case(path, 0.0, problem=f"{path}: the database did not take it: {error}", played=[])
        case = Case(path, clock.monotonic() - began, transcript.title, played, problem)
        if accept and case.is_whole and case.outcome != "same":
            heard = [None if each.is_same else each.heard for each in played]
            known = [[fact.expected if fact.is_same else fact.today for fact in each.known] for each in played]
            await asyncio.to_thread(path.write_text, accepted(text, transcript, heard, known), encoding="utf-8")
            return msgspec.structs.replace(case, accepted=True)
        return case

    async def play(self, transcript: Transcript, record: Path | None = None) -> tuple[list[Played], str]:
        """Play a conversation in the shop that it asks for, and leave the shop as it was.

        Args:
            transcript: The conversation.
            record: Where to write its exact twin; None writes none.

        Returns:
            What came of each exchange, and what always holds and did not, in words.

        Raises:
            RuleRefused: The shop cannot be as the transcript says.
        """
        try:
            await self._furnish(transcript)
            player = Player(transcript, Backstage(self._stage, self._database, transcript.locale))
            played = await player.play()
            async with self._database.connection() as conn:
                untrue = await truths.broken(conn)
                if record is not None:
                    twin = await self._twin(conn, transcript, player.cast)
                    await asyncio.to_thread(record.write_bytes, twin)
            return played, "; ".join(untrue)
        finally:
            await self._stage.parts.idle()
            self._stage.emulator.faults.clear()
            clock.move(None)
            clock.draw_by(None)
            async with self._database.connection() as conn:
                await putting_back.put_back(conn, self._kept)

    async def _twin(self, conn: Connection, transcript: Transcript, cast: Mapping[str, str]) -> bytes:
        """What was just played, exactly."""
        ends = clock.now() + _LONG
        people = {
            who: found
            for who, psid in cast.items()
            if (found := await recorded.read(conn, psid=psid, since=ends - _LONG * 2, until=ends))
        }
        head = Head(version=VERSION, title=transcript.title, shopper=transcript.shopper, locale=transcript.locale)
        return recorded_lines(people, head)

    async def _furnish(self, transcript: Transcript) -> None:
        """Let the shop be as the header says."""
        if transcript.chance is not None:
            clock.draw_by(transcript.chance)
        if not (transcript.clock or transcript.rules or transcript.shop != "demo"):
            return
        async with self._database.transaction() as conn:
            if transcript.clock:
                begins = passing.at(transcript.clock, self._made_at)
                clock.move(begins)
                await fixtures.move_dates(conn, by=begins - self._made_at)
            if transcript.shop == "empty":
                await fixtures.sell_nothing(conn)
            await fixtures.set_rules(conn, transcript.rules)


@asynccontextmanager
async def theatre(account: DatabaseSettings) -> AsyncIterator[Theatre]:
    """A shop to play in, until the block is left.

    Args:
        account: Its database, which is made anew, and an account that may create one.
    """
    settings = Settings(database=account, port=0, shop_name=SHOP_NAME)
    made_at = clock.now().astimezone(settings.offset).replace(microsecond=0)
    await prepare(settings, now=made_at)
    async with staged(settings) as stage:
        await introduce(stage)
        database = Database(database_admin(settings), settings.offset, most=1)
        try:
            async with database.connection() as conn:
                kept = await putting_back.keep(conn)
            yield Theatre(stage, database, kept, made_at)
        finally:
            await database.close()


def replayed(
    files: Sequence[Path], account: DatabaseSettings, *, accept: bool, record: bool, jobs: int
) -> Iterator[Case]:
    """The outcome of each file, as it comes.

    Args:
        files: The transcripts.
        account: A server, with an account that may create databases.
        accept: Whether to write today's answers into the files.
        record: Whether to write the exact twin of each beside it.
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
            args=(msgspec.structs.replace(account, name=f"replay_{number}"), todo, done, accept, record),
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
    record: bool,
) -> None:
    """One process: plays whatever is next until nothing is left."""
    logs.configure("WARNING", as_json=False)

    async def play_all() -> None:
        async with theatre(account) as stage:
            while (path := await asyncio.to_thread(todo.get)) is not None:
                done.put(await stage.case(path, accept=accept, record=record))

    run(play_all())
    done.close()
    done.join_thread()

"""Replays files live: the real server, database and emulator, made once in each process and put back in between."""

import asyncio
import multiprocessing
import queue
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import msgspec

from bot.base import clock, logs
from bot.base.settings import DatabaseSettings, Settings, database_admin
from bot.run.running import run
from bot.workshop.beside import beside, end_with_parent
from bot.workshop.demo.run import SHOP_NAME, introduce
from bot.workshop.demo.shop import prepare
from bot.workshop.replay.backstage import Backstage, learn_posts
from bot.workshop.replay.breaking import Breaking
from bot.workshop.replay.coverage import taken
from bot.workshop.replay.player import Played, Player, chosen
from bot.workshop.replay.report import Case
from bot.workshop.stage import Stage, staged
from handlers.transcripts import passing
from handlers.transcripts.exporting import recorded_lines
from handlers.transcripts.form import VERSION, Transcript, TranscriptError
from handlers.transcripts.reading import parse, text_of
from handlers.transcripts.twin import Head, TurnLine, decoded
from handlers.transcripts.writing import accepted
from repository.database.connection import Connection, Database
from repository.database.errors import DatabaseError
from repository.talks import recorded
from repository.workshop.replay import fixtures, putting_back, truths

FILES_A_PROCESS = 20
"""So many are worth the making of one more shop."""
EVENTS_A_WEBHOOK = 20
"""So many that wait for a shopper's webhook travel in one, as Facebook's do: an echo with its receipt."""
TOGETHER = 1.0
"""Seconds for which what is told of a message, and that it was sent, waits to be stored with what comes next."""
_LONG = timedelta(days=800)  # longer than any conversation that is played
_LOOK_AGAIN = 1.0  # seconds between two looks whether a process that says nothing still lives


class How(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted of a replay besides its outcome.

    Attributes:
        accept: To write today's answers into the files.
        lines: Of which exchanges only, by a line of each; of all where there is none.
        record: To write the exact twin of each beside it.
        covers: To know which rows and replies it came by.
    """

    accept: bool = False
    lines: tuple[int, ...] = ()
    record: bool = False
    covers: bool = False


class Theatre:
    """One shop in which conversation after conversation is played, each as if it were the first."""

    def __init__(
        self, stage: Stage, database: Database, door: Path, kept: putting_back.Kept, made_at: datetime
    ) -> None:
        self._stage = stage
        self._database = database
        self._kept = kept
        self._made_at = made_at
        self._breaking = Breaking(stage.parts, database, door)
        self._fed = asyncio.Event()
        for feeds in (stage.parts.database, database):
            feeds.when_fed.append(self._fed.set)

    @property
    def stage(self) -> Stage:
        """The running shop."""
        return self._stage

    async def case(self, path: Path, how: How) -> Case:
        """Play a file, and leave the shop as it was.

        Args:
            path: The file.
            how: What is wanted besides.
        """
        began = clock.monotonic()
        try:
            text = text_of(path)
            transcript = parse(text)
        except (TranscriptError, OSError) as error:
            return Case(path, 0.0, problem=f"{path}, {error}", played=[])
        try:
            played, problem, twin = await self.play(transcript, is_recorded=how.record or how.covers)
        except fixtures.RuleRefused as error:
            return Case(path, 0.0, problem=f"{path}, {error}", played=[])
        except DatabaseError as error:
            return Case(path, 0.0, problem=f"{path}: the database did not take it: {error}", played=[])
        if how.record:
            await asyncio.to_thread(path.with_suffix(".jsonl").write_bytes, twin)
        came_by = taken(line for line in decoded(twin).lines if isinstance(line, TurnLine)) if how.covers else None
        case = Case(path, clock.monotonic() - began, transcript.title, played, problem, taken=came_by)
        if how.accept and case.is_whole and case.outcome != "same":
            heard, known, is_all = chosen(played, how.lines)
            await asyncio.to_thread(path.write_text, accepted(text, transcript, heard, known), encoding="utf-8")
            return msgspec.structs.replace(case, accepted=is_all)
        return case

    async def play(self, transcript: Transcript, *, is_recorded: bool = False) -> tuple[list[Played], str, bytes]:
        """Play a conversation in the shop that it asks for, and leave the shop as it was.

        Args:
            transcript: The conversation.
            is_recorded: Whether to make its exact twin.

        Returns:
            What came of each exchange; what always holds and did not, in words; and the twin, empty where none is made.

        Raises:
            RuleRefused: The shop cannot be as the transcript says.
        """
        async with self.performance(transcript) as player:
            played = await player.play()
            async with self._database.connection() as conn:
                untrue = await truths.broken(conn)
                twin = await self._twin(conn, transcript, player.cast) if is_recorded else b""
        return played, "; ".join(untrue), twin

    @asynccontextmanager
    async def performance(self, transcript: Transcript) -> AsyncIterator[Player]:
        """The shop that a conversation asks for, until the block is left; then it is as it was.

        Args:
            transcript: The conversation, of which the header counts.

        Raises:
            RuleRefused: The shop cannot be as the transcript says.
        """
        try:
            await self._furnish(transcript)
            yield Player(
                transcript, Backstage(self._stage, self._database, self._breaking, self._fed, transcript.locale)
            )
        finally:
            with self._stage.parts.outbox.marks.hurried():
                await self._breaking.mended()
                self._stage.emulator.courier.company.forget()
                await self._stage.emulator.courier.idle()
                await self._stage.parts.idle()
            self._stage.emulator.facebook.forgets_business()
            clock.move(None)
            clock.draw_by(None)
            async with self._database.connection() as conn:
                await putting_back.put_back(conn, self._kept)

    async def untrue(self) -> list[str]:
        """What always holds and does not now, in words."""
        async with self._database.connection() as conn:
            return await truths.broken(conn)

    async def goods(self) -> list[str]:
        """What the shop sells, by name."""
        async with self._database.connection() as conn:
            return await recorded.products(conn)

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
    secret = clock.token(32)
    settings = Settings(database=account, port=0, shop_name=SHOP_NAME, secret_key=secret, files_key=secret)
    made_at = clock.now().astimezone(settings.offset).replace(microsecond=0)
    await prepare(settings, now=made_at)
    with tempfile.TemporaryDirectory(prefix="quicksell-replay-") as folder:
        door = Path(folder) / "database"
        door.symlink_to(account.socket)
        by_door = msgspec.structs.replace(settings, database=msgspec.structs.replace(account, socket=str(door)))
        async with staged(by_door) as stage:
            stage.emulator.courier.most = EVENTS_A_WEBHOOK
            stage.emulator.courier.company.patience = TOGETHER
            stage.parts.outbox.marks.wait_for_company(TOGETHER)
            await introduce(stage)
            await learn_posts(stage)
            database = Database(database_admin(settings), settings.offset, most=1)
            try:
                async with database.connection() as conn:
                    kept = await putting_back.keep(conn)
                yield Theatre(stage, database, door, kept, made_at)
            finally:
                await database.close()


def replayed(files: Sequence[Path], account: DatabaseSettings, *, how: How, jobs: int) -> Iterator[Case]:
    """The outcome of each file, as it comes.

    Args:
        files: The transcripts.
        account: A server, with an account that may create databases.
        how: What is wanted besides.
        jobs: In how many processes at most; few files take fewer.
    """
    processes = max(1, min(jobs, len(files) // FILES_A_PROCESS))
    context = beside()
    todo: multiprocessing.Queue[Path | None] = context.Queue()
    done: multiprocessing.Queue[Case] = context.Queue()
    players = [
        context.Process(
            target=_player,
            args=(msgspec.structs.replace(account, name=f"replay_{number}"), todo, done, how),
            daemon=True,
        )
        for number in range(1, processes + 1)
    ]
    for player in players:
        player.start()
    for each in [*files, *[None] * processes]:
        todo.put(each)
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
    how: How,
) -> None:
    """One process: plays whatever is next until nothing is left."""
    end_with_parent()
    logs.configure("WARNING", as_json=False)

    async def play_all() -> None:
        async with theatre(account) as stage:
            while (path := await asyncio.to_thread(todo.get)) is not None:
                done.put(await stage.case(path, how))

    run(play_all())
    done.close()
    done.join_thread()

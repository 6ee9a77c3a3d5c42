"""`bench replay`: conversations played live and as recorded, beside what is promised and beside an older program."""

import hashlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bot.base import clock
from bot.base.exits import MISSING, Failure
from bot.base.settings import DatabaseSettings
from bot.workshop.bench.figures import Figure, figure
from bot.workshop.beside import beside, end_with_parent
from bot.workshop.database.temporary import temporary_server
from bot.workshop.replay import recorded
from bot.workshop.replay.running import How, replayed
from handlers.transcripts import twin
from handlers.transcripts.again import again, kept_in
from handlers.transcripts.twin import TurnLine
from replies.words import Words

LIVE_SECONDS = 30
"""In which 200 conversations are to be played on two quiet cores."""
RECORDED_A_SECOND = 2500
"""Recorded turns that one core is to take."""
SHARE_OF_BEFORE = 6
"""A conversation costs at most so small a part of what it cost in 0.1.0."""


def replays(*, transcripts: Path, conversations: int, times: int, before: Path | None, jobs: int) -> list[Figure]:
    """Measure.

    Args:
        transcripts: A folder of transcripts.
        conversations: How many are played live: the folder's, over and over.
        times: How often the recordings are taken again, in two processes.
        before: A folder with an older program, which plays its own shipped transcripts too; None for none.
        jobs: In how many processes conversations are played.
    """
    files = sorted(transcripts.rglob("*.transcript"))
    if not files:
        raise Failure(f"There is no .transcript file in {transcripts}: name a folder that has some.", MISSING)
    with tempfile.TemporaryDirectory(prefix="quicksell-bench-") as folder:
        many = [_copy(files[number % len(files)], Path(folder) / f"{number}") for number in range(conversations)]
        began = clock.monotonic()
        with _measured() as used, temporary_server() as server:
            account = DatabaseSettings(
                socket=str(server.socket), user=server.admin_user, password=server.admin_password
            )
            outcomes = [case.outcome for case in replayed(many, account, how=How(record=True), jobs=jobs)]
        seconds = clock.monotonic() - began
        twins = [file.with_suffix(".jsonl") for file in many]
        found = [
            figure("conversations, live", conversations, "conversations"),
            figure("that went as written", sum(outcome == "same" for outcome in outcomes), "", conversations),
            figure(f"{conversations} conversations, live", seconds, "s", LIVE_SECONDS * conversations / 200),
            figure("processor time, live", used[0] / conversations, "s/conversation"),
            *_recorded(twins, times),
        ]
    if before:
        found += _beside(before)
    return found


def _copy(file: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(file, folder))


@contextmanager
def _measured() -> Iterator[list[float]]:
    """Seconds of processor time that the block takes, with all processes that it starts and ends."""
    used: list[float] = []
    before = _cpu()
    yield used
    used.append(_cpu() - before)


def _cpu() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def _recorded(twins: Sequence[Path], times: int) -> list[Figure]:
    """What recordings come to: how fast they are taken again, and whether it is the same each time."""
    for each in twins:
        recorded.case(each)  # so that words are read and learned
    began = time.process_time()
    turns = sum(len(recorded.case(each).played) for each in twins)
    a_second = turns / (time.process_time() - began)
    with beside().Pool(2, end_with_parent) as pool:
        came = pool.starmap(taken, [(twins, seed) for seed in range(times)], chunksize=1)
    return [
        figure("recorded turns on one core", a_second, "turns/s of processor time", RECORDED_A_SECOND),
        figure("times taken again in random order, in two processes", times, ""),
        figure("different outcomes of these", len(set(came)), "", 1),
    ]


def taken(twins: Sequence[Path], seed: int) -> str:
    """Take the turns of recordings again in an order drawn by lot; what came of all of them, to the byte.

    Args:
        twins: The recordings.
        seed: Decides the order.
    """
    return take(_turns(twins), seed)


def _turns(twins: Sequence[Path]) -> list[tuple[TurnLine, Words]]:
    found: list[tuple[TurnLine, Words]] = []
    for path in twins:
        kept = twin.read(path)
        words = Words(kept.head.words, currency=kept.head.currency)
        found += [(line, words) for line in kept.lines if isinstance(line, TurnLine)]
    return found


def take(turns: Sequence[tuple[TurnLine, Words]], seed: int) -> str:
    """Take recorded turns again in an order drawn by lot; what came of all of them, to the byte.

    Args:
        turns: The turns, each with the words that are said.
        seed: Decides the order.
    """
    order = list(range(len(turns)))
    random.Random(seed).shuffle(order)  # noqa: S311 - repeatable on purpose
    came: dict[int, bytes] = {}
    for number in order:
        line, words = turns[number]
        taken = again(line, kept_in(line), words)
        came[number] = msgspec.json.encode((taken.step, taken.state, taken.replies, taken.messages, taken.draft))
    whole = hashlib.sha256()
    for number in range(len(turns)):
        whole.update(came[number])
    return whole.hexdigest()


def _beside(before: Path) -> list[Figure]:
    """What a conversation costs here and in an older program: the transcripts that both ship, and nothing else."""
    shipped = sorted((before / "tests" / "transcripts").glob("*.transcript"))
    if not shipped:
        raise Failure(f"{before} ships no transcripts: name a folder with an older QuickSell.", MISSING)
    here = Path.cwd()
    ours = [here / "tests" / "transcripts" / file.name for file in shipped]
    with tempfile.TemporaryDirectory(prefix="quicksell-bench-") as folder:
        then, today = _marginal(before, shipped, Path(folder)), _marginal(here, ours, Path(folder))
    return [figure("processor time beside the older program", today, "s/conversation", then / SHARE_OF_BEFORE)]


def _marginal(program: Path, files: Sequence[Path], folder: Path) -> float:
    """Seconds of processor time that one more conversation takes in a program: its server, its database and its chats.

    In one process wherever a program can play in several, for one more shop is no part of a conversation.
    """
    spent: list[float] = []
    can_choose = (program / "bot" / "workshop" / "replay").is_dir()
    command = [sys.executable, "-m", "bot", "replay", *(["--jobs", "1"] if can_choose else [])]
    for times in (1, 11):
        copies = [
            _copy(file, folder / f"{id(program)}-{times}-{n}-{file.stem}") for n in range(times) for file in files
        ]
        with _measured() as used:
            subprocess.run(  # noqa: S603 - the program itself
                [*command, *map(str, copies)], cwd=program, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, check=False, timeout=1800,
            )  # fmt: skip
        spent.append(used[0])
    return (spent[1] - spent[0]) / (10 * len(files))

"""`quicksell replay`: recorded conversations, run again."""

import os
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec
from rich.console import Console
from rich.progress import Progress

from bot.base import clock, logs
from bot.base.exits import FOUND_WRONG, WRONG_USE, Failure
from bot.base.settings import DatabaseSettings
from bot.workshop.database.temporary import temporary_server
from bot.workshop.replay import recorded
from bot.workshop.replay.against.proposed import proposed
from bot.workshop.replay.against.versions import answered_by, version
from bot.workshop.replay.coverage import report
from bot.workshop.replay.grouping import grouped
from bot.workshop.replay.report import LABELS, Case, junit, page
from bot.workshop.replay.running import How, replayed
from handlers.transcripts.form import TranscriptError
from handlers.transcripts.reading import read


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--junit", "junit_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the outcome here.")
@click.option("--html", "html_file", type=click.Path(path_type=Path, dir_okay=False), help="Write one page of it here.")
@click.option("--accept", is_flag=True, help="Write today's answers into the transcripts.")
@click.option(
    "--line", "lines", type=click.IntRange(1), multiple=True, help="With --accept: only what differs on this line."
)
@click.option("--recorded", "is_recorded", is_flag=True, help="Play the .jsonl of folders: no database, in no time.")
@click.option("--record", is_flag=True, help="Write the exact .jsonl of each transcript beside it.")
@click.option("--coverage", is_flag=True, help="Say which rows of the dialogs and which replies none came by.")
@click.option("--jobs", type=click.IntRange(1, 64), help="In how many processes; one for each core without this.")
@click.option("--against", default="", help="Compare with what another version answers: its folder, or a Git tag.")
@click.option(
    "--words",
    "words_file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="With --recorded: what these words, a TOML file, would change.",
)
def replay(
    paths: tuple[Path, ...],
    junit_file: Path | None,
    html_file: Path | None,
    accept: bool,
    lines: tuple[int, ...],
    is_recorded: bool,
    record: bool,
    coverage: bool,
    jobs: int | None,
    against: str,
    words_file: Path | None,
) -> None:
    """Play the transcripts in PATHS against the real server, the demo shop and the emulator.

    A .jsonl, which is a conversation recorded exactly, is played without a database: what the repository answered comes
    from the recording.
    """
    logs.configure("WARNING", as_json=False)
    began = clock.monotonic()
    how = How(accept=accept, lines=lines, record=record, covers=coverage)
    if (against or words_file) and (accept or record):
        raise Failure("--against and --words only look: leave --accept and --record away.", WRONG_USE)
    if words_file and not is_recorded:
        raise Failure("--words needs recordings: add --recorded, and name a folder of export-transcript.", WRONG_USE)
    new_words = proposed(words_file) if words_file else ()
    if lines and (not accept or is_recorded):
        raise Failure("--line says which answers --accept writes into a transcript: add --accept.", WRONG_USE)
    files = _files(paths, ".jsonl" if is_recorded else ".transcript")
    if lines and len(files) != 1:
        raise Failure("--line needs one transcript: name the file whose line it is.", WRONG_USE)
    with ExitStack() as stack:
        named = {file: file for file in files}
        if against:
            program, folder = stack.enter_context(version(against)), stack.enter_context(TemporaryDirectory())
            named = dict(zip(answered_by(program, files, Path(folder)), files, strict=True))
        sound, cases = _sorted_out([file for file in named if file.suffix != ".jsonl"])
        twins = [file for file in named if file.suffix == ".jsonl"]
        cases += [recorded.case(file, covers=coverage, accept=accept, proposed=new_words) for file in twins]
        cases = [msgspec.structs.replace(case, path=named[case.path]) for case in cases]
        for case in cases:
            _tell(case)
        if sound:
            cases += _live(sound, named, how, jobs or os.cpu_count() or 1)
    cases.sort(key=lambda case: files.index(case.path))
    if alike := grouped(cases, least=1 if against or words_file else 2):
        click.echo(alike)
    counts = Counter(LABELS[case.outcome].lower() for case in cases)
    summary = ", ".join(f"{count} {label}" for label, count in counts.items())
    click.echo(f"{len(cases)} conversations in {clock.monotonic() - began:.1f} s: {summary}", err=True)
    if junit_file is not None:
        junit_file.write_text(junit(cases), encoding="utf-8")
    if html_file is not None:
        html_file.write_text(page(cases), encoding="utf-8")
    if coverage:
        click.echo(report(case.taken for case in cases if case.taken))
    if not any(case.played for case in cases):
        raise click.exceptions.Exit(WRONG_USE)
    if any(case.outcome not in ("same", "accepted") for case in cases):
        raise click.exceptions.Exit(FOUND_WRONG)


def _live(files: list[Path], named: Mapping[Path, Path], how: How, jobs: int) -> list[Case]:
    """What comes of transcripts, each told as it comes, by the name of the file that was meant."""
    cases: list[Case] = []
    with temporary_server() as server, Progress(console=Console(stderr=True), transient=True) as progress:
        account = DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)
        task = progress.add_task("Replaying", total=len(files))
        for played in replayed(files, account, how=how, jobs=jobs):
            cases.append(msgspec.structs.replace(played, path=named[played.path]))
            _tell(cases[-1])
            progress.advance(task)
    return cases


def _tell(case: Case) -> None:
    click.echo(f"{LABELS[case.outcome]}  {case.path}  {case.seconds:.1f} s", err=not case.played and bool(case.problem))
    if case.words and not case.accepted:
        click.echo("  " + case.words.replace("\n", "\n  "), err=not case.played)


def _files(paths: tuple[Path, ...], ending: str) -> list[Path]:
    found = [file for path in paths for file in (sorted(path.rglob(f"*{ending}")) if path.is_dir() else [path])]
    files = list(dict.fromkeys(found))
    if not files:
        raise Failure(f"There is no {ending} file in those folders.", WRONG_USE)
    return files


def _sorted_out(files: list[Path]) -> tuple[list[Path], list[Case]]:
    """Those that can be played, and the others, each with its reason: they stop nobody else."""
    sound: list[Path] = []
    broken: list[Case] = []
    for file in files:
        try:
            read(file)
        except TranscriptError as error:
            broken.append(Case(file, 0.0, problem=f"{file}, {error}"))
        except OSError as error:
            broken.append(Case(file, 0.0, problem=f"{file}, line 1: it cannot be read: {error.strerror}."))
        else:
            sound.append(file)
    return sound, broken

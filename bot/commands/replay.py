"""`quicksell replay`: recorded conversations, run again."""

import asyncio
from pathlib import Path

import click
import msgspec

from bot.base import clock, logs
from bot.base.exits import FOUND_WRONG, WRONG_USE, Failure
from bot.base.settings import DatabaseSettings, Settings
from bot.run.running import run
from bot.workshop.database.temporary import temporary_server
from bot.workshop.demo.run import SHOP_NAME, introduce
from bot.workshop.demo.shop import prepare
from bot.workshop.replay.player import play
from bot.workshop.replay.report import Case, junit
from bot.workshop.replay.transcript import Transcript, TranscriptError, read, written
from bot.workshop.stage import staged
from handlers.jobs.workers import Workers


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--junit", "junit_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the outcome here.")
@click.option("--accept", is_flag=True, help="Write today's answers into the transcripts.")
def replay(paths: tuple[Path, ...], junit_file: Path | None, accept: bool) -> None:
    """Play the transcripts in PATHS against the real server, the demo shop and the emulator."""
    files = _transcripts(paths)
    logs.configure("WARNING", as_json=False)
    with temporary_server() as server:
        account = DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)
        cases = run(_replay(files, account, accept=accept))
    for case in cases:
        outcome = "same" if not case.problem else "accepted" if case.accepted else "DIFFERENT"
        click.echo(f"{outcome}  {case.path}  {case.seconds:.1f} s")
        if case.problem:
            click.echo("  " + case.problem.replace("\n", "\n  "))
    if junit_file is not None:
        junit_file.write_text(junit(cases), encoding="utf-8")
    if any(case.problem and not case.accepted for case in cases):
        raise click.exceptions.Exit(FOUND_WRONG)


async def _replay(files: list[tuple[Path, Transcript]], account: DatabaseSettings, *, accept: bool) -> list[Case]:
    """Each conversation in a shop of its own, so that none finds what another has bought."""
    cases = []
    for number, (path, transcript) in enumerate(files, 1):
        own = msgspec.structs.replace(account, name=f"replay_{number}")
        cases.append(await _case(path, transcript, Settings(database=own, port=0, shop_name=SHOP_NAME), accept=accept))
    return cases


async def _case(path: Path, transcript: Transcript, settings: Settings, *, accept: bool) -> Case:
    await prepare(settings)
    async with staged(settings) as stage:
        await introduce(stage)
        workers = Workers(stage.parts.shop, on_outbox=stage.parts.outbox.wake)
        began = clock.monotonic()
        shopper = stage.shopper(transcript.shopper, locale=transcript.locale)
        played = await play(transcript, shopper, workers.run_due)
        seconds = clock.monotonic() - began
    problem = "\n".join(difference.shown() for difference in played.differences)
    if accept and problem and not played.was_cut_short:
        await asyncio.to_thread(path.write_text, written(played.today), encoding="utf-8")
        return Case(path, seconds, problem, accepted=True)
    return Case(path, seconds, problem)


def _transcripts(paths: tuple[Path, ...]) -> list[tuple[Path, Transcript]]:
    files = [file for path in paths for file in (sorted(path.rglob("*.transcript")) if path.is_dir() else [path])]
    if not files:
        raise Failure("There is no .transcript file in those folders.", WRONG_USE)
    transcripts = []
    for file in files:
        try:
            transcripts.append((file, read(file)))
        except TranscriptError as error:
            raise Failure(f"{file}, {error}", WRONG_USE) from error
    return transcripts

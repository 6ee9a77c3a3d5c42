"""`quicksell replay`: recorded conversations, run again."""

import asyncio
from pathlib import Path

import click
import msgspec

from bot import clock, logs
from bot.commands.running import load_settings, run
from bot.database.temporary import temporary_server
from bot.exits import FOUND_WRONG, WRONG_USE, Failure
from bot.replay.player import play
from bot.replay.report import Case, junit
from bot.replay.transcript import Transcript, TranscriptError, read, written
from bot.settings import DatabaseSettings, Settings


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--junit", "junit_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the outcome here.")
@click.option("--accept", is_flag=True, help="Write today's answers into the transcripts.")
def replay(paths: tuple[Path, ...], junit_file: Path | None, accept: bool) -> None:
    """Play the transcripts in PATHS against the real server, the demo shop and the emulator."""
    files = _transcripts(paths)
    settings = load_settings()
    logs.configure("WARNING", as_json=False)
    with temporary_server() as server:
        account = DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)
        cases = run(_replay(files, msgspec.structs.replace(settings, database=account, port=0), accept=accept))
    for case in cases:
        click.echo(f"{'DIFFERENT' if case.problem else 'same'}  {case.path}  {case.seconds:.1f} s")
        if case.problem:
            click.echo("  " + case.problem.replace("\n", "\n  "))
    if junit_file is not None:
        junit_file.write_text(junit(cases), encoding="utf-8")
    if any(case.problem for case in cases) and not accept:
        raise click.exceptions.Exit(FOUND_WRONG)


async def _replay(files: list[tuple[Path, Transcript]], settings: Settings, *, accept: bool) -> list[Case]:
    from bot.demo.shop import prepare
    from bot.stage import staged

    await prepare(settings)
    cases = []
    async with staged(settings) as stage:
        for path, transcript in files:
            began = clock.monotonic()
            shopper = stage.shopper(transcript.shopper, locale=transcript.locale)
            played = await play(transcript, shopper)
            problem = "\n".join(difference.shown() for difference in played.differences)
            cases.append(Case(path, clock.monotonic() - began, problem))
            if accept and problem:
                await asyncio.to_thread(path.write_text, written(played.today), encoding="utf-8")
    return cases


def _transcripts(paths: tuple[Path, ...]) -> list[tuple[Path, Transcript]]:
    files = [file for path in paths for file in (sorted(path.rglob("*.transcript")) if path.is_dir() else [path])]
    if not files:
        raise Failure("There is no .transcript file in those folders.", WRONG_USE)
    found = []
    for file in files:
        try:
            found.append((file, read(file)))
        except TranscriptError as error:
            raise Failure(f"{file}, {error}", WRONG_USE) from error
    return found

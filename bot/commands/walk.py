"""`quicksell walk`: shoppers who do anything that can be done, until something breaks that never may."""

import os
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from bot.base import logs
from bot.base.exits import FOUND_WRONG
from bot.base.settings import DatabaseSettings
from bot.workshop.database.temporary import temporary_server
from bot.workshop.walk.together import Wanted, walks
from bot.workshop.walk.walking import Found, save
from handlers.transcripts.acts import act
from handlers.transcripts.form import Transcript, TranscriptError
from handlers.transcripts.reading import read


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--seed", default="1", help="Decides which way; the same seed goes the same way.")
@click.option("--seconds", type=click.IntRange(1, 86_400), default=60, help="Begin no walk after so long.")
@click.option("--walks", "most", type=click.IntRange(1, 1_000_000), default=1_000_000, help="So many walks at most.")
@click.option("--length", type=click.IntRange(1, 500), default=25, help="So many turns a walk.")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Save what breaks here.")
@click.option("--first", is_flag=True, help="End with the first failure.")
@click.option("--jobs", type=click.IntRange(1, 64), help="In how many processes; one for each core without this.")
def walk(
    paths: tuple[Path, ...],
    seed: str,
    seconds: int,
    most: int,
    length: int,
    to: Path,
    *,
    first: bool,
    jobs: int | None,
) -> None:
    """Wander through the demo shop: tap, type, send and wait, with faults and clerks.

    Many walks begin as a transcript of PATHS does, and what the shop answers there is to be what it answered; texts of
    PATHS are typed too. What breaks is made as short as it can be, and saved as a transcript.
    """
    logs.configure("CRITICAL", as_json=False)
    begins = [transcript for path in paths for file in _files(path) if (transcript := _read(file))]
    texts = sorted({text for transcript in begins for text in _texts(transcript)})
    wanted = Wanted(seed=seed, seconds=seconds, walks=most, length=length, texts=texts, begins=begins)
    found: dict[str, Found] = {}
    number = 0
    with temporary_server() as server, Progress(console=Console(stderr=True), transient=True) as progress:
        account = DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)
        task = progress.add_task("Walking", total=most if most < 1_000_000 else None)
        for broken in walks(wanted, account, jobs=min(jobs or os.cpu_count() or 1, most)):
            number += 1
            progress.advance(task)
            if broken is not None and broken.why not in found:
                found[broken.why] = broken
                file = save(broken, to)
                click.echo(f"{file}: {broken.why} ({len(broken.turns)} turns, of {broken.before})")
                if first:
                    break
    click.echo(f"{number} walks, {len(found)} kinds of failure", err=True)
    if found:
        raise click.exceptions.Exit(FOUND_WRONG)


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.transcript")) if path.is_dir() else [path]


def _read(file: Path) -> Transcript | None:
    try:
        return read(file)
    except (TranscriptError, OSError):
        return None


def _texts(transcript: Transcript) -> Iterator[str]:
    return (each.did for each in transcript.exchanges if not each.passes and act(each.did).kind == "text")

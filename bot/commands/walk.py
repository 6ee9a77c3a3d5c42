"""`quicksell walk`: shoppers who do anything that can be done, until something breaks that never may."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from bot.base import clock, logs
from bot.base.exits import FOUND_WRONG
from bot.base.settings import DatabaseSettings
from bot.run.running import run
from bot.workshop.database.temporary import temporary_server
from bot.workshop.replay.running import theatre
from bot.workshop.walk.walking import Found, Walker, save
from handlers.transcripts.acts import act
from handlers.transcripts.form import TranscriptError
from handlers.transcripts.reading import read


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--seed", default="1", help="Decides which way; the same seed goes the same way.")
@click.option("--seconds", type=click.IntRange(1, 86_400), default=60, help="Begin no walk after so long.")
@click.option("--walks", type=click.IntRange(1, 1_000_000), default=1_000_000, help="So many walks at most.")
@click.option("--length", type=click.IntRange(1, 500), default=25, help="So many turns a walk.")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Save what breaks here.")
def walk(paths: tuple[Path, ...], seed: str, seconds: int, walks: int, length: int, to: Path) -> None:
    """Wander through the demo shop: tap, type, send and wait, with faults and clerks; texts of PATHS are typed too.

    What breaks is made as short as it can be, and saved as a transcript.
    """
    logs.configure("ERROR", as_json=False)
    texts = sorted({text for path in paths for file in _files(path) for text in _texts(file)})
    found = run(_walk(seed, texts, seconds=seconds, walks=walks, length=length))
    for each in found:
        file = save(each, to)
        click.echo(f"{file}: {each.why} ({len(each.turns)} turns, of {each.before})")
    if found:
        raise click.exceptions.Exit(FOUND_WRONG)


async def _walk(seed: str, texts: list[str], *, seconds: int, walks: int, length: int) -> list[Found]:
    found: dict[str, Found] = {}
    began = clock.monotonic()
    with temporary_server() as server, Progress(console=Console(stderr=True), transient=True) as progress:
        account = DatabaseSettings(
            socket=str(server.socket), user=server.admin_user, password=server.admin_password, name="walk"
        )
        async with theatre(account) as shop:
            walker = Walker(shop, texts)
            task = progress.add_task("Walking", total=None if walks >= 1_000_000 else walks)
            number = 0
            for number in range(1, walks + 1):
                if clock.monotonic() - began > seconds:
                    break
                if (broken := await walker.walk(f"{seed}-{number}", length)) and broken.why not in found:
                    found[broken.why] = broken
                progress.advance(task)
            click.echo(f"{number} walks, {len(found)} kinds of failure", err=True)
    return list(found.values())


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.transcript")) if path.is_dir() else [path]


def _texts(file: Path) -> list[str]:
    try:
        transcript = read(file)
    except (TranscriptError, OSError):
        return []
    return [each.did for each in transcript.exchanges if not each.passes and act(each.did).kind == "text"]

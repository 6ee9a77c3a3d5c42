"""`quicksell export-transcript`: conversations of the shop as tests, with nobody's name in them."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import click

from bot.base import clock, logs
from bot.base.exits import FOUND_WRONG, WRONG_USE, Failure
from bot.base.settings import Settings
from bot.commands.demo_data import demo_database
from bot.run.running import load_settings, run
from handlers.transcripts.exporting import Exported, exported, sessions
from handlers.transcripts.passing import at
from handlers.transcripts.personal.standins import StandIns
from replies.words import Wording
from repository.database.connection import Connection, Database
from repository.talks import recorded
from repository.talks.recorded import Outcome, Recorded
from repository.wording import wordings

_DAYS = 30


@click.command()
@click.option("--shopper", default="", help="A PSID, a shopper's number in the console, or a part of the name.")
@click.option("--since", default="", help="From when, such as 2026-11-28 14:00; 30 days ago without this.")
@click.option("--until", default="", help="Until when; now without this.")
@click.option("--outcome", type=click.Choice(["fell-back", "failed", "handed-over"]), help="Only those that went so.")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Write into this folder.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="The data of a demo that runs, such as .quicksell."
)
@click.option("--most", type=click.IntRange(1, 1000), default=100, help="So many conversations at most.")
def export_transcript(
    shopper: str, since: str, until: str, outcome: str | None, to: Path, data: Path | None, most: int
) -> None:
    """Write conversations of the shop as tests: a text to read and its exact lines, redacted."""
    logs.configure("WARNING", as_json=False)
    settings = Settings(database=demo_database(data)) if data else load_settings()
    now = clock.now().astimezone(settings.offset)
    try:
        begins = at(since, now) if since else now - timedelta(days=_DAYS)
        ends = at(until, now) if until else now
    except ValueError as error:
        raise Failure(f"--since and --until: {error}.", WRONG_USE) from error
    written = run(_export(settings, shopper, begins, ends, cast(Outcome, outcome or ""), to, most))
    if not written:
        click.echo("No recorded conversation fits that: look further back with --since.", err=True)
        raise click.exceptions.Exit(FOUND_WRONG)


async def _export(
    settings: Settings, shopper: str, since: datetime, until: datetime, outcome: Outcome, to: Path, most: int
) -> int:
    database = Database(settings.database, settings.offset, most=1)
    written = 0
    try:
        async with database.connection() as conn:
            found = await recorded.find(
                conn, shopper=shopper, since=since, until=until, outcome=outcome, limit=most * 20
            )
            words = [Wording(name=w.name, language=w.language, words=w.words) for w in await wordings.active(conn)]
            standins = StandIns(await recorded.products(conn))
            for psid, times in found.items():
                for begins, ends in await _of(conn, psid, times, since, until):
                    kept = await recorded.read(conn, psid=psid, since=begins, until=ends)
                    made = _made(kept, words, settings, standins)
                    if made is None or written >= most:
                        continue
                    to.mkdir(parents=True, exist_ok=True)
                    for ending, content in ((".transcript", made.transcript.encode()), (".jsonl", made.twin)):
                        (to / f"{made.name}{ending}").write_bytes(content)
                    click.echo(f"{to / made.name}.transcript  {made.turns} turns")
                    written += 1
    finally:
        await database.close()
    return written


def _made(kept: Recorded | None, words: list[Wording], settings: Settings, standins: StandIns) -> Exported | None:
    return exported(kept, words=words, currency=settings.shop_currency, standins=standins) if kept else None


async def _of(
    conn: Connection, psid: str, times: list[datetime], since: datetime, until: datetime
) -> list[tuple[datetime, datetime]]:
    whole = await recorded.read(conn, psid=psid, since=since, until=until)
    return sessions(times, whole.turns) if whole else []

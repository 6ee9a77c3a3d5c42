"""`quicksell replies ...`: all that the shop says from a file, into one, and looked at."""

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from bot.base.exits import FOUND_WRONG
from bot.commands.sheets import confirmed, progress_bar, with_database
from bot.commands.telling_sheets import SHOWN_MOST, more_told, remarks_told
from bot.run.running import load_settings, needed
from handlers.console.wording.sheet import planning, writing
from handlers.console.wording.sheet.applying import apply
from handlers.console.wording.sheet.checking import Finding, findings
from handlers.console.wording.sheet.planning import Plan
from handlers.console.wording.sheet.reading import read_replies
from repository.database.connection import Database
from repository.staff.by import By


@click.group()
def replies() -> None:
    """Canned replies, and your own wordings of what the bot says."""


@replies.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before it is written.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def import_(file: Path, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Bring in replies from CSV, XLSX, XLS, ODS or JSON.

    A keyword that is there in its language is changed, another one is new; what the file does not name stays. Rows that
    cannot be imported are named, each with the reason; all others go in. Exits with 1 where there are such.
    """
    content, settings = file.read_bytes(), needed(load_settings())

    async def work(database: Database) -> tuple[Plan, int]:
        read = read_replies(content)
        async with database.connection() as conn:
            made = await planning.plan(conn, read, currency=settings.shop_currency)
        if not as_json:
            for line in _told(made):
                click.echo(line)
        if dry_run or not made.steps or not (yes or await confirmed(as_json)):
            return made, 0
        with progress_bar("replies") as bar:
            return made, await apply(database, made, by=By(), told=bar)

    made, written = with_database(settings, work)
    if as_json:
        shown = {"new": made.new, "changed": made.changed, "unchanged": made.unchanged, "written": written}
        click.echo(msgspec.json.encode({**shown, "errors": made.errors, "questions": made.questions}))
    elif written:
        click.echo("Done. Each reply has its history in the console, where it can be taken back.")
    if made.errors:
        raise click.exceptions.Exit(FOUND_WRONG)


@replies.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, writable=True))
@click.option("--format", "kind", type=click.Choice(list(writing.TYPES)), help="Else by the file's name.")
def export(file: Path, kind: writing.Format | None) -> None:
    """Write all replies into a file that imports to no change."""
    by_name: dict[str, writing.Format] = {".xlsx": "xlsx", ".json": "json"}
    chosen = kind or by_name.get(file.suffix.casefold(), "csv")

    async def work(database: Database) -> int:
        async with database.connection() as conn:
            found = await writing.rows(conn)
        file.write_bytes(writing.file_of(found, chosen))
        return len(found)

    count = with_database(needed(load_settings()), work)
    click.echo(f"{count:,} {'reply is' if count == 1 else 'replies are'} in {file}.")


@replies.command()
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def check(as_json: bool) -> None:
    """Name the replies that cannot be said, or are never heard; exits with 1 where there are such."""
    settings = needed(load_settings())

    async def work(database: Database) -> list[Finding]:
        async with database.connection() as conn:
            return await findings(conn, currency=settings.shop_currency)

    found = with_database(settings, work)
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        for one in found:
            click.echo(f"{one.called} ({one.language}): {one.why}\n  {one.what_to_do}")
        click.echo(f"{len(found):,} to look at." if found else "Every reply can be said and is heard.")
    if found:
        raise click.exceptions.Exit(FOUND_WRONG)


def _told(plan: Plan) -> Iterator[str]:
    """What a file would do, and what not; a line each."""
    yield (
        f"{plan.new:,} new, {plan.changed:,} changed, {plan.unchanged:,} as they are;"
        f" {len(plan.errors):,} {'row' if len(plan.errors) == 1 else 'rows'} refused."
    )
    changed = [step for step in plan.steps if step.was is not None]
    for step in changed[:SHOWN_MOST]:
        shown = "; ".join(f"{one.what}: {one.was or 'nothing'} → {one.now or 'nothing'}" for one in step.differences)
        yield f"  {step.called} ({step.language}): {shown}"
    yield from more_told(len(changed))
    yield from remarks_told("Refused", plan.errors)
    yield from remarks_told("To look at", plan.questions)

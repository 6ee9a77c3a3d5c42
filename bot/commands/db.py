"""`quicksell db ...`: the database."""

from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from bot.commands.running import database_admin, load_settings, run
from bot.exits import FOUND_WRONG, Failure
from bot.settings import Settings
from repository.errors import DatabaseError
from repository.schema.errors import SchemaError
from repository.schema.findings import Finding
from repository.schema.session import Connect, Step, opener


@click.group()
def db() -> None:
    """Create, check, upgrade, back up and restore the database."""


def _connect(settings: Settings, *, database: bool = False) -> Connect:
    return opener(database_admin(settings), settings.offset, database=database)


def _guard(work: Callable[[], None]) -> None:
    try:
        work()
    except SchemaError as error:
        raise Failure(str(error)) from error
    except DatabaseError as error:
        raise Failure(f"The database does not answer: {error}") from error


def _show(step: Step) -> None:
    click.echo(f"  {step}", err=True)


@db.command()
@click.option("--demo", is_flag=True, help="Load the demo shop too.")
def init(demo: bool) -> None:
    """Create the database and its schema. Nothing is ever dropped."""
    settings = load_settings()

    def work() -> None:
        from bot.commands.setup import create_database

        created = run(create_database(settings, demo=demo))
        new = sum(1 for each in created.made if each.outcome == "created")
        click.echo(f"{created.database} on {created.server}, in {created.seconds:.1f} s")
        click.echo(f"{new} objects made, {len(created.made) - new} were there already.")
        for refused in created.refused:
            click.echo(f"Not permitted here: {refused}")
        if created.program_runs_jobs:
            click.echo("The server's events are off or not permitted: the program does their work itself.")
        if created.account is not None:
            click.echo(f"The bot's account {created.account.account}: {created.account.outcome}.")

    _guard(work)


@db.command()
@click.option("--checklist", is_flag=True, help="Walk the public guide's post-installation list.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def verify(checklist: bool, as_json: bool) -> None:
    """Check every table, trigger, procedure, view, event and right by name."""
    settings = load_settings()

    def work() -> None:
        from bot.commands.setup import verify_database

        findings = run(verify_database(settings, checklist=checklist))
        if as_json:
            click.echo(msgspec.json.encode(findings))
        else:
            _print(findings)
        if not all(finding.ok for finding in findings):
            raise click.exceptions.Exit(FOUND_WRONG)

    _guard(work)


def _print(findings: list[Finding]) -> None:
    for finding in findings:
        mark = click.style("ok  ", fg="green") if finding.ok else click.style("WRONG", fg="red")
        click.echo(f"{mark} {finding.kind:10} {finding.name}  {finding.message}")
        if not finding.ok and finding.what_to_do:
            click.echo(f"      {finding.what_to_do}")


@db.command()
def upgrade() -> None:
    """Bring the database up to date."""
    settings = load_settings()

    def work() -> None:
        from bot.commands.setup import described, upgrade_database

        click.echo(described(run(upgrade_database(settings, _show))))

    _guard(work)


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write the whole database to FILE, with its routines, triggers and events."""
    settings = load_settings()

    def work() -> None:
        from bot.commands.setup import back_up, described

        click.echo(described(run(back_up(settings, file, _show))))

    _guard(work)


@db.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--into-existing", is_flag=True, help="Restore over a database that is not empty.")
def restore(file: Path, into_existing: bool) -> None:
    """Restore the database from FILE."""
    settings = load_settings()

    def work() -> None:
        from bot.commands.setup import described, restore_from

        click.echo(described(run(restore_from(settings, file, _show, into_existing=into_existing))))

    _guard(work)

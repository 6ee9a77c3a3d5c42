"""`quicksell db ...`: the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec

from bot.commands import telling
from bot.commands.running import load_settings, run
from bot.exits import FOUND_WRONG, MISSING, Failure
from repository.errors import DatabaseError, Unavailable
from repository.schema.errors import SchemaError


@click.group()
def db() -> None:
    """Create, check, upgrade, back up and restore the database."""


@contextmanager
def _failures() -> Iterator[None]:
    """What goes wrong with a database, as a failure of the command."""
    try:
        yield
    except SchemaError as error:
        raise Failure(str(error)) from error
    except Unavailable as error:
        raise Failure(f"The database does not answer: {error}", MISSING) from error
    except DatabaseError as error:
        raise Failure(f"The database refuses: {error}") from error
    except OSError as error:
        raise Failure(f"{error.filename or 'The file'}: {error.strerror}.") from error


def _say(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)


@db.command()
@click.option("--demo", is_flag=True, help="Load the demo shop too.")
def init(demo: bool) -> None:
    """Create the database and its schema. Nothing is ever dropped."""
    from bot.commands.setup import create_database

    settings = load_settings()
    with _failures(), telling.progress() as progress:
        created = run(create_database(settings, demo=demo, progress=progress))
    _say(telling.created(created))
    if demo:
        click.echo("The demo shop is in it.")


@db.command()
@click.option("--checklist", is_flag=True, help="Walk the public guide's post-installation list.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def verify(checklist: bool, as_json: bool) -> None:
    """Check every table, trigger, procedure, view, event and right by name."""
    from bot.commands.setup import verify_database

    settings = load_settings()
    with _failures():
        findings = run(verify_database(settings, checklist=checklist))
    if as_json:
        click.echo(msgspec.json.encode(findings))
    else:
        _say(telling.findings(findings))
    if not all(finding.ok for finding in findings):
        raise click.exceptions.Exit(FOUND_WRONG)


@db.command()
def upgrade() -> None:
    """Bring the database up to date."""
    from bot.commands.setup import upgrade_database

    settings = load_settings()
    with _failures(), telling.progress() as progress:
        done = run(upgrade_database(settings, progress))
    _say(telling.brought_up(done))


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write the whole database to FILE, with its routines, triggers and events."""
    from bot.commands.setup import back_up

    settings = load_settings()
    with _failures(), telling.progress() as progress:
        done = run(back_up(settings, file, progress))
    _say(telling.backed_up(done))


@db.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--into-existing", is_flag=True, help="Restore over a database that is not empty.")
def restore(file: Path, into_existing: bool) -> None:
    """Restore the database from FILE."""
    from bot.commands.setup import restore_from

    settings = load_settings()
    with _failures(), telling.progress() as progress:
        done = run(restore_from(settings, file, progress, into_existing=into_existing))
    _say(telling.restored(done))

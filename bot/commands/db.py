"""`quicksell db ...`: the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec

from bot.base.exits import FOUND_WRONG, MISSING, Failure
from bot.commands import telling
from bot.commands.shell import shell
from bot.run.running import load_settings, run
from repository.database.errors import DatabaseError, Unavailable, WrongCharacterSet
from repository.schema.base.advice import advised
from repository.schema.base.errors import SchemaError, ToolMissing


@click.group()
def db() -> None:
    """Create, check, upgrade, back up, restore and open the database."""


@contextmanager
def _failures(stopped: str = "Nothing was changed.") -> Iterator[None]:
    """What goes wrong with a database, as a failure of the command.

    Args:
        stopped: What to know when somebody stops it with Ctrl-C.
    """
    try:
        yield
    except KeyboardInterrupt as error:
        raise Failure(f"Stopped. {stopped}") from error
    except ToolMissing as error:
        raise Failure(str(error), MISSING) from error
    except SchemaError as error:
        raise Failure(str(error)) from error
    except DatabaseError as error:
        code = MISSING if isinstance(error, Unavailable) and not isinstance(error, WrongCharacterSet) else FOUND_WRONG
        raise Failure(advised(error), code) from error
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
    with _failures("Run it again, and it goes on where it stopped."), telling.progress() as progress:
        created = run(create_database(settings, demo=demo, progress=progress))
    _say(telling.created(created))
    if demo:
        click.echo("The demo shop is in it. `./quicksell serve --pictures` serves its pictures.")


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
    with _failures("Run it again, and it goes on where it stopped."), telling.progress() as progress:
        done = run(upgrade_database(settings, progress))
    _say(telling.brought_up(done))


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--quiet", "-q", is_flag=True, help="Say nothing unless it fails, for cron.")
def backup(file: Path, quiet: bool) -> None:
    """Write the whole database to FILE, with its routines, triggers and events."""
    from bot.commands.setup import back_up

    settings = load_settings()
    with _failures("No part of the file was left behind."), telling.progress(hidden=quiet) as progress:
        done = run(back_up(settings, file, progress))
    if not quiet:
        _say(telling.backed_up(done))


@db.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--into-existing", is_flag=True, help="Restore over a database that is not empty.")
def restore(file: Path, into_existing: bool) -> None:
    """Restore the database from FILE."""
    from bot.commands.setup import restore_from

    settings = load_settings()
    stopped = "The database may hold a part of the backup: restore again, with --into-existing."
    with _failures(stopped), telling.progress() as progress:
        done = run(restore_from(settings, file, progress, into_existing=into_existing))
    _say(telling.restored(done))


@db.command("rekey-files")
def rekey_files() -> None:
    """Seal every stored picture's key anew under the first key of FILES_KEY, so that an old one can be taken away."""
    from bot.commands.setup import rekey

    settings = load_settings()
    if not settings.files_key:
        raise Failure("Set FILES_KEY: the new key first, then a comma and the old one.", MISSING)
    with _failures("Run it again, and it goes on where it stopped."), telling.progress() as progress:
        done = run(rekey(settings, progress))
    _say(telling.rekeyed(done))
    if done.lost:
        raise click.exceptions.Exit(FOUND_WRONG)


db.add_command(shell)

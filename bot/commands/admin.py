"""`quicksell admin ...`: accounts of the console."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import click

from bot.base.exits import FOUND_WRONG, Failure
from bot.base.settings import Settings
from bot.commands.demo_data import demo_database
from bot.run.running import load_settings, needed, run
from repository.database.connection import Connection, Database
from repository.database.errors import DatabaseError, Unavailable
from repository.staff import admins, audit, sessions
from repository.staff.admins import AccountRefused, UnknownAccount
from repository.staff.passwords import PasswordRefused

ROLES = ("super_admin", "admin", "manager", "staff")


@click.group()
def admin() -> None:
    """Console accounts."""


@admin.command()
@click.option("--username", prompt=True, help="What they log in with.")
@click.option("--email", prompt=True)
@click.option("--name", default="", help="First and last name.")
@click.option("--role", default="super_admin", show_default=True, type=click.Choice(ROLES))
@click.option("--ask-password", is_flag=True, help="Ask for a password instead of making a one-time one.")
def create(username: str, email: str, name: str, role: str, ask_password: bool) -> None:
    """Make an account. Without --ask-password it gets a password that works once."""
    settings = needed(load_settings())
    password = _asked() if ask_password else admins.one_time_password()

    async def work(conn: Connection) -> None:
        await admins.create(
            conn,
            username=username,
            email=email,
            password=password,
            full_name=name,
            role=role,
            is_one_time=not ask_password,
        )
        await audit.record(conn, action="account.created", admin_id=None, subject=username, details={"role": role})

    _do(settings, work)
    click.echo(f"{username} can log in at /console/.")
    if not ask_password:
        click.echo(f"One-time password: {password}")


@admin.command()
@click.argument("username")
@click.option("--ask-password", is_flag=True, help="Ask for a password instead of making a one-time one.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="The data of a demo that runs, such as .quicksell."
)
def password(username: str, ask_password: bool, data: Path | None) -> None:
    """Give an account a new password; every browser that is logged in with it is logged out.

    Where somebody has tried too many wrong ones, the new one works once the fifteen minutes are over.
    """
    settings = needed(load_settings()) if data is None else Settings(database=demo_database(data))
    chosen = _asked() if ask_password else admins.one_time_password()

    async def work(conn: Connection) -> None:
        admin = await admins.named(conn, username=username)
        await admins.set_password(conn, admin=admin, password=chosen, is_one_time=not ask_password)
        await sessions.end_all(conn, admin_id=admin.id)
        await audit.record(conn, action="password.given", admin_id=None, subject=admin.username)

    _do(settings, work)
    if not ask_password:
        click.echo(f"One-time password: {chosen}")


def _asked() -> str:
    chosen: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return chosen


def _do(settings: Settings, work: Callable[[Connection], Awaitable[None]]) -> None:
    async def go() -> None:
        database = Database(settings.database, settings.offset, most=1)
        try:
            async with database.transaction() as conn:
                await work(conn)
        finally:
            await database.close()

    try:
        run(go())
    except AccountRefused as refusal:
        raise Failure(f"--{refusal.field}: {refusal.reason}", FOUND_WRONG) from refusal
    except PasswordRefused as refusal:
        raise Failure(refusal.reason, FOUND_WRONG) from refusal
    except UnknownAccount as unknown:
        raise Failure(f"There is no account named {unknown}.", FOUND_WRONG) from unknown
    except Unavailable as error:
        raise Failure(f"The database does not answer: {error}", FOUND_WRONG) from error
    except DatabaseError as error:
        advice = "Check DB_USER and DB_PASSWORD, and run `./quicksell db init` first."
        raise Failure(f"The database refuses: {error}. {advice}", FOUND_WRONG) from error

"""`quicksell db shell`: the database's own client, with the bot's account."""

import os
from pathlib import Path

import click

from bot.base.exits import MISSING, Failure
from bot.base.settings import DatabaseSettings
from bot.commands.demo_data import demo_database
from bot.run.running import load_settings
from bot.workshop.database.programs import CLIENT_PACKAGE, find
from repository.database.opening import NAMES
from repository.schema.base.client import options_file


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="The data of a demo that runs, such as .quicksell."
)
@click.option("--execute", "-e", "statements", help="Run these statements and leave, as the client's own -e does.")
def shell(data: Path | None, statements: str | None) -> None:
    """Open the database's own client, to look at orders and stock: as the bot, who may write rows but change no table.

    Opens the database of .env, or of the demo whose data --data names.
    """
    account = _of_settings() if data is None else demo_database(data)
    program = find("mariadb", "mysql")
    if program is None:
        raise Failure(f"There is no client on this machine. On Debian: apt-get install {CLIENT_PACKAGE}", MISSING)
    more = ["--table", f"--execute={statements}"] if statements else []
    options = options_file(account, first=NAMES)  # the server may ignore the character set that the handshake asks for
    os.execv(program, [str(program), f"--defaults-file=/dev/fd/{options}", *more, account.name])  # noqa: S606  (the client takes over this terminal)


def _of_settings() -> DatabaseSettings:
    known = load_settings().database
    if not known.is_given:
        raise Failure(
            "Set DB_USER in .env. For the demo's database: ./quicksell db shell --data .quicksell",
            MISSING,
        )
    return known

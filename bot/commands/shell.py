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
    os.execv(program, [str(program), f"--defaults-file=/dev/fd/{_options(account)}", *more, account.name])  # noqa: S606  (the client takes over this terminal)


def _of_settings() -> DatabaseSettings:
    known = load_settings().database
    if not known.is_given:
        raise Failure(
            "Set DB_USER in .env. For the demo's database: ./quicksell db shell --data .quicksell",
            MISSING,
        )
    return known


def _options(account: DatabaseSettings) -> int:
    """A file in memory with what leads to the database: as arguments, everybody on this machine could read them."""
    where = {"socket": account.socket} if account.socket else {"host": account.host, "port": str(account.port)}
    options = {**where, "user": account.user, "password": account.password}
    options |= {"default-character-set": "utf8mb4", "init-command": NAMES}  # the server may ignore the first
    if account.ssl_ca:
        options["ssl-ca"] = account.ssl_ca
    lines = ["[client]", *(f'{name}="{_quoted(value)}"' for name, value in options.items())]
    file = os.memfd_create("quicksell-client", 0)
    os.fchmod(file, 0o600)  # the client ignores options that others could have written
    os.write(file, "".join(f"{line}\n" for line in lines).encode())
    return file


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')

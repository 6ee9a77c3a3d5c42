"""Ask a private server something, through MariaDB's own client program."""

import subprocess

from bot.workshop.database.private import PrivateServer
from bot.workshop.database.programs import find


class Refused(Exception):
    """The server refused the statement; the text says why."""


def ask(server: PrivateServer, statement: str, *, as_bot: bool = False, database: str = "") -> list[list[str]]:
    """The rows of a statement.

    Args:
        server: Who to ask.
        statement: One or more SQL statements.
        as_bot: Whether to ask with the shop's account instead of the administrator's.
        database: Where the statement's tables are.
    """
    program = find("mariadb")
    assert program is not None
    user, password = (server.bot_user, server.bot_password) if as_bot else (server.admin_user, server.admin_password)
    command = [str(program), "--no-defaults", f"--socket={server.socket}", f"--user={user}", f"--database={database}"]
    done = subprocess.run(
        [*command, "--batch", "--skip-column-names", f"--execute={statement}"],
        check=False,
        env={"MYSQL_PWD": password},
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode:
        raise Refused(done.stderr)
    return [line.split("\t") for line in done.stdout.splitlines()]

"""Data folders and the server's releases: forward only."""

import subprocess
from pathlib import Path

from bot.workshop.database.accounts import Account, write_private
from bot.workshop.database.creation import version_file
from bot.workshop.database.errors import ServerFailed, ServerMissing
from bot.workshop.database.layout import Layout
from bot.workshop.database.programs import (
    CLIENT_PACKAGE,
    SERVER_PACKAGE,
    Programs,
    find,
    release,
    version_of,
)


def is_outdated(programs: Programs, layout: Layout) -> bool:
    """Whether a data folder was last used by an older release of the server than the one installed.

    Raises:
        ServerFailed: It was used by a newer one, and data do not go back.
    """
    noted = version_file(layout.data)
    if noted is None:
        raise ServerFailed(f"{layout.data} is no data folder of MariaDB: move it away, or use another folder.")
    before, installed = noted.read_text().strip("\0 \n"), version_of(programs.server)
    if release(before) > release(installed):
        raise ServerFailed(
            f"{layout.data} was used by MariaDB {before}, and {installed} cannot read it any more: "
            "install that release or a newer one, or use another folder."
        )
    return release(before) < release(installed)


def bring_up_to_date(layout: Layout, admin: Account) -> None:
    """Let MariaDB bring its own tables up to date, as it asks for after a change of release.

    Args:
        layout: Whose data they are. The server runs, and the caller holds its lock.
        admin: The account to do it with.

    Raises:
        ServerMissing: The program for it is not installed.
        ServerFailed: It did not work.
    """
    program = find("mariadb-upgrade", "mysql_upgrade")
    if program is None or find("mariadb", "mysql") is None:
        raise ServerMissing(("mariadb-upgrade",), (SERVER_PACKAGE, CLIENT_PACKAGE))
    options = layout.folder / "upgrade.cnf"
    lines = ("[client]", f"user={admin.user}", f"password={admin.password}", f'socket="{_quoted(layout.socket)}"')
    write_private(options, "".join(f"{line}\n" for line in lines).encode())
    try:
        done = subprocess.run(  # noqa: S603 - found by its name, with our own arguments
            [program, f"--defaults-file={options}"],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=600,
        )
    finally:
        options.unlink()
    if done.returncode:
        said = done.stdout.decode(errors="replace").splitlines()
        raise ServerFailed("MariaDB could not bring its own tables up to date.", log_tail=tuple(said[-12:]))


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace('"', '\\"')

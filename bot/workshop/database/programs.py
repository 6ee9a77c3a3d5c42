"""The programs of MariaDB on this machine, or the one line that installs them."""

import os
import shutil
import subprocess
from pathlib import Path

import msgspec

from bot.workshop.database.errors import ServerFailed, ServerMissing

# A login user's PATH on Debian leaves out the folder that the server is installed in.
ALSO_IN = ("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/mysql/bin")
SERVER_PACKAGE = "mariadb-server-core"
CLIENT_PACKAGE = "mariadb-client-core"
_USED_BY_CREATOR = "my_print_defaults"


class Programs(msgspec.Struct, frozen=True, kw_only=True):
    """Where each program is."""

    server: Path
    """`mariadbd`: the server."""

    creator: Path
    """`mariadb-install-db`: makes a new data folder."""


def find_programs(path: str | None = None) -> Programs:
    """Find what the private server needs.

    Args:
        path: Folders to look in, as in PATH; PATH itself and the folders of `ALSO_IN` where it is None.

    Raises:
        ServerMissing: Something is not installed; every such program is named.
    """
    server = find("mariadbd", "mysqld", path=path)
    creator = find("mariadb-install-db", "mysql_install_db", path=path)
    needed = {"mariadbd": server, "mariadb-install-db": creator, _USED_BY_CREATOR: find(_USED_BY_CREATOR, path=path)}
    missing = tuple(name for name, found in needed.items() if found is None)
    if server is None or creator is None or missing:
        raise ServerMissing(missing, (SERVER_PACKAGE, CLIENT_PACKAGE))
    return Programs(server=server, creator=creator)


def find(*names: str, path: str | None = None) -> Path | None:
    """The first of these programs that is installed.

    Args:
        names: The program's names, the preferred one first.
        path: Folders to look in, as in PATH; PATH itself and the folders of `ALSO_IN` where it is None.
    """
    places = os.pathsep.join([*os.get_exec_path(), *ALSO_IN]) if path is None else path
    paths = (shutil.which(name, path=places) for name in names)
    return next((Path(program) for program in paths if program), None)


def version_of(server: Path) -> str:
    """The version that a server program says it has, such as "10.11.19-MariaDB-0+deb12u1".

    Raises:
        ServerFailed: It is not MariaDB (MySQL's program has the same name as MariaDB's old one).
    """
    said = subprocess.run(  # noqa: S603 - found by its name
        [server, "--no-defaults", "--version"], check=False, capture_output=True, text=True, timeout=30
    )
    words = said.stdout.split()
    if said.returncode or "Ver" not in words or "MariaDB" not in said.stdout:
        raise ServerFailed(f"{server} is no MariaDB: it says {said.stdout.strip() or said.stderr.strip()!r}")
    return words[words.index("Ver") + 1]


def release(version: str) -> tuple[int, int]:
    """The part of a version within which data folders are interchangeable, such as (10, 11)."""
    major, minor = version.split("-", maxsplit=1)[0].split(".")[:2]
    return int(major), int(minor)

"""Where a private server keeps its files."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

import msgspec

from bot.workshop.database.errors import ServerFailed

SOCKET_PATH_LIMIT = 107
"""Bytes of a Unix socket's path: `sun_path` holds 108 with the closing zero (man 7 unix)."""


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """The files of one private server."""

    folder: Path
    socket: Path

    @property
    def data(self) -> Path:
        """What MariaDB calls its data directory."""
        return self.folder / "data"

    @property
    def temporary(self) -> Path:
        """Its temporary tables, in a folder that no other server shares: each removes what it finds at its start."""
        return self.folder / "tmp"

    @property
    def log(self) -> Path:
        """What the server says about itself."""
        return self.folder / "server.log"

    @property
    def pid(self) -> Path:
        """The server's own note of its process id."""
        return self.folder / "server.pid"

    @property
    def lock(self) -> Path:
        """Held by whoever is starting or stopping the server."""
        return self.folder / "server.lock"

    @property
    def accounts(self) -> Path:
        """The accounts' names and passwords; only its owner may read it."""
        return self.folder / "accounts.json"


def prepare(folder: Path) -> Layout:
    """Make a server's folder, private to its owner, and say where everything in it goes.

    Args:
        folder: Where the server shall live; spaces and any letters are fine.

    Raises:
        ServerFailed: The folder cannot be made or is not ours to use.
    """
    folder = Path(os.path.realpath(folder))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = folder.stat().st_uid
    except OSError as error:
        raise ServerFailed(f"The folder {folder} cannot be made: {error.strerror}.") from error
    if owner != os.geteuid():
        raise ServerFailed(f"The folder {folder} belongs to another account (user id {owner}): use another folder.")
    return Layout(folder=folder, socket=_socket_for(folder))


def _socket_for(folder: Path) -> Path:
    """The socket beside the data, or in a short private folder where that path would be too long."""
    beside = folder / "server.sock"
    if _fits(beside):
        return beside
    short = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    private = Path(tempfile.gettempdir()) / f"quicksell-{os.geteuid()}-{short}"
    if not _fits(private / beside.name):
        raise ServerFailed(
            f"Neither {beside} nor {private / beside.name} fits the {SOCKET_PATH_LIMIT} bytes of a socket's path."
        )
    _make_private(private)
    return private / beside.name


def _fits(socket: Path) -> bool:
    return len(os.fsencode(socket)) <= SOCKET_PATH_LIMIT


def _make_private(folder: Path) -> None:
    """Make a folder in a place that others can write to, and refuse one that somebody else laid there first."""
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) & 0o077:
        raise ServerFailed(f"{folder} is not a folder that only this account can use: remove it and try again.")

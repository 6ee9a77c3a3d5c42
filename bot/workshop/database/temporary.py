"""A private server on data that nobody will miss: made in half a second, gone without a trace."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.workshop.database.private import PrivateServer

PREFIX = "quicksell-temporary-"
OWNED = "owned"
ROOM = 1 << 30
"""Bytes that must be free in memory for it to be used: a container often has a small /dev/shm."""


@contextmanager
def temporary_server(
    *, time_zone: str = "+08:00", database: str = "quicksell%", options: Sequence[str] = ()
) -> Iterator[PrivateServer]:
    """A server in memory where there is room, that is gone with its data after the `with` block.

    Whoever was killed before cleaning up leaves a folder behind; the next call removes it.

    Args:
        time_zone: The offset in which the database writes times.
        database: Whose rows the bot's account may read and change; `%` at its end stands for any ending.
        options: More of the server's options, which win over those that it has anyway.
    """
    place = _place()
    _sweep(place)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    owned = _own(folder)
    try:
        server = PrivateServer.start(
            folder / "server", time_zone=time_zone, database=database, fast=True, options=options
        )
        try:
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(owned)


def _place() -> Path:
    """Memory where there is room, else the folder for temporary files."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= ROOM:
        return memory
    return Path(tempfile.gettempdir())


def _own(folder: Path) -> int:
    """Mark a folder as ours for as long as we live; the mark is locked before it can be seen."""
    mark = os.open(folder / "owning", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(mark, fcntl.LOCK_EX)
    (folder / "owning").rename(folder / OWNED)
    return mark


def _sweep(place: Path) -> None:
    """Remove what others of the same account left when they were killed."""
    for folder in place.glob(f"{PREFIX}*"):
        try:
            mark = os.open(folder / OWNED, os.O_RDWR)
        except OSError:  # another account's, or just being made
            continue
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass  # its owner lives
        finally:
            os.close(mark)

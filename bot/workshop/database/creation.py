"""A new data folder, whole or not at all."""

import shutil
import subprocess
from pathlib import Path

from bot.workshop.database.errors import ServerFailed
from bot.workshop.database.layout import Layout
from bot.workshop.database.options import create_command
from bot.workshop.database.programs import Programs

UNFINISHED = "data.unfinished"
VERSION_FILES = ("mariadb_upgrade_info", "mysql_upgrade_info")


def create_data(programs: Programs, layout: Layout, *, fast: bool) -> None:
    """Make the data folder where it is missing.

    It is made beside its place, by a path relative to the server's folder since MariaDB's script breaks on spaces, and
    moved when it is complete: whoever is interrupted leaves nothing that looks like a database.

    Args:
        programs: Where MariaDB is.
        layout: Where the data shall be. The caller holds the server's lock.
        fast: Whether nobody will miss the data.

    Raises:
        ServerFailed: MariaDB's script did not make it; `log_tail` is what it said.
    """
    if layout.data.exists():
        return
    unfinished = layout.folder / UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        made = subprocess.run(  # noqa: S603 - found by its name, with our own arguments
            create_command(programs, f"./{UNFINISHED}", fast=fast),
            cwd=layout.folder,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
        )
    except subprocess.TimeoutExpired as late:
        raise ServerFailed("MariaDB took more than five minutes to make its data folder.") from late
    said = made.stdout.decode(errors="replace").splitlines()
    if made.returncode or version_file(unfinished) is None:
        raise ServerFailed(f"MariaDB could not make its data folder {layout.data}.", log_tail=_last_words(said))
    unfinished.rename(layout.data)


def version_file(data: Path) -> Path | None:
    """The file in which MariaDB notes the version that a data folder was last brought up to; None in half-made data."""
    return next((data / name for name in VERSION_FILES if (data / name).exists()), None)


def _last_words(said: list[str]) -> tuple[str, ...]:
    """What the script said before its advice."""
    told = [line for line in said if line.strip()]
    end = next((at for at, line in enumerate(told) if "Installation of system tables failed" in line), len(told))
    return tuple(told[max(0, end - 12) : end])

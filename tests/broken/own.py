"""A database server of a test's own, to which anything may be done."""

import asyncio
import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bot.base.settings import DatabaseSettings
from bot.workshop.database.private import PrivateServer
from repository.schema.base.session import opener
from repository.schema.change.init import init
from tests.conftest import MANILA

NAME = "quicksell_broken"
ROOM = 240
"""Mebibytes of a small disk: the empty shop takes two thirds of them."""


class SmallDisk:
    """A disk of its own for a server, in memory, that can be full. Only root can mount one.

    Args:
        folder: Where it is mounted.
    """

    def __init__(self, folder: Path) -> None:
        assert os.geteuid() == 0, "a disk that can be full is mounted, which only root may: run this as root"
        folder.mkdir()
        self._folder = folder
        self._ballast = folder / "ballast"
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs", folder], check=True)

    def fills_up(self) -> int:
        """Use up all the room that there is; gives how many mebibytes that took."""
        with self._ballast.open("wb", buffering=0) as ballast:
            for size in (1 << 20, 1 << 12, 1):
                with suppress(OSError):
                    while True:
                        ballast.write(b"x" * size)
        return self._ballast.stat().st_size >> 20

    def has_room_again(self) -> None:
        """Throw away what used it up."""
        self._ballast.unlink()

    def ends(self) -> None:
        """Take it out, with all that is on it."""
        subprocess.run(["umount", "--lazy", self._folder], check=True)


def jumping(folder: Path) -> Mapping[str, str]:
    """The environment of a server whose clock jumps, by libfaketime; what waits for some seconds waits for real ones.

    Args:
        folder: Where it is written by how much.
    """
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
    assert library, "libfaketime is not installed: `apt-get install --no-install-recommends libfaketime`"
    (folder / "database").write_text("+0")
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(folder / "database"),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }


class OwnDatabase:
    """A server with an empty shop in it.

    Args:
        folder: Where it lives.
        fast: Whether its data may be lost with the machine.
        environment: What else its environment says, such as `jumping`.

    Attributes:
        settings: The account that may do everything.
    """

    def __init__(self, folder: Path, *, fast: bool = False, environment: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._fast = fast
        self._environment = environment or {}
        self._server = self._started()
        self.settings = DatabaseSettings(
            socket=str(self._server.socket),
            user=self._server.admin_user,
            password=self._server.admin_password,
            name=NAME,
        )

    async def makes_the_shop(self) -> None:
        """Make the database."""
        await init(opener(self.settings, MANILA, database=False), NAME)

    @property
    def pid(self) -> int:
        """The server's process."""
        return self._server.pid

    async def is_running(self) -> bool:
        """Whether it answers."""
        return await asyncio.to_thread(self._server.is_running)

    async def dies(self) -> None:
        """Kill it."""
        await asyncio.to_thread(self._server.kill)

    async def stops(self) -> None:
        """Stop it as an operator does."""
        await asyncio.to_thread(self._server.stop)

    async def starts(self) -> None:
        """Start it where it does not run."""
        if not await self.is_running():
            self._server = await asyncio.to_thread(self._started)

    def ends(self) -> None:
        """Kill it for good."""
        self._server.kill()

    def jumps(self, folder: Path, seconds: int) -> None:
        """Let its clock be that much ahead of the world's from now on, or behind it.

        Args:
            folder: As for `jumping`.
            seconds: By how much; below 0 where it is behind.
        """
        written = folder / "database.new"
        written.write_text(f"{seconds:+d}")
        written.rename(folder / "database")

    def _started(self) -> PrivateServer:
        before = {name: os.environ.get(name) for name in self._environment}
        os.environ.update(self._environment)
        try:
            return PrivateServer.start(self._folder, database="quicksell%", fast=self._fast)
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value

"""A production server in a process of its own, as an operator starts it."""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import aiohttp
import msgspec

from bot.base.settings import DatabaseSettings
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.people import Person
from tests.support.programs.started import ROOT, Started, start
from tests.support.waiting import PATIENCE


class Process:
    """`quicksell serve` with a Facebook that is emulated, or `quicksell work` beside one.

    Args:
        settings: Its database.
        emulator: Its Facebook.
        port: Where it listens.
        options: What stands behind the command on the command line.
        command: `serve` or `work`.
        root: Where the program is, an older one; this one without this.
    """

    def __init__(
        self,
        settings: DatabaseSettings,
        emulator: Emulator,
        port: int,
        *options: str,
        command: str = "serve",
        root: Path | None = None,
    ) -> None:
        self._options = (command, *options)
        self._root = root
        self.url = f"http://127.0.0.1:{port}"
        self._environment = os.environ | environment(settings, emulator, port)
        self._process: Started | subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it, and wait until it is ready; `work` listens nowhere, and is ready when it is."""
        if self._root is None:
            self._process = await asyncio.to_thread(start, self._options, folder=ROOT, environment=self._environment)
        else:
            command = [sys.executable, "-m", "bot", *self._options]
            self._process = await asyncio.to_thread(subprocess.Popen, command, cwd=self._root, env=self._environment)
        if self._options[0] != "serve":
            return
        async with asyncio.timeout(120), aiohttp.ClientSession() as http:
            while True:
                try:
                    async with http.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientConnectionError:
                    pass
                await asyncio.sleep(0.02)

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process is not None
        return self._process.pid

    def servers(self) -> list[int]:
        """The processes that the supervisor of several has started."""
        assert self._process is not None
        return [
            int(pid) for pid in Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        ]

    async def dies(self) -> None:
        """Kill it at once."""
        assert self._process is not None
        self._process.kill()
        await asyncio.to_thread(self._process.wait, PATIENCE)

    async def ends(self) -> None:
        """Kill whatever still runs, after a test that failed: it would go on working for the tests that follow."""
        if self._process is None or self._process.poll() is not None:
            return
        servers = self.servers()
        await self.dies()  # first, or it would start others
        for pid in servers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    async def stops(self) -> int:
        """Stop it as systemd does; gives its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self._process.wait, PATIENCE)


def environment(settings: DatabaseSettings, emulator: Emulator, port: int) -> dict[str, str]:
    """What `serve` or `work` is told in its environment.

    Args:
        settings: Its database.
        emulator: Its Facebook.
        port: Where it listens.
    """
    app = emulator.app
    return {
        "DB_SOCKET": settings.socket,
        "DB_HOST": settings.host,
        "DB_PORT": str(settings.port),
        "DB_USER": settings.user,
        "DB_PASSWORD": settings.password,
        "DB_NAME": settings.name,
        "SECRET_KEY": "a secret for the crash tests",
        "PAGE_ACCESS_TOKEN": app.page_token,
        "APP_SECRET": app.app_secret,
        "APP_ID": app.app_id,
        "PAGE_ID": app.page_id,
        "VERIFY_TOKEN": app.verify_token,
        "GRAPH_API_URL": emulator.base_url,
        "ECHO_SECONDS": "3",
        "PORT": str(port),
        "LOG_LEVEL": "ERROR",
    }


def numbers_of(person: Person) -> list[int]:
    """The numbers that our messages carry, in the order in which each arrived first."""
    numbers = [int(msgspec.json.decode(sent.body)["message"]["metadata"].rpartition(":")[2]) for sent in person.sent]
    return list(dict.fromkeys(numbers))

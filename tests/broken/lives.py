"""Servers and workers under test, as the tests start, count and bury them."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]


class Life:
    """One server or worker.

    Attributes:
        pid: Its number.
        ended: Done with its exit code once it has ended; minus the signal's number where one ended it.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return not self.ended.done()

    def gets(self, number: signal.Signals) -> None:
        """Send it a signal, where it is still there."""
        if self.is_alive:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def stops(self) -> int:
        """Stop it as systemd does; gives its exit code."""
        self.gets(signal.SIGTERM)
        async with asyncio.timeout(120):
            return await asyncio.shield(self.ended)

    async def dies(self) -> None:
        """Kill it, and wait until it is gone."""
        self.gets(signal.SIGKILL)
        await asyncio.shield(self.ended)


class Womb:
    """Gives birth to servers and workers. Leave its `async with` block, and all of them are gone."""

    def __init__(self) -> None:
        self._program: asyncio.subprocess.Process | None = None
        self._asked: asyncio.Queue[asyncio.Future[Life]] = asyncio.Queue()
        self._lives: dict[int, Life] = {}
        self._listening: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._program = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.broken.womb", cwd=ROOT,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._listening = asyncio.create_task(self._listen())
        async with asyncio.timeout(120):
            await self._ready.wait()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._program is not None
        assert self._program.stdin is not None
        assert self._listening is not None
        for life in self._lives.values():
            life.gets(signal.SIGKILL)
        self._program.stdin.close()
        await self._program.wait()
        await self._listening

    async def bears(
        self, command: Sequence[str], environment: Mapping[str, str], *, folder: Path, share: int = 0
    ) -> Life:
        """A new server or worker.

        Args:
            command: What stands behind `quicksell`.
            environment: Its environment, over this process's.
            folder: Of what all of a shop know together: `points.Points`, and `clock`, the seconds that theirs is ahead.
            share: One place in so many is died at; at none where it is 0.
        """
        assert self._program is not None
        assert self._program.stdin is not None
        born: asyncio.Future[Life] = asyncio.get_running_loop().create_future()
        self._asked.put_nowait(born)
        life = {
            "command": list(command),
            "environment": dict(environment),
            "folder": str(folder) if share else "",
            "clock": str(folder / "clock"),
            "share": share,
        }
        self._program.stdin.write(json.dumps(life).encode() + b"\n")
        await self._program.stdin.drain()
        async with asyncio.timeout(60):
            return await born

    async def _listen(self) -> None:
        assert self._program is not None
        assert self._program.stdout is not None
        async for line in self._program.stdout:
            match line.decode().split():
                case ["ready"]:
                    self._ready.set()
                case ["born", pid]:
                    life = self._lives[int(pid)] = Life(int(pid))
                    born = self._asked.get_nowait()
                    if born.cancelled():
                        life.gets(signal.SIGKILL)
                    else:
                        born.set_result(life)
                case ["ended", pid, code]:
                    self._lives[int(pid)].ended.set_result(int(code))

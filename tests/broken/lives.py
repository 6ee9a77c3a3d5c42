"""Servers and workers under test, as the tests start, count and bury them."""

import asyncio
import atexit
import functools
import json
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.support.waiting import PATIENCE

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
        async with asyncio.timeout(PATIENCE):
            return await asyncio.shield(self.ended)

    async def dies(self) -> None:
        """Kill it, and wait until it is gone."""
        self.gets(signal.SIGKILL)
        await asyncio.shield(self.ended)


@functools.cache
def _program() -> "subprocess.Popen[bytes]":
    """The program that gives birth, the same for all tests of this process: it takes longest to import everything."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.broken.womb"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    )
    assert program.stdin is not None
    assert program.stdout is not None
    atexit.register(_end, program)
    assert program.stdout.read(6) == b"ready\n"
    return program


def _end(program: "subprocess.Popen[bytes]") -> None:
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.close()
    program.stdout.close()
    program.wait()


class Womb:
    """Gives birth to servers and workers. Leave its `async with` block, and all of them are gone."""

    def __init__(self) -> None:
        self._asked: deque[asyncio.Future[Life]] = deque()
        self._lives: dict[int, Life] = {}
        self._heard = b""
        self._is_over = False

    async def __aenter__(self) -> Self:
        self._program = await asyncio.to_thread(_program)
        assert self._program.stdout is not None
        os.set_blocking(self._program.stdout.fileno(), False)
        asyncio.get_running_loop().add_reader(self._program.stdout.fileno(), self._hear)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._program.stdout is not None
        self._is_over = True
        async with asyncio.timeout(PATIENCE):
            if self._asked:
                await asyncio.wait([*self._asked])
            for life in [*self._lives.values()]:
                await life.dies()
        asyncio.get_running_loop().remove_reader(self._program.stdout.fileno())

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
        assert self._program.stdin is not None
        if self._is_over:
            await asyncio.Event().wait()  # whoever keeps a shop alive whose test has failed
        born: asyncio.Future[Life] = asyncio.get_running_loop().create_future()
        self._asked.append(born)
        life = {
            "command": list(command),
            "environment": dict(environment),
            "folder": str(folder) if share else "",
            "clock": str(folder / "clock"),
            "share": share,
        }
        self._program.stdin.write(json.dumps(life).encode() + b"\n")
        async with asyncio.timeout(PATIENCE):
            return await born

    def _hear(self) -> None:
        assert self._program.stdout is not None
        *lines, self._heard = (self._heard + (self._program.stdout.read() or b"")).split(b"\n")
        for line in lines:
            match line.decode().split():
                case ["born", pid]:
                    life = self._lives[int(pid)] = Life(int(pid))
                    born = self._asked.popleft()
                    if born.cancelled():
                        life.gets(signal.SIGKILL)
                    else:
                        born.set_result(life)
                case ["ended", pid, code]:
                    self._lives[int(pid)].ended.set_result(int(code))

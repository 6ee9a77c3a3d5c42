"""How tests start `quicksell ...`: real processes with an environment of their own, born with everything imported.

What a start from nothing takes and needs is tried by those who start Python themselves: `./quicksell`, `demo`, `replay`
and `walk`, servers behind a supervisor, and those of `tests/bot/commands/test_serve.py` that get ready.
"""

import atexit
import functools
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

import msgspec

from tests.support.programs.womb import Wanted
from tests.support.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[3]
_asking = threading.Lock()


class Started:
    """A process that was started.

    Attributes:
        pid: Its number.
        returncode: Its exit code once somebody has waited for it; minus the signal's number where one ended it.
    """

    def __init__(self, pid: int, told: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._told = told

    def send_signal(self, number: int) -> None:
        """Send it a signal, where it is still there."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float = PATIENCE) -> int:
        """Wait until it has ended; gives its exit code.

        Args:
            timeout: How long, in seconds.

        Raises:
            TimeoutError: It has not ended by then.
        """
        if self.returncode is None:
            self._told.settimeout(timeout)
            said = self._told.recv(100)
            self._told.close()
            assert said, "the program that starts others has ended"
            self.returncode = int(said)
        return self.returncode

    def poll(self) -> int | None:
        """Its exit code, None while it has not ended."""
        with suppress(BlockingIOError):
            return self.wait(0)
        return None


def start(
    arguments: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    files: tuple[int, int, int] = (0, 1, 2),
) -> Started:
    """Start `quicksell ...`.

    Args:
        arguments: What stands behind "quicksell".
        folder: Where.
        environment: All of it.
        files: What it reads from, writes to and complains to; this process's own without this.
    """
    wanted = msgspec.json.encode(Wanted(tuple(arguments), str(folder), dict(environment)))
    told, tell = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with tell, _asking:
        socket.send_fds(_womb(), [wanted], [*files, tell.fileno()])
    told.settimeout(PATIENCE)
    pid = told.recv(100)
    assert pid, "the program that starts others has ended"
    return Started(int(pid), told)


def run(
    arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str], answers: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run `quicksell ...` to its end.

    Args:
        arguments: What stands behind "quicksell".
        folder: Where.
        environment: All of it.
        answers: What is typed into it.
    """
    with ExitStack() as stack:
        typed, said, beside = (
            stack.enter_context(os.fdopen(os.memfd_create(name), "r+b")) for name in ("typed", "said", "beside")
        )
        typed.write(answers.encode())
        typed.seek(0)
        files = (typed.fileno(), said.fileno(), beside.fileno())
        started = start(arguments, folder=folder, environment=environment, files=files)
        try:
            code = started.wait()
        finally:
            started.kill()
        for each in (said, beside):
            each.seek(0)
        return subprocess.CompletedProcess([*arguments], code, said.read().decode(), beside.read().decode())


@functools.cache
def _womb() -> socket.socket:
    """The program that becomes others, one for all tests of this process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        womb = subprocess.Popen(
            [sys.executable, "-m", "tests.support.programs.womb", str(theirs.fileno())],
            cwd=ROOT,
            pass_fds=[theirs.fileno()],
        )

    def end() -> None:
        ours.close()
        womb.wait()

    atexit.register(end)
    return ours

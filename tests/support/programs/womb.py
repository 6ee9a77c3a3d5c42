"""A program that has everything imported and read, and becomes `quicksell ...` as often as asked, in milliseconds each.

Whoever asks sends JSON with the command line, the folder and the environment, and four open files: what is to be read,
written to and complained to, and a socket on which it is told the number of the process, and its exit code once it has
ended. Ends with whoever started it, and all its children with it.
"""

import gc
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module

import msgspec

MOST = 1 << 17
"""Bytes of a command line with its environment, at the most."""
_ALL = (
    *("uvloop", "bot.cli", "bot.commands.serve", "bot.commands.db", "bot.commands.admin", "bot.commands.catalog"),
    *("bot.commands.replies", "bot.run.app", "bot.run.door", "bot.run.measuring", "bot.run.parts", "bot.run.starting"),
    *("repository.catalogue.pictures", "repository.schema.change.init", "repository.schema.change.upgrades"),
)


class Wanted(msgspec.Struct, frozen=True):
    """What is to run.

    Attributes:
        arguments: What stands behind "quicksell".
        folder: Where.
        environment: All of it.
    """

    arguments: tuple[str, ...]
    folder: str
    environment: dict[str, str]


def become(wanted: Wanted, files: list[int]) -> None:
    """Be what is wanted in this process, as if it had just begun.

    Args:
        wanted: What.
        files: What it reads from, writes to and complains to.
    """
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    is_at_once = bool(wanted.environment.get("PYTHONUNBUFFERED"))
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - stays open to the process's end
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.stdout.reconfigure(line_buffering=is_at_once or os.isatty(1), write_through=is_at_once)
    sys.stderr.reconfigure(line_buffering=True)
    os.chdir(wanted.folder)
    os.environ.clear()
    os.environ.update(wanted.environment)
    sys.argv = ["quicksell", *wanted.arguments]


class Womb:
    """Whoever is asked for, and the children that live."""

    def __init__(self, door: socket.socket) -> None:
        self._door = door
        self._tell: dict[int, socket.socket] = {}
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(self._woken, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def next(self) -> tuple[Wanted, list[int]] | None:
        """In a child: what it is to be. In the womb itself: nothing, once whoever started it has gone."""
        while True:
            ready, _, _ = select.select([self._door.fileno(), self._woken], [], [])
            if self._woken in ready:
                with suppress(BlockingIOError):
                    os.read(self._woken, 1000)
            self._bury()
            if self._door.fileno() not in ready:
                continue
            packet, files, _, _ = socket.recv_fds(self._door, MOST, 4)
            if not packet:
                return None
            tell = socket.socket(fileno=files.pop())
            if not (pid := os.fork()):
                for each in (self._door, tell, *self._tell.values()):
                    each.close()
                os.close(self._woken)
                os.close(self._wake)
                return msgspec.json.decode(packet, type=Wanted), files
            self._tell[pid] = tell
            for file in files:
                os.close(file)
            _say(tell, pid)

    def _bury(self) -> None:
        while self._tell:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            with self._tell.pop(pid) as tell:
                _say(tell, os.waitstatus_to_exitcode(status))

    def ends(self) -> None:
        """Let nobody outlive it."""
        for pid in self._tell:
            os.kill(pid, signal.SIGKILL)


def _say(tell: socket.socket, number: int) -> None:
    """Tell whoever asked; they may have gone."""
    with suppress(OSError):
        tell.send(str(number).encode())


def main() -> None:
    """Give birth until nobody asks any more; in a child, be `quicksell ...`."""
    for module in _ALL:
        import_module(module)
    import_module("tests.support.programs.warm").warm()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is for whoever asks
    womb = Womb(socket.socket(fileno=int(sys.argv[1])))
    born = womb.next()
    if born is None:
        womb.ends()
        return
    become(*born)
    from bot.cli import main as quicksell

    quicksell()


if __name__ == "__main__":
    main()

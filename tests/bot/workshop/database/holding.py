"""Start `holder.py` and hear what it says."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[4]
NOBODY = 65534


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a holder says of its server."""

    pid: int
    is_ours: bool
    user_id: int
    socket: str


class Holder:
    """A process that holds a private server."""

    def __init__(self, folder: Path, *options: str, before: tuple[str, ...] = ()) -> None:
        """Start it.

        Args:
            folder: Where its server lives.
            options: More arguments of its own.
            before: A program that shall become it, with its arguments.
        """
        self.process = subprocess.Popen(
            [*before, sys.executable, "-B", Path(__file__).with_name("holder.py"), folder, *options],
            cwd="/",
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def hear(self) -> Facts:
        """Wait until its server runs."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the holder ended before its server ran"
        return msgspec.json.decode(line, type=Facts)

    def end(self) -> int:
        """Let it stop its server, and give its exit code."""
        self.process.communicate(timeout=120)
        return self.process.returncode

    def die(self) -> None:
        """Kill it as `kill -9` does."""
        self.process.kill()
        self.process.communicate(timeout=120)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def as_ordinary_user() -> tuple[str, ...]:
    """What makes a program run as an account without rights; nothing where we are one already.

    Where Python or the checkout lies in a folder that only root may enter, it may enter, and still writes nowhere.
    """
    if os.geteuid() != 0:
        return ()
    ids = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    needed = [ROOT, *(Path(each).resolve() for each in (sys.executable, sys.prefix, sys.base_prefix))]
    if all(folder.stat().st_mode & stat.S_IXOTH for path in needed for folder in path.parents):
        return ("/usr/bin/setpriv", *ids)
    return ("/usr/bin/setpriv", *ids, "--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search")

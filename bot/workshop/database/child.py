"""A child process that never outlives us."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from bot.workshop.database import tied

LAUNCHER = Path(tied.__file__)


class Child:
    """A running program whose end comes with ours, however we end.

    The kernel ties a child to the *thread* that made it, so a thread is kept for as long as the child shall live:
    whoever starts one from a short-lived worker thread would otherwise kill it with that thread.
    """

    def __init__(self, command: Sequence[str | Path], *, output: Path, folder: Path | None = None) -> None:
        """Start a program.

        Args:
            command: The program's path and its arguments.
            output: The file that what it prints is added to.
            folder: Its working directory; ours where it is None.
        """
        self._command = [sys.executable, "-I", "-S", LAUNCHER, str(os.getpid()), *command]
        self._output = output
        self._folder = folder
        self._started: subprocess.Popen[bytes] | OSError | None = None
        self._ready = threading.Event()
        self._released = threading.Event()
        self._turn = threading.Lock()
        threading.Thread(target=self._keep, name=f"keeps {Path(command[0]).name}", daemon=True).start()
        self._ready.wait()
        if not isinstance(self._started, subprocess.Popen):
            raise self._started or RuntimeError("the keeping thread ended early")
        self._process: subprocess.Popen[bytes] = self._started

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._process.pid

    def has_ended(self, within: float = 0) -> bool:
        """Whether the program has ended.

        Args:
            within: Seconds to wait for that.
        """
        with self._turn:
            try:
                self._process.wait(within)
            except subprocess.TimeoutExpired:
                return False
        self._released.set()
        return True

    def end(self, patience: float) -> bool:
        """Ask the program to end, and make it where it does not.

        Args:
            patience: Seconds to wait before it is killed.

        Returns:
            Whether it ended by itself.
        """
        with self._turn:  # nobody else reaps it meanwhile, so the id can't be another process's
            self._process.terminate()
        if self.has_ended(within=patience):
            return True
        self.kill()
        return False

    def kill(self) -> None:
        """End the program at once, and wait until it is gone."""
        with self._turn:
            self._process.kill()  # does nothing where it has ended already
        self.has_ended(within=60)

    def _keep(self) -> None:
        try:
            with self._output.open("ab") as output:
                self._started = subprocess.Popen(  # noqa: S603 - the caller's own list of arguments, no shell
                    self._command,
                    cwd=self._folder,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,  # Ctrl-C is for us; we stop the child in our own order
                )
        except OSError as error:
            self._started = error
            self._released.set()
        finally:
            self._ready.set()
        self._released.wait()

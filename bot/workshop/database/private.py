"""A MariaDB server of our own: for the demo and the tests, on a Unix socket that only its owner reaches."""

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.base import clock
from bot.workshop.database.accounts import Accounts, keep_accounts, statements, write_private
from bot.workshop.database.child import Child
from bot.workshop.database.creation import create_data
from bot.workshop.database.errors import ServerFailed
from bot.workshop.database.handshake import NoAnswer, greet
from bot.workshop.database.layout import Layout, prepare
from bot.workshop.database.options import run_command
from bot.workshop.database.programs import find_programs
from bot.workshop.database.releases import bring_up_to_date, is_outdated

DATABASE = "quicksell_chatbot"
LOOK_AGAIN = 0.01
"""Seconds between two looks at a server that is starting, or at a lock that another holds."""


class PrivateServer:
    """A running private server. Leave its `with` block, or call `stop`, and it is stopped if it is ours."""

    def __init__(self, layout: Layout, accounts: Accounts, pid: int, child: Child | None) -> None:
        """Use `start`."""
        self._layout = layout
        self._accounts = accounts
        self._child = child
        self.pid = pid

    @classmethod
    def start(
        cls,
        folder: Path,
        *,
        time_zone: str = "+08:00",
        database: str = DATABASE,
        fast: bool = False,
        options: Sequence[str] = (),
        patience: float = 60,
    ) -> Self:
        """A server that answers, whose data is in this folder.

        One that runs already is adopted and left running in the end; otherwise one is started, on new data where there
        is none, and ends with this process however that ends. Blocks; any thread may call it, also a short-lived one.

        Args:
            folder: Where the server lives; made where it is missing. Spaces and any letters are fine.
            time_zone: The offset in which the database writes times.
            database: Whose rows the bot's account may read and change; `%` at its end stands for any ending. The
                database itself is for the administrator's account to create.
            fast: Whether nobody will miss the data: it does not survive the machine's loss of power.
            options: More of the server's options, such as `--init-connect=SET NAMES latin1`, where it is not running.
            patience: Seconds to wait for the server to answer, and for whoever else is starting or stopping it.

        Raises:
            ServerMissing: MariaDB is not installed; the message holds the line that installs it.
            ServerFailed: It does not start; the message holds the last lines of its log.
        """
        programs = find_programs()
        layout = prepare(folder)
        with _alone(layout, patience):
            accounts = keep_accounts(layout.accounts)
            running = _running(layout, accounts, patience)
            if running is not None:
                return cls(layout, accounts, running, None)
            create_data(programs, layout, fast=fast)
            outdated = is_outdated(programs, layout)
            sql = layout.folder / "accounts.sql"
            write_private(sql, statements(accounts, database).encode())
            command = run_command(programs, layout, time_zone=time_zone, statements=sql, fast=fast, options=options)
            try:
                child = _start(layout, accounts, command, patience)
            finally:
                sql.unlink()
            if outdated:
                try:
                    bring_up_to_date(layout, accounts.admin)
                except BaseException:
                    child.end(patience)
                    raise
            return cls(layout, accounts, child.pid, child)

    @property
    def folder(self) -> Path:
        """Where the server lives."""
        return self._layout.folder

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self._layout.socket

    @property
    def log(self) -> Path:
        """What it says about itself."""
        return self._layout.log

    @property
    def bot_user(self) -> str:
        """The account of the shop."""
        return self._accounts.bot.user

    @property
    def bot_password(self) -> str:
        """Its password."""
        return self._accounts.bot.password

    @property
    def admin_user(self) -> str:
        """The account for schema work."""
        return self._accounts.admin.user

    @property
    def admin_password(self) -> str:
        """Its password."""
        return self._accounts.admin.password

    @property
    def is_ours(self) -> bool:
        """Whether we started it, and so stop it."""
        return self._child is not None

    def is_running(self) -> bool:
        """Whether it answers."""
        try:
            return greet(self.socket, self._accounts.bot, 5).refusal is None
        except NoAnswer:
            return False

    def stop(self, patience: float = 30) -> None:
        """Stop the server if we started it; leave an adopted one running. Twice is as good as once.

        Args:
            patience: Seconds until a server that does not end by itself is killed. Nothing acknowledged is lost then
                either; its next start takes a little longer.
        """
        if self._child is None or self._child.has_ended():
            return
        with _alone(self._layout, patience):
            self._child.end(patience)
            self.socket.unlink(missing_ok=True)
            if self.socket.parent != self.folder:
                self.socket.parent.rmdir()

    def kill(self) -> None:
        """End the server at once if we started it, as a crash would."""
        if self._child is not None and not self._child.has_ended():
            self._child.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@contextmanager
def _alone(layout: Layout, patience: float) -> Iterator[None]:
    """Keep everybody else from starting or stopping this server meanwhile; a dead holder's lock is free."""
    held = os.open(layout.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = clock.monotonic() + patience
        while not _taken(held):
            if clock.monotonic() > deadline:
                raise ServerFailed(f"Somebody else has been starting the server in {layout.folder} for {patience:g} s.")
            time.sleep(LOOK_AGAIN)
        yield
    finally:
        os.close(held)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _running(layout: Layout, accounts: Accounts, patience: float) -> int | None:
    """The process id of the server that runs on this folder already, if one does.

    It is the one when it listens on the folder's socket, lets our account in, and is the process that the folder's pid
    file names. One that is just ending takes the call and hangs up, so it is asked again.
    """
    deadline = clock.monotonic() + patience
    while True:
        try:
            answer = greet(layout.socket, accounts.bot, min(patience, 5))
            break
        except NoAnswer as silence:
            if silence.pid is None:
                return None
            if clock.monotonic() > deadline:
                reason = f"Process {silence.pid} holds {layout.socket} but does not answer: end it first."
                raise _failed(layout, reason) from None
        time.sleep(LOOK_AGAIN)
    if answer.refusal is not None:
        raise _failed(layout, f"The server on {layout.socket} refuses our account: {answer.refusal}.")
    noted = layout.pid.read_text().strip() if layout.pid.exists() else "nothing"
    if str(answer.pid) != noted:
        raise _failed(layout, f"Process {answer.pid} answers on {layout.socket}, but {layout.pid} names {noted}.")
    return answer.pid


def _start(layout: Layout, accounts: Accounts, command: list[str | Path], patience: float) -> Child:
    """Start the server and wait until it lets our account in."""
    before = layout.log.stat().st_size if layout.log.exists() else 0
    layout.socket.unlink(missing_ok=True)
    layout.temporary.mkdir(mode=0o700, exist_ok=True)
    child = Child(command, output=layout.log, folder=layout.data)
    try:
        refusal = _wait(child, layout, accounts, patience)
    except BaseException:
        child.kill()  # one that is still starting is never asked to stop: that can hang it for good
        raise
    if refusal is None:
        return child
    child.kill()
    raise _failed(layout, f"MariaDB did not start in {layout.folder}: {refusal}.", before)


def _wait(child: Child, layout: Layout, accounts: Accounts, patience: float) -> str | None:
    """Wait until the server lets our account in, or say why it won't."""
    deadline = clock.monotonic() + patience
    while not child.has_ended(within=LOOK_AGAIN):
        with suppress(NoAnswer):
            refusal = greet(layout.socket, accounts.bot, patience).refusal
            return None if refusal is None else f"it refuses our account ({refusal})"
        if clock.monotonic() > deadline:
            return f"it did not answer for {patience:g} s"
    return "it ended at once"


def _failed(layout: Layout, reason: str, since: int = 0) -> ServerFailed:
    """The error, with the end of the log beside it.

    Args:
        layout: Whose log it is.
        reason: What went wrong.
        since: How many bytes of the log are older than what went wrong.
    """
    try:
        said = layout.log.read_bytes()[since:].decode(errors="replace").splitlines()
    except OSError:
        said = []
    return ServerFailed(reason, log=layout.log, log_tail=tuple(line for line in said if line.strip())[-12:])

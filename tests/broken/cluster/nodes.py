"""A Galera cluster of three private servers on this machine.

They are copies of one another, so that none needs a full state transfer; a node that comes back gets what it has missed
from another's memory. The script that arranges this (`wsrep_sst_...`) is our own: it hands over where to go on, and
fails where more would be needed.
"""

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path

from bot.base.settings import DatabaseSettings
from bot.workshop.database.options import SMALL_AND_FAST
from bot.workshop.database.private import PrivateServer
from bot.workshop.database.programs import find_programs
from repository.database.connection import Database
from repository.database.errors import DatabaseError

PROVIDERS = ("/usr/lib/galera/libgalera_smm.so", "/usr/lib64/galera/libgalera_smm.so")
MISSING = "Galera is not installed: `apt-get install --no-install-recommends galera-4`, or your system's package."
LOOK_EVERY = 0.5
"""Seconds between two looks at each node."""
LOOK_PATIENCE = 1.0
"""Seconds in which a node must answer to be taken for one that may be used."""
_METHOD = "handover"
_SCRIPT = """#!/bin/sh
bypass=0
while [ $# -gt 0 ]; do
  case "$1" in
    --role) role=$2; shift;;
    --address) address=$2; shift;;
    --datadir) datadir=$2; shift;;
    --gtid) gtid=$2; shift;;
    --bypass) bypass=1;;
  esac
  shift
done
if [ "$role" = joiner ]; then
  rm -f "$datadir/handed_over"
  echo "ready $datadir/handed_over"
  while [ ! -s "$datadir/handed_over" ]; do sleep 0.05; done
  cat "$datadir/handed_over"
else
  [ "$bypass" = 1 ] || exit 1
  echo continue
  echo "$gtid" >"$address.new" && mv "$address.new" "$address"
  echo "done $gtid"
fi
"""
_LEFT_OUT = ("galera.cache", "gvwstate.dat", "server.sock", "server.pid", "server.lock")


def provider() -> str:
    """Galera's library.

    Raises:
        AssertionError: It is not installed; says how to.
    """
    found = next((path for path in PROVIDERS if Path(path).exists()), None)
    assert found, MISSING
    return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class Node:
    """One of the servers.

    Attributes:
        folder: Where it lives.
        server: The server.
        is_frozen: Whether it has been stopped in the middle of what it does.
        is_up: Whether it may be used, as it was seen last.
        when_down: Called, each of them, when it may no more.
    """

    def __init__(self, number: int, folder: Path, ports: Sequence[int]) -> None:
        self.folder = folder
        self.server: PrivateServer | None = None
        self.is_frozen = False
        self.is_up = False
        self.when_down: list[Callable[[], None]] = []
        self._number = number
        self._ports = ports

    @property
    def account(self) -> PrivateServer:
        """Its server, whose account may do everything."""
        assert self.server is not None
        return self.server

    def starts(self, *, first: bool = False) -> None:
        """Start it, as the first of a new cluster or to join the others, after a crash too."""
        position = () if first else self._position()
        address = "" if first else ",".join(f"127.0.0.1:{port}" for port in self._ports)
        mine = self._ports[self._number]
        options = (
            "--wsrep-on=ON",
            f"--wsrep-provider={provider()}",
            "--wsrep-cluster-name=quicksell-tests",
            f"--wsrep-cluster-address=gcomm://{address}",
            f"--wsrep-node-name=node-{self._number}",
            "--wsrep-node-address=127.0.0.1",
            f"--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:{mine};base_port={mine};"
            f"ist.recv_addr=127.0.0.1:{free_port()};gcache.size=128M;evs.keepalive_period=PT0.5S;"
            "evs.suspect_timeout=PT3S;evs.inactive_timeout=PT8S",
            f"--wsrep-sst-method={_METHOD}",
            "--wsrep-slave-threads=2",
            "--binlog-format=ROW",
            "--innodb-autoinc-lock-mode=2",
            *position,
        )
        self.server = PrivateServer.start(self.folder, fast=True, database="quicksell%", options=options, patience=120)

    def dies(self) -> None:
        """Kill it, as a machine that is gone."""
        self.account.kill()

    def freezes(self) -> None:
        """Stop it in the middle of what it does: it takes connections and answers nothing."""
        os.kill(self.account.pid, signal.SIGSTOP)
        self.is_frozen = True

    def thaws(self) -> None:
        """Let it go on."""
        os.kill(self.account.pid, signal.SIGCONT)
        self.is_frozen = False

    async def watches(self) -> None:
        """Look again and again whether it may be used, and tell when it may no more; for a task of its own."""
        server = self.account
        settings = DatabaseSettings(
            socket=str(server.socket), user=server.admin_user, password=server.admin_password, name="mysql"
        )
        database = Database(settings, UTC, most=1, patience=LOOK_PATIENCE)
        try:
            while True:
                was_up, self.is_up = self.is_up, await self._is_in_step(database)
                if was_up and not self.is_up:
                    for tell in self.when_down:
                        tell()
                await asyncio.sleep(LOOK_EVERY)
        finally:
            await database.close()

    async def _is_in_step(self, database: Database) -> bool:
        try:
            async with database.connection() as conn:
                told = await conn.run("SHOW STATUS WHERE Variable_name IN ('wsrep_local_state_comment', 'wsrep_ready')")
        except DatabaseError:
            return False
        return [str(row[1]) for row in told.rows] == ["Synced", "ON"]

    def _position(self) -> Sequence[str]:
        """Where it was when it crashed, which it has to find out by itself."""
        state = (self.folder / "data" / "grastate.dat").read_text()
        if "seqno:   -1" not in state:
            return ()
        log = self.folder / "recovery.log"
        log.unlink(missing_ok=True)
        subprocess.run(
            [
                find_programs().server, "--no-defaults", "--wsrep-recover", "--user=root", "--skip-networking",
                "--wsrep-on=ON", f"--wsrep-provider={provider()}", "--wsrep-cluster-address=gcomm://",
                f"--wsrep-sst-method={_METHOD}", "--binlog-format=ROW", "--skip-log-bin", *SMALL_AND_FAST,
                f"--datadir={self.folder / 'data'}", f"--tmpdir={self.folder / 'tmp'}",
                f"--socket={self.folder / 'recovery.sock'}", f"--log-error={log}",
            ],
            check=False, capture_output=True, timeout=120,
        )  # fmt: skip
        (position,) = re.findall(r"Recovered position: (\S+)", log.read_text())
        return (f"--wsrep-start-position={position}",)


class Cluster:
    """Three nodes.

    Attributes:
        nodes: They, the first of which began.
    """

    def __init__(self, folder: Path) -> None:
        programs = folder / "programs"
        programs.mkdir()
        script = programs / f"wsrep_sst_{_METHOD}"
        script.write_text(_SCRIPT)
        script.chmod(0o755)
        self.path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        ports = [free_port() for _ in range(3)]
        self.nodes = [Node(number, folder / f"node-{number}", ports) for number in range(3)]

    def spreads(self) -> None:
        """Let the others become copies of the first, which runs alone and has all that they need, and join it."""
        first, *others = self.nodes
        first.account.stop()
        for node in others:
            shutil.copytree(first.folder, node.folder, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        first.starts(first=True)
        for node in others:
            node.starts()

    def settings(self, name: str) -> DatabaseSettings:
        """The account that may do everything, through the first node's socket.

        Args:
            name: The database's.
        """
        server = self.nodes[0].account
        return DatabaseSettings(
            socket=str(server.socket), user=server.admin_user, password=server.admin_password, name=name
        )

    def ends(self) -> None:
        """Kill all of it."""
        for node in self.nodes:
            if node.is_frozen:
                node.thaws()
            if node.server is not None:
                node.server.kill()

"""A connection that costs the client next to nothing, so that what is measured is the server.

It sends a statement and reads to the end of the answer, whose rows it drops: about a tenth of what a driver costs.
Source of the packets: the MariaDB documentation, "Client/Server Protocol".
"""

import os
import socket
from pathlib import Path

from bot.workshop.database.accounts import Account
from bot.workshop.database.handshake import log_in
from repository.database.opening import NAMES

TRANSACTIONS, MULTI_RESULTS = 0x2000, 0x20000
MORE_FOLLOWS = 0x8
OK, END, ERROR = 0x00, 0xFE, 0xFF
QUERY = b"\0\x03"
TIMEOUT = 60.0
"""Seconds that an answer may take: more than any wait for a lock."""


class Line:
    """An open connection; statements are sent as bytes and answers are dropped."""

    def __init__(self, path: Path, account: Account, database: str) -> None:
        """Connect and choose a database.

        Args:
            path: The server's socket.
            account: Who to log in as.
            database: Which one.

        Raises:
            ConnectionError: The server does not let us in.
        """
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(TIMEOUT)
        self._socket.connect(os.fspath(path))
        refusal = log_in(self._socket, account, TRANSACTIONS | MULTI_RESULTS)
        if refusal is None and self.run(NAMES.encode()):
            refusal = "the server does not know utf8mb4"
        if refusal is None and self.run(b"USE `" + database.encode() + b"`"):
            refusal = f"there is no database {database}"
        if refusal is not None:
            self.close()
            raise ConnectionError(refusal)

    def run(self, statement: bytes) -> int:
        """Run one statement.

        Args:
            statement: Its text.

        Returns:
            0, or the number of the server's error.

        Raises:
            EOFError: The server hung up.
        """
        self._socket.sendall((len(statement) + 1).to_bytes(3, "little") + QUERY + statement)
        answer = self._socket.recv(65536)
        while (number := _number(answer)) is None:
            more = self._socket.recv(65536)
            if not more:
                raise EOFError
            answer += more
        return number

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def _number(answer: bytes) -> int | None:
    """The error that an answer ends with, 0 where it ends well, None where it is not whole yet.

    An answer is an OK packet, an error, or a set of rows: a head, columns, an end, rows, an end. Sets and OK packets
    say whether more follow.
    """
    at, sets_ends = 0, -1  # -1: at the beginning of a result; else how many ends of its set have been seen
    while len(answer) - at >= 4:
        size = int.from_bytes(answer[at : at + 3], "little")
        body, at = at + 4, at + 4 + size
        if len(answer) < at:
            return None
        kind = answer[body]
        if kind == ERROR:
            return int.from_bytes(answer[body + 1 : body + 3], "little")
        if sets_ends < 0:
            if kind != OK:
                sets_ends = 0
            elif not answer[_after_counts(answer, body + 1)] & MORE_FOLLOWS:
                return 0
        elif kind == END and size < 9:
            sets_ends += 1
            if sets_ends == 2:
                if not answer[body + 3] & MORE_FOLLOWS:
                    return 0
                sets_ends = -1
    return None


def _after_counts(answer: bytes, at: int) -> int:
    """Where the status of an OK packet stands: behind two numbers of one to nine bytes each."""
    for _ in range(2):
        at += {0xFC: 3, 0xFD: 4, 0xFE: 9}.get(answer[at], 1)
    return at

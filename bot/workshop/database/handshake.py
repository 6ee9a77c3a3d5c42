"""Who answers on a server's socket: enough of the protocol's first four packets to log in, and no driver.

Source of the packets: the MariaDB documentation, "Connecting" under "Client/Server Protocol".
"""

import hashlib
import os
import socket
import struct
from pathlib import Path

import msgspec

from bot.workshop.database.accounts import Account

LONG_PASSWORD, PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH = 0x1, 0x200, 0x8000, 0x80000
CAPABILITIES = LONG_PASSWORD | PROTOCOL_41 | SECURE_CONNECTION | PLUGIN_AUTH
UTF8MB4 = 45
PLUGIN = b"mysql_native_password\0"
GOODBYE = b"\x01"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A process answered on the socket."""

    pid: int
    """The process that listens, as the kernel says; 0 where it lives in another container."""

    refusal: str | None
    """Why it did not let us in; None where it did."""


class NoAnswer(Exception):
    """Nobody answered on the socket.

    Attributes:
        pid: The process that listens there without answering; None where nobody listens.
    """

    def __init__(self, pid: int | None = None) -> None:
        self.pid = pid
        super().__init__("nobody listens" if pid is None else f"process {pid} listens but does not answer")


def greet(path: Path, account: Account, patience: float) -> Answer:
    """Log in and out again.

    Args:
        path: The server's socket.
        account: Who to log in as.
        patience: Seconds to wait for each packet.

    Raises:
        NoAnswer: Nobody listens, or whoever does is silent.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(patience)
        try:
            line.connect(os.fspath(path))
        except OSError:
            raise NoAnswer from None
        pid = _listener(line)
        try:
            refusal = log_in(line, account)
            if refusal is None:
                _write(line, 0, GOODBYE)
            return Answer(pid=pid, refusal=refusal)
        except (OSError, EOFError, ValueError):
            raise NoAnswer(pid) from None


def _listener(line: socket.socket) -> int:
    """The process that called listen() on the other end (man 7 unix, SO_PEERCRED)."""
    shape = struct.Struct("3i")
    pid, _, _ = shape.unpack(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, shape.size))
    return int(pid)


def log_in(line: socket.socket, account: Account, also: int = 0) -> str | None:
    """Log in on a line that has just been connected.

    Args:
        line: To the server.
        account: Who to log in as.
        also: Capabilities to ask for beyond those that logging in needs.

    Returns:
        Why the server does not let us in; None where it does.

    Raises:
        OSError, EOFError, ValueError: Whoever listens is silent, hangs up, or speaks another protocol.
    """
    greeting = _read(line)
    if greeting[0] == 0xFF:
        return _refusal(greeting)
    salt = _salt(greeting)
    proof = _proof(account.password, salt)
    packet = struct.pack("<IIB23x", CAPABILITIES | also, 1 << 24, UTF8MB4)
    packet += account.user.encode() + b"\0" + bytes([len(proof)]) + proof + PLUGIN
    _write(line, 1, packet)
    answer = _read(line)
    if answer[0] != 0:
        return _refusal(answer) if answer[0] == 0xFF else "it wants another way of logging in"
    return None


def _salt(greeting: bytes) -> bytes:
    """The 20 random bytes of a greeting: 8 after the version and the connection's number, 12 further on."""
    if greeting[0] != 10:
        raise ValueError("a greeting of another protocol")
    start = greeting.index(b"\0", 1) + 1 + 4
    rest = start + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10
    salt = greeting[start : start + 8] + greeting[rest : rest + 12]
    if len(salt) != 20:
        raise ValueError("a greeting cut short")
    return salt


def _proof(password: str, salt: bytes) -> bytes:
    """What shows that we know the password, in the scheme of `mysql_native_password`."""
    once = _sha1(password.encode())
    mask = _sha1(salt + _sha1(once))
    return bytes(a ^ b for a, b in zip(once, mask, strict=True))


def _sha1(content: bytes) -> bytes:
    return hashlib.sha1(content, usedforsecurity=False).digest()  # the protocol fixes the hash


def _refusal(packet: bytes) -> str:
    """The words of an error packet, without the marker and the SQL state before them."""
    words = packet[3:]
    return words[6:].decode(errors="replace") if words[:1] == b"#" else words.decode(errors="replace")


def _read(line: socket.socket) -> bytes:
    header = _exactly(line, 4)
    size = int.from_bytes(header[:3], "little")
    if size == 0:
        raise ValueError("an empty packet")
    return _exactly(line, size)


def _exactly(line: socket.socket, size: int) -> bytes:
    content = b""
    while len(content) < size:
        part = line.recv(size - len(content))
        if not part:
            raise EOFError
        content += part
    return content


def _write(line: socket.socket, sequence: int, packet: bytes) -> None:
    line.sendall(len(packet).to_bytes(3, "little") + bytes([sequence]) + packet)

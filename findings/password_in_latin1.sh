#!/bin/sh
# A password with letters beyond ASCII is sent to MariaDB and MySQL in Latin-1.
#
# Expected  aiomysql 0.3.2 and PyMySQL 1.2.4, told charset="utf8mb4", prove that they know a password by its UTF-8 bytes,
#           as the servers' own client programs do, for the server hashed those when the password was set through them.
# Seen      both prove it by its Latin-1 bytes, so a right password such as "señorita" is refused as a wrong one; and one
#           with a letter that Latin-1 lacks, such as the peso sign, raises UnicodeEncodeError before anything is sent.
# QuickSell hands the driver the UTF-8 bytes as Latin-1 letters (repository/database/driver.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install aiomysql==0.3.2 PyMySQL==1.2.4
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import hashlib
import socket
import sys
import threading

import aiomysql
import pymysql

SALT = b"abcdefghijklmnopqrst"


def greeting() -> bytes:
    body = b"\x0a5.7.0\x00" + (1).to_bytes(4, "little") + SALT[:8] + b"\x00"
    body += (0xF7FF).to_bytes(2, "little") + b"\x2d" + (2).to_bytes(2, "little") + (0x0008 | 0x0007).to_bytes(2, "little")
    body += b"\x15" + b"\x00" * 10 + SALT[8:] + b"\x00" + b"mysql_native_password\x00"
    return len(body).to_bytes(3, "little") + b"\x00" + body


def proof(password: bytes) -> bytes:
    """What mysql_native_password sends for a password of these bytes."""
    once = hashlib.sha1(password).digest()
    mixed = hashlib.sha1(SALT + hashlib.sha1(once).digest()).digest()
    return bytes(a ^ b for a, b in zip(once, mixed))


def heard(connect) -> bytes:
    """The answer of a client to a server that greets it and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))
    answers = []

    def serve() -> None:
        peer, _ = listener.accept()
        peer.sendall(greeting())
        answers.append(peer.recv(65536))
        peer.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        connect(listener.getsockname()[1])
    except Exception:
        pass
    thread.join(10)
    listener.close()
    return answers[0]


def by_pymysql(port: int) -> None:
    pymysql.connect(host="127.0.0.1", port=port, user="shop", password="señorita", charset="utf8mb4")


def by_aiomysql(port: int) -> None:
    asyncio.run(aiomysql.connect(host="127.0.0.1", port=port, user="shop", password="señorita", charset="utf8mb4"))


still = True
for name, connect in (("PyMySQL", by_pymysql), ("aiomysql", by_aiomysql)):
    answer = heard(connect)
    latin, utf = proof("señorita".encode("latin-1")) in answer, proof("señorita".encode()) in answer
    print(f"{name}: by its Latin-1 bytes: {latin}, by its UTF-8 bytes: {utf}")
    still = still and latin and not utf
try:
    pymysql.connect(host="127.0.0.1", port=1, user="shop", password="₱100", charset="utf8mb4", defer_connect=True)
    print("PyMySQL takes a peso sign")
    still = False
except UnicodeEncodeError as error:
    print(f"PyMySQL on a peso sign: {type(error).__name__}, {error.encoding}")
sys.exit(0 if still else 1)
PYTHON

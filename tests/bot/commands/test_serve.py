"""`quicksell serve` as an operator runs it."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bot.base.settings import DatabaseSettings
from tests.bot.commands.test_commands import FINE, OURS, ROOT, account
from tests.support.waiting import PATIENCE, until


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def fetched(address: str) -> bytes:
    """What an address answers, as soon as it does."""
    read: list[bytes] = []

    def answers() -> bool:
        with suppress(URLError), urlopen(address) as answer:
            read.append(answer.read())
        return bool(read)

    until(answers, f"an answer of {address}")
    return read[0]


def test_several_servers_on_one_port_serve_the_demo_shops_pictures(tmp_path: Path, schema: DatabaseSettings) -> None:
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    settings = {**account(schema), "SECRET_KEY": "a secret for the tests", "PORT": str(port), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "serve", "--processes", "2", "--pictures", "of 0.1.0"]
    running = subprocess.Popen(command, cwd=tmp_path, env={**kept, **settings}, stderr=subprocess.PIPE)
    try:
        assert fetched(f"http://127.0.0.1:{port}/readyz") == b"ready\n"
        picture = fetched(f"http://127.0.0.1:{port}/pictures/category-kitchen.jpg")
        assert picture.startswith(b"\xff\xd8\xff"), "a JPEG"
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=PATIENCE)
    assert running.returncode == FINE
    assert list(tmp_path.iterdir()) == [], "they are served from where they lie"

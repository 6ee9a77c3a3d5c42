"""`quicksell serve` as an operator runs it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bot.base import clock
from bot.base.settings import DatabaseSettings
from tests.bot.commands.test_commands import FINE, OURS, ROOT, account


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def fetched(address: str, patience: float = 20) -> bytes:
    """What an address answers, as soon as it does."""
    deadline = clock.monotonic() + patience
    while clock.monotonic() < deadline:
        with suppress(URLError), urlopen(address) as answer:
            return bytes(answer.read())
        time.sleep(0.1)
    raise AssertionError(f"{address} did not answer")


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
        running.communicate(timeout=30)
    assert running.returncode == FINE
    assert list(tmp_path.iterdir()) == [], "they are served from where they lie"

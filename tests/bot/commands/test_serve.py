"""`quicksell serve` as an operator runs it."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from bot.base.settings import DatabaseSettings
from tests.bot.commands.test_commands import FINE, MISSING, OURS, ROOT, account, runs
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


@pytest.mark.parametrize("command", [("serve",), ("serve", "--processes", "2"), ("work",)])
@pytest.mark.parametrize(
    ("setting", "value", "todo"),
    [
        ("DB_PASSWORD", "not the password", "Check DB_USER and DB_PASSWORD."),
        ("DB_NAME", "quicksell_nowhere", "Run `./quicksell db init`, or check DB_NAME."),
        ("DB_NAME", "mysql", "Run `./quicksell db init`"),
    ],
)
def test_a_database_that_can_only_be_wrong_ends_it_in_a_line(
    tmp_path: Path, schema: DatabaseSettings, command: tuple[str, ...], setting: str, value: str, todo: str
) -> None:
    settings = {**account(schema), "SECRET_KEY": "a secret for the tests", "PORT": "0", setting: value}
    done = runs(tmp_path, *command, **settings)
    assert done.returncode == MISSING
    (line,) = [one for one in done.stderr.splitlines() if not one.startswith("{")]
    assert line.startswith("quicksell: The database ")
    assert todo in line


@pytest.mark.parametrize("command", [("serve",), ("serve", "--processes", "2")])
def test_a_port_that_somebody_has_ends_it_in_a_line(
    tmp_path: Path, schema: DatabaseSettings, command: tuple[str, ...]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = str(stranger.getsockname()[1])
        settings = {**account(schema), "SECRET_KEY": "a secret for the tests", "PORT": port}
        done = runs(tmp_path, *command, **settings)
    assert done.returncode == MISSING
    (line,) = [one for one in done.stderr.splitlines() if not one.startswith("{")]
    assert f"Port {port} of 127.0.0.1 cannot be had: " in line


def test_a_database_that_is_not_there_yet_is_waited_for_behind_a_door_that_says_so(tmp_path: Path) -> None:
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    settings = {
        "DB_SOCKET": str(tmp_path / "none.sock"),
        "DB_USER": "quicksell",
        "SECRET_KEY": "a secret for the tests",
    }
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        cwd=tmp_path,
        env={**kept, **settings, "PORT": str(port), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert fetched(f"http://127.0.0.1:{port}/healthz") == b"ok\n"
        with pytest.raises(HTTPError) as refused:
            urlopen(f"http://127.0.0.1:{port}/webhook", data=b"{}")
        assert refused.value.code == 503
        assert refused.value.headers["Retry-After"] == "5"
        refused.value.close()
    finally:
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode == FINE
    assert said.count("the database does not answer yet") == 1
    assert "ready" not in said


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

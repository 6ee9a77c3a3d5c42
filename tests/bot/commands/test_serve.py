"""`quicksell serve` and `quicksell try` as an operator runs them."""

import os
import re
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
from tests.bot.commands.test_commands import FINE, FOUND_WRONG, MISSING, OURS, ROOT, account, runs
from tests.support.waiting import PATIENCE, until

TRIED = {"SECRET_KEY": "a secret for the tests", "PORT": "0"}


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


def test_a_shop_without_a_page_is_chatted_with_in_the_simulator(tmp_path: Path, schema: DatabaseSettings) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "try", "--port", "0"],
        cwd=tmp_path,
        env={**kept, **account(schema), **TRIED, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout is not None
        said = re.fullmatch(r"Simulator  (http://127\.0\.0\.1:\d+)/simulator/  .*\n", running.stdout.readline())
        assert said is not None
        assert b"<title>" in fetched(f"{said[1]}/simulator/")
        assert fetched(f"{said[1]}/readyz") == b"ready\n"
        assert "is an order of the shop" in running.stdout.readline()
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=PATIENCE)
    assert running.returncode == FINE


def test_a_shop_with_a_page_is_written_to_in_messenger(tmp_path: Path, schema: DatabaseSettings) -> None:
    page = {"PAGE_ACCESS_TOKEN": "EAAtoken", "APP_SECRET": "secret", "VERIFY_TOKEN": "token", "PAGE_ID": "1"}
    done = runs(tmp_path, "try", **account(schema), **TRIED, **page)
    assert done.returncode == FOUND_WRONG
    assert "A page is connected already: write to it in Messenger." in done.stderr

"""`quicksell demo` as a newcomer runs it: what it prints leads to a shop that is there."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from bot.commands.demo import forwarding
from tests.bot.commands.test_commands import FINE, OURS, ROOT, runs


def test_what_it_prints_leads_to_the_shop_the_console_and_the_database(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser-check"],
        cwd=tmp_path,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout is not None
        said = "".join(running.stdout.readline() for _ in range(4))
        lines = re.fullmatch(
            r"Simulator  (\S+)  .+\nConsole    (\S+)  name nena, password (\S+) \(one-time\)\n"
            r"Data       (\S+)\nDatabase   \./quicksell (.+)\n",
            said,
        )
        assert lines is not None, said
        simulator, console, password, data, database = lines.groups()
        with urlopen(simulator) as page:
            assert b"Messenger simulator" in page.read()
        with urlopen(console) as page:
            assert b"Log in" in page.read()
        assert len(password) > 10
        assert Path(data) == tmp_path / ".quicksell"
        assert database == "db shell --data .quicksell"
        looked = runs(tmp_path, *database.split(), "-e", "SELECT COUNT(*) > 100 AS stocked FROM products")
        assert "|       1 |" in looked.stdout, looked.stderr
        given = runs(tmp_path, "admin", "password", "nena", "--data", ".quicksell")
        assert given.returncode == FINE, given.stderr
        assert password not in given.stdout, "a new one"
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=120)
    assert running.returncode == FINE


def test_the_line_for_a_machine_without_a_browser_names_the_port_of_the_demo() -> None:
    assert forwarding("http://127.0.0.1:8391/console/") == "ssh -L 8391:127.0.0.1:8391 this-machine"

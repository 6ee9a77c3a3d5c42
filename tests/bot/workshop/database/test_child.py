"""A child ends with us, and not before."""

import os
import select
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.workshop.database.child import Child
from tests.bot.workshop.database.holding import ROOT, is_alive

SLEEP = ("/bin/sleep", "600")


def test_it_outlives_the_thread_that_started_it(tmp_path: Path) -> None:
    started: list[Child] = []
    thread = threading.Thread(target=lambda: started.append(Child(SLEEP, output=tmp_path / "said")))
    thread.start()
    thread.join()
    (child,) = started
    assert not child.has_ended(within=0.2)
    child.kill()
    assert not is_alive(child.pid)


def test_it_does_not_outlive_the_process_that_started_it(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from bot.workshop.database.child import Child\n"
        f"print(Child({SLEEP!r}, output=Path(sys.argv[1])).pid, flush=True); sys.stdin.read()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, tmp_path / "said"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    watched = os.pidfd_open(pid)
    try:
        assert is_alive(pid)
        parent.kill()
        parent.communicate()
        assert select.select([watched], [], [], 60)[0], "the child lives on"
    finally:
        os.close(watched)


def test_it_ends_when_asked(tmp_path: Path) -> None:
    child = Child(SLEEP, output=tmp_path / "said")
    assert not child.has_ended()
    assert child.end(patience=60)
    assert child.has_ended()


def test_one_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    deaf = Child(("/bin/sh", "-c", "trap '' TERM; echo deaf; exec sleep 600"), output=tmp_path / "said")
    while "deaf" not in (tmp_path / "said").read_text():
        assert not deaf.has_ended(within=0.01)
    assert not deaf.end(patience=0.1)
    assert not is_alive(deaf.pid)


def test_ctrl_c_is_for_us_alone(tmp_path: Path) -> None:
    child = Child(SLEEP, output=tmp_path / "said")
    assert os.getpgid(child.pid) != os.getpgid(0)
    child.kill()


def test_a_program_that_is_not_there_ends_at_once_and_says_why(tmp_path: Path) -> None:
    child = Child((tmp_path / "nothing",), output=tmp_path / "said")
    assert child.has_ended(within=60)
    assert "FileNotFoundError" in (tmp_path / "said").read_text()


def test_output_that_cannot_be_kept_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Child(SLEEP, output=tmp_path / "none" / "said")

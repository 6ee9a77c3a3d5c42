"""Programs that are born with everything imported are processes like any other."""

import asyncio
import os
import signal
from pathlib import Path

from tests.support.programs.started import ROOT, run, start

NOTHING = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}


def test_it_has_its_own_folder_environment_and_answers(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=eighty\n", encoding="utf-8")
    mistaken = run(("serve",), folder=tmp_path, environment=NOTHING)
    assert mistaken.returncode != 0
    assert "PORT" in mistaken.stderr, "the folder's own .env"
    told = run(("serve",), folder=tmp_path, environment={**NOTHING, "PORT": "80"})
    assert "SECRET_KEY" in told.stderr, "the environment wins over it, and lacks what it was not given"
    assert "PORT" not in told.stderr


async def test_whoever_starts_it_hears_how_it_ended(tmp_path: Path) -> None:
    waits = {**NOTHING, "DB_SOCKET": str(tmp_path / "none"), "DB_USER": "x", "SECRET_KEY": "k" * 32, "PORT": "0"}
    asked, killed = (start(("serve",), folder=tmp_path, environment=waits) for _ in range(2))
    assert asked.pid != killed.pid
    assert (asked.poll(), killed.poll()) == (None, None), "they wait for their database"
    killed.kill()
    assert await asyncio.to_thread(killed.wait) == -signal.SIGKILL
    asked.kill()
    assert asked.wait() == asked.poll() == -signal.SIGKILL
    assert not Path(f"/proc/{asked.pid}").exists(), "buried"

"""A temporary server leaves nothing, whoever is killed."""

import subprocess
import sys
from pathlib import Path

from bot.workshop.database.temporary import PREFIX, temporary_server
from tests.bot.workshop.database.client import ask
from tests.bot.workshop.database.holding import ROOT, is_alive


def test_it_is_gone_with_its_data() -> None:
    with temporary_server() as server:
        assert ask(server, "SELECT @@innodb_flush_log_at_trx_commit, @@event_scheduler") == [["2", "ON"]]
        folder = server.folder.parent
        assert folder.name.startswith(PREFIX)
    assert not is_alive(server.pid)
    assert not folder.exists()


def test_what_a_killed_owner_left_is_removed_by_the_next_and_a_living_ones_is_not() -> None:
    script = (
        "import sys; from bot.workshop.database.temporary import temporary_server\n"
        "with temporary_server() as server: print(server.folder.parent, flush=True); sys.stdin.read()"
    )
    owner = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert owner.stdout is not None
    left = Path(owner.stdout.readline().decode().strip())
    with temporary_server():
        assert left.exists()
    owner.kill()
    owner.communicate()
    assert left.exists()
    with temporary_server():
        assert not left.exists()

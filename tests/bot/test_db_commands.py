"""`quicksell db ...`, from the first init to a restored copy, as a person runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import clock
from bot.settings import DatabaseSettings
from tests.sql.prompt import Prompt

ROOT = Path(__file__).resolve().parents[2]
MISSING = 69

# The tests of this file follow one another.
pytestmark = pytest.mark.xdist_group("db commands")


class Person:
    """Somebody at a terminal who runs `db` sub-commands on a database of their own."""

    def __init__(self, account: DatabaseSettings, folder: Path) -> None:
        self.database = f"quicksell_db_{clock.suffix(8).lower()}"
        self.bot = f"bot_{clock.suffix(8).lower()}"
        self.folder = folder
        where = {"DB_SOCKET": account.socket} if account.socket else {"DB_HOST": account.host}
        self._settings = {
            **where,
            "DB_PORT": str(account.port),
            "DB_USER": self.bot,
            "DB_PASSWORD": "a password",
            "DB_ADMIN_USER": account.user,
            "DB_ADMIN_PASSWORD": account.password,
        }

    def runs(self, *arguments: str, database: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
        """What `quicksell db` says to these arguments."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DB_", "TEST_DB_"))}
        chosen = {"DB_NAME": database or self.database, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            [sys.executable, "-m", "bot", "db", *arguments],
            cwd=self.folder,
            env={**kept, **self._settings, **chosen, **settings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="module")
def person(administrator: DatabaseSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    made = Person(administrator, tmp_path_factory.mktemp("person"))
    yield made
    root = Prompt(administrator, name="information_schema")
    for name in (made.database, f"{made.database}_copy"):
        root.run(f"DROP DATABASE IF EXISTS {name}")
    root.run(f"DROP USER IF EXISTS '{made.bot}'@'localhost', '{made.bot}'@'%'")
    root.close()


@pytest.fixture(scope="module")
def shop(person: Person) -> Person:
    """The same, whose database has the demo shop in it."""
    done = person.runs("init", "--demo")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Database {person.database}: created")
    assert "3 events" in done.stdout
    assert "procedures" in done.stdout
    assert f"Account '{person.bot}'" in done.stdout
    assert done.stdout.endswith("The demo shop is in it.\n")
    assert "quicksell_complete_v2.sql" in done.stderr
    assert "Step(" not in done.stderr
    return person


def test_a_second_init_finds_everything_there(shop: Person) -> None:
    done = shop.runs("init")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Database {shop.database}: was there")
    assert "Made" not in done.stdout
    assert "There already: " in done.stdout


def test_verify_has_a_line_for_everything_and_a_summary(shop: Person) -> None:
    done = shop.runs("verify")
    assert done.returncode == 0, done.stdout
    assert "ok    table         cart_items: right" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("All ")


def test_verify_for_scripts(shop: Person) -> None:
    done = shop.runs("verify", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len([each for each in found if each["kind"] == "table"]) == 29


def test_the_checklist_has_fourteen_lines(shop: Person) -> None:
    done = shop.runs("verify", "--checklist")
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == "All 14 right."


def test_an_upgrade_with_nothing_to_do_says_what_is_there(shop: Person) -> None:
    done = shop.runs("upgrade")
    assert done.returncode == 0, done.stderr
    assert "There already: " in done.stdout
    assert "Made" not in done.stdout


def test_a_backup_restored_elsewhere_is_right(shop: Person) -> None:
    copy = f"{shop.database}_copy"
    written = shop.runs("backup", "shop.sql.gz")
    assert written.returncode == 0, written.stderr
    assert written.stdout.startswith("shop.sql.gz: ")
    again = shop.runs("backup", "shop.sql.gz")
    assert (again.returncode, again.stdout) == (1, "")
    assert "exists" in again.stderr
    read = shop.runs("restore", "shop.sql.gz", database=copy)
    assert read.returncode == 0, read.stderr
    assert read.stdout.splitlines()[0].startswith(f"Database {copy}: ")
    assert written.stdout.split(": ")[1].split(";")[0] in read.stdout
    assert "Switched off" in read.stdout
    refused = shop.runs("restore", "shop.sql.gz", database=copy)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert shop.runs("restore", "--into-existing", "shop.sql.gz", database=copy).returncode == 0


def test_what_is_wrong_is_named_and_ends_with_1(shop: Person, administrator: DatabaseSettings) -> None:
    root = Prompt(administrator, name="information_schema")
    root.run(f"DROP VIEW {shop.database}.vw_customer_ltv")
    root.close()
    spoilt = shop.runs("verify")
    assert spoilt.returncode == 1
    assert "WRONG view          vw_customer_ltv: is missing" in spoilt.stdout
    assert shop.runs("upgrade").stdout.count("Made: 1 view.") == 1
    assert shop.runs("verify").returncode == 0


def test_a_database_that_is_not_there_is_said_plainly(person: Person) -> None:
    done = person.runs("verify", database="quicksell_nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert "quicksell_nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_that_does_not_answer_is_something_missing(person: Person) -> None:
    done = person.runs("verify", DB_SOCKET=str(person.folder / "nothing.sock"))
    assert (done.returncode, done.stdout) == (MISSING, "")
    assert done.stderr.startswith("quicksell: The database does not answer")


def test_a_file_that_cannot_be_written_is_named(person: Person) -> None:
    done = person.runs("backup", str(person.folder / "no folder" / "shop.sql"))
    assert done.returncode == 1
    assert "no folder" in done.stderr
    assert "Traceback" not in done.stderr

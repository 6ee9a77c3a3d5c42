"""What `quicksell db ...` says when it cannot: a sentence, what to do, the right exit code, and nothing changed."""

import gzip
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.base.settings import DatabaseSettings
from tests.sql.prompt import Prompt
from tests.support.terminal import DONE, MISSING, WRONG, WRONG_USE, Person
from tests.support.waiting import PATIENCE, until

SMALL_DISK = ("sh", "-c", 'ulimit -f 20; exec "$@"', "sh")
"""No file may grow past ten kilobytes: what a full disk does, without filling one."""

pytestmark = pytest.mark.xdist_group("db refusals")


@pytest.fixture(scope="module")
def person(administrator: DatabaseSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Somebody with a whole database, whose tests leave it as it was, and a backup of it."""
    made = Person(administrator, tmp_path_factory.mktemp("refused"))
    assert made.runs("init", "--demo").returncode == DONE
    assert made.runs("backup", "--quiet", "whole.sql").returncode == DONE
    yield made
    made.clean_up(made.database + "_new")


def says(heard: str) -> str:
    """The last line, without the steps told before it; there is no traceback."""
    assert "Traceback" not in heard
    return heard.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("dance",), "Error: No such command 'dance'."),
        (("backup",), "Error: Missing argument 'FILE'."),
        (("backup", "."), "Error: Invalid value for 'FILE': File '.' is a directory."),
        (("restore",), "Error: Missing argument 'FILE'."),
        (("restore", "nothing.sql"), "Error: Invalid value for 'FILE': File 'nothing.sql' does not exist."),
        (("verify", "orders"), "Error: Got unexpected extra argument (orders)"),
        (("init", "--drop"), "Error: No such option"),
    ],
)
def test_wrong_use_is_said_and_ends_with_2(person: Person, arguments: tuple[str, ...], said: str) -> None:
    done = person.runs(*arguments)
    assert (done.returncode, done.stdout) == (WRONG_USE, "")
    assert says(done.stderr).startswith(said)


EVERY = (("init",), ("upgrade",), ("verify",), ("verify", "--checklist"), ("backup", "b.sql"), ("restore", "whole.sql"))


@pytest.mark.parametrize("arguments", EVERY, ids=" ".join)
def test_a_server_that_does_not_answer_is_something_missing(person: Person, arguments: tuple[str, ...]) -> None:
    done = person.runs(*arguments, DB_SOCKET=str(person.folder / "nothing.sock"))
    assert (done.returncode, done.stdout) == (MISSING, "")
    assert re.match(r"quicksell: The database does not answer: .*\. Start it, or check DB_SOCKET", says(done.stderr))


@pytest.mark.parametrize("arguments", EVERY, ids=" ".join)
def test_without_an_account_it_says_which_setting_is_missing(person: Person, arguments: tuple[str, ...]) -> None:
    done = person.runs(*arguments, DB_USER="", DB_ADMIN_USER="")
    assert (done.returncode, done.stdout) == (MISSING, "")
    assert says(done.stderr) == "quicksell: Set DB_USER, or DB_ADMIN_USER, in the environment or in .env."


@pytest.mark.parametrize("arguments", EVERY, ids=" ".join)
def test_a_wrong_password_is_said(person: Person, arguments: tuple[str, ...]) -> None:
    done = person.runs(*arguments, DB_ADMIN_PASSWORD="wrong")
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert says(done.stderr).startswith("quicksell: The database refuses: 1045: Access denied for user ")
    assert "Set DB_ADMIN_USER, such as root, and DB_ADMIN_PASSWORD" in says(done.stderr)


@pytest.mark.parametrize("arguments", EVERY[1:5], ids=" ".join)
def test_a_database_that_is_not_there_is_said(person: Person, arguments: tuple[str, ...]) -> None:
    done = person.runs(*arguments, database="quicksell_nowhere")
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert "quicksell_nowhere" in says(done.stderr)
    assert "Run `./quicksell db init`" in says(done.stderr)


@pytest.mark.parametrize("arguments", [EVERY[0], EVERY[1], *EVERY[4:]], ids=" ".join)
def test_the_bots_account_alone_is_not_enough(person: Person, arguments: tuple[str, ...]) -> None:
    done = person.runs(*arguments, DB_ADMIN_USER="")
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert "Set DB_ADMIN_USER" in says(done.stderr)


@pytest.mark.parametrize(("setting", "value"), [("DB_PORT", "abc"), ("DB_PORT", "70000"), ("DB_NAME", "a`b")])
def test_a_setting_that_cannot_be_is_named(person: Person, setting: str, value: str) -> None:
    others: dict[str, str] = {setting: value}
    done = person.runs("verify", before=(), database="", **others)
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert says(done.stderr).startswith(f"quicksell: {setting}: ")


def test_a_file_that_cannot_be_written_is_named(person: Person) -> None:
    done = person.runs("backup", str(person.folder / "no folder" / "shop.sql"))
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert "no folder" in says(done.stderr)


def test_where_the_dump_tool_is_missing_the_line_to_run_is_said(person: Person, tmp_path: Path) -> None:
    root = person.prompt()
    mariadb = "MariaDB" in str(root.value("SELECT VERSION()"))
    root.close()
    done = person.runs("backup", "toolless.sql", PATH=str(tmp_path))
    if not mariadb:  # the program's own writer needs none
        assert done.returncode == DONE
        return
    assert (done.returncode, done.stdout) == (MISSING, "")
    assert says(done.stderr) == (
        "quicksell: There is no mariadb-dump on this machine. "
        "Run: apt-get install -y --no-install-recommends mariadb-client"
    )
    assert "toolless.sql" not in files_of(person)


def files_of(person: Person) -> set[str]:
    return {file.name for file in person.folder.iterdir()}


@pytest.mark.parametrize("ending", ["sql", "sql.gz"])
def test_a_full_disk_leaves_nothing(person: Person, ending: str) -> None:
    before = files_of(person)
    done = person.runs("backup", f"full.{ending}", before=SMALL_DISK)
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert says(done.stderr).startswith(f"quicksell: full.{ending} could not be written to its end: File too large.")
    assert says(done.stderr).endswith("See whether the disk is full; no part of it was left behind.")
    assert files_of(person) == before


def begins(condition: str, root: Prompt) -> None:
    """Wait until somebody does on the server what the condition says."""
    doing = f"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE {condition}"
    until(lambda: root.number(doing) > 0, condition)


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, WRONG), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL)],
)
def test_an_interrupted_backup_leaves_no_half_of_it(person: Person, number: int, code: int) -> None:
    named = f"interrupted-{number}.sql"
    root, other = person.prompt(), person.prompt()
    other.run("LOCK TABLES users WRITE")  # one of the last: most of the file is written when it stops there
    process = person.starts("backup", named)
    begins(f"DB = '{person.database}' AND STATE LIKE 'Waiting for table%'", root)
    assert any(file.startswith(f".{named}.") for file in files_of(person))
    process.send_signal(number)
    _, said = process.communicate(timeout=PATIENCE)
    other.close()  # not before: what it waits for would be done before it hears the signal
    assert process.returncode == code
    if number == signal.SIGINT:
        assert says(said) == "quicksell: Stopped. No part of the file was left behind."
    assert named not in files_of(person)
    again = person.runs("backup", named)
    assert again.returncode == DONE, again.stderr
    assert [file for file in files_of(person) if "partial" in file] == []
    assert (person.folder / named).read_text(encoding="utf-8").splitlines()[-1].startswith("-- end of backup")
    root.close()


@pytest.mark.parametrize("what", ["a half", "something else", "nothing", "a half that is packed"])
def test_what_is_no_whole_backup_is_refused_before_anything_is_made(person: Person, what: str) -> None:
    whole = (person.folder / "whole.sql").read_bytes()
    spoilt = {
        "a half": whole[: len(whole) // 2],
        "something else": b"Dear diary\n",
        "nothing": b"",
        "a half that is packed": gzip.compress(whole)[:-500],
    }[what]
    file = person.folder / f"spoilt.sql{'.gz' if 'packed' in what else ''}"
    file.write_bytes(spoilt)
    done = person.runs("restore", file.name, database=person.database + "_new")
    file.unlink()
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert says(done.stderr).startswith("quicksell: spoilt.sql")
    assert re.search(r"Use another backup\.|Name a file that ", says(done.stderr))
    root = person.prompt()
    assert root.rows("SHOW DATABASES LIKE %s", person.database + "_new") == []
    root.close()


def test_a_restore_that_was_killed_is_not_taken_for_whole(person: Person) -> None:
    new = person.database + "_new"
    whole = (person.folder / "whole.sql").read_text(encoding="utf-8")
    head, mark, rest = whole.partition("DROP TABLE IF EXISTS `orders`;")
    (person.folder / "slow.sql").write_text(f"{head}SELECT SLEEP(600);\n{mark}{rest}", encoding="utf-8")
    root = person.prompt()
    process = person.starts("restore", "slow.sql", database=new)
    begins(f"DB = '{new}' AND INFO LIKE 'SELECT SLEEP%'", root)
    process.kill()
    process.communicate()
    missing = person.runs("verify", database=new)
    assert missing.returncode == WRONG
    assert "WRONG table         orders: is missing" in missing.stdout
    refused = person.runs("restore", "whole.sql", database=new)
    assert (refused.returncode, refused.stdout) == (WRONG, "")
    assert "is not empty" in says(refused.stderr)
    whole_again = person.runs("restore", "--into-existing", "whole.sql", database=new)
    assert whole_again.returncode == DONE, whole_again.stderr
    counts = [root.value(f"SELECT COUNT(*) FROM {database}.products") for database in (person.database, new)]
    assert counts[0] == counts[1]
    root.run(f"DROP DATABASE {new}")
    root.close()

"""`quicksell db ...`, from the first init to a restored copy, as a person runs it."""

import asyncio
import json
from collections.abc import Iterator

import pytest

from bot.base.settings import DatabaseSettings
from repository.schema.base.session import opener
from repository.schema.check.contract import EVENTS, PROCEDURES, TABLES, TRIGGERS, VIEWS
from tests.conftest import MANILA
from tests.repository.schema.equality import objects_of, rows_of
from tests.sql.prompt import Prompt
from tests.support.terminal import Person

# The tests of this file follow one another.
pytestmark = pytest.mark.xdist_group("db commands")


@pytest.fixture(scope="module")
def person(administrator: DatabaseSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    made = Person(administrator, tmp_path_factory.mktemp("person"))
    yield made
    made.clean_up(f"{made.database}_copy")


@pytest.fixture(scope="module")
def shop(person: Person) -> Person:
    """The same, whose database has the demo shop in it."""
    done = person.runs("init", "--demo")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Database {person.database}: created")
    assert "3 events" in done.stdout
    assert "procedures" in done.stdout
    assert f"Account '{person.bot}'" in done.stdout
    assert done.stdout.endswith("The demo shop is in it. `./quicksell serve --pictures` serves its pictures.\n")
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
    lines = done.stdout.splitlines()
    kinds = (("table", TABLES), ("trigger", TRIGGERS), ("procedure", PROCEDURES), ("view", VIEWS), ("event", EVENTS))
    for kind, names in kinds:
        shown = [line for line in lines if line.startswith(f"ok    {kind:13} ")]
        assert [line.split()[2] for line in shown] == [f"{name}:" for name in names]
        assert all(line.partition(": ")[2].startswith("right") for line in shown)
    assert (len(TABLES), len(TRIGGERS), len(PROCEDURES), len(VIEWS), len(EVENTS)) == (29, 3, 4, 5, 3)
    assert lines[-1] == f"All {len(lines) - 1} right."


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

    async def look(database: str) -> tuple[object, object]:
        session = await opener(shop.account, MANILA, database=False)()
        seen = await rows_of(session, database), await objects_of(session, database)
        await session.close()
        return seen

    assert asyncio.run(look(copy)) == asyncio.run(look(shop.database))
    refused = shop.runs("restore", "shop.sql.gz", database=copy)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.splitlines()[-1].startswith(f"quicksell: The database {copy} is not empty: it holds ")
    assert refused.stderr.endswith("or say --into-existing: everything in this one is dropped then.\n")
    assert asyncio.run(look(copy)) == asyncio.run(look(shop.database))
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

"""What `quicksell db verify` finds wrong is named, and following what it says mends it."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.database.temporary import temporary_server
from tests.support.terminal import DONE, WRONG, Person

pytestmark = pytest.mark.xdist_group("db verify")


@pytest.fixture(scope="module")
def person(administrator: DatabaseSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Somebody with a whole database."""
    made = Person(administrator, tmp_path_factory.mktemp("verified"))
    assert made.runs("init", "--demo").returncode == DONE
    yield made
    made.clean_up()


def wrong_lines(said: str) -> dict[str, str]:
    """What a check found wrong by name, and the line below, which says what to do."""
    lines = said.splitlines()
    return {
        line.partition(": ")[0].split(None, 2)[2]: f"{line.partition(': ')[2]} | {below.strip()}"
        for line, below in pairwise(lines)
        if line.startswith("WRONG")
    }


def test_verify_names_what_is_wrong_and_following_it_mends_all(person: Person) -> None:
    root = person.prompt()
    host = "localhost" if person.account.socket else "%"
    account, pattern = f"'{person.bot}'@'{host}'", person.database.replace("_", "\\_")
    root.run("DROP PROCEDURE sp_get_order_details")
    root.run("CREATE PROCEDURE sp_get_order_details(IN p_order_id INT) SQL SECURITY INVOKER SELECT 1 AS mine")
    root.run("ALTER TABLE orders DROP INDEX ix_orders_pending")
    root.run("ALTER EVENT evt_cleanup_old_queue_items DISABLE")
    root.run(f"GRANT CREATE ON `{pattern}`.* TO {account}")
    done = person.runs("verify")
    assert (done.returncode, done.stderr) == (WRONG, "")
    found = wrong_lines(done.stdout)
    assert found.pop("sp_get_order_details") == (
        "its text is not the script's | Run `./quicksell db upgrade`: it is made again."
    )
    said, _, mend = found.pop("orders").partition(" | ")
    assert "ix_orders_pending" in said
    assert mend.startswith("ALTER TABLE ")
    root.run(mend)
    assert found.pop("evt_cleanup_old_queue_items").startswith("it is switched off | Run ALTER EVENT ... ENABLE")
    root.run("ALTER EVENT evt_cleanup_old_queue_items ENABLE")
    said, _, mend = found.pop(f"{account} may no more").partition(" | ")
    assert said == f"has CREATE ON `{pattern}`.*"
    root.run(mend)
    assert found == {}
    assert done.stdout.splitlines()[-1].endswith(" right, 4 wrong.")
    assert person.runs("upgrade").returncode == DONE
    assert person.runs("verify").returncode == DONE
    root.close()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Somebody with a server of their own, whose settings may be changed."""
    with temporary_server() as server:
        account = DatabaseSettings(socket=str(server.socket), user=server.admin_user, password=server.admin_password)
        made = Person(account, tmp_path_factory.mktemp("alone"))
        assert made.runs("init").returncode == DONE
        yield made


@pytest.mark.parametrize(
    ("setting", "value", "name", "said", "mend"),
    [
        (
            "time_zone",
            "+00:00",
            "time zone",
            "+00:00, where the shop's is +08:00: NOW() typed by a person differs",
            "Set default_time_zone = '+08:00' in my.cnf and restart, or run SET GLOBAL time_zone = '+08:00';",
        ),
        (
            "sql_mode",
            "NO_ENGINE_SUBSTITUTION",
            "SQL mode",
            "not strict (NO_ENGINE_SUBSTITUTION): what a person types may be cut silently",
            "Add STRICT_TRANS_TABLES to sql_mode in my.cnf.",
        ),
        (
            "event_scheduler",
            "OFF",
            "event scheduler",
            "not permitted or off; the program does the work of the events",
            "Run SET GLOBAL event_scheduler = ON; and add event_scheduler = ON to my.cnf."
            " `serve` and `work` do the same jobs meanwhile.",
        ),
    ],
)
def test_a_setting_of_the_server_that_is_wrong_is_named(
    alone: Person, setting: str, value: str, name: str, said: str, mend: str
) -> None:
    root = alone.prompt()
    before = root.value(f"SELECT @@GLOBAL.{setting}")
    root.run(f"SET GLOBAL {setting} = %s", value)
    done = alone.runs("verify")
    assert done.returncode == WRONG
    assert wrong_lines(done.stdout) == {name: f"{said} | {mend}"}
    ticked = alone.runs("verify", "--checklist")
    assert ticked.returncode == (WRONG if setting == "event_scheduler" else DONE), ticked.stdout
    root.run(f"SET GLOBAL {setting} = %s", before)
    done = alone.runs("verify")
    assert (done.returncode, done.stderr) == (DONE, "")
    root.close()

"""A setting of the server that is wrong: `db verify` names it, and says what to do."""

from collections.abc import Iterator

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.database.temporary import temporary_server
from tests.bot.commands.test_db_refusals import wrong_lines
from tests.support.terminal import DONE, WRONG, Person

pytestmark = pytest.mark.xdist_group("db settings")


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

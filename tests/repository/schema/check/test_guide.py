"""Every SQL statement of the public guide, typed in order into the plain client, does what its comment says."""

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.database.temporary import temporary_server
from repository.database.errors import DatabaseError
from repository.schema.backup.backup import backup
from repository.schema.base.session import opener
from repository.schema.check.verify import verify
from tests.repository.schema.backup.filling import is_mariadb
from tests.repository.schema.check.guide_checks import CHECKS, DATABASE, Walk, application
from tests.repository.schema.conftest import OFFSET, Server
from tests.repository.schema.equality import objects_of, rows_of
from tests.repository.schema.guide import Person, public_text, read_list, read_text, words

# The tests of this file follow one another on one server.
pytestmark = pytest.mark.xdist_group("guide")
GRANT_OF_THE_GUIDE = "GRANT EXECUTE ON PROCEDURE quicksell_chatbot.* TO 'quicksell_app'@'localhost'"
GRANT_THAT_WORKS = "GRANT EXECUTE ON quicksell_chatbot.* TO 'quicksell_app'@'localhost'"


BEFORE = {
    # A reservation that got stuck.
    "Manual Cleanup (if needed)": (
        "UPDATE inventory_reservations SET expires_at = NOW() - INTERVAL 1 MINUTE WHERE order_id = 3"
    ),
}


@pytest.fixture(scope="module")
def scratch(server: Server) -> Iterator[DatabaseSettings]:
    """A server that has no database of the guide's name: the given one, or one of our own."""

    async def has_one() -> bool:
        session = await server.admin()
        found = await session.value(
            f"SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '{DATABASE}'"
        )
        await session.close()
        return bool(found)

    if server.is_given and not asyncio.run(has_one()):
        yield server.settings
        with Person(server.settings) as root:
            root.types(f"DROP DATABASE IF EXISTS {DATABASE}")
            root.types("DROP USER IF EXISTS 'quicksell_app'@'localhost'")
        return
    with temporary_server() as private:
        yield DatabaseSettings(socket=str(private.socket), user=private.admin_user, password=private.admin_password)


def test_the_projects_list_holds_the_statements_of_the_public_text() -> None:
    text = public_text()
    blocks = read_list() if text is None else read_text(text)
    assert [(block.heading, [words(statement) for statement in block.statements]) for block in blocks] == [
        (block.heading, [words(statement) for statement in block.statements]) for block in read_list()
    ]
    assert [block.heading for block in blocks] == list(CHECKS)


def test_the_guide_is_walked_from_its_first_statement_to_its_last(scratch: DatabaseSettings, tmp_path: Path) -> None:
    assert _walk(scratch, tmp_path) == sum(len(block.statements) for block in read_list())


def test_afterwards_only_what_the_guide_itself_did_is_found_wrong(scratch: DatabaseSettings, tmp_path: Path) -> None:
    _walk(scratch, tmp_path)
    connect = opener(scratch, OFFSET, database=False)
    app = opener(application(scratch), OFFSET, database=False)
    verified = asyncio.run(verify(connect, DATABASE, OFFSET, bot=app))
    wrong = [finding for finding in verified.findings if not finding.ok and not finding.kind.startswith("own ")]
    # The guide loads two scripts only, and makes the administrator whose hash is known to all.
    assert [finding.name for finding in wrong] == ["upgrades", "published password hash"]


def _walk(scratch: DatabaseSettings, folder: Path) -> int:
    """Type every statement of the guide, which begins by dropping the database; how many there were."""
    text = public_text()
    ran = 0
    with Person(scratch) as root, Person(scratch) as looker:
        root.types("DROP USER IF EXISTS 'quicksell_app'@'localhost'")
        walk = Walk(root=root, looker=looker, shown=[])
        for block in read_list() if text is None else read_text(text):
            if block.heading in BEFORE:
                looker.types(BEFORE[block.heading])
            walk.shown = []
            for statement in block.statements:
                works = GRANT_THAT_WORKS if words(statement) == GRANT_OF_THE_GUIDE else statement
                walk.shown.append(root.types(works))
                ran += 1
            CHECKS[block.heading](walk)
        _dump_and_restore(root, folder)
    return ran


def _dump_and_restore(root: Person, folder: Path) -> None:
    """The guide's backup and restore, with the options that make the copy whole."""
    connect = opener(root.settings, OFFSET, database=False)
    file = folder / "quicksell_backup.sql"

    async def on_mariadb() -> bool:
        session = await connect()
        answer = await is_mariadb(session)
        await session.close()
        return answer

    tool = shutil.which("mariadb-dump") or shutil.which("mysqldump")
    # It is not part of the client's core package, and MariaDB's writes values that MySQL refuses.
    if tool is None or not asyncio.run(on_mariadb()):
        asyncio.run(backup(connect, DATABASE, file))
    else:
        options = ["--routines", "--events", "--triggers", "--single-transaction", "--hex-blob"]
        with file.open("wb") as out:
            subprocess.run(
                [
                    tool,
                    "--no-defaults",
                    *root.where,
                    f"--user={root.settings.user}",
                    *options,
                    DATABASE,
                ],
                stdout=out,
                env={"MYSQL_PWD": root.settings.password},
                check=True,
                timeout=300,
            )

    async def look() -> tuple[object, object]:
        session = await connect()
        seen = await rows_of(session, DATABASE), await objects_of(session, DATABASE)
        await session.close()
        return seen

    before = asyncio.run(look())
    root.types(f"CREATE OR REPLACE VIEW {DATABASE}.vw_customer_ltv AS SELECT 1 AS spoilt")
    root.types(f"DELETE FROM {DATABASE}.order_metrics")
    root.loads(file, DATABASE)
    assert asyncio.run(look()) == before


def test_the_guides_grant_is_sql_on_no_server(scratch: DatabaseSettings) -> None:
    async def grant() -> None:
        session = await opener(scratch, OFFSET, database=False)()
        try:
            await session.run(GRANT_OF_THE_GUIDE)
        finally:
            await session.close()

    with pytest.raises(DatabaseError, match=r"Illegal|syntax"):
        asyncio.run(grant())

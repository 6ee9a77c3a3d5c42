"""Everything that a server can hold survives a backup, or is refused by name before a file is made."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repository.database.connection import Bound
from repository.schema.backup.backup import backup
from repository.schema.backup.restore import restore
from repository.schema.backup.scripted import scripted, unwrapped, without_definer
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import Session, name
from tests.repository.schema.backup.filling import ODD, exhibit, is_mariadb
from tests.repository.schema.conftest import Server, drop, fresh_name
from tests.repository.schema.equality import assert_equal, everything_of


async def test_one_of_everything_comes_back(
    server: Server, database: str, copy: str, admin: Session, tmp_path: Path
) -> None:
    await exhibit(admin, database)
    file = tmp_path / "museum.sql"
    made = await backup(server.admin, database, file)
    before = await everything_of(admin, database)
    restored = await restore(server.admin, copy, file, events="on")
    assert (restored.tables, restored.rows, restored.objects) == (made.tables, made.rows, made.objects)
    assert await everything_of(admin, copy) == before
    assert "DEFINER=`root`@`localhost` " not in file.read_text(encoding="utf-8")
    # All of it is found and dropped where the backup takes its place.
    again = await restore(server.admin, copy, file, replace=True, events="on")
    assert (again.tables, again.objects) == (made.tables, made.objects)
    assert await everything_of(admin, copy) == before


async def test_tables_of_every_type_come_back(
    server: Server, database: str, copy: str, admin: Session, tmp_path: Path
) -> None:
    await admin.run(f"CREATE DATABASE {name(database)} CHARACTER SET utf8mb4")
    await admin.run(f"USE {name(database)}")
    single = "DOUBLE" if await is_mariadb(admin) else "FLOAT"
    await admin.run(
        f"CREATE TABLE `odd ``table` (a DOUBLE, b {single}, c BIT(9), d BLOB, e VARBINARY(9), f YEAR, g TIME(6),"
        " h TIMESTAMP(6) NULL,"
        " i ENUM('x', 'y;'), j SET('p', 'q'), k JSON, l BIGINT UNSIGNED, m DATE, n CHAR(5) CHARACTER SET latin1,"
        " `o ``x` INT, p INT GENERATED ALWAYS AS (`o ``x` * 2) VIRTUAL, q INT GENERATED ALWAYS AS (`o ``x` * 3) STORED)"
    )
    values: dict[str, Bound] = {"bytes": bytes(range(256)), "odd": ODD}
    await admin.run(
        "INSERT INTO `odd ``table` (a, b, c, d, e, f, g, h, i, j, k, l, m, n, `o ``x`) VALUES"
        " (0.1, 0.1, b'101010101', %(bytes)s, '', 2026, '-12:34:56.789', '2026-01-01 00:00:00.123456', 'y;', 'p,q',"
        " '{\"a\": 1}', 18446744073709551615, '0001-01-01', 'é', 5),"
        " (1e308, 3.4e38, NULL, '', NULL, NULL, NULL, NULL, NULL, '', NULL, 0, NULL, '', NULL),"
        " (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
        **values,
    )
    await admin.run("CREATE VIEW a AS SELECT * FROM `odd ``table`")
    await admin.run("CREATE VIEW `a one` AS SELECT a.a FROM a")
    await admin.run("ALTER VIEW a AS SELECT a FROM `odd ``table`")
    file = tmp_path / "odd.sql"
    await backup(server.admin, database, file)
    await restore(server.admin, copy, file)
    await assert_equal(admin, database, copy)


_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.none() | _text, st.none() | st.binary(max_size=60)), min_size=1, max_size=20))
def test_any_text_and_any_bytes_come_back(
    server: Server, tmp_path: Path, rows: list[tuple[str | None, bytes | None]]
) -> None:
    async def there_and_back() -> None:
        one, other = fresh_name("one"), fresh_name("other")
        sql = await server.admin()
        await sql.run(f"CREATE DATABASE {name(one)} CHARACTER SET utf8mb4")
        await sql.run(f"USE {name(one)}")
        await sql.run("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, a TEXT, b BLOB)")
        for word, mark in rows:
            await sql.run("INSERT INTO t (a, b) VALUES (%(a)s, %(b)s)", a=word, b=mark)
        file = tmp_path / "rows.sql"
        await backup(server.admin, one, file, overwrite=True)
        await restore(server.admin, other, file)
        found = await sql.all(f"SELECT a, b FROM {name(other)}.t ORDER BY id")
        await sql.close()
        await drop(server, databases=(one, other))
        assert list(found) == rows

    asyncio.run(there_and_back())


async def test_a_table_that_keeps_no_moment_is_refused_by_name(
    server: Server, database: str, admin: Session, tmp_path: Path
) -> None:
    await admin.run(f"CREATE DATABASE {name(database)}")
    await admin.run(f"CREATE TABLE {name(database)}.loose (id INT) ENGINE=MyISAM")
    with pytest.raises(SchemaError, match=r"The table loose is MyISAM.* Run: ALTER TABLE `loose` ENGINE=InnoDB"):
        await backup(server.admin, database, tmp_path / "shop.sql")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        ("CREATE TABLE shelves (width FLOAT)", r"The column shelves\.width is a FLOAT"),
    ],
)
async def test_what_the_servers_own_tool_would_spoil_is_refused_by_name(
    server: Server, database: str, copy: str, admin: Session, tmp_path: Path, made: str, refusal: str
) -> None:
    await admin.run(f"CREATE DATABASE {name(database)}")
    await admin.run(f"USE {name(database)}")
    await admin.run(made)
    file = tmp_path / "shop.sql"
    if await is_mariadb(admin):
        with pytest.raises(SchemaError, match=refusal):
            await backup(server.admin, database, file)
        assert list(tmp_path.iterdir()) == []
    else:  # this program's own writer keeps it
        await backup(server.admin, database, file)
        await restore(server.admin, copy, file, events="on")
        assert await everything_of(admin, database) == await everything_of(admin, copy)


@pytest.mark.parametrize(
    ("made", "refused"),
    [
        (
            ("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'", "CREATE PROCEDURE slash() SELECT 'C:\\'"),
            "The procedure slash ",
        ),
        (("CREATE TABLE gone (id INT)", "CREATE VIEW orphan AS SELECT id FROM gone", "DROP TABLE gone"), "orphan"),
    ],
    ids=["a program that clients would misread", "a view of what is gone"],
)
async def test_what_would_not_come_back_is_refused_by_name(
    server: Server, database: str, admin: Session, tmp_path: Path, made: tuple[str, ...], refused: str
) -> None:
    for statement in (f"CREATE DATABASE {name(database)}", f"USE {name(database)}", *made):
        await admin.run(statement)
    with pytest.raises(SchemaError, match=refused):
        await backup(server.admin, database, tmp_path / "shop.sql")
    assert list(tmp_path.iterdir()) == []


def test_a_program_keeps_its_own_delimiters_and_comments() -> None:
    assert scripted("procedure p", "CREATE PROCEDURE p() SELECT '$$;;'").splitlines()[0] == "DELIMITER //"
    wrapped = "/*!50003 CREATE*/ /*!50017 */ /*!50003 TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET @a = 1 /* b */ \n*/"
    assert unwrapped(wrapped) == "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET @a = 1 /* b */"


@pytest.mark.parametrize(
    ("statement", "without"),
    [
        ("CREATE DEFINER=`r`@`l` PROCEDURE p()", "CREATE PROCEDURE p()"),
        ("CREATE DEFINER = 'r'@'l' TRIGGER t", "CREATE TRIGGER t"),
        ("CREATE DEFINER=root@localhost EVENT e", "CREATE EVENT e"),
        (
            "CREATE ALGORITHM=MERGE DEFINER=`r``x`@`%` SQL SECURITY INVOKER VIEW v",
            "CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW v",
        ),
        (
            "/*!50003 CREATE*/ /*!50017 DEFINER=`r`@`l`*/ /*!50003 TRIGGER t",
            "/*!50003 CREATE*/ /*!50017 */ /*!50003 TRIGGER t",
        ),
        ('CREATE DEFINER="r"@"%" PACKAGE BODY "p" AS', 'CREATE PACKAGE BODY "p" AS'),
        ("CREATE DEFINER=`a role` FUNCTION f()", "CREATE FUNCTION f()"),
        ("CREATE VIEW v AS SELECT 'DEFINER=`r`@`l`'", "CREATE VIEW v AS SELECT 'DEFINER=`r`@`l`'"),
        ("CREATE PROCEDURE p() SELECT 'x'", "CREATE PROCEDURE p() SELECT 'x'"),
    ],
)
def test_owners_are_left_out(statement: str, without: str) -> None:
    assert " ".join(without_definer(statement).split()) == without

"""What a statement makes is read as the server reads it, versioned comments and all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.schema.base.objects import table_of
from repository.schema.base.scripts import all_scripts, checksum
from repository.schema.base.session import literal, name
from repository.schema.base.splitter import Statement
from repository.schema.base.statements import Act, Item, act, code, names_database, read_server
from repository.schema.check.compare import parts_of
from repository.schema.check.describe import expression

MARIADB = read_server("10.11.19-MariaDB-0+deb12u1")
MYSQL = read_server("8.4.3")


@pytest.mark.parametrize(
    ("said", "family", "version", "number"),
    [
        ("10.11.19-MariaDB-0+deb12u1", "MariaDB", (10, 11, 19), 101119),
        ("11.8.2-MariaDB", "MariaDB", (11, 8, 2), 110802),
        ("5.5.5-10.6.4-MariaDB-log", "MariaDB", (10, 6, 4), 100604),
        ("8.4.3", "MySQL", (8, 4, 3), 80403),
        ("8.0.40-0ubuntu0.22.04.1", "MySQL", (8, 0, 40), 80040),
    ],
)
def test_a_server_says_what_it_is(said: str, family: str, version: tuple[int, int, int], number: int) -> None:
    server = read_server(said)
    assert (server.family, server.version, server.number) == (family, version, number)


def test_something_else_is_no_server() -> None:
    with pytest.raises(ValueError, match="not a version"):
        read_server("PostgreSQL")


@pytest.mark.parametrize(
    ("statement", "mariadb", "mysql"),
    [
        ("SELECT  1 -- one\n + /* two */ 2", "SELECT 1 + 2", "SELECT 1 + 2"),
        ("/*M!100600 CREATE VIEW v AS SELECT 1 */", "CREATE VIEW v AS SELECT 1", ""),
        ("/*!80014 CREATE VIEW v AS SELECT 1 */", "", "CREATE VIEW v AS SELECT 1"),
        ("/*M!110800 SELECT 1 */", "", ""),
        ("/*!90000 SELECT 1 */", "", ""),
        ("/*!50003 SELECT 1 */", "SELECT 1", "SELECT 1"),
        ("/*! SELECT 1 */", "SELECT 1", "SELECT 1"),
        ("SELECT /*!80014 LATERAL */ 'a  b -- c' # d", "SELECT 'a  b -- c'", "SELECT LATERAL 'a  b -- c'"),
        ('SELECT `a  b`, "/* c */"', 'SELECT `a  b`, "/* c */"', 'SELECT `a  b`, "/* c */"'),
        ("SELECT 5--3", "SELECT 5--3", "SELECT 5--3"),
        ("CREATE /*M!100600 OR REPLACE */ TRIGGER t", "CREATE OR REPLACE TRIGGER t", "CREATE TRIGGER t"),
    ],
)
def test_each_family_runs_what_is_meant_for_it(statement: str, mariadb: str, mysql: str) -> None:
    assert (code(statement, MARIADB), code(statement, MYSQL)) == (mariadb, mysql)


@pytest.mark.parametrize(
    ("statement", "verb", "kind", "named"),
    [
        ("CREATE TABLE IF NOT EXISTS `t` (id INT)", "create", "table", "t"),
        ("create table db.t (id INT)", "create", "table", "t"),
        (
            "CREATE /*M!100600 OR REPLACE */ TRIGGER t AFTER UPDATE ON o FOR EACH ROW SET @a = 1",
            "create",
            "trigger",
            "t",
        ),
        ("/*!80014 DROP TRIGGER IF EXISTS t */", "drop", "trigger", "t"),
        ("CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`r`@`l` SQL SECURITY INVOKER VIEW `v` AS", "create", "view", "v"),
        ("/*!50003 CREATE*/ /*!50017 DEFINER=`r`@`l`*/ /*!50003 TRIGGER `t` AFTER", "create", "trigger", "t"),
        ("CREATE PROCEDURE p(IN a INT) SELECT 1", "create", "procedure", "p"),
        ("CREATE EVENT IF NOT EXISTS e ON SCHEDULE", "create", "event", "e"),
        ("CREATE UNIQUE INDEX i ON t (a)", "create", "index", "i"),
        ("ALTER TABLE t ADD COLUMN a INT", "alter", "table", "t"),
    ],
)
def test_what_a_statement_makes(statement: str, verb: str, kind: str, named: str) -> None:
    found = act(statement)
    assert found is not None
    assert (found.verb, found.item.kind, found.item.name) == (verb, kind, named)


@pytest.mark.parametrize(
    "statement", ["SELECT 1", "INSERT INTO t VALUES ('CREATE TABLE t')", "SET @a = 'CREATE VIEW v'"]
)
def test_what_makes_nothing(statement: str) -> None:
    assert act(statement) is None


def test_a_statement_that_names_the_database_is_known() -> None:
    named = [
        names_database(Statement(text=written, line=1))
        for written in (
            "USE `x`",
            "create database if not exists x",
            "/*!40100 CREATE DATABASE x */",
            "USER",
            "SELECT 1",
        )
    ]
    assert named == [True, True, True, False, False]


def test_the_table_of_a_trigger() -> None:
    assert table_of("CREATE TRIGGER t AFTER UPDATE ON `orders` FOR EACH ROW BEGIN END") == "orders"


def test_comments_and_spacing_change_no_checksum() -> None:
    assert checksum("CREATE VIEW v AS\n  SELECT 1 -- one") == checksum("CREATE VIEW v AS SELECT 1")
    assert checksum("CREATE VIEW v AS SELECT '1  2'") != checksum("CREATE VIEW v AS SELECT '1 2'")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("`quantity` > 0", "(quantity>0)"),
        ("((`a` >= 0) and (`b` >= 0))", "(`a` >= 0) AND (`b` >= 0)"),
        ("`a` <> ')'", "a <> ')'"),
    ],
)
def test_servers_write_the_same_expression_differently(one: str, other: str) -> None:
    assert expression(one).replace(" ", "") == expression(other).replace(" ", "")


def test_different_expressions_stay_different() -> None:
    assert expression("a > 0") != expression("a >= 0")
    assert expression("(a or b) and (c or d)") != expression("a or b and c or d")
    assert expression("a = 'X'") != expression("a = 'x'")


def test_the_parts_of_a_table_are_found_by_name() -> None:
    parts = parts_of(
        "CREATE TABLE IF NOT EXISTS t (\n  id INT NOT NULL, -- the (number)\n  kind ENUM ('a,b', 'c)') NOT NULL,\n"
        "  PRIMARY KEY (id),\n  UNIQUE KEY uq_t (kind, id),\n  CONSTRAINT ck_t CHECK (id > 0 AND (id < 9))\n)"
        " ENGINE = InnoDB"
    )
    assert parts == {
        "id": "id INT NOT NULL",
        "kind": "kind ENUM ('a,b', 'c)') NOT NULL",
        "PRIMARY": "PRIMARY KEY (id)",
        "uq_t": "UNIQUE KEY uq_t (kind, id)",
        "ck_t": "CONSTRAINT ck_t CHECK (id > 0 AND (id < 9))",
    }


def test_every_script_says_what_it_makes() -> None:
    for script in all_scripts():
        for statement in script.statements:
            words = code(statement.text).upper()
            assert (act(statement.text) is not None) == words.startswith(("CREATE ", "DROP ", "ALTER ")) or (
                names_database(statement)
            )


def test_scripts_name_their_database_only_at_the_top() -> None:
    for script in all_scripts():
        naming = [index for index, statement in enumerate(script.statements) if names_database(statement)]
        assert naming == [0, 1], script.name
        assert not any("quicksell_chatbot" in code(statement.text) for statement in script.statements[2:]), script.name


@given(value=st.text(max_size=40).filter(lambda value: "\x00" not in value))
def test_a_quoted_text_is_one_token(value: str) -> None:
    assert code(f"SELECT {literal(value)}") == f"SELECT {literal(value)}"


@given(value=st.text(alphabet="ab`'\" ;.", min_size=1, max_size=20))
def test_a_quoted_name_is_one_name(value: str) -> None:
    quoted = name(value)
    assert quoted[0] == quoted[-1] == "`"
    assert quoted[1:-1].replace("``", "`") == value


def test_items_are_read_aloud() -> None:
    assert str(Item(kind="view", name="vw_x")) == "view vw_x"
    assert Act(verb="drop", item=Item(kind="table", name="t")) == act("DROP TABLE t")

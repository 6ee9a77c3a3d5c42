"""Scripts are cut where the plain clients cut them, and what cannot be cut says on which line."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.schema.base.splitter import ScriptError, Statement, split


def texts(script: str) -> list[str]:
    return [statement.text for statement in split(script)]


def test_statements_end_at_the_delimiter() -> None:
    assert texts("SELECT 1; SELECT 2;\nSELECT 3") == ["SELECT 1", "SELECT 2", "SELECT 3"]


def test_each_statement_knows_its_line() -> None:
    found = split("\n-- first\n\nSELECT 1;\n\n  SELECT\n2; SELECT 3;")
    assert [(statement.text, statement.line) for statement in found] == [
        ("SELECT 1", 4),
        ("SELECT\n2", 6),
        ("SELECT 3", 7),
    ]


def test_a_statement_keeps_the_notes_before_it() -> None:
    found = split("-- one\n# two\n/* three\n   four */\nSELECT 1;\nSELECT 2;")
    assert found == (
        Statement(text="SELECT 1", line=5, notes="one\ntwo\nthree\nfour"),
        Statement(text="SELECT 2", line=6),
    )


def test_a_routine_is_one_statement() -> None:
    routine = "CREATE PROCEDURE p()\nBEGIN\n  SELECT 1; -- it's; $$ no end\n  SELECT '$$';\nEND"
    assert texts(f"DELIMITER $$\n{routine}$$\ndelimiter ;\nSELECT 2;") == [routine, "SELECT 2"]


@pytest.mark.parametrize("delimiter", ["//", "$$", ";;", "$", "|", "END_OF_IT", "~~~"])
def test_any_delimiter_will_do(delimiter: str) -> None:
    script = f"DELIMITER {delimiter}\nSELECT 1/2; SELECT 2{delimiter}SELECT 3{delimiter}\nDELIMITER ;\nSELECT 4;"
    assert texts(script) == ["SELECT 1/2; SELECT 2", "SELECT 3", "SELECT 4"]


@pytest.mark.parametrize(
    "whole",
    [
        "SELECT 'a;b', \"c;d\", `e;f` FROM t",
        "SELECT 'it''s; fine', 'a\\';b', \"say \\\";\\\"\"",
        "SELECT 'two\n; lines'",
        "SELECT 1 /* ; */ + 2",
        "SELECT 1 -- ;\n+ 2",
        "SELECT 1 # ;\n+ 2",
        "SELECT 5--3",
        "SELECT 5 - -3 /2 * 1",
        "SELECT '-- ', '/*', '#'",
        "SELECT `a``b;c`",
        "/*!80014 CREATE VIEW v AS SELECT ';' AS a */",
        "/*M!100600 CREATE VIEW v AS SELECT 1 */",
        "/*!50003 CREATE*/ /*!50017 DEFINER=`r`@`l`*/ /*!50003 TRIGGER t AFTER INSERT ON o FOR EACH ROW SET @a = 1 */",
        "CREATE TABLE t (a INT /*!80013 INVISIBLE */, /* ; */ b INT)",
        "/*! SELECT /* a note; */ 1 */",
    ],
)
def test_nothing_inside_quotes_and_comments_ends_a_statement(whole: str) -> None:
    assert texts(f"{whole};\nSELECT 9;") == [whole, "SELECT 9"]


@pytest.mark.parametrize(
    ("script", "line", "problem"),
    [
        ("SELECT 1;\nSELECT 'open;\n", 2, "the quote ' is never closed"),
        ("SELECT 1;\n\nSELECT `open;", 3, "the quote ` is never closed"),
        ("/* open\nSELECT 1;", 1, "the comment is never closed"),
        ("SELECT 1;\n/*!50000 SELECT 2", 2, "the versioned comment is never closed"),
        ("SELECT 1;\nSELECT 2 */;", 2, "*/ closes no comment"),
        ("SELECT 1\nDELIMITER $$", 2, "DELIMITER inside the statement that began on line 1"),
        ("DELIMITER\nSELECT 1", 1, "DELIMITER without a delimiter"),
        ("DELIMITER '", 1, "' cannot be a delimiter: it means something else in SQL"),
        (
            "\n/*!50000 SELECT 1; SELECT 2 */;",
            2,
            "the delimiter ; inside the versioned comment of line 2: the plain client would cut the statement here",
        ),
        ("/*! SELECT /*! 1 */ */", 1, "a versioned comment inside the one of line 1"),
    ],
)
def test_what_cannot_be_cut_says_where_and_why(script: str, line: int, problem: str) -> None:
    with pytest.raises(ScriptError) as caught:
        split(script)
    assert (caught.value.line, caught.value.problem) == (line, problem)


@pytest.mark.parametrize(
    "script", ["", "\n\n", ";;;", "-- nothing", "/* nothing */", "DELIMITER $$\n$$\nDELIMITER ;\n"]
)
def test_a_script_may_be_empty(script: str) -> None:
    assert texts(script) == []


def test_windows_line_ends_are_kept_inside_a_statement() -> None:
    found = split("DELIMITER $$\r\nSELECT 1;\r\nSELECT 2$$\r\nDELIMITER ;\r\nSELECT 3;\r\n")
    assert [(statement.text, statement.line) for statement in found] == [("SELECT 1;\r\nSELECT 2", 2), ("SELECT 3", 5)]


# Pieces of SQL of which none, alone or beside others, ends a statement.
_inside = st.text(alphabet=string.ascii_letters + ' ;$#/*-\n"`', max_size=12)
_piece = st.one_of(
    st.sampled_from(["SELECT", "1", "a.b", "(", ")", ",", "- 1", "5/2", "2 * 3", "@x", "é", "₱", "\n", "\t"]),
    _inside.map(lambda body: "'" + body.replace("\\", "") + "'"),
    _inside.map(lambda body: '"' + body.replace('"', '\\"') + '"'),
    _inside.map(lambda body: "`" + body.replace("`", "``") + "`"),
    _inside.map(lambda body: "/* " + body.replace("*/", "") + " */").filter(lambda body: body.count("*/") == 1),
    _inside.map(lambda body: "-- " + body.replace("\n", "") + "\n"),
    _inside.map(lambda body: "# " + body.replace("\n", "") + "\n"),
)
_statement = st.lists(_piece, min_size=1, max_size=8).map(lambda pieces: "X " + " ".join(pieces) + " Y")


@given(statements=st.lists(_statement, max_size=6), delimiter=st.sampled_from([";", "$$", "//", "|"]))
def test_joining_and_cutting_gives_the_same_statements(statements: list[str], delimiter: str) -> None:
    statements = [
        statement.replace("$$", "$").replace("|", "") if delimiter in ("$$", "|") else statement
        for statement in statements
    ]
    script = f"DELIMITER {delimiter}\n" + "".join(f"{statement}{delimiter}\n" for statement in statements)
    found = split(script)
    assert [statement.text for statement in found] == statements
    lines = script.split("\n")
    for statement in found:
        assert lines[statement.line - 1].lstrip().startswith("X")


@given(script=st.text(alphabet="a;'\"`-#/*!M\\ \n$D", max_size=60))
def test_cutting_loses_no_code_or_refuses(script: str) -> None:
    found: tuple[Statement, ...] = ()
    refused = 1
    try:
        found = split(script)
    except ScriptError as error:
        refused = error.line
    assert 1 <= refused <= script.count("\n") + 1
    # Every statement stands in the script as it is, in order, from the line that it names.
    at = 0
    for statement in found:
        assert statement.text
        at = script.index(statement.text, at) + len(statement.text)
        assert script.split("\n")[statement.line - 1].strip()

"""A person at a SQL prompt, and the plain client that loads scripts."""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pymysql
import pytest
from pymysql.cursors import DictCursor

from bot.base.settings import DatabaseSettings
from bot.workshop.database.programs import find
from tests.support.factory import Recipe
from tests.support.factory import Row as New

SQL = Path(__file__).resolve().parents[2] / "sql"
CONTRACT = ("quicksell_complete_v2.sql", "quicksell_automation_v2.sql")
GUARDS = "quicksell_guards_v2.sql"

Row = dict[str, object]


class Prompt:
    """One connection with autocommit on, READ COMMITTED unless told otherwise, in the shop's offset."""

    def __init__(self, account: DatabaseSettings, *, name: str | None = None, level: str = "READ COMMITTED") -> None:
        place = {"unix_socket": account.socket} if account.socket else {"host": account.host, "port": account.port}
        self.raw = pymysql.connect(
            **place,
            # Nobody listens at a socket, and to read the certificates of the world takes 35 ms.
            ssl_disabled=bool(account.socket) or None,
            user=account.user,
            password=account.password,
            database=name or account.name,
            charset="utf8mb4",
            autocommit=True,
            init_command=f"SET SESSION TRANSACTION ISOLATION LEVEL {level};",
            cursorclass=DictCursor,
        )
        try:
            self.run("SET time_zone = '+08:00'")
        except BaseException:
            self.drop()
            raise

    def run(self, sql: str, *values: object) -> int:
        """Run one statement.

        Returns:
            How many rows it changed.
        """
        with self.raw.cursor() as cursor:
            return int(cursor.execute(sql, values or None))

    def insert(self, table: str, **columns: object) -> int:
        """Insert a row of these columns.

        Returns:
            Its id.
        """
        return self.put(New(table, columns))

    def put(self, row: New) -> int:
        """Insert a row of the factory; gives its id."""
        with self.raw.cursor() as cursor:
            cursor.execute(row.statement, row.values)
            return int(cursor.lastrowid or 0)

    def make(self, recipe: Recipe) -> int:
        """Follow a recipe of the factory; gives the id of what it made."""
        try:
            row = next(recipe)
            while True:
                row = recipe.send(self.put(row))
        except StopIteration as end:
            return int(end.value)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """All rows of a query."""
        with self.raw.cursor() as cursor:
            cursor.execute(sql, values or None)
            return list(cursor.fetchall())

    def row(self, sql: str, *values: object) -> Row:
        """The one row of a query."""
        (found,) = self.rows(sql, *values)
        return found

    def value(self, sql: str, *values: object) -> object:
        """The one value of a query."""
        (found,) = self.row(sql, *values).values()
        return found

    def number(self, sql: str, *values: object) -> int:
        """The one value of a query, as a whole number."""
        found = self.value(sql, *values)
        assert found is not None
        return int(str(found))

    def sets(self, procedure: str, *values: object) -> list[list[Row]]:
        """Every result set of a call."""
        found: list[list[Row]] = []
        with self.raw.cursor() as cursor:
            cursor.execute(f"CALL {procedure}({', '.join(['%s'] * len(values))})", values or None)
            while True:
                if cursor.description:
                    found.append(list(cursor.fetchall()))
                if not cursor.nextset():
                    return found

    def call(self, procedure: str, *values: object) -> Row:
        """The one row that a call answers."""
        ((answer,),) = self.sets(procedure, *values)
        return answer

    @property
    def thread(self) -> int:
        """What the server calls this connection."""
        return self.number("SELECT CONNECTION_ID()")

    @property
    def is_mysql(self) -> bool:
        """Whether the server is MySQL and not MariaDB."""
        return "MariaDB" not in str(self.value("SELECT VERSION()"))

    def close(self) -> None:
        """Hang up."""
        self.raw.close()

    def drop(self) -> None:
        """Forget a connection that may be broken or closed."""
        with suppress(pymysql.err.Error):
            self.raw.close()


@contextmanager
def refused(code: int, message: str) -> Iterator[None]:
    """What stands below must be refused with this number and a message that begins like this."""
    with pytest.raises(pymysql.err.MySQLError) as caught:
        yield
    number, text = caught.value.args
    assert (number, str(text)[: len(message)]) == (code, message)
    assert len(str(text)) <= 128 or code < 30000


def script(file: str, name: str) -> str:
    """A script's text, for a database of another name."""
    return (SQL / file).read_text(encoding="utf-8").replace("`quicksell_chatbot`", f"`{name}`")


def client(account: DatabaseSettings, text: str, *options: str) -> "subprocess.CompletedProcess[str]":
    """Feed text to the plain client."""
    program = find("mariadb", "mysql")
    assert program, "the plain client is not installed"
    place: Sequence[str] = ("-S", account.socket) if account.socket else ("-h", account.host, "-P", str(account.port))
    return subprocess.run(
        [program, "--no-defaults", *place, "-u", account.user, *options],
        input=text,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "MYSQL_PWD": account.password},
    )


def load(account: DatabaseSettings, name: str, *files: str) -> None:
    """Load scripts with the plain client under another database name, with their events switched off."""
    for file in files:
        done = client(account, script(file, name))
        assert done.returncode == 0, done.stderr
        for event in re.findall(r"\bEVENT (evt_\w+)\n", script(file, name)):
            off = client(account, f"ALTER EVENT `{name}`.{event} DISABLE")
            assert off.returncode == 0, off.stderr

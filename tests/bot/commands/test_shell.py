"""`quicksell db shell`: the database's own client, opened with what leads to the shop's or a demo's database."""

import subprocess
from pathlib import Path

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.database.private import DATABASE, PrivateServer
from tests.bot.commands.test_commands import FINE, FOUND_WRONG, MISSING, WRONG_USE, account, runs


def test_it_opens_the_shops_database_and_types_into_it(tmp_path: Path, schema: DatabaseSettings) -> None:
    done = runs(tmp_path, "db", "shell", answers="SELECT DATABASE(), '₱';", **account(schema))
    assert (done.returncode, done.stderr) == (FINE, "")
    assert done.stdout.splitlines()[-1] == f"{schema.name}\t₱"


def test_statements_are_run_and_shown_as_a_table(tmp_path: Path, schema: DatabaseSettings) -> None:
    asked = "SELECT 'a' AS one; SELECT COUNT(*) AS orders FROM orders"
    done = runs(tmp_path, "db", "shell", "-e", asked, **account(schema))
    assert (done.returncode, done.stderr) == (FINE, "")
    assert "| one |" in done.stdout
    assert "| orders |" in done.stdout
    assert runs(tmp_path, "db", "shell", "-e", "SELEKT", **account(schema)).returncode == FOUND_WRONG


@pytest.mark.parametrize("password", ['it\'s "so" # secret', "back\\slash\\n", " spaces ", "ñ;[client]"])
def test_a_password_of_any_letters_gets_in(tmp_path: Path, administrator: DatabaseSettings, password: str) -> None:
    with_it = {**account(administrator), "DB_NAME": "information_schema"}
    text = password.replace("\\", "\\\\").replace("'", "\\'")
    assert (
        runs(
            tmp_path, "db", "shell", "-e", f"CREATE OR REPLACE USER shelly@localhost IDENTIFIED BY '{text}'", **with_it
        ).returncode
        == FINE
    )
    done = runs(
        tmp_path, "db", "shell", "-e", "SELECT USER()", **{**with_it, "DB_USER": "shelly", "DB_PASSWORD": password}
    )
    runs(tmp_path, "db", "shell", "-e", "DROP USER shelly@localhost", **with_it)
    assert "shelly@localhost" in done.stdout, done.stderr


def test_it_opens_the_database_of_a_demo_with_the_rights_of_the_bot(tmp_path: Path) -> None:
    data = tmp_path / "my demo"
    data.mkdir()
    with PrivateServer.start(data / "database", fast=True) as server:
        made = [f"CREATE DATABASE {DATABASE}", f"CREATE TABLE {DATABASE}.orders (id INT)"]
        subprocess.run(
            ["mariadb", "--no-defaults", f"--socket={server.socket}", f"--user={server.admin_user}",
             f"--password={server.admin_password}", "--execute", "; ".join(made)],
            check=True,
        )  # fmt: skip
        done = runs(
            tmp_path, "db", "shell", "--data", "my demo", "-e", "INSERT INTO orders VALUES (7); SELECT * FROM orders"
        )
        assert "|    7 |" in done.stdout, done.stderr
        done = runs(tmp_path, "db", "shell", "--data", "my demo", "-e", "DROP TABLE orders")
        assert (done.returncode, "denied" in done.stderr) == (FOUND_WRONG, True)
    done = runs(tmp_path, "db", "shell", "--data", "my demo")
    assert (done.returncode, "That demo does not run." in done.stderr) == (MISSING, True)


def test_without_a_database_it_says_which_ones_there_could_be(tmp_path: Path) -> None:
    done = runs(tmp_path, "db", "shell")
    assert done.returncode == MISSING
    assert "DB_USER" in done.stderr
    assert "--data .quicksell" in done.stderr
    done = runs(tmp_path, "db", "shell", "--data", ".quicksell")
    assert done.returncode == WRONG_USE
    assert "There is no demo in .quicksell." in done.stderr
    assert not (tmp_path / ".quicksell").exists()
